/**
 * Per segment: how likely the visitor engages with a place given to it.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR } from '../core/beta.ts';
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS } from './weights.ts';

/** Half-life of what places taught, 7 days: tastes drift, and what failed once may be tried again. */
export const PLACES_HALF_LIFE_MS: number = 7 * 86_400_000;

/** Places that compete on a page: those given to exploration, and those in the server's order. */
export type PlaceKind = 'explore' | 'server';

interface Count {
  shown: number;
  engaged: number;
}

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
  return posteriorsBy(log, now, ({ segmentId }) => segmentId);
}

/**
 * The same by kind of place, whatever segment had it.
 *
 * @param log - Records; those without a row say nothing here.
 * @param now - Milliseconds.
 * @returns By kind; one never shown is absent.
 */
export function placePosteriors(
  log: readonly LogRecord[],
  now: number,
): Map<PlaceKind, BetaPosterior> {
  return posteriorsBy(log, now, ({ propensity, rowId }): PlaceKind | undefined => {
    if (propensity !== undefined) return 'explore';
    return rowId?.startsWith('server') === true ? 'server' : undefined;
  });
}

function posteriorsBy<K>(
  log: readonly LogRecord[],
  now: number,
  keyOf: (record: LogRecord) => K | undefined,
): Map<K, BetaPosterior> {
  const counts = new Map<K, Count>();
  for (const record of log) {
    const key = keyOf(record);
    if (key === undefined) continue;
    const weight = decay(now - record.time, PLACES_HALF_LIFE_MS);
    const count = counts.get(key) ?? { shown: 0, engaged: 0 };
    if (record.type === 'view_item_list') count.shown += weight;
    else if (INTERACTION_WEIGHTS[record.type] > 0) count.engaged += weight;
    counts.set(key, count);
  }
  const posteriors = new Map<K, BetaPosterior>();
  for (const [key, { shown, engaged }] of counts) {
    posteriors.set(key, {
      alpha: ENGAGEMENT_PRIOR.alpha + engaged,
      beta: ENGAGEMENT_PRIOR.beta + Math.max(0, shown - engaged),
    });
  }
  return posteriors;
}
