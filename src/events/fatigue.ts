/**
 * Items shown often and never chosen tire; they recover with time.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { MOST_VISITS } from './resting.ts';
import { decay, FATIGUE_HALF_LIFE_MS, INTERACTION_WEIGHTS } from './weights.ts';

/** Impressions at which an item is fully tired. */
const FULL = 4;

/**
 * Fatigue by item.
 *
 * @param log - Records.
 * @param now - Milliseconds.
 * @param visits - Visits of the last twenty that an item was shown in and not chosen since: what
 *   is left of its fatigue from day to day. Default: none is known.
 * @returns Values in (0, 1]; an item that was chosen at or after its last impression has none.
 */
export function fatigueOf(
  log: readonly LogRecord[],
  now: number,
  visits: ReadonlyMap<string, number> = new Map(),
): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { type, itemId, time } of log) {
    if (type === 'view_item_list') {
      seen.set(itemId, (seen.get(itemId) ?? 0) + decay(now - time, FATIGUE_HALF_LIFE_MS));
    } else if (INTERACTION_WEIGHTS[type] > 0) {
      seen.delete(itemId);
    }
  }
  const fatigue = new Map<string, number>();
  for (const [itemId, impressions] of seen) {
    const often = (visits.get(itemId) ?? 0) / MOST_VISITS;
    const level = Math.min(1, Math.max(impressions / FULL, often));
    if (level > 0) fatigue.set(itemId, level);
  }
  return fatigue;
}
