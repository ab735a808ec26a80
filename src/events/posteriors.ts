/**
 * Per segment: how likely the visitor engages with a place given to it.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR } from '../core/beta.ts';
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS, LONG_TERM_HALF_LIFE_MS } from './weights.ts';

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
