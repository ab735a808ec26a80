/**
 * Arithmetic on whole profiles, absent blocks counting as zeros.
 *
 * @packageDocumentation
 */
import type { Block } from '../../catalog/blocks.ts';
import type { VectorSet } from '../../core/block-cosine.ts';
import { boundedCosine } from '../../core/dot.ts';
import { emptySet } from '../../core/vector-set.ts';

/** A decoded block shorter than this share of its full length says nothing and is left out. */
const MIN_PRESENCE = 0.35;

/** The same of profiles that are only compared or learned from. */
export const FAINT = 0.05;

/**
 * Cosine of two profiles over all dimensions: one that lacks a block of the other is unlike it.
 *
 * @param a - [D]
 * @param b - [D]
 * @returns In [-1, 1]; 0 for a zero vector, never NaN.
 */
export function profileCosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (let d = 0; d < a.length; d++) {
    const x = a[d] as number;
    const y = b[d] as number;
    dot += x * y;
    left += x * x;
    right += y * y;
  }
  const norm = Math.sqrt(left * right);
  return boundedCosine(norm > 0 ? dot / norm : 0);
}

/**
 * Scales each block to length √weight; faint ones are left out.
 *
 * @param values - [D] raw.
 * @param blocks - Blocks of the space, weights summing to 1.
 * @param minPresence - Share of the full length below which a block is absent; default 0.35.
 * @returns One row: vector, and mask with block weights.
 */
export function unitBlocks(
  values: ArrayLike<number>,
  blocks: readonly Block[],
  minPresence: number = MIN_PRESENCE,
): VectorSet {
  const out = emptySet(1, values.length, blocks.length);
  for (const [b, { start, size, weight }] of blocks.entries()) {
    let square = 0;
    for (let d = start; d < start + size; d++) square += (values[d] as number) ** 2;
    const length = Math.sqrt(square);
    if (!(length > Math.max(1e-9, minPresence * Math.sqrt(weight)))) continue;
    const scale = Math.sqrt(weight) / length;
    for (let d = start; d < start + size; d++) {
      out.vectors.data[d] = (values[d] as number) * scale;
    }
    out.presence.data[b] = weight;
  }
  return out;
}

/**
 * One row of a set.
 *
 * @param set - Any.
 * @param row - From 0.
 * @returns [D], a view.
 */
export function rowOf(set: VectorSet, row: number): Float32Array {
  const { vectors } = set;
  return vectors.data.subarray(row * vectors.dims, (row + 1) * vectors.dims);
}

/**
 * Mean of rows.
 *
 * @param set - Any.
 * @param rows - Which; may hold one twice.
 * @returns [D]; zeros without rows.
 */
export function meanOfRows(set: VectorSet, rows: readonly number[]): Float32Array {
  const out = new Float32Array(set.vectors.dims);
  for (const row of rows) {
    const vector = rowOf(set, row);
    for (let d = 0; d < out.length; d++) {
      out[d] = (out[d] as number) + (vector[d] as number) / rows.length;
    }
  }
  return out;
}
