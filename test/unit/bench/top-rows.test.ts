/** The bench's own selection, and how it counts what others found. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recallOf, topOf, topOfEach } from '../../../scripts/bench/top-rows.mjs';

test('the best rows are those of a stable sort', () => {
  const scores = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(scores, fc.nat(39), (all, limit) => {
      const count = Math.min(limit + 1, all.length);
      const sorted = [...all.keys()].sort((a, b) => all[b]! - all[a]! || a - b);
      expect([...topOf(all, { start: 0, n: all.length }, count)]).toEqual(sorted.slice(0, count));
    }),
  );
});

test('each vector has a list of its own, shorter where there are fewer items', () => {
  const scores = Float32Array.of(0.1, 0.3, 0.2, 0.9, 0.7, 0.8);
  expect([...topOfEach(scores, { n: 3, s: 2, top: 2 })]).toEqual([1, 2, 0, 2]);
  expect([...topOfEach(scores, { n: 3, s: 2, top: 20 })]).toEqual([1, 2, 0, 0, 2, 1]);
});

describe('recall', () => {
  const exact = Float64Array.of(0.9, 0.8, 0.7, 0.6);
  const size = { n: 4, s: 1, top: 2 };

  test('is the share of the exact top that was found', () => {
    expect(recallOf([1, 0], exact, size)).toBe(1);
    expect(recallOf([0, 3], exact, size)).toBe(0.5);
  });

  test('counts a row once', () => {
    expect(recallOf([0, 0], exact, size)).toBe(0.5);
  });

  test('lets rounding decide between equal scores', () => {
    expect(recallOf([0, 2], Float64Array.of(0.9, 0.8, 0.8 - 1e-9, 0.1), size)).toBe(1);
  });
});
