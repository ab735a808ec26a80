/**
 * Per segment: how likely the visitor engages with a place given to it.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS, LONG_TERM_HALF_LIFE_MS } from './weights.ts';

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
 * Engagement posteriors from the log.
 *
 * @param log - Records; those without `segmentId` say nothing here.
 * @param now - Milliseconds.
 * @returns By segment id; a segment never shown is absent and has {@link ENGAGEMENT_PRIOR}.
 */
export function engagementPosteriors(
  log: readonly LogRecord[],
  now: number,
): Map<string, BetaPosterior> {
  const counts = new Map<string, { shown: number; engaged: number }>();
  for (const { type, time, segmentId } of log) {
    if (segmentId === undefined) continue;
    const weight = decay(now - time, LONG_TERM_HALF_LIFE_MS);
    const count = counts.get(segmentId) ?? { shown: 0, engaged: 0 };
    if (type === 'view_item_list') count.shown += weight;
    else if (INTERACTION_WEIGHTS[type] > 0) count.engaged += weight;
    counts.set(segmentId, count);
  }
  const posteriors = new Map<string, BetaPosterior>();
  for (const [segmentId, { shown, engaged }] of counts) {
    posteriors.set(segmentId, {
      alpha: ENGAGEMENT_PRIOR.alpha + engaged,
      beta: ENGAGEMENT_PRIOR.beta + Math.max(0, shown - engaged),
    });
  }
  return posteriors;
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
