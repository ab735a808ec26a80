/**
 * The moment that interest is measured at: the visitor's last sign of it.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from './weights.ts';

/**
 * Time that evidence is weighed at, so that time alone moves no row: who comes back finds the rows
 * as they were left, and the first new look makes what was before older.
 *
 * @param log - Records.
 * @param now - Milliseconds.
 * @returns Time of the latest record that speaks for or against an item, at most `now`; `now`
 *   itself without such a record.
 */
export function settledTime(log: readonly LogRecord[], now: number): number {
  let latest = -Infinity;
  for (const { type, time } of log) {
    if (INTERACTION_WEIGHTS[type] !== 0 && time > latest) latest = time;
  }
  return latest === -Infinity ? now : Math.min(latest, now);
}
