/**
 * Items as the WebGPU kernels read them: 64 side by side, so that the lanes of a workgroup read
 * neighbouring words, in 32-bit floats or four signed bytes to a word.
 *
 * No number on the device is infinite or NaN: each row is scaled into [-1, 1] and its scale kept as
 * mantissa and exponent, since shaders may assume that there is neither.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../../core/shapes.ts';

/** Items of a tile; lanes of a workgroup. */
export const TILE = 64;

/** Dimensions of a step: four floats, or four bytes in a word. */
export const STEP = 4;

/** Rows are padded to full steps of four tiles, so that freed buffers fit the next list as well. */
const ROW_STEP = 4 * TILE;

/** Largest signed byte that items are rounded to. */
const ITEM_LEVELS = 127;

/** How items are kept. */
export type TileFormat = 'f32' | 'int8';

/** Some rows in tiles. */
export interface ItemTiles {
  /** f32: [tiles, steps, 64, 4] floats; int8: [tiles, steps, 64] words of four bytes, lowest first. */
  readonly words: Float32Array | Int32Array;
  /** [64·tiles, 2] mantissa (0: no scores) and exponent of each row's scale. */
  readonly scales: Float32Array;
}

/**
 * Rows with their padding.
 *
 * @param rows - At least 0.
 * @returns A multiple of 256.
 */
export function paddedRows(rows: number): number {
  return Math.ceil(rows / ROW_STEP) * ROW_STEP;
}

/**
 * Steps of a row.
 *
 * @param dims - D.
 * @returns ⌈D / 4⌉.
 */
export function stepsOf(dims: number): number {
  return Math.ceil(dims / STEP);
}

/**
 * Largest magnitude of some numbers.
 *
 * @param data - Any numbers.
 * @param from - First place.
 * @param to - Behind the last.
 * @returns 0 when all are 0, or when one is not finite: such a row scores 0.
 */
export function magnitudeOf(data: Float32Array, from: number, to: number): number {
  let largest = 0;
  for (let at = from; at < to; at++) {
    const size = Math.abs(data[at] as number);
    // False for NaN as well.
    if (!(size < Infinity)) return 0;
    if (size > largest) largest = size;
  }
  return largest;
}

/**
 * Takes a number apart.
 *
 * @param value - Positive and finite, or 0.
 * @returns value = mantissa × 2^exponent with a mantissa in [1, 2); [0, 0] for 0.
 */
export function splitNumber(value: number): readonly [mantissa: number, exponent: number] {
  if (value === 0) return [0, 0];
  let exponent = Math.floor(Math.log2(value));
  // The logarithm of a number just below a power of two may round up to it.
  if (value < 2 ** exponent) exponent--;
  return [value / 2 ** exponent, exponent];
}

/**
 * Packs rows.
 *
 * Cost: O(rows·D), one allocation of the result.
 *
 * @param items - [N, D].
 * @param from - First row.
 * @param to - Behind the last.
 * @param format - f32 is exact; int8 rounds each row to 127 levels.
 * @returns Tiles; rows past the last have scale 0.
 */
export function packTiles(items: Matrix, from: number, to: number, format: TileFormat): ItemTiles {
  const { data, dims } = items;
  const padded = paddedRows(to - from);
  const steps = stepsOf(dims);
  const isFloat = format === 'f32';
  const floats = new Float32Array(isFloat ? padded * steps * STEP : 0);
  const bytes = new Int8Array(isFloat ? 0 : padded * steps * STEP);
  const out = isFloat ? floats : bytes;
  const scales = new Float32Array(2 * padded);
  for (let n = 0; n < to - from; n++) {
    const start = (from + n) * dims;
    const largest = magnitudeOf(data, start, start + dims);
    if (largest === 0) continue;
    const [mantissa, exponent] = splitNumber(largest);
    const unit = isFloat ? 2 ** exponent : largest / ITEM_LEVELS;
    scales[2 * n] = isFloat ? 1 : mantissa / ITEM_LEVELS;
    scales[2 * n + 1] = exponent;
    let at = ((n - (n % TILE)) * steps + (n % TILE)) * STEP;
    for (let d = 0; d < dims; d += STEP, at += TILE * STEP) {
      for (let k = d; k < Math.min(d + STEP, dims); k++) {
        const value = (data[start + k] as number) / unit;
        out[at + k - d] = isFloat ? value : Math.round(value);
      }
    }
  }
  return { words: isFloat ? floats : new Int32Array(bytes.buffer), scales };
}
