/**
 * The vectors of one job as the WebGPU kernels read them, and the factors that make cosines of sums.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import type { Matrix } from '../../core/shapes.ts';
import { inverseWeights } from '../../kernels/presence-classes.ts';
import { STEP, type TileFormat, magnitudeOf, splitNumber, stepsOf } from './item-tiles.ts';

/** Vectors that a lane has sums of at the same time: each number makes another shader. */
const WIDTHS = [8, 6, 4] as const;

/** 127 × 256 + 127: the largest number of two signed bytes, high and low. */
const MOST_LEVELS = 32_639;

/** Largest signed byte of items. */
const ITEM_LEVELS = 127;

/** Vectors, ready for the device. */
export interface VectorRows {
  /** Vectors that a lane has sums of at once, 4, 6 or 8. */
  readonly width: number;
  /** V, padded to a multiple of `width`. */
  readonly padded: number;
  /** f32: [padded, steps, 4] floats; int8: [padded, steps, 2] words, high bytes and low ones. */
  readonly words: Float32Array | Int32Array;
  /** [C, padded, 2] mantissa and exponent of the factor between a sum and a cosine. */
  readonly factors: Float32Array;
}

/**
 * Deals vectors out to passes over an item, so that few places stay empty.
 *
 * @param vectors - V, at least 1.
 * @returns Vectors of a pass: 4, 6 or 8.
 * @example widthOf(17) // 6: three passes, one place empty
 */
export function widthOf(vectors: number): number {
  const padded = WIDTHS.map((width) => Math.ceil(vectors / width) * width);
  return WIDTHS[padded.indexOf(Math.min(...padded))] as number;
}

/** Largest integer of vectors: D products must fit 32 bits. */
function levelsOf(dims: number): number {
  return Math.max(1, Math.min(MOST_LEVELS, Math.floor((2 ** 31 - 1) / (ITEM_LEVELS * dims))));
}

/**
 * Packs vectors.
 *
 * @param set - [V, D] and [V, B] with block weights; V at least 1.
 * @param masks - [C, B] of the items' classes.
 * @param format - Of the items: beside bytes, vectors are rounded to 16 bits.
 * @returns Rows; a vector with a number that is not finite, and padding, have factors 0.
 */
export function packVectors(set: VectorSet, masks: Matrix, format: TileFormat): VectorRows {
  const { data, dims, rows } = set.vectors;
  const width = widthOf(rows);
  const padded = Math.ceil(rows / width) * width;
  const steps = stepsOf(dims);
  const isFloat = format === 'f32';
  const levels = levelsOf(dims);
  const floats = new Float32Array(isFloat ? padded * steps * STEP : 0);
  const bytes = new Int8Array(isFloat ? 0 : padded * steps * 2 * STEP);
  const inverse = inverseWeights(masks, set.presence);
  const factors = new Float32Array(2 * masks.rows * padded);
  for (let v = 0; v < rows; v++) {
    const largest = magnitudeOf(data, v * dims, (v + 1) * dims);
    if (largest === 0) continue;
    const unit = isFloat ? 2 ** splitNumber(largest)[1] : largest / levels;
    for (let d = 0; d < dims; d++) {
      const value = (data[v * dims + d] as number) / unit;
      if (isFloat) floats[v * steps * STEP + d] = value;
      else putBytes(bytes, (v * steps + Math.floor(d / STEP)) * 2 * STEP + (d % STEP), value);
    }
    for (let c = 0; c < masks.rows; c++) {
      const at = 2 * (c * padded + v);
      factors.set(splitNumber(unit * (inverse[c * rows + v] as number)), at);
    }
  }
  return { width, padded, words: isFloat ? floats : new Int32Array(bytes.buffer), factors };
}

/** value = 256 × high + low, both signed bytes. */
function putBytes(bytes: Int8Array, at: number, value: number): void {
  const rounded = Math.round(value);
  const high = Math.floor((rounded + 128) / 256);
  bytes[at] = high;
  bytes[at + STEP] = rounded - 256 * high;
}
