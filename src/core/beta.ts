/**
 * Beta distributions: how likely somebody engages with a place.
 *
 * @packageDocumentation
 */

/** A Beta distribution. */
export interface BetaPosterior {
  /** Engagements + prior, above 0. */
  readonly alpha: number;
  /** Impressions without engagement + prior, above 0. */
  readonly beta: number;
}

/** Prior: one engagement in twelve places, worth twelve impressions. */
export const ENGAGEMENT_PRIOR: BetaPosterior = { alpha: 1, beta: 11 };

/**
 * Prior of a segment that is tried: most are passed over and a few are liked, so two places say
 * more than any belief of before.
 */
export const TRIAL_PRIOR: BetaPosterior = { alpha: 0.1, beta: 2 };

/**
 * Prior of exploration as a whole, beside rows with {@link ENGAGEMENT_PRIOR}: what was not tried yet
 * is given the benefit of the doubt.
 */
export const EXPLORATION_PRIOR: BetaPosterior = { alpha: 2, beta: 11 };

/**
 * What counts make of a prior.
 *
 * @param prior - See {@link ENGAGEMENT_PRIOR} and its kin.
 * @param shown - Impressions, 0 or more.
 * @param engaged - Engagements, 0 or more; those without an impression count all the same.
 * @returns The posterior.
 */
export function posteriorOf(prior: BetaPosterior, shown: number, engaged: number): BetaPosterior {
  return { alpha: prior.alpha + engaged, beta: prior.beta + Math.max(0, shown - engaged) };
}

/**
 * Mean of a posterior.
 *
 * @param posterior - A Beta distribution.
 * @returns In (0, 1).
 */
export function meanOf(posterior: BetaPosterior): number {
  return posterior.alpha / (posterior.alpha + posterior.beta);
}
