/**
 * Weighted means of item vectors, block by block: session, long-term and visitor segment vectors.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { emptySet } from '../core/vector-set.ts';
import type { FeatureSpace } from './blocks.ts';
import { emptyVector, writeRow } from './encode-vector.ts';

/**
 * Weighted block-wise means.
 *
 * @param items - [M, D] item vectors.
 * @param weights - One list of M weights (0 or more) per mean wanted.
 * @param space - Their space.
 * @returns One row per list, blocks scaled like items', mask with block weights.
 */
export function meanVectors(
  items: VectorSet,
  weights: readonly (readonly number[])[],
  space: FeatureSpace,
): VectorSet {
  const out = emptySet(weights.length, space.dims, space.blocks.length);
  for (const [row, list] of weights.entries()) {
    const sum = emptyVector(space);
    for (const [m, weight] of list.entries()) {
      if (!(weight > 0)) continue;
      for (let d = 0; d < space.dims; d++) {
        const value = items.vectors.data[m * space.dims + d] as number;
        sum.values[d] = (sum.values[d] as number) + weight * value;
      }
    }
    writeRow(sum, out.vectors.data, out.presence.data, { row, weighted: true });
  }
  return out;
}
