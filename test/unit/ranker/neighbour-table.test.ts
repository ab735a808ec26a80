import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTable, writeTop } from '../../../src/ranker/neighbour-table.ts';
import { selectTop } from '../../../src/ranker/select-top.ts';

/** Few distinct values, so that ties are common. */
const KEYS = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 });

/** Sorted as the slow and sure way does it. */
function sorted(keys: readonly number[]): number[] {
  return keys.map((_, id) => id).sort((a, b) => keys[b]! - keys[a]! || a - b);
}

describe('selectTop', () => {
  it('finds what sorting finds, in any order of the input, and loses none', () => {
    fc.assert(
      fc.property(KEYS, fc.nat(70), fc.nat(), (keys, top, turn) => {
        const ids = Int32Array.from(keys, (_, i) => (i + turn) % keys.length);
        const count = selectTop(ids, top, Float64Array.from(keys));
        expect(count).toBe(Math.min(top, keys.length));
        expect([...ids.subarray(0, count)]).toEqual(sorted(keys).slice(0, top));
        expect([...ids].sort((a, b) => a - b)).toEqual(keys.map((_, i) => i));
      }),
    );
  });
});

describe('writeTop', () => {
  it('keeps positive values only, strongest first, ties by the smaller source', () => {
    const table = createTable(2, 3);
    const values = Float64Array.of(0.5, -1, 0, 2, 0.5, 0.25);
    writeTop(table, 1, Int32Array.of(5, 4, 3, 2, 1, 0), values);
    expect([...table.sources]).toEqual([-1, -1, -1, 3, 0, 4]);
    expect([...table.weights]).toEqual([0, 0, 0, 2, 0.5, 0.5]);
  });

  it('pads a short row, and leaves all ids in place to be cleared', () => {
    const table = createTable(1, 3);
    const ids = Int32Array.of(2, 0, 1);
    writeTop(table, 0, ids, Float64Array.of(0, 0.5, -1));
    expect([...table.sources]).toEqual([1, -1, -1]);
    expect([...table.weights]).toEqual([0.5, 0, 0]);
    expect([...ids].sort((a, b) => a - b)).toEqual([0, 1, 2]);
  });
});
