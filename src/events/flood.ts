/**
 * How many interactions a visitor can make: what comes faster comes from a script, a loop of the page
 * or a button that is stuck, and would push everything else out of the log (FAULTS I1).
 *
 * The log itself is the measure, so that a new page does not begin with a full purse.
 *
 * @packageDocumentation
 */
import type { InteractionType, LogRecord } from '../core/types.ts';

/** Records of a type within a minute of each other, by their own time. */
const PER_MINUTE = 30;

/** A row that comes into view is a dozen records. */
const SEEN_PER_MINUTE = 2_000;

const MINUTE_MS = 60_000;

/** Milliseconds in which looking at the same item again says nothing new. */
const SAME_ITEM_MS = 10_000;

/** Types of which only the first counts then; pieces in a cart are counted one by one. */
const ONCE: ReadonlySet<InteractionType> = new Set(['view_item', 'select_item', 'less_like_this']);

/**
 * Leaves out what no visitor can have done.
 *
 * Cost: linear in the log.
 *
 * @param log - What is known, in any order.
 * @param records - Of one interaction: of one type and time.
 * @returns Those to be kept: none when there are 30 records of the type within a minute of it (2,000
 *   of items that were seen), and no view, selection or dislike of an item within ten seconds of
 *   another one of it.
 */
export function withoutFlood(
  log: readonly LogRecord[],
  records: readonly LogRecord[],
): readonly LogRecord[] {
  const [first] = records;
  if (first === undefined) return records;
  const { time, type } = first;
  const near = log.filter(
    (record) => record.type === type && Math.abs(record.time - time) < MINUTE_MS,
  );
  const most = type === 'view_item_list' ? SEEN_PER_MINUTE : PER_MINUTE;
  if (near.length >= most) return [];
  if (!ONCE.has(type)) return records;
  const recent = near.filter((record) => Math.abs(record.time - time) < SAME_ITEM_MS);
  const ids = new Set(recent.map(({ itemId }) => itemId));
  return records.filter(({ itemId }) => !ids.has(itemId));
}

/** So many a minute are left out without a word: a page that tells of a look twice is no flood. */
const UNTOLD_PER_MINUTE = 10;

/** Counts what was left out, so that a developer hears of a flood, and not of each drop of it. */
export class FloodGauge {
  #start = -Infinity;
  #dropped = 0;
  #hasTold = false;

  /**
   * Takes note of what was left out.
   *
   * @param dropped - Records, 0 or more.
   * @param now - Milliseconds since the epoch; a clock that is put back begins a new minute.
   * @returns How many there were in this minute, at the first one past ten of them; else 0.
   */
  count(dropped: number, now: number): number {
    if (dropped === 0) return 0;
    if (Math.abs(now - this.#start) >= MINUTE_MS) {
      this.#start = now;
      this.#dropped = 0;
      this.#hasTold = false;
    }
    this.#dropped += dropped;
    if (this.#hasTold || this.#dropped <= UNTOLD_PER_MINUTE) return 0;
    this.#hasTold = true;
    return this.#dropped;
  }
}
