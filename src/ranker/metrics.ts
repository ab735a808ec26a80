/**
 * How good a ranking is: accuracy, and what accuracy does not show.
 *
 * Ties count against us: an answer's rank is the number of candidates scored at least as high, so
 * a method that cannot tell items apart gains nothing by luck.
 *
 * @packageDocumentation
 */
import type { Attributes } from './types.ts';

/** Means over lists, each in [0, 1]. */
export interface Accuracy {
  /** Share of lists with the answer first. */
  readonly 'HR@1': number;
  /** Share with the answer among the first five. */
  readonly 'HR@5': number;
  /** Share with the answer among the first ten. */
  readonly 'HR@10': number;
  /** 1 / log2(rank + 1) within the first five. */
  readonly 'NDCG@5': number;
  /** 1 / log2(rank + 1) within the first ten. */
  readonly 'NDCG@10': number;
  /** 1 / rank. */
  readonly MRR: number;
}

/** Accuracy and the shape of the recommendations (the first ten of each list). */
export interface Metrics extends Accuracy {
  /** Intra-list diversity, see {@link diversityOf}. */
  readonly ILD: number;
  /** Share of the catalog that is recommended to anybody. */
  readonly coverage: number;
  /** Gini coefficient of recommendations over the catalog: 0 even, near 1 all on few items. */
  readonly gini: number;
  /** Mean rank-biased overlap with the given order, see {@link overlapOf}. */
  readonly overlap: number;
}

/** Recommendations that are looked at. */
export const TOP = 10;

/**
 * The answer's rank.
 *
 * @param scores - C scores; a score that is NaN stands before the answer.
 * @param target - Index of the answer.
 * @returns 1 … C.
 * @example rankOf([3, 1, 1], 1) // 3
 */
export function rankOf(scores: ArrayLike<number>, target: number): number {
  const own = scores[target] as number;
  let rank = 0;
  for (let c = 0; c < scores.length; c++) if (!((scores[c] as number) < own)) rank++;
  return rank;
}

/**
 * Accuracy from the answers' ranks.
 *
 * @param ranks - One per list, from 1.
 * @returns Means; all 0 for no lists.
 */
export function accuracyOf(ranks: readonly number[]): Accuracy {
  const mean = (gain: (rank: number) => number): number =>
    ranks.reduce((sum, rank) => sum + gain(rank), 0) / Math.max(1, ranks.length);
  const hit = (depth: number): number => mean((rank) => (rank <= depth ? 1 : 0));
  const gain = (depth: number): number =>
    mean((rank) => (rank <= depth ? 1 / Math.log2(rank + 1) : 0));
  return {
    'HR@1': hit(1),
    'HR@5': hit(5),
    'HR@10': hit(10),
    'NDCG@5': gain(5),
    'NDCG@10': gain(10),
    MRR: mean((rank) => 1 / rank),
  };
}

/**
 * The best candidates of a list; NaN comes last, ties go to the lower row.
 *
 * @param candidates - C item rows.
 * @param scores - C scores.
 * @param count - At most how many, default 10.
 * @returns Item rows, best first.
 */
export function topOf(
  candidates: Int32Array,
  scores: ArrayLike<number>,
  count: number = TOP,
): Int32Array {
  const scoreOf = (c: number): number => {
    const score = scores[c] as number;
    return Number.isNaN(score) ? -Infinity : score;
  };
  const isBefore = (a: number, b: number): boolean =>
    scoreOf(a) > scoreOf(b) ||
    (scoreOf(a) === scoreOf(b) && (candidates[a] as number) < (candidates[b] as number));
  const best: number[] = [];
  for (let c = 0; c < candidates.length; c++) {
    if (best.length === count && !isBefore(c, best.at(-1) as number)) continue;
    let place = best.length;
    while (place > 0 && isBefore(c, best[place - 1] as number)) place--;
    best.splice(place, 0, c);
    if (best.length > count) best.pop();
  }
  return Int32Array.from(best, (c) => candidates[c] as number);
}

/**
 * Cosine of two items' attributes.
 *
 * @param attributes - Of unit length per item.
 * @param a - Item row.
 * @param b - Item row.
 * @returns In [0, 1]; 0 when either has none.
 */
export function attributeCosine(attributes: Attributes, a: number, b: number): number {
  const { pointers, index, weight } = attributes;
  const [from, to] = [pointers[b] as number, pointers[b + 1] as number];
  let sum = 0;
  for (let e = pointers[a] as number; e < (pointers[a + 1] as number); e++) {
    const f = index.subarray(from, to).indexOf(index[e] as number);
    if (f >= 0) sum += (weight[e] as number) * (weight[from + f] as number);
  }
  return sum;
}

/**
 * Intra-list diversity: 1 − the mean attribute cosine over all pairs (Ziegler et al. 2005).
 *
 * @param items - Item rows.
 * @param attributes - Of the catalog; an item without any is unlike all others.
 * @returns In [0, 1]; 0 for fewer than two items.
 */
export function diversityOf(items: Int32Array, attributes: Attributes): number {
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < items.length; i++) {
    for (let j = i + 1; j < items.length; j++) {
      sum += attributeCosine(attributes, items[i] as number, items[j] as number);
      pairs++;
    }
  }
  return pairs > 0 ? Math.min(1, Math.max(0, 1 - sum / pairs)) : 0;
}

const PERSISTENCE = 0.9;

/**
 * Rank-biased overlap of two rankings, extrapolated from their first ten, p = 0.9 (Webber, Moffat
 * & Zobel 2010, equation 30): the mean share that they have in common at each depth, the top
 * weighing most.
 *
 * @param a - Distinct item rows, best first.
 * @param b - Distinct item rows, best first.
 * @param depth - How far to look, default 10; less where a ranking is shorter.
 * @returns 1 for equal rankings, 0 for disjoint ones and for empty ones.
 */
export function overlapOf(a: Int32Array, b: Int32Array, depth: number = TOP): number {
  const deepest = Math.min(depth, a.length, b.length);
  let common = 0;
  let sum = 0;
  for (let d = 1; d <= deepest; d++) {
    const [left, right] = [a[d - 1] as number, b[d - 1] as number];
    if (left === right) common++;
    else {
      if (b.subarray(0, d - 1).includes(left)) common++;
      if (a.subarray(0, d - 1).includes(right)) common++;
    }
    sum += (common / d) * PERSISTENCE ** d;
  }
  if (deepest === 0) return 0;
  const tail = (common / deepest) * PERSISTENCE ** deepest;
  return tail + ((1 - PERSISTENCE) / PERSISTENCE) * sum;
}

/**
 * Gini coefficient: 0 when all counts are equal, (n − 1) / n when one item has everything.
 *
 * @param counts - One per item, 0 or more.
 * @returns In [0, 1); 0 when all counts are 0.
 */
export function giniOf(counts: Int32Array): number {
  const sorted = counts.toSorted();
  let total = 0;
  let weighted = 0;
  for (const [k, count] of sorted.entries()) {
    total += count;
    weighted += (k + 1) * count;
  }
  if (total === 0) return 0;
  const n = sorted.length;
  return Math.max(0, (2 * weighted) / (n * total) - (n + 1) / n);
}
