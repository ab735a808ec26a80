import { expect, it } from 'vitest';
import { unitRows } from '../../../src/core/unit-rows.ts';

it('scales each row to length 1, whatever its length', () => {
  const rows = unitRows(Float32Array.of(3, 4, -2, 1, 1, 1, 1), Int32Array.of(0, 2, 3, 3, 7));
  expect([...rows]).toEqual([3 / 5, 4 / 5, -1, 0.5, 0.5, 0.5, 0.5].map(Math.fround));
});

it('leaves a row of zeros as it is', () => {
  expect(unitRows(Float32Array.of(0, 0), Int32Array.of(0, 2))).toEqual(Float32Array.of(0, 0));
});

it('makes no rows of nothing', () => {
  expect(unitRows(new Float32Array(0), Int32Array.of(0))).toEqual(new Float32Array(0));
});
