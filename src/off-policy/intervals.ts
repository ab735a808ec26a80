/**
 * 95 % intervals of means whose terms are rewards times weights.
 *
 * @packageDocumentation
 */
import type { Estimate } from './types.ts';

/** 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** Further 0.975 quantiles of Student's t, by degrees of freedom from 1, where the series is poor. */
const FEW = [12.706204736, 4.30265273, 3.182446305, 2.776445105] as const;

/**
 * 0.975 quantile of Student's t distribution.
 *
 * Above four degrees of freedom the series of Abramowitz and Stegun, 26.7.5: error below 0.002.
 *
 * @param freedom - Degrees of freedom, a whole number of 1 or more.
 * @returns Falls to 1.96 as the degrees grow.
 * @example studentQuantile(1) // 12.706204736
 */
export function studentQuantile(freedom: number): number {
  const known = FEW[freedom - 1];
  if (known !== undefined) return known;
  const z2 = Z * Z;
  const first = (Z * (z2 + 1)) / 4;
  const second = (Z * ((5 * z2 + 16) * z2 + 3)) / 96;
  const third = (Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
  return Z + (first + (second + third / freedom) / freedom) / freedom;
}

/** Terms of a mean: term i is `base[i] + weight[i] × reward[i]`, with rewards of 0 to 1. */
export interface Terms {
  /** [n] */
  readonly base: Float64Array;
  /** [n] 0 or more. */
  readonly weight: Float64Array;
  /** [n] 0 to 1. */
  readonly reward: Float64Array;
  /** [n] Group of each term, from 0. */
  readonly groups: Int32Array;
  /** Groups, at least 1. */
  readonly numGroups: number;
}

/** Two rewards and two failures are added, as Agresti and Coull do at a level of 95 %. */
const ADDED = 2;

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Squares of the groups' deviations, with the correction for few groups. */
function groupSquares(terms: Float64Array, value: number, { groups, numGroups }: Terms): number {
  const sums = new Float64Array(numGroups);
  for (let i = 0; i < terms.length; i++) {
    const g = groups[i] as number;
    sums[g] = (sums[g] as number) + (terms[i] as number) - value;
  }
  return (sumOf(sums.map((own) => own * own)) * numGroups) / Math.max(1, numGroups - 1);
}

/**
 * Mean of terms with its 95 % interval.
 *
 * The normal interval with three corrections for what logs are like. Terms of one group count as one
 * (Liang and Zeger 1986). Student's t stands for the normal quantile, at the groups' degrees of
 * freedom. And two rewards and two failures are added to centre and spread (Agresti and Coull 1998),
 * with the weights that places of the judged policy have: weight w comes up w times as often under
 * it as in the log. The last matters most: rewards are rare, those at places that the log rarely
 * chose are rarer still, and a log that has not met one yet would seem far more certain than it is.
 * With weights of 1 this is Agresti and Coull's interval, else theirs at the effective sample size.
 *
 * Bernstein's inequality (Maurer and Pontil 2009) promises its level for every n and needs none of
 * this, but is several times as wide at the sizes of one visitor's log. A bootstrap cannot draw a
 * reward that the log has not met.
 *
 * @param terms - See {@link Terms}; at least one.
 * @param value - The estimate, if it is another one than the terms' mean.
 * @returns The interval holds the value unless that lies outside 0 to 1, where both ends stay; it is
 *   0 to 1 when all weights are 0.
 */
export function estimateOf(terms: Terms, value?: number): Estimate {
  const { base, reward, weight } = terms;
  const n = base.length;
  const all = base.map((own, i) => own + (weight[i] as number) * (reward[i] as number));
  const mean = sumOf(all) / n;
  const own = value ?? mean;
  const total = sumOf(weight);
  if (total === 0) return { value: own, low: 0, high: 1 };
  const typical = sumOf(weight.map((w) => w * w)) / total;
  const square = sumOf(weight.map((w) => w ** 3)) / total;
  const spread = groupSquares(all, mean, terms) + ADDED * square * ((1 - mean) ** 2 + mean ** 2);
  const size = n + 2 * ADDED * typical;
  const centre = (n * mean + ADDED * typical) / size;
  const half = (studentQuantile(Math.max(1, terms.numGroups - 1)) * Math.sqrt(spread)) / size;
  const inside = (end: number): number => Math.min(1, Math.max(0, end));
  return {
    value: own,
    low: inside(Math.min(own, centre - half)),
    high: inside(Math.max(own, centre + half)),
  };
}

/**
 * Mean of weights with its 95 % interval; nothing is added, and the ends may exceed 1.
 *
 * @param weight - [n] at least one.
 * @param terms - Their groups.
 * @returns Low is 0 or more.
 */
export function weightEstimate(weight: Float64Array, terms: Terms): Estimate {
  const value = sumOf(weight) / weight.length;
  const error = Math.sqrt(groupSquares(weight, value, terms)) / weight.length;
  const half = studentQuantile(Math.max(1, terms.numGroups - 1)) * error;
  return { value, low: Math.max(0, value - half), high: value + half };
}
