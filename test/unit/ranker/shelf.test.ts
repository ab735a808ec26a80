import { describe, expect, it } from 'vitest';
import { encodeSignals, fitKnots } from '../../../src/ranker/encode-signals.ts';
import { evaluateAt } from '../../../src/ranker/additive-model.ts';
import { shelfOrder } from '../../../src/ranker/shelf-order.ts';
import { SHELF_SIGNALS } from '../../../src/ranker/shelf-signals.ts';
import { createSignalEngine, SIGNALS } from '../../../src/ranker/signals.ts';
import { trainAdditive } from '../../../src/ranker/train-additive.ts';
import type { SignalModel } from '../../../src/ranker/types.ts';
import { blankModel, columnOf, sequenceOf } from './list-fixtures.ts';

const { NaN: UNKNOWN } = Number;

describe('shelfOrder', () => {
  it('goes by list, page and place', () => {
    const places = {
      page: Float32Array.of(2, 1, 1, 1, 1),
      place: Float32Array.of(1, 2, 1, 1, 5),
    };
    const { section, shelf } = shelfOrder([], places, Int32Array.of(0, 0, 0, 1, 1));
    expect([...section]).toEqual([0, 0, 0, 1, 1]);
    expect([...shelf]).toEqual([2, 1, 0, 0, 1]);
  });

  it('puts first what visitors go on from where several stand in one place', () => {
    const places = { page: new Float32Array(3).fill(1), place: new Float32Array(3).fill(4) };
    const walks = [sequenceOf([2, 0, 1]), sequenceOf([2, 0]), sequenceOf([0, 2, 0, 1])];
    expect([...shelfOrder(walks, places).shelf]).toEqual([1, 2, 0]);
    const back = walks.map(({ items }) => sequenceOf([...items].toReversed()));
    expect([...shelfOrder(back, places).shelf]).toEqual([1, 0, 2]);
  });

  it('does not know where an item without a place stands', () => {
    const places = { page: Float32Array.of(1, UNKNOWN, 1), place: Float32Array.of(1, 1, UNKNOWN) };
    const { section, shelf } = shelfOrder([sequenceOf([0, 1, 2])], places);
    expect([...section]).toEqual([0, UNKNOWN, UNKNOWN]);
    expect([...shelf]).toEqual([0, UNKNOWN, UNKNOWN]);
  });
});

/** Ten items in a list, five in another, one without a place. */
function shopModel(): SignalModel {
  const { stats } = blankModel(16);
  const ranks = Array.from({ length: 16 }, (_, i) => (i < 10 ? i : i - 10));
  return blankModel(16, {
    stats: {
      ...stats,
      section: Float32Array.from({ length: 16 }, (_, i) => (i === 15 ? UNKNOWN : i < 10 ? 0 : 1)),
      shelf: Float32Array.from(ranks, (rank, i) => (i === 15 ? UNKNOWN : rank)),
    },
  });
}

function codesOf(name: string, history: readonly number[]): number[] {
  const candidates = Int32Array.from({ length: 16 }, (_, i) => i);
  const signals = createSignalEngine(shopModel())({ ...sequenceOf(history), candidates });
  return Array.from(candidates, (_, c) => signals[c * SIGNALS.length + columnOf(name)] as number);
}

describe('shelf signals', () => {
  it.each(SHELF_SIGNALS)('$name stays within its codes', ({ name, codes = 0 }) => {
    const histories = [[0], [9, 0], [0, 9], [3, 3], [2, 12], [0, 2, 4, 6, 4, 2, 0, 9, 0, 9, 0]];
    for (const history of histories) {
      for (const code of codesOf(name, history)) {
        expect(Number.isInteger(code)).toBe(true);
        expect(code).toBeGreaterThanOrEqual(0);
        expect(code).toBeLessThan(codes);
      }
    }
    expect(codes).toBeLessThan(256);
  });

  it('tell ahead from behind, near from far and one list from another', () => {
    const codes = codesOf('shelf.step', [4]);
    expect(new Set([codes[3], codes[4], codes[5], codes[6], codes[9], codes[10]]).size).toBe(6);
    expect(codes[15]).toBe(0);
  });

  it('see the last move: forward, back, to another list', () => {
    const ahead = [[3, 4], [5, 4], [12, 4], [4]].map((way) => codesOf('shelf.step', way)[5]);
    expect(new Set(ahead).size).toBe(4);
  });

  it('know what was met and when', () => {
    const codes = [
      [6, 4, 5],
      [4, 6, 5],
      [3, 4, 5],
    ].map((way) => codesOf('shelf.met', way)[6]);
    expect(new Set(codes).size).toBe(3);
  });

  it('know what the visitor went past, and in which direction', () => {
    const past = [
      [1, 5],
      [5, 1, 5],
      [4, 5],
      [1, 5, 1, 5],
    ].map((way) => codesOf('shelf.past', way)[3]);
    expect(new Set(past).size).toBe(4);
    // A leap over a whole page is no look at what lies between; a move to another list neither.
    expect(codesOf('shelf.past', [12, 5])[3]).toBe(codesOf('shelf.past', [4, 5])[3]);
  });

  it('see the move before the last', () => {
    const ways = [
      [2, 3, 4],
      [5, 3, 4],
      [12, 3, 4],
      [3, 4],
    ];
    expect(new Set(ways.map((way) => codesOf('shelf.turn', way)[5])).size).toBe(4);
  });

  it('know how far each list was followed, wherever the visitor is now', () => {
    const [here, there] = [codesOf('shelf.front', [6, 2]), codesOf('shelf.front', [6, 2, 12])];
    for (const codes of [here, there]) {
      expect(new Set([codes[5], codes[6], codes[7], codes[8]]).size).toBe(4);
    }
    expect(here[7]).not.toBe(there[7]);
    // The list that was not met: by rank, the first six alike.
    expect(here[10]).toBe(here[14]);
  });

  it('are 0 without a history and without places', () => {
    for (const { name } of SHELF_SIGNALS) {
      expect(new Set(codesOf(name, []))).toEqual(new Set([0]));
      expect(new Set(codesOf(name, [15]))).toEqual(new Set([0]));
    }
  });
});

describe('a function of codes', () => {
  const codes = 5;
  /** Code 3 is always the answer, code 1 never, though 2 between them often is not there. */
  const rows = Float32Array.from({ length: 400 }, (_, k) => [3, 1, 0, 4][k % 4] as number);
  const knots = fitKnots(rows, 1, 16, [codes]);

  it('has a knot per code and one beyond', () => {
    expect([...(knots[0] as Float32Array)]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(fitKnots(new Float32Array(40), 1, 16, [codes])[0]).toHaveLength(1);
  });

  it('learns each value by itself; what never occurs stays 0', () => {
    const lists = {
      codes: encodeSignals(rows, knots),
      offsets: Int32Array.from({ length: 101 }, (_, l) => 4 * l),
      targets: new Int32Array(100),
      knots,
    };
    const signals = [{ name: 'code', monotone: 0 as const, codes }];
    const { model } = trainAdditive(lists, signals, { epochs: 30, rate: 0.1 });
    const at = (x: number): number =>
      evaluateAt(model.knots[0] as Float32Array, model.values[0] as Float32Array, x);
    expect(at(3)).toBeGreaterThan(1);
    for (const other of [0, 1, 4]) expect(at(other)).toBeLessThan(-0.1);
    expect(at(2)).toBe(0);
  });
});
