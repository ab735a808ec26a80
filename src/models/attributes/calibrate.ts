/**
 * Platt's calibration (1999): logits → probabilities that held-out answers bear out.
 *
 * @packageDocumentation
 */

/** Probability = σ(slope · logit + shift). */
export interface Calibration {
  /** Above 0. */
  readonly slope: number;
  readonly shift: number;
}

const ITERATIONS = 60;
/** A penalty on the slope, in held-out answers' worth: few answers must not shout. */
const PRIOR = 1;
const MIN_SLOPE = 0.05;
const MAX_SLOPE = 5;

/**
 * The logistic function.
 *
 * @param logit - Any number.
 * @returns In [0, 1].
 */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/**
 * Fits slope and shift by Newton's method on the weighted log-likelihood.
 *
 * @param logits - [N]
 * @param targets - [N] In [0, 1].
 * @param weights - [N] 0 or more.
 * @returns Slope 1 and shift 0 when nothing can be learned: no answers of one of the two kinds.
 */
export function calibrate(
  logits: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
): Calibration {
  let [slope, shift] = [1, 0];
  if (!hasBoth(targets, weights)) return { slope, shift };
  for (let round = 0; round < ITERATIONS; round++) {
    // Gradient and Hessian with the penalty PRIOR·(slope - 1)²/2.
    let [g0, g1] = [PRIOR * (slope - 1), 0];
    let [h00, h01, h11] = [PRIOR, 0, 0];
    for (let n = 0; n < logits.length; n++) {
      const logit = logits[n] as number;
      const weight = weights[n] as number;
      const odds = sigmoid(slope * logit + shift);
      const error = weight * (odds - (targets[n] as number));
      const bend = weight * odds * (1 - odds);
      g0 += error * logit;
      g1 += error;
      h00 += bend * logit * logit;
      h01 += bend * logit;
      h11 += bend;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) break;
    const wanted = slope - (h11 * g0 - h01 * g1) / determinant;
    const next = Math.min(MAX_SLOPE, Math.max(MIN_SLOPE, wanted));
    // At a bound of the slope the shift is alone.
    const step = next === wanted ? (h00 * g1 - h01 * g0) / determinant : g1 / h11;
    const change = Math.abs(next - slope) + Math.abs(step);
    slope = next;
    shift -= step;
    if (change < 1e-7) break;
  }
  return { slope, shift };
}

function hasBoth(targets: ArrayLike<number>, weights: ArrayLike<number>): boolean {
  let [yes, no] = [0, 0];
  for (let n = 0; n < targets.length; n++) {
    yes += (weights[n] as number) * (targets[n] as number);
    no += (weights[n] as number) * (1 - (targets[n] as number));
  }
  return yes > 0 && no > 0;
}
