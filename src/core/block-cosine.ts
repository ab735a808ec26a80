/**
 * Exact block-wise cosines in 64-bit sums: the numbers that decide a feed and explain it.
 *
 * A device's 32-bit matrix product only bounds them (see feed/exact-top.ts), which is why every
 * device gives the same feed.
 *
 * @packageDocumentation
 */
import { boundedCosine } from './dot.ts';
import type { Matrix } from './shapes.ts';
import type { BlockShare } from './explanation.ts';
import type { BlockName } from './types.ts';

/** Vectors with their masks, laid out in the same blocks. */
export interface VectorSet {
  /** [R, D] */
  readonly vectors: Matrix;
  /** [R, B]; ones for items, weights for what they are compared with. */
  readonly presence: Matrix;
}

/** The part of a block that this file needs. */
interface BlockSpan {
  readonly name: BlockName;
  readonly start: number;
  readonly size: number;
}

/** One row of a set. */
export interface VectorRef {
  /** The set. */
  readonly set: VectorSet;
  /** Row, from 0. */
  readonly row: number;
}

function blockDot(a: VectorRef, b: VectorRef, block: BlockSpan): number {
  const left = a.set.vectors;
  const right = b.set.vectors;
  const i = a.row * left.dims + block.start;
  const j = b.row * right.dims + block.start;
  let sum = 0;
  for (let k = 0; k < block.size; k++) {
    sum += (left.data[i + k] as number) * (right.data[j + k] as number);
  }
  return sum;
}

function presenceOf(ref: VectorRef, block: number): number {
  return ref.set.presence.data[ref.row * ref.set.presence.dims + block] as number;
}

/**
 * Cosine of an item with a vector, renormalised over the blocks present in both.
 *
 * @param item - Row of a set; a mask above 0 means present.
 * @param other - Row of a set whose mask holds block weights.
 * @param blocks - Blocks of the space.
 * @returns In [-1, 1]; 0 when no block is common, never NaN.
 */
export function blockCosine(
  item: VectorRef,
  other: VectorRef,
  blocks: readonly BlockSpan[],
): number {
  let sum = 0;
  let weight = 0;
  for (let b = 0; b < blocks.length; b++) {
    const common = presenceOf(item, b) > 0 ? presenceOf(other, b) : 0;
    if (common === 0) continue;
    weight += common;
    sum += blockDot(item, other, blocks[b] as BlockSpan);
  }
  return boundedCosine(weight > 0 ? sum / weight : 0);
}

/**
 * The same cosine split by block; the shares sum to it.
 *
 * @param item - Row of a set; a mask above 0 means present.
 * @param other - Row of a set whose mask holds block weights.
 * @param blocks - Blocks of the space.
 * @returns One entry per common block, in block order.
 */
export function blockShares(
  item: VectorRef,
  other: VectorRef,
  blocks: readonly BlockSpan[],
): BlockShare[] {
  const common: { readonly block: BlockSpan; readonly weight: number }[] = [];
  let total = 0;
  for (const [b, block] of blocks.entries()) {
    const weight = presenceOf(item, b) > 0 ? presenceOf(other, b) : 0;
    if (weight === 0) continue;
    common.push({ block, weight });
    total += weight;
  }
  return common.map(({ block, weight }) => {
    const dot = blockDot(item, other, block);
    return {
      block: block.name,
      cosine: dot / weight,
      weight: weight / total,
      share: dot / total,
    };
  });
}
