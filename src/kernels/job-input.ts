/**
 * Two sets as the similarity job that `core` checks.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { checkSimilarityInput } from '../core/similarity.ts';

/**
 * Checks that items and vectors fit together.
 *
 * @param items - [N, D] and [N, B].
 * @param vectors - [V, D] and [V, B]; default: none, which checks the items alone.
 * @throws `SHAPE_MISMATCH`.
 */
export function checkSets(items: VectorSet, vectors: VectorSet = noneLike(items)): void {
  checkSimilarityInput({
    items: items.vectors,
    itemPresence: items.presence,
    vectors: vectors.vectors,
    vectorPresence: vectors.presence,
  });
}

function noneLike({ vectors, presence }: VectorSet): VectorSet {
  const data = new Float32Array(0);
  return {
    vectors: { data, rows: 0, dims: vectors.dims },
    presence: { data, rows: 0, dims: presence.dims },
  };
}

/**
 * Checks how many results are wanted.
 *
 * @param count - K as the caller wrote it.
 * @param numItems - N.
 * @returns K, at most N.
 * @throws `SHAPE_MISMATCH` for what is no whole number of 0 or more.
 */
export function checkedCount(count: number, numItems: number): number {
  if (!Number.isInteger(count) || count < 0) {
    throw new VitrineError(
      'SHAPE_MISMATCH',
      `top: got ${count}, expected a whole number from 0 on.`,
    );
  }
  return Math.min(count, numItems);
}
