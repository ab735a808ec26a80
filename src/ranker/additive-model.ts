/**
 * The generalised additive model: score = Σ_j f_j(signal_j), f_j piecewise linear and flat outside
 * its knots. The parts *are* the score, which is why the explanation is exact.
 *
 * After Hastie & Tibshirani 1990; piecewise-linear with quantile knots as in Lou et al. 2012.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { AdditiveModel } from './types.ts';

/**
 * The segment of ascending knots that a value lies in.
 *
 * @param knots - Ascending, at least two.
 * @param x - Between the first knot and the last, exclusive of the last.
 * @returns The largest k with knots[k] ≤ x, at most length − 2.
 */
export function segmentOf(knots: Float32Array, x: number): number {
  let low = 0;
  let high = knots.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((knots[middle] as number) <= x) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * One function at one value.
 *
 * @param knots - Ascending; fewer than two: the function is 0.
 * @param values - At the knots.
 * @param x - Any number; below the first knot and NaN count as the first, above the last as it.
 * @returns Linear between the knots.
 * @example evaluateAt(new Float32Array([0, 2]), new Float32Array([0, 1]), 1) // 0.5
 */
export function evaluateAt(knots: Float32Array, values: Float32Array, x: number): number {
  const top = knots.length - 1;
  if (top < 1) return 0;
  if (!(x > (knots[0] as number))) return values[0] as number;
  if (x >= (knots[top] as number)) return values[top] as number;
  const k = segmentOf(knots, x);
  const left = knots[k] as number;
  const low = values[k] as number;
  const share = (x - left) / ((knots[k + 1] as number) - left);
  return low + ((values[k + 1] as number) - low) * share;
}

/**
 * Calls back with each value of one function, candidate by candidate. Most of a list's candidates
 * have the same value of most signals, often 0: it is worked out once.
 */
function eachValue(
  model: AdditiveModel,
  j: number,
  signals: Float32Array,
  tell: (candidate: number, value: number) => void,
): void {
  const width = model.names.length;
  const knots = model.knots[j] as Float32Array;
  const values = model.values[j] as Float32Array;
  let last = Number.NaN;
  let value = evaluateAt(knots, values, last);
  for (let at = j, c = 0; at < signals.length; at += width, c++) {
    const signal = signals[at] as number;
    if (signal !== last) {
      last = signal;
      value = evaluateAt(knots, values, signal);
    }
    tell(c, value);
  }
}

/**
 * Scores of a list's candidates.
 *
 * @param model - With J functions.
 * @param signals - [C × J].
 * @param out - C scores, overwritten; a new array by default.
 * @returns `out`.
 * @throws `SHAPE_MISMATCH` when the signals are not C rows of J.
 */
export function scoreList(
  model: AdditiveModel,
  signals: Float32Array,
  out: Float64Array = new Float64Array(signals.length / Math.max(1, model.names.length)),
): Float64Array {
  const width = model.names.length;
  if (signals.length !== out.length * width) {
    throw new VitrineError(
      'SHAPE_MISMATCH',
      `scores: ${signals.length} signals for ${out.length} candidates of ${width} signals.`,
    );
  }
  out.fill(0);
  for (let j = 0; j < width; j++) {
    eachValue(model, j, signals, (c, value) => {
      out[c] = (out[c] as number) + value;
    });
  }
  return out;
}

/**
 * What each function says of each candidate.
 *
 * @param model - With J functions.
 * @param signals - [C × J].
 * @returns [C × J]; a row added up in its order gives exactly the number of {@link scoreList}.
 */
export function functionValues(model: AdditiveModel, signals: Float32Array): Float64Array {
  const width = model.names.length;
  const out = new Float64Array(signals.length);
  for (let j = 0; j < width; j++) {
    eachValue(model, j, signals, (c, value) => {
      out[c * width + j] = value;
    });
  }
  return out;
}
