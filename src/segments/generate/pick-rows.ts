/**
 * Some rows of a set of vectors.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import { pickMatrixRows } from '../../core/matrix-rows.ts';

/**
 * Some rows of a set.
 *
 * @param set - Any.
 * @param rows - Which.
 * @returns A copy.
 */
export function pickRows(set: VectorSet, rows: readonly number[]): VectorSet {
  return {
    vectors: pickMatrixRows(set.vectors, rows),
    presence: pickMatrixRows(set.presence, rows),
  };
}
