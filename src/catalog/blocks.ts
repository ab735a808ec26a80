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

/** Shares of the blocks that only some lists have; the others make room for them. */
const EXTRA_WEIGHTS = { generated: 0.14, image: 0.1 } as const;

/** Sizes of the blocks that only some lists have; 0: not there. */
export interface ExtraBlocks {
  /** Synthetic scores and latent dimensions. */
  readonly generated: number;
  /** Pictures. */
  readonly image: number;
}

/** The space of candidates that have neither scores nor picture vectors: D = 128. */
export const DEFAULT_SPACE: FeatureSpace = makeSpace(LAYOUT);

/**
 * The space with room for what a list of candidates brings.
 *
 * @param extra - Sizes.
 * @returns {@link DEFAULT_SPACE} itself when both are 0; else it, with these blocks behind it.
 */
export function spaceWith(extra: ExtraBlocks): FeatureSpace {
  const added = (['generated', 'image'] as const).filter((name) => extra[name] > 0);
  if (added.length === 0) return DEFAULT_SPACE;
  const rest = 1 - added.reduce((sum, name) => sum + EXTRA_WEIGHTS[name], 0);
  return makeSpace([
    ...LAYOUT.map(([name, size, weight]) => [name, size, weight * rest] as const),
    ...added.map((name) => [name, extra[name], EXTRA_WEIGHTS[name]] as const),
  ]);
}

function makeSpace(layout: readonly (readonly [BlockName, number, number])[]): FeatureSpace {
  let start = 0;
  const blocks = layout.map(([name, size, weight]) => {
    const block: Block = { name, start, size, weight };
    start += size;
    return block;
  });
  return { dims: start, blocks };
}
