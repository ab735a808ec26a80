import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  levelOf,
  levelRank,
  memberships,
  MIN_FIT,
  MIN_LEVEL,
} from '../../../src/segments/membership.ts';

describe('memberships', () => {
  it('shares about 70 % to 30 % between two that are a little apart', () => {
    const shareOf = (gap: number): number => memberships([0.9, 0.9 - gap], ['a', 'b'])[0]!.weight;
    const gaps = Array.from({ length: 26 }, (_, i) => i / 100);
    const shares = gaps.map(shareOf);
    expect(shares[0]).toBe(0.5);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    const gap = gaps.find((_, i) => (shares[i] as number) >= 0.695) as number;
    expect(gap).toBeGreaterThan(0.1);
    expect(shareOf(gap)).toBeCloseTo(0.7, 1);
  });

  it('gives everything to the only segment that is near', () => {
    expect(memberships([MIN_FIT, MIN_FIT - 1e-9], ['a', 'b'])).toEqual([
      { segmentId: 'a', weight: 1 },
    ]);
  });

  it('gives nothing below the threshold', () => {
    expect(memberships([MIN_FIT - 1e-9, 0, -1], ['a', 'b', 'c'])).toEqual([]);
    expect(memberships([], [])).toEqual([]);
    expect(memberships([-Infinity], ['a'])).toEqual([]);
  });

  it('orders ties by id, wherever they stand', () => {
    const ids = memberships([0.8, 0.8, 0.8], ['c', 'a', 'b']).map(({ segmentId }) => segmentId);
    expect(ids).toEqual(['a', 'b', 'c']);
  });

  it('keeps the three nearest of many, with the first of a tie', () => {
    const found = memberships([0.8, 0.9, 0.8, 0.8, 0.85], ['d', 'x', 'c', 'b', 'y']);
    expect(found.map(({ segmentId }) => segmentId)).toEqual(['x', 'y', 'b']);
  });

  it('gives a share that is too small to the others', () => {
    const found = memberships([1.2, MIN_FIT], ['a', 'b']);
    expect(found).toEqual([{ segmentId: 'a', weight: 1 }]);
  });

  it('holds for fits far above 1', () => {
    const [first] = memberships([1e6, 1e6], ['a', 'b']);
    expect(first!.weight).toBeCloseTo(0.5, 12);
  });

  const fits = fc.array(fc.double({ min: -1, max: 2, noNaN: true }), { maxLength: 30 });

  it('is at most three, largest first, in (0, 1] and sums to 1', () => {
    fc.assert(
      fc.property(fits, (values) => {
        const ids = values.map((_, i) => `s${i}`);
        const found = memberships(values, ids);
        expect(found.length).toBeLessThanOrEqual(3);
        expect(found.length > 0).toBe(values.some((fit) => fit >= MIN_FIT));
        const sum = found.reduce((total, { weight }) => total + weight, 0);
        if (found.length > 0) expect(sum).toBeCloseTo(1, 12);
        for (const [i, { weight, segmentId }] of found.entries()) {
          expect(weight).toBeGreaterThan(0);
          expect(weight).toBeLessThanOrEqual(found[i - 1]?.weight ?? 1);
          expect(values[ids.indexOf(segmentId)]).toBeGreaterThanOrEqual(MIN_FIT);
        }
        if (found.length > 0)
          expect(values[ids.indexOf(found[0]!.segmentId)]).toBe(Math.max(...values));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the segments', () => {
    fc.assert(
      fc.property(fits, (values) => {
        const ids = values.map((_, i) => `s${i}`);
        expect(memberships(values.toReversed(), ids.toReversed())).toEqual(
          memberships(values, ids),
        );
      }),
    );
  });

  it('never lowers a share when its fit rises', () => {
    fc.assert(
      fc.property(fits, fc.double({ min: 0, max: 1, noNaN: true }), (values, rise) => {
        if (values.length === 0) return;
        const ids = values.map((_, i) => `s${i}`);
        const share = (list: readonly number[]): number =>
          memberships(list, ids).find(({ segmentId }) => segmentId === 's0')?.weight ?? 0;
        const raised = [(values[0] as number) + rise, ...values.slice(1)];
        expect(share(raised)).toBeGreaterThanOrEqual(share(values) - 1e-12);
      }),
      { numRuns: 500 },
    );
  });

  it('takes typed arrays', () => {
    expect(memberships(Float64Array.of(0.9), ['a'])).toEqual([{ segmentId: 'a', weight: 1 }]);
  });
});

describe('levels', () => {
  it('looks at one item in a hundred, at least three', () => {
    expect([1, 3, 100, 300, 301, 5000].map(levelRank)).toEqual([3, 3, 3, 3, 4, 50]);
  });

  it('is the last of the best', () => {
    expect(levelOf([0.9, 0.8, 0.7])).toBe(0.7);
    expect(levelOf([0.9, 0.8, 0.7, 0.69, 0.68])).toBe(0.68);
  });

  it('does not sink with the tail of a subject that has few items', () => {
    const rare = levelOf([0.9, 0.9, 0.9, 0.2, 0.1]);
    expect(rare).toBeGreaterThan(0.1);
    expect(rare).toBeLessThan(0.9);
  });

  it('is out of reach where even the third best is too far, so that noise is no subject', () => {
    for (const best of [[], [0.01], [-0.5, -0.6, -0.7], [0.9, 0.9, MIN_LEVEL - 1e-9]]) {
      expect(levelOf(best)).toBe(Infinity);
      expect(memberships([(best[0] ?? 0) / levelOf(best)], ['a'])).toEqual([]);
    }
    expect(levelOf([0.9, 0.9, MIN_LEVEL])).toBe(MIN_LEVEL);
  });

  it('takes what there is when there are fewer than three', () => {
    expect(levelOf([0.8])).toBe(0.8);
    expect(levelOf([0.8, 0.7])).toBe(0.7);
  });

  it('lies between three quarters of the least and the best, or out of reach', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 60 }),
        (list) => {
          const best = list.toSorted((a, b) => b - a);
          const level = levelOf(best);
          if (level === Infinity) return;
          expect(level).toBeGreaterThanOrEqual(0.75 * MIN_LEVEL - 1e-12);
          expect(level).toBeLessThanOrEqual(best[0] as number);
        },
      ),
    );
  });
});
