/**
 * How evenly recommendations are spread over a catalog.
 *
 * @packageDocumentation
 */
import type { Point } from './line-chart.ts';

/** Places of a curve: more would not be seen. */
const STEPS = 40;

/**
 * The Lorenz curve of recommendations (Lorenz 1905): which share of all places the least shown
 * share of the items has. The diagonal is an even spread; twice the room between is the Gini
 * coefficient.
 *
 * @param shown - How often each item was shown.
 * @returns 41 points from (0, 0) to (1, 1); empty when nothing was shown.
 */
export function lorenzCurve(shown: Int32Array): Point[] {
  const sorted = shown.toSorted();
  const sums = new Float64Array(sorted.length + 1);
  for (const [k, count] of sorted.entries()) sums[k + 1] = (sums[k] as number) + count;
  const total = sums.at(-1) as number;
  if (total === 0) return [];
  return Array.from({ length: STEPS + 1 }, (_, step): Point => {
    const share = step / STEPS;
    const at = share * sorted.length;
    const below = Math.floor(at);
    const low = sums[below] as number;
    const high = sums[Math.min(below + 1, sorted.length)] as number;
    return [share, (low + (high - low) * (at - below)) / total];
  });
}
