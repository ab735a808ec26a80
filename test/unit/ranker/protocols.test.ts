import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { leaveOneOut, nextBasket, nextClick, type Split } from '../../../src/ranker/protocols.ts';
import { sampleList } from '../../../src/ranker/sample-list.ts';
import type { RankList, Sequence } from '../../../src/ranker/types.ts';
import { randomSequences, sequenceOf } from './list-fixtures.ts';

const NUM_ITEMS = 150;
const anySequences = fc
  .nat(1e6)
  .map((seed) => randomSequences(seed, { visitors: 25, numItems: NUM_ITEMS, most: 12 }));

/** All events by their unique time. */
function timesOf(sequences: readonly Sequence[]): Set<number> {
  return new Set(sequences.flatMap(({ time }) => [...time]));
}

/** The visitor that a history belongs to, by its first event; histories here are not empty. */
function ownerOf(list: Sequence, sequences: readonly Sequence[]): Sequence {
  return sequences.find(({ time }) => time[0] === list.time[0]) as Sequence;
}

function answerOf(list: RankList): number {
  return list.candidates[list.target] as number;
}

/** Checks that each history is a beginning of its owner's sequence. */
function expectBeginnings(histories: readonly Sequence[], sequences: readonly Sequence[]): void {
  for (const history of histories) {
    const owner = ownerOf(history, sequences);
    const length = history.items.length;
    expect([...history.items]).toEqual([...owner.items.subarray(0, length)]);
    expect([...history.step]).toEqual([...owner.step.subarray(0, length)]);
    expect([...history.time]).toEqual([...owner.time.subarray(0, length)]);
    expect(history.page).toHaveLength(length);
    expect(history.position).toHaveLength(length);
  }
}

/** Training answers lie in `learn` and after all that `early` has seen of their visitor. */
function expectHeldOut({ learn, early, train }: Split): void {
  const allowed = timesOf(learn);
  const seen = timesOf(early);
  expect([...seen].filter((time) => !allowed.has(time))).toEqual([]);
  expect([...timesOf(train)].filter((time) => !allowed.has(time))).toEqual([]);
  for (const list of train) {
    const owner = ownerOf(list, learn);
    const after = owner.items.subarray(list.items.length);
    expect(after).toContain(answerOf(list));
    const at = list.items.length + after.indexOf(answerOf(list));
    expect(seen.has(owner.time[at] as number)).toBe(false);
  }
}

function expectNegatives(
  lists: readonly RankList[],
  untouched: (list: RankList) => Int32Array,
): void {
  for (const list of lists) {
    expect(new Set(list.candidates).size).toBe(list.candidates.length);
    const touched = new Set(untouched(list));
    const negatives = [...list.candidates].filter((_, c) => c !== list.target);
    expect(negatives.filter((item) => touched.has(item))).toEqual([]);
  }
}

describe('sampleList', () => {
  it('draws 99 distinct items that were not touched, and the answer among them', () => {
    const touched = Int32Array.of(1, 2, 3, 7);
    const { candidates, target } = sampleList(
      { numItems: 1000, touched, answer: 7 },
      createRandom(1),
    );
    expect(new Set(candidates).size).toBe(100);
    expect(candidates[target]).toBe(7);
    for (const item of [1, 2, 3]) expect(candidates).not.toContain(item);
  });

  it('takes all that is left of a small catalog', () => {
    const input = { numItems: 6, touched: Int32Array.of(0, 1), answer: 2 };
    const { candidates } = sampleList(input, createRandom(1));
    expect(candidates.toSorted()).toEqual(Int32Array.of(2, 3, 4, 5));
    const nothing = sampleList(
      { ...input, touched: Int32Array.of(0, 1, 3, 4, 5) },
      createRandom(1),
    );
    expect(nothing).toEqual({ candidates: Int32Array.of(2), target: 0 });
  });

  it('puts the answer anywhere and draws every item about equally often', () => {
    const random = createRandom(2);
    const places = new Int32Array(100);
    const drawn = new Int32Array(300);
    for (let k = 0; k < 3000; k++) {
      const list = sampleList({ numItems: 300, touched: Int32Array.of(0), answer: 0 }, random);
      places[list.target]!++;
      for (const item of list.candidates) drawn[item]!++;
    }
    expect(Math.max(...places)).toBeLessThan(70);
    expect(Math.min(...places)).toBeGreaterThan(8);
    expect(Math.max(...drawn.subarray(1))).toBeLessThan(1200);
    expect(Math.min(...drawn.subarray(1))).toBeGreaterThan(800);
  });
});

describe('leaveOneOut', () => {
  it('splits one visitor as by hand', () => {
    const split = leaveOneOut([sequenceOf([5, 6, 7, 8, 9])], { numItems: NUM_ITEMS });
    expect(split.learn.map(({ items }) => [...items])).toEqual([[5, 6, 7]]);
    expect(split.early.map(({ items }) => [...items])).toEqual([[5, 6]]);
    const shown = (lists: readonly RankList[]): unknown =>
      lists.map((list) => [[...list.items], answerOf(list)]);
    expect(shown(split.train)).toEqual([[[5, 6], 7]]);
    expect(shown(split.valid)).toEqual([[[5, 6, 7], 8]]);
    expect(shown(split.test)).toEqual([[[5, 6, 7, 8], 9]]);
  });

  it('lets nothing that learns see the last two interactions', () => {
    fc.assert(
      fc.property(anySequences, (sequences) => {
        const split = leaveOneOut(sequences, { numItems: NUM_ITEMS });
        const hidden = timesOf(
          sequences.map((s) => ({ ...s, time: s.time.subarray(Math.max(0, s.time.length - 2)) })),
        );
        for (const part of [split.learn, split.early, split.train]) {
          expect([...timesOf(part)].filter((time) => hidden.has(time))).toEqual([]);
        }
        expectBeginnings(
          [...split.learn, ...split.train, ...split.valid, ...split.test],
          sequences,
        );
        expectHeldOut(split);
        for (const list of split.valid) {
          const { items } = ownerOf(list, sequences);
          expect(list.items).toHaveLength(items.length - 2);
          expect(answerOf(list)).toBe(items.at(-2));
        }
        for (const list of split.test) {
          const { items } = ownerOf(list, sequences);
          expect(list.items).toHaveLength(items.length - 1);
          expect(answerOf(list)).toBe(items.at(-1));
        }
        expect(split.test).toHaveLength(sequences.filter(({ items }) => items.length > 1).length);
        expectNegatives(split.test, (list) => ownerOf(list, sequences).items);
        expectNegatives(split.train, (list) => ownerOf(list, split.learn).items);
      }),
      { numRuns: 30 },
    );
  });

  it('teaches the same whatever the last two interactions are', () => {
    const sequences = randomSequences(5, { visitors: 30, numItems: NUM_ITEMS, most: 9 });
    const changed = sequences.map((sequence) => {
      const items = sequence.items.map((item, p) =>
        p < sequence.items.length - 2 ? item : (item + 1) % NUM_ITEMS,
      );
      return { ...sequence, items };
    });
    const before = leaveOneOut(sequences, { numItems: NUM_ITEMS });
    const after = leaveOneOut(changed, { numItems: NUM_ITEMS });
    expect(after.learn).toEqual(before.learn);
    expect(after.early).toEqual(before.early);
    expect(after.train).toEqual(before.train);
    expect(after.test).not.toEqual(before.test);
  });

  it('takes the given lists', () => {
    const candidates = Int32Array.of(4, 9, 2);
    const given = [{ visitor: 1, candidates, target: 1 }];
    const sequences = [sequenceOf([1, 2, 3]), sequenceOf([7, 8, 9])];
    const { test } = leaveOneOut(sequences, { numItems: 10, given });
    expect(test).toHaveLength(1);
    expect([...test[0]!.items]).toEqual([7, 8]);
    expect(test[0]!.candidates).toBe(candidates);
  });
});

describe('nextClick', () => {
  it('orders sessions by their start and ranks all items after each click', () => {
    const sessions = [
      sequenceOf([4, 5], [0, 1], 900),
      sequenceOf([1, 2], [0, 1], 100),
      sequenceOf([3], [0], 500),
    ];
    const split = nextClick(sessions, { numItems: 6 });
    expect(split.learn.map(({ items }) => [...items])).toEqual([[1, 2], [3]]);
    expect(split.test.map((list) => [[...list.items], answerOf(list)])).toEqual([[[4], 5]]);
    expect([...split.test[0]!.candidates]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(split.valid).toEqual([]);
  });

  it('keeps sessions on one side and training answers out of the early ones', () => {
    fc.assert(
      fc.property(anySequences, (sequences) => {
        const split = nextClick(sequences, { numItems: NUM_ITEMS });
        const learned = timesOf(split.learn);
        expect([...timesOf(split.test)].filter((time) => learned.has(time))).toEqual([]);
        expectBeginnings([...split.train, ...split.test], sequences);
        expectHeldOut(split);
        const starts = split.learn.map(({ time }) => time[0] as number);
        for (const { time } of split.test) {
          expect(time[0]).toBeGreaterThanOrEqual(Math.max(...starts));
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('nextBasket', () => {
  it('splits one visitor as by hand', () => {
    const sequence = sequenceOf([1, 2, 3, 1, 4], [0, 0, 1, 2, 2]);
    const split = nextBasket([sequence], { numItems: NUM_ITEMS });
    expect(split.learn.map(({ items }) => [...items])).toEqual([[1, 2, 3]]);
    expect(split.early.map(({ items }) => [...items])).toEqual([[1, 2]]);
    expect(split.train.map((list) => [[...list.items], answerOf(list)])).toEqual([[[1, 2], 3]]);
    expect(split.test.map((list) => [[...list.items], answerOf(list)])).toEqual([[[1, 2, 3], 4]]);
  });

  it('learns from a visitor of one basket and asks nothing of it', () => {
    const split = nextBasket([sequenceOf([1, 2], [0, 0])], { numItems: NUM_ITEMS });
    expect(split.learn.map(({ items }) => [...items])).toEqual([[1, 2]]);
    expect(split.early).toEqual(split.learn);
    expect([...split.train, ...split.test]).toEqual([]);
  });

  it('lets nothing that learns see the last of several baskets', () => {
    fc.assert(
      fc.property(anySequences, (sequences) => {
        const split = nextBasket(sequences, { numItems: NUM_ITEMS });
        const isHidden = ({ step }: Sequence, p: number): boolean =>
          step.at(-1) !== 0 && step[p] === step.at(-1);
        const hidden = new Set(
          sequences.flatMap((s) => [...s.time].filter((_, p) => isHidden(s, p))),
        );
        for (const part of [split.learn, split.early, split.train, split.test]) {
          expect([...timesOf(part)].filter((time) => hidden.has(time))).toEqual([]);
        }
        expectBeginnings([...split.learn, ...split.train, ...split.test], sequences);
        expectHeldOut(split);
        for (const list of [...split.test, ...split.train]) {
          expect(list.items).not.toContain(answerOf(list));
        }
        expectNegatives(split.test, (list) => ownerOf(list, sequences).items);
        expectNegatives(split.train, (list) => ownerOf(list, split.learn).items);
      }),
      { numRuns: 30 },
    );
  });
});

describe('all protocols', () => {
  it.each([
    ['leave-one-out', leaveOneOut],
    ['next-click', nextClick],
    ['next-basket', nextBasket],
  ])('%s splits twice alike, and nothing into nothing', (_, protocol) => {
    const sequences = randomSequences(8, { visitors: 40, numItems: NUM_ITEMS, most: 9 });
    const options = { numItems: NUM_ITEMS };
    const split = protocol(sequences, options);
    expect(protocol(sequences, options)).toEqual(split);
    expect(split.train.length).toBeGreaterThan(0);
    expect(split.test.length).toBeGreaterThan(0);
    const nothing = { learn: [], early: [], train: [], valid: [], test: [] };
    expect(protocol([], options)).toEqual(nothing);
    expect(protocol([sequenceOf([])], options)).toEqual(nothing);
  });
});
