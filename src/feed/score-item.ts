/**
 * An item's score in a row: a sum of named parts.
 *
 * @packageDocumentation
 */
import type { Item, ScorePart } from '../core/types.ts';

/** Weight of each part. `segment` multiplies a fit of about 1, the others values in [0, 1]. */
export const PART_WEIGHTS = {
  segment: 1,
  session: 0.6,
  longTerm: 0.35,
  popularity: 0.2,
  serverOrder: 0.15,
  seen: -0.5,
  fatigue: -0.45,
  unwanted: -1,
  /** Multiplies the visitor's corrections of the item's segments, -1 to 1. */
  taste: 0.4,
  diversity: -0.3,
  /** Multiplies what the page lacks of the item's segments, -1 to 1. */
  calibration: 0.3,
  /** Multiplies a trained ranker's logits in the rows of segments, so that these keep their theme. */
  ranker: 0.15,
  /** The same in the row that the ranker picks by itself, so that variety keeps a say. */
  picked: 0.4,
} as const;

/** Name of a score part. */
export type PartName = keyof typeof PART_WEIGHTS;

/** Ratings worth of prior: an item with few ratings counts as average. */
const PRIOR_RATINGS = 10;
const PRIOR_MEAN = 3.9;

/**
 * A smoothed rating as a prior for an item that nobody here has met.
 *
 * Bayesian average over ratings, and how many there are (log scale).
 *
 * @param item - Item; without ratings it is average.
 * @returns In [0, 1].
 */
export function popularityOf(item: Item): number {
  const count = item.ratingCount ?? (item.rating === undefined ? 0 : 1);
  const rating = item.rating ?? PRIOR_MEAN;
  const mean = (rating * count + PRIOR_MEAN * PRIOR_RATINGS) / (count + PRIOR_RATINGS);
  const quality = Math.max(0, Math.min(1, (mean - 2.5) / 2.5));
  const volume = Math.min(1, Math.log1p(count) / Math.log(5000));
  return 0.7 * quality + 0.3 * volume;
}

/**
 * Place in the server's order as a value.
 *
 * @param index - From 0.
 * @param count - N.
 * @returns 1 for the first, falling to near 0 for the last.
 */
export function serverOrderOf(index: number, count: number): number {
  return 1 - index / Math.max(1, count);
}

/**
 * Sum of parts, in their order: the one way a score is made.
 *
 * @param parts - Named parts.
 * @returns Their sum.
 */
export function sumParts(parts: readonly ScorePart[]): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

/**
 * A part, weighted.
 *
 * @param name - Which.
 * @param value - Unweighted value.
 * @returns The part; a non-finite value counts 0.
 */
export function part(name: PartName, value: number): ScorePart {
  const weighted = PART_WEIGHTS[name] * value;
  // `+ 0` turns -0 into 0, which would otherwise show in reports.
  return { name, value: Number.isFinite(weighted) ? weighted + 0 : 0 };
}
