/**
 * Knots from data, and signals as positions between knots: 16 bits each, so that the training
 * lists of a shop fit in memory.
 *
 * @packageDocumentation
 */
import { segmentOf } from './additive-model.ts';

/** Quantiles per signal, and how many values they are read from. */
const QUANTILES = 16;
const SAMPLE = 40_000;
/** The tails carry the answers: knots in the first and last hundredth, given enough values. */
const TAILS = [0.002, 0.01, 0.99, 0.998];
const ENOUGH_FOR_TAILS = 500;
/** Steps between two knots in a code's low byte. */
export const CODE_STEPS = 255;

function sampleColumn(signals: Float32Array, width: number, column: number): Float32Array {
  const rows = signals.length / width;
  const stride = Math.max(1, Math.floor(rows / SAMPLE)) * width;
  const values: number[] = [];
  for (let k = column; k < signals.length; k += stride) {
    const x = signals[k] as number;
    if (x !== 0 && Number.isFinite(x)) values.push(x);
  }
  return Float32Array.from(values).sort();
}

/**
 * Knots for each signal: distinct quantiles of its values other than 0, and 0 itself.
 *
 * @param signals - [rows × J] of training candidates; at most about 40,000 rows are read.
 * @param width - J.
 * @param quantiles - Pieces between the extremes, 1 to 200, default 16.
 * @param codes - Numbers of codes by column; above 0 the knots are the codes and the next.
 * @returns J ascending arrays; a signal that is always 0 has one knot, which switches it off.
 */
export function fitKnots(
  signals: Float32Array,
  width: number,
  quantiles: number = QUANTILES,
  codes: readonly number[] = [],
): Float32Array[] {
  return Array.from({ length: width }, (_, column) => {
    const values = sampleColumn(signals, width, column);
    const numCodes = codes[column] ?? 0;
    if (numCodes > 0 && values.length > 0) {
      return Float32Array.from({ length: numCodes + 1 }, (_code, k) => k);
    }
    const knots = new Set([0]);
    const addAt = (share: number): void => {
      const value = values[Math.floor(share * (values.length - 1))];
      if (value !== undefined) knots.add(value);
    };
    for (let k = 0; k <= quantiles; k++) addAt(k / quantiles);
    if (values.length > ENOUGH_FOR_TAILS) for (const share of TAILS) addAt(share);
    return Float32Array.from(knots).sort();
  });
}

function encode(knots: Float32Array, x: number): number {
  const top = knots.length - 1;
  if (top < 1 || !(x > (knots[0] as number))) return 0;
  if (x >= (knots[top] as number)) return (top - 1) * 256 + CODE_STEPS;
  const k = segmentOf(knots, x);
  const left = knots[k] as number;
  const share = (x - left) / ((knots[k + 1] as number) - left);
  return k * 256 + Math.floor(CODE_STEPS * share);
}

/**
 * Encodes rows of signals as segment · 256 + place in the segment (0 … 255).
 *
 * @param signals - [rows × J].
 * @param knots - J, from {@link fitKnots}; at most 256 each.
 * @param out - Of the signals' length, overwritten; a new array by default.
 * @returns `out`.
 */
export function encodeSignals(
  signals: Float32Array,
  knots: readonly Float32Array[],
  out: Uint16Array = new Uint16Array(signals.length),
): Uint16Array {
  for (let k = 0; k < signals.length; k++) {
    out[k] = encode(knots[k % knots.length] as Float32Array, signals[k] as number);
  }
  return out;
}
