/**
 * What the log says about each item: how much, how recently.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import {
  decay,
  INTERACTION_WEIGHTS,
  LONG_TERM_HALF_LIFE_MS,
  SESSION_HALF_LIFE_MS,
} from './weights.ts';

/** Most items that speak for a visitor; the strongest are kept. */
const MAX_ITEMS = 400;

/** Evidence of interest in one item. */
export interface ItemEvidence {
  /** Item id. */
  readonly itemId: string;
  /** Decayed weight with a half-life of 30 minutes, at least 0. */
  readonly session: number;
  /** Decayed weight with a half-life of 30 days, at least 0. */
  readonly longTerm: number;
  /** Interactions that speak for the item. */
  readonly interactions: number;
  /** Latest of them. */
  readonly lastTime: number;
}

/**
 * Sums up the log by item.
 *
 * @param log - Records; impressions and interactions of weight 0 say nothing.
 * @param now - Milliseconds.
 * @returns Items with evidence above 0, strongest first, at most 400; ties by id.
 */
export function evidenceOf(log: readonly LogRecord[], now: number): ItemEvidence[] {
  const sums = new Map<string, { session: number; longTerm: number; n: number; last: number }>();
  for (const { type, itemId, time } of log) {
    const weight = INTERACTION_WEIGHTS[type];
    if (weight === 0) continue;
    const sum = sums.get(itemId) ?? { session: 0, longTerm: 0, n: 0, last: -Infinity };
    sum.session += weight * decay(now - time, SESSION_HALF_LIFE_MS);
    sum.longTerm += weight * decay(now - time, LONG_TERM_HALF_LIFE_MS);
    sum.last = Math.max(sum.last, time);
    if (weight > 0) sum.n++;
    sums.set(itemId, sum);
  }
  return [...sums]
    .filter(([, sum]) => sum.longTerm > 0)
    .map(([itemId, sum]) => ({
      itemId,
      session: Math.max(0, sum.session),
      longTerm: sum.longTerm,
      interactions: sum.n,
      lastTime: sum.last,
    }))
    .sort((a, b) => b.longTerm - a.longTerm || (a.itemId < b.itemId ? -1 : 1))
    .slice(0, MAX_ITEMS);
}
