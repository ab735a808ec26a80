/**
 * What the visitor wants less of.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS, LONG_TERM_HALF_LIFE_MS } from './weights.ts';

/** Newest items that are remembered: each costs a look at every candidate. */
const MOST = 12;

/**
 * Items of which the visitor wants less.
 *
 * @param log - Records, oldest first.
 * @param now - Milliseconds.
 * @returns How much, in (0, 1], by item id, at most 12, oldest first; it halves in 30 days. An item
 *   that the visitor turned to since then is not among them.
 */
export function unwantedItems(log: readonly LogRecord[], now: number): Map<string, number> {
  const unwanted = new Map<string, number>();
  for (const { type, itemId, time } of log) {
    if (type === 'less_like_this') {
      unwanted.delete(itemId);
      unwanted.set(itemId, decay(now - time, LONG_TERM_HALF_LIFE_MS));
    } else if (INTERACTION_WEIGHTS[type] > 0) unwanted.delete(itemId);
  }
  return new Map([...unwanted].slice(-MOST));
}
