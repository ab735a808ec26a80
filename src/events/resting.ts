/**
 * Items that rest: shown again and again and never chosen, they make room for others.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { decay, FATIGUE_HALF_LIFE_MS, INTERACTION_WEIGHTS } from './weights.ts';

/** Records farther apart than this belong to different visits, in milliseconds. */
export const VISIT_GAP_MS: number = 30 * 60_000;

/** Of so many of the visitor's last visits … */
const WINDOW = 20;

/** … an item is shown in so many at most, and so many times in one of them, unless it is chosen. */
export const MOST_VISITS = 6;

/** Impressions that tire an item within a visit, each counting half after two hours. */
const TIRED = 4;

/** So much must be left of them before it comes back: about twelve hours. */
const RECOVERED = TIRED / 64;

/** What is older says nothing any more: 180 days in milliseconds, as long as the log is kept. */
const MAX_AGE_MS = 180 * 86_400_000;

/** What one item was shown since it was chosen last. */
interface Showing {
  /** Visits that it was shown in, from the first. */
  readonly visits: number[];
  /** Impressions in the last of them. */
  times: number;
  level: number;
  time: number;
  isTired: boolean;
}

/** What the log says of impressions that led to nothing. */
export interface Showings {
  /** Visits of the last {@link WINDOW} that an item was shown in, above 0. */
  readonly visits: ReadonlyMap<string, number>;
  /** Items that are not offered for now. */
  readonly resting: ReadonlySet<string>;
}

function settle(showing: Showing, time: number): void {
  showing.level *= decay(time - showing.time, FATIGUE_HALF_LIFE_MS);
  showing.time = Math.max(time, showing.time);
  if (showing.level <= RECOVERED) showing.isTired = false;
}

function show(showing: Showing, visit: number, time: number): void {
  settle(showing, time);
  showing.level++;
  showing.times = showing.visits.at(-1) === visit ? showing.times + 1 : 1;
  if (showing.times === 1) showing.visits.push(visit);
  if (showing.level >= TIRED || showing.times >= MOST_VISITS) showing.isTired = true;
}

/** Impressions by item since it was chosen last, and the number of the visit that begins now. */
function collect(
  log: readonly LogRecord[],
  now: number,
): { showings: Map<string, Showing>; current: number } {
  const showings = new Map<string, Showing>();
  let visit = 0;
  let last = -Infinity;
  for (const { type, itemId, time } of log) {
    if (now - time > MAX_AGE_MS) continue;
    if (time - last > VISIT_GAP_MS) visit++;
    last = Math.max(last, time);
    if (type === 'view_item_list') {
      const showing = showings.get(itemId) ?? {
        visits: [],
        times: 0,
        level: 0,
        time,
        isTired: false,
      };
      show(showing, visit, time);
      showings.set(itemId, showing);
    } else if (INTERACTION_WEIGHTS[type] > 0) showings.delete(itemId);
  }
  return { showings, current: now - last > VISIT_GAP_MS ? visit + 1 : visit };
}

/**
 * Impressions since each item was chosen last.
 *
 * In any 20 visits in a row, an item is offered in 6 at most, unless it is chosen; within a visit
 * it rests after four impressions that follow each other closely, or six in all, for half a day. Cost: O(records).
 *
 * @param log - Records in the order of their sequence.
 * @param now - Milliseconds.
 * @returns Visits and rests by item.
 */
export function showingsOf(log: readonly LogRecord[], now: number): Showings {
  const { showings, current } = collect(log, now);
  const visits = new Map<string, number>();
  const resting = new Set<string>();
  for (const [itemId, showing] of showings) {
    settle(showing, now);
    // The visit that a feed is made for is the last of the twenty.
    const before = showing.visits.filter((one) => one > current - WINDOW && one < current).length;
    const isHere = showing.visits.at(-1) === current;
    const count = before + (isHere ? 1 : 0);
    if (count > 0) visits.set(itemId, count);
    // Who is shown in this visit already may stay: rows do not lose items while they are read.
    if (showing.isTired || before >= MOST_VISITS) resting.add(itemId);
  }
  return { visits, resting };
}
