import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coCounts } from '../../../src/ranker/co-counts.ts';
import { countTables } from '../../../src/ranker/count-tables.ts';
import type { NeighbourTable, Sequence } from '../../../src/ranker/types.ts';
import { randomSequences, sequenceOf } from './list-fixtures.ts';

/** The weight of a source in a target's row; 0 when it is not there. */
function weightOf(table: NeighbourTable, target: number, source: number): number {
  const base = target * table.width;
  const k = table.sources.subarray(base, base + table.width).indexOf(source);
  return k < 0 ? 0 : table.weights[base + k]!;
}

/** Sums over all pairs of places of a sequence that hold the target and the source. */
function sumPairs(
  sequences: readonly Sequence[],
  [target, source]: readonly [number, number],
  share: (age: number, length: number) => number,
): number {
  let sum = 0;
  for (const { items, step } of sequences) {
    const placesOf = (item: number): number[] => [...items.keys()].filter((p) => items[p] === item);
    for (const p of placesOf(target)) {
      const others = placesOf(source).filter((q) => q !== p);
      for (const q of others) sum += share(step[p]! - step[q]!, items.length);
    }
  }
  return sum;
}

/** The weights by definition. */
function naive(sequences: readonly Sequence[], target: number, source: number) {
  const pair = [target, source] as const;
  const people = (item: number): number =>
    sequences.filter(({ items }) => items.includes(item)).length;
  const events = sequences.flatMap(({ items }) => [...items]).filter((i) => i === source).length;
  const root = Math.sqrt((people(source) + 1) * (people(target) + 1));
  const isOther = Number(source !== target);
  const together = sumPairs(sequences, pair, (_, length) => isOther / Math.sqrt(1 + length));
  const next = sumPairs(sequences, pair, (age) => Number(age === 1));
  const ahead = sumPairs(sequences, pair, (age) => (age > 0 ? 0.8 ** (age - 1) : 0));
  const basket = sumPairs(sequences, pair, (age) => (age === 0 ? isOther : 0));
  return {
    together: (3 * together) / root,
    next: next / (events + 5),
    ahead: ahead / root,
    basket: basket / root,
  };
}

describe('countTables', () => {
  // Two visitors: 0 then 1 then 2, each at its time; and a basket of 0 and 1.
  const pair = [sequenceOf([0, 1, 2]), sequenceOf([0, 1], [0, 0])];

  it('counts what stood together, shorter histories more', () => {
    const { together } = countTables(pair, 4);
    // 0 and 1: (1/√4 + 1/√3) · 3 / √((2+1)(2+1)) = 1.07735 · 3 / 3
    expect(weightOf(together, 1, 0)).toBeCloseTo(1.07735, 5);
    expect(weightOf(together, 0, 1)).toBeCloseTo(1.07735, 5);
    // 0 and 2: 1/√4 · 3 / √((2+1)(1+1)) = 1.5 / 2.44949
    expect(weightOf(together, 2, 0)).toBeCloseTo(0.61237, 5);
  });

  it('counts transitions one way only', () => {
    const { next, ahead } = countTables(pair, 4);
    // 0 → 1 once, 0 occurs twice: 1 / (2 + 5)
    expect(weightOf(next, 1, 0)).toBeCloseTo(1 / 7, 6);
    expect(weightOf(next, 0, 1)).toBe(0);
    expect(weightOf(next, 2, 0)).toBe(0);
    // 0 … 2 two steps apart: 0.8 / √((2+1)(1+1))
    expect(weightOf(ahead, 2, 0)).toBeCloseTo(0.8 / Math.sqrt(6), 6);
  });

  it('counts baskets, not what came at another time', () => {
    const { basket } = countTables(pair, 4);
    // 1 / √((2+1)(2+1))
    expect(weightOf(basket, 1, 0)).toBeCloseTo(1 / 3, 6);
    expect(weightOf(basket, 2, 1)).toBe(0);
  });

  it('counts visitors, occurrences and lateness', () => {
    const { people, events, late } = countTables([sequenceOf([0, 1, 0]), sequenceOf([1])], 3);
    expect([...people]).toEqual([1, 2, 0]);
    expect([...events]).toEqual([2, 2, 0]);
    // 0 at places 1 and 3 of 3: 1/3 + 3/3; 1 at 2 of 3 and 1 of 1: 2/3 + 1
    expect(late[0]).toBeCloseTo(4 / 3, 6);
    expect(late[1]).toBeCloseTo(5 / 3, 6);
    expect(late[2]).toBe(0);
  });

  it('knows that an item can follow itself, but not stand beside itself', () => {
    const { together, next, ahead, basket } = countTables([sequenceOf([0, 0])], 1);
    // 1 / (2 + 5), and 1 / √((1+1)(1+1))
    expect(weightOf(next, 0, 0)).toBeCloseTo(1 / 7, 6);
    expect(weightOf(ahead, 0, 0)).toBeCloseTo(0.5, 6);
    expect([...together.sources, ...basket.sources].every((source) => source === -1)).toBe(true);
  });

  it('keeps the strongest when the table is narrow', () => {
    const sequences = [sequenceOf([1, 0]), sequenceOf([2, 0]), sequenceOf([2, 0])];
    const { together } = countTables(sequences, 3, { width: 1 });
    expect(together.sources[0]).toBe(2);
  });

  it('equals the definition pair by pair', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const sequences = randomSequences(seed, { visitors: 6, numItems: 5, most: 9 });
        const tables = countTables(sequences, 5, { width: 5 });
        for (let target = 0; target < 5; target++) {
          for (let source = 0; source < 5; source++) {
            const expected = naive(sequences, target, source);
            for (const name of ['together', 'next', 'ahead', 'basket'] as const) {
              expect(weightOf(tables[name], target, source)).toBeCloseTo(expected[name], 5);
            }
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('finds nothing in histories of one item, none or no visitors', () => {
    for (const sequences of [[sequenceOf([1]), sequenceOf([])], []]) {
      const tables = countTables(sequences, 3);
      for (const name of ['together', 'next', 'ahead', 'basket'] as const) {
        expect(tables[name].sources.every((source) => source === -1)).toBe(true);
        expect(tables[name].weights.every((weight) => weight === 0)).toBe(true);
      }
    }
    expect(countTables([], 0).people).toHaveLength(0);
  });

  it('reports progress up to the number of items', () => {
    const reports: (readonly number[])[] = [];
    countTables([], 600, { onProgress: (done, total) => reports.push([done, total]) });
    expect(reports).toEqual([
      [256, 600],
      [512, 600],
      [600, 600],
    ]);
  });
});

describe('coCounts', () => {
  it('counts each visitor once per pair, itself included', () => {
    const { pointers, index, count } = coCounts([sequenceOf([0, 1, 0, 1]), sequenceOf([1])], 3);
    const row = (i: number): [number, number][] =>
      [...index.subarray(pointers[i], pointers[i + 1])].map((j, k): [number, number] => [
        j,
        count[pointers[i]! + k]!,
      ]);
    expect(new Map(row(0))).toEqual(
      new Map([
        [0, 1],
        [1, 1],
      ]),
    );
    expect(new Map(row(1))).toEqual(
      new Map([
        [0, 1],
        [1, 2],
      ]),
    );
    expect(row(2)).toEqual([]);
  });

  it('keeps the 300 items that a visitor met last', () => {
    const { pointers } = coCounts([sequenceOf(Array.from({ length: 400 }, (_, i) => i))], 400);
    expect(pointers[100]).toBe(0);
    expect(pointers[400]).toBe(300 * 300);
  });
});
