/**
 * One feature vector: raw blocks, then each of unit length × √weight.
 *
 * @packageDocumentation
 */
import type { BlockName } from '../core/types.ts';
import type { Block, FeatureSpace } from './blocks.ts';

/** Raw block contents before they are normalised. */
export interface RawVector {
  /** The space it is laid out in. */
  readonly space: FeatureSpace;
  /** [D], not normalised. */
  readonly values: Float64Array;
}

/**
 * An empty raw vector.
 *
 * @param space - Feature space.
 * @returns D zeros.
 */
export function emptyVector(space: FeatureSpace): RawVector {
  return { space, values: new Float64Array(space.dims) };
}

/**
 * Looks up a block.
 *
 * @param space - Feature space.
 * @param name - Block name.
 * @returns The block.
 * @throws RangeError when the space has no such block: a mistake of ours, not of data.
 */
export function blockOf(space: FeatureSpace, name: BlockName): Block {
  const block = space.blocks.find((candidate) => candidate.name === name);
  if (!block) throw new RangeError(`no block ${name}`);
  return block;
}

/**
 * Normalises each block to unit length × sqrt(weight) and writes it as a matrix row.
 *
 * @param vector - Raw vector.
 * @param out - Matrix data, row-major [·, D].
 * @param presence - Mask data, row-major [·, B].
 * @param target - Row, and whether the mask holds weights (vectors) or ones (items).
 */
export function writeRow(
  vector: RawVector,
  out: Float32Array,
  presence: Float32Array,
  target: { readonly row: number; readonly weighted: boolean },
): void {
  const { space, values } = vector;
  const { row, weighted } = target;
  for (const [b, block] of space.blocks.entries()) {
    let square = 0;
    for (let i = 0; i < block.size; i++) square += (values[block.start + i] as number) ** 2;
    const isPresent = square > 1e-18 && Number.isFinite(square);
    presence[row * space.blocks.length + b] = isPresent ? (weighted ? block.weight : 1) : 0;
    const scale = isPresent ? Math.sqrt(block.weight / square) : 0;
    for (let i = 0; i < block.size; i++) {
      const value = isPresent ? (values[block.start + i] as number) * scale : 0;
      out[row * space.dims + block.start + i] = value;
    }
  }
}
