/**
 * A past feed made again: from its seed, clock, candidates and log, and beside it with those of now.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { ComparedFeed, ItemPlace, MovedItem, Replay } from '../core/inspection.ts';
import type { LogRecord, Row } from '../core/types.ts';
import { FeedMaker } from './feed-maker.ts';
import type { InspectedEngine } from './inspected-engine.ts';
import type { FeedRecipe } from './past-feeds.ts';

/** What a feed is made again of. */
interface Moment {
  /** Oldest first. */
  readonly log: readonly LogRecord[];
  /** Milliseconds. */
  readonly now: number;
}

/** The log and the clock right after an interaction. */
function momentAfter(eventId: unknown, log: readonly LogRecord[]): Moment {
  const at = log.findIndex((record) => record.eventId === eventId);
  const { time: now } = log[at] ?? {};
  if (now === undefined) {
    const got = typeof eventId === 'string' ? eventId : typeof eventId;
    throw new VitrineError('OPTION_INVALID', `inspect: after: got ${got}, expected an event’s id.`);
  }
  return { log: log.slice(0, at + 1), now };
}

/** Records that a feed saw: the log only grows at its end, apart from what is forgotten. */
function seenBy(recipe: FeedRecipe, log: readonly LogRecord[]): readonly LogRecord[] {
  const { events, lastEventId, now } = recipe;
  if (events === 0) return [];
  const last = log.findLastIndex(({ eventId }) => eventId === lastEventId);
  // The last one itself was forgotten: then the clock tells.
  return last < 0 ? log.filter(({ time }) => time <= now).slice(0, events) : log.slice(0, last + 1);
}

function placesOf(rows: readonly Row[]): Map<string, ItemPlace> {
  return new Map(
    rows.flatMap(({ id, items }) =>
      items.map(({ itemId, rank, score }) => [itemId, { rowId: id, rank, score }] as const),
    ),
  );
}

/** The second of two feeds beside the first; `moved` in the order of the first, then of the second. */
function compareRows(before: readonly Row[], after: readonly Row[]): ComparedFeed {
  const [left, right] = [placesOf(before), placesOf(after)];
  const ids = new Set([...left.keys(), ...right.keys()]);
  const moved = [...ids].flatMap((itemId): MovedItem[] => {
    const [from, to] = [left.get(itemId) ?? null, right.get(itemId) ?? null];
    const isStill =
      from?.rowId === to?.rowId && from?.rank === to?.rank && from?.score === to?.score;
    return isStill ? [] : [{ itemId, before: from, after: to }];
  });
  return { rows: after, isSame: JSON.stringify(before) === JSON.stringify(after), moved };
}

/**
 * Makes a past feed again.
 *
 * @param engine - See {@link InspectedEngine}.
 * @param request - Number of a kept feed, and perhaps an interaction: the feed is then made of what was
 *   known right after that, by its clock. Unchecked.
 * @param now - Milliseconds.
 * @returns Both feeds beside the one that the page got. The page's own feed stays as it is.
 * @throws {@link VitrineError} `OPTION_INVALID` for a feed or an interaction that is not kept.
 */
export async function replayFeed(
  engine: InspectedEngine,
  request: { readonly number: number; readonly after?: unknown },
  now: number,
): Promise<Replay> {
  const { keeper, library, ports, shown } = engine;
  const { after, number } = request;
  const past = shown.past.kept.find((feed) => feed.number === number);
  if (!past) {
    const numbers = shown.past.kept.map((feed) => feed.number).join(', ');
    throw new VitrineError(
      'OPTION_INVALID',
      `inspect: replay: got ${number}, expected one of: ${numbers}.`,
    );
  }
  const { recipe, rows } = past;
  const { items, log } = keeper;
  const own = { log: seenBy(recipe, log), now: recipe.now };
  const { log: seen, now: clock } = after === undefined ? own : momentAfter(after, log);
  const then = { log: seen, items, settings: recipe.settings };
  const makers = [recipe.library, library].map((of) => new FeedMaker(() => of, ports));
  const [maker, maker2] = makers as [FeedMaker, FeedMaker];
  const { composed: again } = await maker.make({ ...recipe, profile: then, now: clock });
  const { composed: today } = await maker2.make({
    ...recipe,
    profile: { log, items, settings: keeper.settings },
    now,
  });
  return {
    number,
    again: compareRows(rows, again.rows),
    today: compareRows(rows, today.rows),
    forgotten: Math.max(0, recipe.events - own.log.length),
    since: log.length - seen.length,
  };
}
