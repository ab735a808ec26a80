/**
 * Draws that the whole room uses.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';

/**
 * A whole number.
 *
 * @param random - Source.
 * @param count - At least 1.
 * @returns In 0 … count − 1.
 */
export function drawIndex(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(random() * count));
}

/**
 * An index in proportion to its weight.
 *
 * @param random - Source.
 * @param weights - 0 or more.
 * @returns An index; -1 when no weight is above 0.
 */
export function drawWeighted(random: Random, weights: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < weights.length; k++) total += weights[k] as number;
  if (!(total > 0)) return -1;
  let left = random() * total;
  let last = -1;
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k] as number;
    if (weight <= 0) continue;
    last = k;
    left -= weight;
    if (left < 0) return k;
  }
  return last;
}

/**
 * Noise of a choice: a standard Gumbel number (McFadden 1974).
 *
 * @param random - Source.
 * @returns Any number; the difference of two is logistic.
 */
export function drawGumbel(random: Random): number {
  // 1 − random() is above 0, and 1 of its logarithm is too rare to matter but not impossible.
  return -Math.log(Math.max(Number.MIN_VALUE, -Math.log(1 - random())));
}

/**
 * Chance that utility + Gumbel noise beats Gumbel noise alone.
 *
 * @param utility - Any number.
 * @returns In [0, 1].
 */
export function chanceOf(utility: number): number {
  return 1 / (1 + Math.exp(-utility));
}
