/** What the tests of all kernels share. */
import { expect } from 'vitest';
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { KernelName, TopRows } from '../../../src/kernels/resident-scorer.ts';
import { jobOf } from '../core/fixtures.ts';

/**
 * Largest difference from the reference: 64-bit sums in another order, 32-bit sums of at most 128
 * products, and items rounded to 8 bits.
 */
export const TOLERANCE: Readonly<Record<KernelName, number>> = {
  js: 1e-6,
  wasm: 1e-5,
  'wasm-int8': 1e-2,
};

export const KERNELS: readonly KernelName[] = ['js', 'wasm', 'wasm-int8'];

/** The reference's [N, V]. */
export function expectedScores(items: VectorSet, vectors: VectorSet): Float32Array {
  return referenceScores(jobOf(items, vectors));
}

/** Expects the same length and no difference above the tolerance; NaN fails. */
export function expectScores(got: Float32Array, wanted: Float32Array, tolerance: number): void {
  expect(got).toHaveLength(wanted.length);
  let largest = 0;
  for (const [at, value] of wanted.entries()) {
    const difference = Math.abs(value - (got[at] as number));
    if (!(difference <= largest)) largest = difference;
  }
  expect(largest).toBeLessThanOrEqual(tolerance);
}

/** Rows of the largest scores of vector `v`; of equal ones the smaller row first. */
export function sortedRows(scores: Float32Array, width: number, v: number): number[] {
  const score = (row: number): number => scores[row * width + v] as number;
  return Array.from({ length: scores.length / width }, (_, row) => row).sort(
    (a, b) => score(b) - score(a) || a - b,
  );
}

/** Expects lists whose scores are right and that leave nothing better out. */
export function expectTop(top: TopRows, all: Float32Array, width: number, tolerance: number): void {
  expect(top.rows).toHaveLength(width * top.count);
  expect(top.scores).toHaveLength(width * top.count);
  for (let v = 0; v < width; v++) {
    const rows = [...top.rows.subarray(v * top.count, (v + 1) * top.count)];
    const scores = [...top.scores.subarray(v * top.count, (v + 1) * top.count)];
    expect(new Set(rows).size).toBe(rows.length);
    for (const [k, row] of rows.entries()) {
      const exact = all[row * width + v] as number;
      expect(Math.abs((scores[k] as number) - exact)).toBeLessThanOrEqual(tolerance);
      if (k === 0) continue;
      const isInOrder =
        (scores[k - 1] as number) > (scores[k] as number) ||
        (scores[k - 1] === scores[k] && (rows[k - 1] as number) < row);
      expect(isInOrder).toBe(true);
    }
    const wanted = sortedRows(all, width, v);
    for (const [k, row] of wanted.slice(0, top.count).entries()) {
      const best = all[row * width + v] as number;
      expect(scores[k] as number).toBeGreaterThanOrEqual(best - tolerance);
    }
  }
}

/** A set of one block that is there, from numbers. */
export function plainSet(rows: readonly (readonly number[])[], weight = 1): VectorSet {
  const dims = rows[0]?.length ?? 1;
  return {
    vectors: { data: Float32Array.from(rows.flat()), rows: rows.length, dims },
    presence: { data: new Float32Array(rows.length).fill(weight), rows: rows.length, dims: 1 },
  };
}
