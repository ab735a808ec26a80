/**
 * Floats as bytes with one scale per row: what a pack keeps of weights and vectors.
 *
 * @packageDocumentation
 */

/** A matrix of small integers with a scale per row: value = integer × scale. */
export interface Quantised<T extends Int8Array | Uint8Array> {
  /** Row-major. */
  readonly integers: T;
  /** One per row, 0 for a row of zeros. */
  readonly scales: Float32Array;
}

function largest(data: Float32Array, start: number, width: number): number {
  let most = 0;
  for (let k = 0; k < width; k++) most = Math.max(most, Math.abs(data[start + k] as number));
  return most;
}

/** Each row's largest at `most`. */
function quantise<T extends Int8Array | Uint8Array>(
  data: Float32Array,
  width: number,
  integers: T,
  how: { readonly most: number; readonly round: (steps: number) => number },
): Quantised<T> {
  const scales = new Float32Array(data.length / width);
  for (let row = 0; row < scales.length; row++) {
    const scale = largest(data, row * width, width) / how.most;
    scales[row] = scale;
    if (scale === 0) continue;
    for (let k = row * width; k < (row + 1) * width; k++) {
      integers[k] = how.round((data[k] as number) / scale);
    }
  }
  return { integers, scales };
}

/**
 * Rounds rows to signed bytes.
 *
 * @param data - Row-major, finite.
 * @param width - Columns, at least 1.
 * @returns Integers in -127 … 127; the error is at most half a scale.
 */
export function quantiseSigned(data: Float32Array, width: number): Quantised<Int8Array> {
  return quantise(data, width, new Int8Array(data.length), { most: 127, round: Math.round });
}

/**
 * Rounds rows of weights of 0 or more to bytes. A weight above 0 stays above 0: it is a neighbour.
 *
 * @param data - Row-major, finite, 0 or more.
 * @param width - Columns, at least 1.
 * @returns Integers in 0 … 255.
 */
export function quantiseWeights(data: Float32Array, width: number): Quantised<Uint8Array> {
  const round = (steps: number): number => (steps > 0 ? Math.max(1, Math.round(steps)) : 0);
  return quantise(data, width, new Uint8Array(data.length), { most: 255, round });
}

/**
 * Back to floats.
 *
 * @param quantised - From one of the functions above.
 * @param width - Columns.
 * @returns Row-major floats.
 */
export function dequantise(
  quantised: Quantised<Int8Array | Uint8Array>,
  width: number,
): Float32Array {
  const { integers, scales } = quantised;
  const data = new Float32Array(integers.length);
  for (let k = 0; k < data.length; k++) {
    data[k] = (integers[k] as number) * (scales[Math.floor(k / width)] as number);
  }
  return data;
}
