/**
 * Scales of quantised rows in 16 bits: the upper half of a 32-bit float (bfloat16), rounded up so
 * that no integer leaves its range. A scale is at most 0.8 % larger than it must be.
 *
 * @packageDocumentation
 */
import { quantiseWeights } from './quantise.ts';

const HALF_BITS = 16;

function upperHalves(scales: Float32Array): Uint16Array {
  const bits = new Uint32Array(scales.buffer, scales.byteOffset, scales.length);
  return Uint16Array.from(bits, (value) => (value + 0xffff) >>> HALF_BITS);
}

/**
 * Back to floats.
 *
 * @param short - Upper halves.
 * @returns As many scales, 0 or more.
 */
export function fromShort(short: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(short, (half) => half << HALF_BITS).buffer);
}

/** A quantised matrix whose scales take two bytes a row. */
export interface ShortQuantised {
  /** Row-major. */
  readonly integers: Uint8Array;
  /** One per row. */
  readonly scales: Uint16Array;
}

/**
 * Rounds rows of weights of 0 or more to bytes. A weight above 0 stays above 0: it is a neighbour.
 *
 * @param data - Row-major, finite, 0 or more.
 * @param width - Columns, at least 1.
 * @returns Integers in 0 … 255.
 */
export function shortWeights(data: Float32Array, width: number): ShortQuantised {
  const whole = quantiseWeights(data, width);
  const scales = upperHalves(whole.scales);
  const read = fromShort(scales);
  const integers = whole.integers.map((integer, k) => {
    if (integer === 0) return 0;
    return Math.max(1, Math.round((data[k] as number) / (read[Math.floor(k / width)] as number)));
  });
  return { integers, scales };
}
