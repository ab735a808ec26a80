/**
 * Per segment: how likely the visitor engages with a place given to it.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR, posteriorOf } from '../core/beta.ts';
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS } from './weights.ts';

/** Half-life of what places taught, 7 days: tastes drift, and what failed once may be tried again. */
export const PLACES_HALF_LIFE_MS: number = 7 * 86_400_000;

/** Half-life of what a row's places taught, 4 days: a taste may change within a few visits. */
export const ROWS_HALF_LIFE_MS: number = 4 * 86_400_000;

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
  return posteriorsBy(log, now, { keyOf: segmentOf, halfLifeMs: PLACES_HALF_LIFE_MS });
}

/**
 * Engagement posteriors for choosing what to try: they fade with time itself, and faster, so that
 * what was liked before a taste changed does not stand for what is liked now.
 *
 * @param log - Records; those without `segmentId` say nothing here.
 * @param now - Milliseconds.
 * @returns By segment id; a segment never shown is absent.
 */
export function armPosteriors(log: readonly LogRecord[], now: number): Map<string, BetaPosterior> {
  return posteriorsBy(log, now, { keyOf: segmentOf, halfLifeMs: ROWS_HALF_LIFE_MS });
}

function segmentOf({ segmentId }: LogRecord): string | undefined {
  return segmentId;
}

/** What posteriors are about, and how fast they fade. */
interface Counting {
  readonly keyOf: (record: LogRecord) => string | undefined;
  readonly halfLifeMs: number;
}

function posteriorsBy(
  log: readonly LogRecord[],
  now: number,
  { halfLifeMs, keyOf }: Counting,
): Map<string, BetaPosterior> {
  const counts = new Map<string, Count>();
  for (const record of log) {
    const key = keyOf(record);
    if (key === undefined) continue;
    const weight = decay(now - record.time, halfLifeMs);
    const count = counts.get(key) ?? { shown: 0, engaged: 0 };
    if (record.type === 'view_item_list') count.shown += weight;
    else if (INTERACTION_WEIGHTS[record.type] > 0) count.engaged += weight;
    counts.set(key, count);
  }
  const posteriors = new Map<string, BetaPosterior>();
  for (const [key, { shown, engaged }] of counts) {
    posteriors.set(key, posteriorOf(ENGAGEMENT_PRIOR, shown, engaged));
  }
  return posteriors;
}
