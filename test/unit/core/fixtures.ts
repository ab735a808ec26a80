/** Random sets of block vectors with missing blocks, and the slow plain way to compare them. */
import fc from 'fast-check';
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import type { SimilarityInput } from '../../../src/core/similarity.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { BlockName } from '../../../src/core/types.ts';

export interface TestBlock {
  readonly name: BlockName;
  readonly start: number;
  readonly size: number;
  readonly weight: number;
}

const NAMES: readonly BlockName[] = ['price', 'category', 'brand', 'text', 'features', 'sentiment'];

/** Blocks without gaps whose weights sum to 1. */
export function blocksOf(sizes: readonly number[]): TestBlock[] {
  let start = 0;
  return sizes.map((size, i) => {
    const block = { name: NAMES[i] as BlockName, start, size, weight: 1 / sizes.length };
    start += size;
    return block;
  });
}

/** Unit blocks × sqrt(weight), each absent with the given chance. */
export function randomSet(
  rows: number,
  blocks: readonly TestBlock[],
  options: { readonly seed: number; readonly missing: number; readonly isWeighted: boolean },
): VectorSet {
  const dims = blocks.reduce((sum, { size }) => sum + size, 0);
  const random = createRandom(options.seed, 'set');
  const data = new Float32Array(rows * dims);
  const presence = new Float32Array(rows * blocks.length);
  for (let row = 0; row < rows; row++) {
    for (const [b, { start, size, weight }] of blocks.entries()) {
      const raw = Array.from({ length: size }, () => random() * 2 - 1);
      if (random() < options.missing) continue;
      presence[row * blocks.length + b] = options.isWeighted ? weight : 1;
      const length = Math.hypot(...raw);
      for (const [i, value] of raw.entries()) {
        data[row * dims + start + i] = (value / length) * Math.sqrt(weight);
      }
    }
  }
  return {
    vectors: { data, rows, dims },
    presence: { data: presence, rows, dims: blocks.length },
  };
}

/** Σ over common blocks of weight × cosine, divided by the common weight: straight from the text. */
export function plainCosine(
  item: { readonly set: VectorSet; readonly row: number },
  other: { readonly set: VectorSet; readonly row: number },
  blocks: readonly TestBlock[],
): number {
  const part = ({ set, row }: typeof item, block: TestBlock): number[] => {
    const from = row * set.vectors.dims + block.start;
    return Array.from(set.vectors.data.subarray(from, from + block.size));
  };
  const isPresent = ({ set, row }: typeof item, b: number): boolean =>
    (set.presence.data[row * blocks.length + b] as number) > 0;
  let sum = 0;
  let weights = 0;
  for (const [b, block] of blocks.entries()) {
    if (!isPresent(item, b) || !isPresent(other, b)) continue;
    const x = part(item, block);
    const y = part(other, block);
    const dot = x.reduce((total, value, i) => total + value * (y[i] as number), 0);
    sum += block.weight * (dot / (Math.hypot(...x) * Math.hypot(...y)));
    weights += block.weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

/** A job of two sets. */
export function jobOf(items: VectorSet, vectors: VectorSet): SimilarityInput {
  return {
    items: items.vectors,
    itemPresence: items.presence,
    vectors: vectors.vectors,
    vectorPresence: vectors.presence,
  };
}

/** Two sets over the same random blocks. */
export const pairOfSets: fc.Arbitrary<{
  readonly blocks: TestBlock[];
  readonly items: VectorSet;
  readonly vectors: VectorSet;
}> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
    rows: fc.integer({ min: 0, max: 6 }),
    others: fc.integer({ min: 0, max: 5 }),
    missing: fc.constantFrom(0, 0.3, 0.7, 1),
    seed: fc.integer(),
  })
  .map(({ sizes, rows, others, missing, seed }) => {
    const blocks = blocksOf(sizes);
    return {
      blocks,
      items: randomSet(rows, blocks, { seed, missing, isWeighted: false }),
      vectors: randomSet(others, blocks, { seed: seed + 1, missing, isWeighted: true }),
    };
  });
