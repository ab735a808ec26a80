/**
 * How much an interaction says, and for how long.
 *
 * @packageDocumentation
 */
import type { InteractionType } from '../core/types.ts';

/** Weight of one interaction as evidence of interest; a view counts 1. */
export const INTERACTION_WEIGHTS: Readonly<Record<InteractionType, number>> = {
  view_item_list: 0,
  select_item: 0.5,
  view_item: 1,
  add_to_wishlist: 2,
  add_to_cart: 3,
  remove_from_cart: -2,
  less_like_this: -2,
  purchase: 4,
};

/** Half-life of the session vector, 30 minutes in milliseconds. */
export const SESSION_HALF_LIFE_MS: number = 30 * 60_000;

/** Half-life of the long-term vector, 30 days in milliseconds. */
export const LONG_TERM_HALF_LIFE_MS: number = 30 * 86_400_000;

/** Half-life of fatigue: an item seen often comes back after about two hours. */
export const FATIGUE_HALF_LIFE_MS: number = 2 * 3_600_000;

/** Ages beyond this count as this (clock skew, year 1970), 400 days in milliseconds. */
const MAX_AGE_MS = 400 * 86_400_000;

/**
 * Exponential decay.
 *
 * @param ageMs - Age in milliseconds; below 0 (a clock set back) counts as 0.
 * @param halfLifeMs - Half-life in milliseconds.
 * @returns In (0, 1].
 */
export function decay(ageMs: number, halfLifeMs: number): number {
  const age = Number.isFinite(ageMs) ? Math.min(Math.max(ageMs, 0), MAX_AGE_MS) : MAX_AGE_MS;
  return 2 ** (-age / halfLifeMs);
}
