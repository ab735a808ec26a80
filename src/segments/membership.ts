/**
 * Weighted membership of an item (or a visitor) in up to three segments.
 *
 * A segment that names ten categories has small cosines with all of them, one that names a single
 * category large ones. So a cosine is first divided by the segment's *level*, the cosine that its
 * best items reach among the candidates; the quotient is called *fit*.
 *
 * @packageDocumentation
 */
import type { MembershipRule } from '../core/membership-rule.ts';
import type { Membership } from '../core/types.ts';

/** Below this fit an item does not belong to a segment. */
export const MIN_FIT = 0.55;

/** A segment whose third best item stays below this cosine has no items here. */
export const MIN_LEVEL = 0.4;

/** Softmax temperature over fits: 0.17 apart is about 70 % to 30 %. */
const TEMPERATURE = 0.2;

/** Most segments of an item. */
const MAX_SEGMENTS = 3;

/** A smaller share is given to the others. */
const MIN_WEIGHT = 0.1;

/** Beside the very best items, even a rare subject's others must be this near. */
const NICHE_SHARE = 0.75;

/**
 * How many of the best items a level looks at: one in a hundred, at least three.
 *
 * @param count - N candidates.
 * @returns K.
 */
export function levelRank(count: number): number {
  return Math.max(3, Math.ceil(count / 100));
}

/**
 * The cosine that counts as fit 1.
 *
 * The K-th largest cosine; of a subject with fewer than K items that one is noise, so it is at
 * least 0.75 of the third largest.
 *
 * @param best - The K largest cosines, descending; may be empty.
 * @returns Above {@link MIN_LEVEL} × 0.75; Infinity (every fit 0) for a segment without items here.
 */
export function levelOf(best: readonly number[]): number {
  const third = best[Math.min(2, best.length - 1)] ?? 0;
  return third < MIN_LEVEL ? Infinity : Math.max(best.at(-1) ?? 0, NICHE_SHARE * third);
}

/**
 * Membership weights from fits.
 *
 * @param fits - Fit per segment; NaN never, any range.
 * @param ids - Segment ids, same length.
 * @returns At most three, largest first, ties by id; weights sum to 1. Empty below the threshold.
 * @example memberships([0.9, 0.73], ['a', 'b']) // a about 0.7, b about 0.3
 */
export function memberships(fits: ArrayLike<number>, ids: readonly string[]): Membership[] {
  const found: { readonly segmentId: string; readonly fit: number }[] = [];
  for (let s = 0; s < ids.length; s++) {
    const fit = fits[s] as number;
    if (fit >= MIN_FIT) found.push({ segmentId: ids[s] as string, fit });
  }
  const near = found
    .sort((a, b) => b.fit - a.fit || (a.segmentId < b.segmentId ? -1 : 1))
    .slice(0, MAX_SEGMENTS);
  const best = near[0];
  if (!best) return [];
  const raw = near.map(({ segmentId, fit }) => ({
    segmentId,
    weight: Math.exp((fit - best.fit) / TEMPERATURE),
  }));
  const total = raw.reduce((sum, { weight }) => sum + weight, 0);
  const kept = raw.filter(({ weight }) => weight / total >= MIN_WEIGHT);
  const keptTotal = kept.reduce((sum, { weight }) => sum + weight, 0);
  return kept.map(({ segmentId, weight }) => ({ segmentId, weight: weight / keptTotal }));
}

/** All that memberships go by, for kernels that make them elsewhere. */
export const MEMBERSHIP_RULE: MembershipRule = {
  minFit: MIN_FIT,
  temperature: TEMPERATURE,
  minWeight: MIN_WEIGHT,
  minLevel: MIN_LEVEL,
  nicheShare: NICHE_SHARE,
  levelRank,
};
