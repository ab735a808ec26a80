/**
 * The feature space: named blocks of one vector of D dimensions.
 *
 * @packageDocumentation
 */
import type { BlockName } from '../core/types.ts';

/** A block's place in the vector and its weight in the similarity. */
export interface Block {
  /** Name used in explanations. */
  readonly name: BlockName;
  /** First dimension. */
  readonly start: number;
  /** Number of dimensions. */
  readonly size: number;
  /** Share in the similarity before renormalising, 0 to 1; the weights sum to 1. */
  readonly weight: number;
}

/** The blocks of a vector, in order, without gaps. */
export interface FeatureSpace {
  /** D. */
  readonly dims: number;
  /** B blocks. */
  readonly blocks: readonly Block[];
}

// Sizes: what collides must stay rare where it hurts most (category), see test/ranking.
const LAYOUT: readonly (readonly [BlockName, number, number])[] = [
  ['price', 8, 0.14],
  ['category', 44, 0.34],
  ['brand', 24, 0.1],
  ['text', 34, 0.22],
  ['features', 16, 0.16],
  ['sentiment', 2, 0.04],
];

/** The space used without a pack: D = 128. */
export const DEFAULT_SPACE: FeatureSpace = makeSpace(LAYOUT);

function makeSpace(layout: readonly (readonly [BlockName, number, number])[]): FeatureSpace {
  let start = 0;
  const blocks = layout.map(([name, size, weight]) => {
    const block: Block = { name, start, size, weight };
    start += size;
    return block;
  });
  return { dims: start, blocks };
}
