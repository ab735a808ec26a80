/**
 * What the visitor made of each item that was shown.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS } from './weights.ts';

/** Half-life of a trial: about five visits of who comes every other day. */
export const TRIAL_HALF_LIFE_MS: number = 10 * 86_400_000;

/** How often an item was shown and engaged with, faded. */
export interface Trial {
  /** Impressions, 0 or more. */
  readonly shown: number;
  /** Interactions that speak for it, 0 or more. */
  readonly engaged: number;
}

/**
 * Trials by item.
 *
 * @param log - Records.
 * @param now - Milliseconds; trials fade with a half-life of 10 days.
 * @returns Items with an impression or an interaction that speaks for them.
 */
export function trialsOf(log: readonly LogRecord[], now: number): Map<string, Trial> {
  const trials = new Map<string, { shown: number; engaged: number }>();
  for (const { type, itemId, time } of log) {
    const isImpression = type === 'view_item_list';
    if (!isImpression && INTERACTION_WEIGHTS[type] <= 0) continue;
    const trial = trials.get(itemId) ?? { shown: 0, engaged: 0 };
    const weight = decay(now - time, TRIAL_HALF_LIFE_MS);
    if (isImpression) trial.shown += weight;
    else trial.engaged += weight;
    trials.set(itemId, trial);
  }
  return trials;
}
