import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/ranker/meter.ts';
import {
  accuracyOf,
  diversityOf,
  giniOf,
  overlapOf,
  rankOf,
  topOf,
} from '../../../src/ranker/metrics.ts';
import { attributesOf, sequenceOf } from './list-fixtures.ts';

describe('rankOf', () => {
  it('counts ties and numbers that are not numbers against the answer', () => {
    expect(rankOf([3, 1, 2], 0)).toBe(1);
    expect(rankOf([3, 1, 2], 1)).toBe(3);
    expect(rankOf([1, 1, 1, 1], 2)).toBe(4);
    expect(rankOf([2, Number.NaN, 1], 0)).toBe(2);
    expect(rankOf([2, Number.NaN, 1], 1)).toBe(3);
  });
});

describe('accuracyOf', () => {
  it('is as by hand', () => {
    const found = accuracyOf([1, 3, 7, 11]);
    expect(found['HR@1']).toBe(1 / 4);
    expect(found['HR@5']).toBe(2 / 4);
    expect(found['HR@10']).toBe(3 / 4);
    expect(found['NDCG@5']).toBeCloseTo((1 + 1 / 2) / 4, 12);
    expect(found['NDCG@10']).toBeCloseTo((1 + 1 / 2 + 1 / 3) / 4, 12);
    expect(found.MRR).toBeCloseTo((1 + 1 / 3 + 1 / 7 + 1 / 11) / 4, 12);
  });

  it('is 0 for no lists', () => {
    expect(Object.values(accuracyOf([]))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('topOf', () => {
  it('sorts by score, then by row, with what is not a number last', () => {
    const candidates = Int32Array.of(9, 8, 7, 6, 5);
    expect([...topOf(candidates, [1, 2, Number.NaN, 1, 2], 4)]).toEqual([5, 8, 6, 9]);
    expect([...topOf(candidates, [1, 2, Number.NaN, 1, 2], 9)]).toEqual([5, 8, 6, 9, 7]);
  });

  it('is the beginning of a full sort', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 40 }), (scores) => {
        const rows = Int32Array.from(scores, (_, c) => scores.length - c);
        const sorted = scores
          .map((score, c) => ({ score, row: rows[c] as number }))
          .sort((a, b) => b.score - a.score || a.row - b.row);
        expect([...topOf(rows, scores)]).toEqual(sorted.slice(0, 10).map(({ row }) => row));
      }),
    );
  });
});

describe('diversityOf', () => {
  const attributes = attributesOf([[0], [0], [1], [0, 1], []], 2);

  it('is 0 for equal items, 1 for unlike ones, between them as by hand', () => {
    expect(diversityOf(Int32Array.of(0, 1), attributes)).toBe(0);
    expect(diversityOf(Int32Array.of(0, 2), attributes)).toBe(1);
    expect(diversityOf(Int32Array.of(0, 1, 3), attributes)).toBeCloseTo(
      1 - (1 + 2 * Math.SQRT1_2) / 3,
      6,
    );
    expect(diversityOf(Int32Array.of(0, 4), attributes)).toBe(1);
    expect(diversityOf(Int32Array.of(0), attributes)).toBe(0);
  });
});

describe('overlapOf', () => {
  it('is 1 for equal rankings and 0 for disjoint ones', () => {
    const a = Int32Array.from({ length: 12 }, (_, k) => k);
    expect(overlapOf(a, a.slice())).toBeCloseTo(1, 12);
    expect(overlapOf(a, Int32Array.of(20, 21, 22))).toBe(0);
    expect(overlapOf(a, new Int32Array(0))).toBe(0);
  });

  it('is as by hand, and weighs the top most', () => {
    const a = Int32Array.of(1, 2, 3);
    // Agreement 0, 1, 1 at depths 1 to 3; extrapolated with that of the last.
    const late = (0.1 / 0.9) * (0.9 ** 2 + 0.9 ** 3) + 0.9 ** 3;
    expect(overlapOf(a, Int32Array.of(2, 1, 3))).toBeCloseTo(late, 12);
    expect(overlapOf(a, Int32Array.of(1, 3, 2))).toBeGreaterThan(late);
  });
});

describe('giniOf', () => {
  it('is 0 for equal counts and (n - 1) / n for one that has all', () => {
    expect(giniOf(Int32Array.of(3, 3, 3))).toBeCloseTo(0, 12);
    expect(giniOf(Int32Array.of(0, 8, 0, 0))).toBeCloseTo(3 / 4, 12);
    expect(giniOf(Int32Array.of(1, 2, 3))).toBeCloseTo(2 / 9, 12);
    expect(giniOf(new Int32Array(4))).toBe(0);
  });
});

describe('measure', () => {
  it('puts a few lists together', () => {
    const attributes = attributesOf([[0], [1], [0], [1]], 2);
    const list = { ...sequenceOf([0]), candidates: Int32Array.of(2, 3), target: 0 };
    const lists = [list, { ...list, target: 1 }];
    const found = measure(lists, () => [1, 0], { numItems: 4, attributes });
    expect(found['HR@1']).toBe(0.5);
    expect(found.MRR).toBe(0.75);
    expect(found.ILD).toBe(1);
    expect(found.coverage).toBe(0.5);
    expect(found.gini).toBeCloseTo(0.5, 12);
    expect(found.overlap).toBeCloseTo(1, 12);
    const orderOf = (): Int32Array => Int32Array.of(0, 1);
    expect(measure(lists, () => [1, 0], { numItems: 4, attributes, orderOf }).overlap).toBe(0);
    expect(measure([], () => [], { numItems: 4, attributes }).MRR).toBe(0);
  });
});
