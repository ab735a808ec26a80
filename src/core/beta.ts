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
 * Mean of a posterior.
 *
 * @param posterior - A Beta distribution.
 * @returns In (0, 1).
 */
export function meanOf(posterior: BetaPosterior): number {
  return posterior.alpha / (posterior.alpha + posterior.beta);
}
