/**
 * What happened → a sequence, in the same way for a shop's log files and for a visitor's own log:
 * the ranker on the page must see histories as it saw them in training.
 *
 * @packageDocumentation
 */
import type { Sequence } from './types.ts';

/** One interaction with one item. */
export interface SequenceEvent {
  /** Item row. */
  readonly row: number;
  /** Milliseconds since the epoch; only the order counts. */
  readonly time: number;
  /** Interaction type, GA4's word. */
  readonly type?: string | undefined;
  /** Page of the shop's list; NaN when unknown. */
  readonly page?: number;
  /** Place on that page; NaN when unknown. */
  readonly position?: number;
}

/** A list that was shown is no choice, and what was put back or turned down is none any more. */
const NO_CHOICE: ReadonlySet<string> = new Set([
  'view_item_list',
  'view_promotion',
  'remove_from_cart',
  'less_like_this',
]);

/** Looking at an item and then buying it is one choice; looking at it twice is two. */
function isSameChoice(event: SequenceEvent, before: SequenceEvent | undefined): boolean {
  return before?.row === event.row && before.type !== event.type;
}

/**
 * Orders events by time (those of one time keep their order) and counts the steps.
 *
 * @param events - Of one visitor; lists seen and items put back are left out, and so is an event
 *   about the same item as the one before it when the type differs (click, view, cart, purchase).
 * @returns Their sequence; empty for no events.
 * @example toSequence([{ row: 3, time: 1 }, { row: 5, time: 2 }]).step // Int32Array [0, 1]
 */
export function toSequence(events: readonly SequenceEvent[]): Sequence {
  const sorted = events
    .filter(({ type }) => type === undefined || !NO_CHOICE.has(type))
    .toSorted((a, b) => a.time - b.time);
  const choices = sorted.filter((event, i) => !isSameChoice(event, sorted[i - 1]));
  const step = new Int32Array(choices.length);
  for (let i = 1; i < choices.length; i++) {
    const isLater = (choices[i] as SequenceEvent).time > (choices[i - 1] as SequenceEvent).time;
    step[i] = (step[i - 1] as number) + (isLater ? 1 : 0);
  }
  return {
    step,
    items: Int32Array.from(choices, ({ row }) => row),
    time: Float64Array.from(choices, ({ time }) => time),
    page: Float32Array.from(choices, ({ page = Number.NaN }) => page),
    position: Float32Array.from(choices, ({ position = Number.NaN }) => position),
  };
}
