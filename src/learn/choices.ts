/**
 * What the log says that can be learned from: choices, and what was shown with them.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { INTERACTION_WEIGHTS } from '../events/weights.ts';

/** One choice of the visitor. */
export interface Choice {
  /** What was chosen. */
  readonly itemId: string;
  /** The log up to here, exclusive, is what was known before it. */
  readonly at: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** How much it says: 1 for a look, up to 2 for a purchase. */
  readonly weight: number;
}

/** What was shown longer ago was another page. */
const SHOWN_MS = 30 * 60_000;

/** How much a choice says beside a look: twice as much for one that is worth four. */
function weightOf({ type }: LogRecord): number {
  return Math.sqrt(Math.max(0, INTERACTION_WEIGHTS[type]));
}

/**
 * What else could have been chosen.
 *
 * @param log - Oldest first.
 * @param choice - Of the log.
 * @returns Ids of what was shown within the half hour before, in the row of the choice, or anywhere
 *   when it names none; may be empty.
 */
export function shownWith(log: readonly LogRecord[], choice: Choice): string[] {
  const { time, rowId, itemId } = log[choice.at] as LogRecord;
  const ids = new Set<string>();
  for (let k = choice.at - 1; k >= 0; k--) {
    const record = log[k] as LogRecord;
    if (time - record.time > SHOWN_MS) break;
    const isSameRow = rowId === undefined || record.rowId === rowId;
    if (record.type === 'view_item_list' && isSameRow && record.itemId !== itemId) {
      ids.add(record.itemId);
    }
  }
  return [...ids];
}

/**
 * The choices of a log. Clicking an item, looking at it and buying it in a row is one choice, as
 * the ranker has learned to see it; it counts as the most telling of them.
 *
 * @param log - Oldest first.
 * @returns Choices, oldest first.
 * @example choicesOf([{ eventId: 'e', time: 0, type: 'view_item', itemId: 'a' }]).length // 1
 */
export function choicesOf(log: readonly LogRecord[]): Choice[] {
  const choices: Choice[] = [];
  let lastType: string | undefined;
  for (const [at, record] of log.entries()) {
    const weight = weightOf(record);
    if (weight === 0) continue;
    const before = choices.at(-1);
    const { itemId, time, type } = record;
    if (before?.itemId === itemId && lastType !== type) {
      choices[choices.length - 1] = { ...before, weight: Math.max(before.weight, weight) };
    } else {
      choices.push({ itemId, at, time, weight });
    }
    lastType = type;
  }
  return choices;
}
