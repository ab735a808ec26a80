/**
 * Items shown often and never chosen tire; they recover with time.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { decay, FATIGUE_HALF_LIFE_MS, INTERACTION_WEIGHTS } from './weights.ts';

/** Impressions at which an item is fully tired. */
const FULL = 4;

/**
 * Fatigue by item.
 *
 * @param log - Records.
 * @param now - Milliseconds.
 * @returns Values in (0, 1]; an item that was chosen at or after its last impression has none.
 */
export function fatigueOf(log: readonly LogRecord[], now: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { type, itemId, time } of log) {
    if (type === 'view_item_list') {
      seen.set(itemId, (seen.get(itemId) ?? 0) + decay(now - time, FATIGUE_HALF_LIFE_MS));
    } else if (INTERACTION_WEIGHTS[type] > 0) {
      seen.delete(itemId);
    }
  }
  const tired = [...seen].filter(([, impressions]) => impressions > 0);
  return new Map(tired.map(([itemId, impressions]) => [itemId, Math.min(1, impressions / FULL)]));
}
