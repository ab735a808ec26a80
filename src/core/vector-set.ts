/**
 * Building and joining sets of feature vectors.
 *
 * @packageDocumentation
 */
import type { VectorSet } from './block-cosine.ts';
import type { Matrix } from './shapes.ts';

/**
 * A set of zero vectors without any block.
 *
 * @param rows - R, at least 0.
 * @param dims - D.
 * @param blocks - B.
 * @returns Zeros.
 */
export function emptySet(rows: number, dims: number, blocks: number): VectorSet {
  return {
    vectors: { data: new Float32Array(rows * dims), rows, dims },
    presence: { data: new Float32Array(rows * blocks), rows, dims: blocks },
  };
}

/**
 * Puts sets of the same shape one below the other.
 *
 * @param sets - At least one; same D, same B.
 * @returns A copy.
 */
export function joinSets(sets: readonly VectorSet[]): VectorSet {
  const [first] = sets as readonly [VectorSet];
  const rows = sets.reduce((sum, set) => sum + set.vectors.rows, 0);
  const out = emptySet(rows, first.vectors.dims, first.presence.dims);
  let row = 0;
  for (const set of sets) {
    out.vectors.data.set(set.vectors.data, row * first.vectors.dims);
    out.presence.data.set(set.presence.data, row * first.presence.dims);
    row += set.vectors.rows;
  }
  return out;
}

/**
 * Masks of ones as masks of block weights, so that items can be compared with each other.
 *
 * @param presence - [R, B], 1 where a row has the block, else 0.
 * @param blocks - B, with their weights.
 * @returns A copy.
 */
export function weightedPresence(
  presence: Matrix,
  blocks: readonly { readonly weight: number }[],
): Matrix {
  const data = presence.data.map(
    (mask, i) => mask * (blocks[i % blocks.length] as { readonly weight: number }).weight,
  );
  return { ...presence, data };
}
