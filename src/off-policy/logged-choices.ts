/**
 * A visitor's log → the choices that exploration made in it.
 *
 * @packageDocumentation
 */
import type { InteractionType, LogRecord } from '../core/types.ts';
import type { LoggedChoice } from './types.ts';

/** A choice of exploration with when it was seen. */
export interface ExploredPlace<C> extends LoggedChoice<C> {
  /** Milliseconds. */
  readonly time: number;
}

/** How a log is read. */
export interface LoggedChoicesOptions<C> {
  /** What was known when a place was given; it sees the records before the row was seen. */
  readonly contextOf: (before: readonly LogRecord[], time: number) => C;
  /** Name of the visitor, so that visits of several can be told apart. Default empty. */
  readonly visitor?: string;
  /** An interaction this much later is no answer any more, default 30 minutes in milliseconds. */
  readonly windowMs?: number;
  /**
   * Probability that the row of explored places is there at all, in (0, 1], default 1. It is part of
   * the logged propensities, and estimates are for places that are there. It is below 1 only where
   * `exploration × rows × rowSize` is below 4, and is then a quarter of that product. Rows that
   * exploration wins from others have chances of their own, which no log tells.
   */
  readonly rowChance?: number;
}

/** What counts as engaged: whatever speaks for the item. */
const ENGAGED: ReadonlySet<InteractionType> = new Set<InteractionType>([
  'select_item',
  'view_item',
  'add_to_wishlist',
  'add_to_cart',
  'purchase',
]);

/** A longer silence ends a visit, and an answer is waited for as long: 30 minutes. */
const PAUSE_MS = 30 * 60_000;

/** Whether the visitor engaged with the item before it was shown again. */
function isEngaged(log: readonly LogRecord[], at: number, windowMs: number): boolean {
  const { itemId, time } = log[at] as LogRecord;
  for (let i = at + 1; i < log.length; i++) {
    const later = log[i] as LogRecord;
    if (later.time - time > windowMs) return false;
    if (later.itemId !== itemId) continue;
    if (later.type === 'view_item_list') return false;
    if (ENGAGED.has(later.type)) return true;
  }
  return false;
}

/** Records of one call share the part of their id before the dot. */
function callOf({ eventId }: LogRecord): string {
  const dot = eventId.lastIndexOf('.');
  return dot < 0 ? eventId : eventId.slice(0, dot);
}

/** An explored place that was seen. */
type PlaceRecord = LogRecord & { readonly segmentId: string; readonly propensity: number };

function isPlace(record: LogRecord): record is PlaceRecord {
  const { propensity = 0, segmentId, type } = record;
  return type === 'view_item_list' && segmentId !== undefined && propensity > 0 && propensity <= 1;
}

/** Number of each record's visit, from 0. */
function visitsOf(log: readonly LogRecord[]): number[] {
  let visit = 0;
  return log.map(({ time }, i) => {
    const before = log[i - 1];
    if (before !== undefined && time - before.time > PAUSE_MS) visit++;
    return visit;
  });
}

/**
 * Reads the explored places that were seen, and whether the visitor engaged with them.
 *
 * A place counts once for each time that its row was seen: the action is its segment, the reward 1
 * when the visitor engaged with its item afterwards, within the window and before it was shown
 * again, else 0. Places of one visit form a group.
 *
 * @param log - Oldest first, as `profile.export()` gives it.
 * @param options - See {@link LoggedChoicesOptions}.
 * @returns Places in the log's order; records without segment or with a propensity outside (0, 1]
 *   are left out.
 */
export function loggedChoices<C>(
  log: readonly LogRecord[],
  options: LoggedChoicesOptions<C>,
): ExploredPlace<C>[] {
  const { contextOf, rowChance = 1, visitor = '', windowMs = PAUSE_MS } = options;
  const places: ExploredPlace<C>[] = [];
  const visits = visitsOf(log);
  let seen: { readonly call: string; readonly context: C } | undefined;
  for (const [i, record] of log.entries()) {
    const call = callOf(record);
    if (seen?.call !== call) seen = undefined;
    if (!isPlace(record)) continue;
    // All places of a row were given before any of them was seen.
    seen ??= { call, context: contextOf(log.slice(0, i), record.time) };
    places.push({
      context: seen.context,
      action: record.segmentId,
      propensity: Math.min(1, record.propensity / rowChance),
      reward: isEngaged(log, i, windowMs) ? 1 : 0,
      group: `${visitor}\u0001${visits[i]}`,
      time: record.time,
    });
  }
  return places;
}
