/**
 * Some rows of a set of vectors.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';

/**
 * Some rows of a set.
 *
 * @param set - Any.
 * @param rows - Which.
 * @returns A copy.
 */
export function pickRows(set: VectorSet, rows: readonly number[]): VectorSet {
  const pick = ({ data, dims }: VectorSet['vectors']): VectorSet['vectors'] => {
    const out = new Float32Array(rows.length * dims);
    for (const [i, row] of rows.entries()) {
      out.set(data.subarray(row * dims, (row + 1) * dims), i * dims);
    }
    return { data: out, rows: rows.length, dims };
  };
  return { vectors: pick(set.vectors), presence: pick(set.presence) };
}
