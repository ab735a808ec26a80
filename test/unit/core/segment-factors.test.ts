import { expect, it } from 'vitest';
import { factorOf, mergeFactors } from '../../../src/core/segment-factors.ts';

it('counts a segment that nobody corrected as learned, whatever its id', () => {
  expect(factorOf(undefined, 'tech')).toBe(1);
  expect(factorOf({ tech: 0 }, 'tech')).toBe(0);
  expect(factorOf({ tech: 0 }, 'toString')).toBe(1);
  expect(factorOf({}, '__proto__')).toBe(1);
});

it('lets the newer correction win, and takes back what is corrected to 1', () => {
  expect(mergeFactors({ a: 2, b: 0 }, { b: 0.5, c: 1.5 })).toEqual({ a: 2, b: 0.5, c: 1.5 });
  expect(mergeFactors({ a: 2 }, { a: 1 })).toBeUndefined();
  expect(mergeFactors(undefined, undefined)).toBeUndefined();
});

it('keeps at most a thousand', () => {
  const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, n) => [`s${n}`, 0]));
  expect(Object.keys(mergeFactors(many, { last: 2 }) ?? {})).toHaveLength(1_000);
});
