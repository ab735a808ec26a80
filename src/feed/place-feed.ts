/**
 * The rows that a profile makes. The worker loads this room's larger half when it is first needed.
 *
 * @packageDocumentation
 */
import { factorOf } from '../core/segment-factors.ts';
import { contestRows, putInSlots } from './explore-contest.ts';
import type { FeedContext } from './feed-context.ts';
import { keepLimits } from './keep-limits.ts';
import { hasToExplore, placeExploreRows } from './place-explore.ts';
import { placeList } from './place-list.ts';
import { type PlacedRow, placeTasteRows } from './place-rows.ts';
import type { RankedSegment } from './rank-segments.ts';
import { serverRows } from './server-rows.ts';

// One file for whoever tells why an item is in no row.
export { rowParts } from './fill-row.ts';
export { queryOf } from './place-rows.ts';

/** Rows that exploration may have beside others. */
function roomFor({ exploration, rows: most }: FeedContext['options']): number {
  const places = exploration * most;
  return most > 2 && places > 0 ? Math.max(1, Math.round(places)) : 0;
}

/**
 * Rows for a visitor of whom something is known. The last row is the server's, so that a profile
 * never walls a visitor in.
 *
 * @param context - The feed.
 * @param ranked - The visitor's segments.
 * @returns Rows in ladder order; none when nothing can be made of the profile.
 */
export function placeWarm(
  context: FeedContext,
  ranked: readonly RankedSegment[],
): readonly PlacedRow[] {
  if (context.options.layout === 'list') return placeList(context);
  const { rows: most } = context.options;
  const taken = new Set(context.pinned);
  const { followed, weights = {} } = context.settings;
  // Whoever asked for less of a segment knows it.
  const lessened = Object.keys(weights).filter((id) => factorOf(weights, id) < 1);
  const met = new Set([...ranked.map(({ segmentId }) => segmentId), ...followed, ...lessened]);
  const roomToExplore = hasToExplore(context, met) ? roomFor(context.options) : 0;
  const tasteRoom = Math.max(0, most - (most > 1 ? 1 : 0) - roomToExplore);
  const taste = placeTasteRows(context, ranked, tasteRoom, taken);
  const { exploration, whenCold = false } = context.options;
  if (taste.length === 0 && exploration < 1 && !whenCold) return [];
  const placed =
    roomToExplore > 0 ? withExplored(context, { taste, met, taken, roomToExplore }) : taste;
  return [...placed, ...serverRows(context, taken, most - placed.length)];
}

/** What {@link withExplored} works on. */
interface Page {
  readonly taste: readonly PlacedRow[];
  /** Segments that the visitor knows. */
  readonly met: ReadonlySet<string>;
  /** Rows of items in use. */
  readonly taken: Set<number>;
  /** Rows that exploration has anyway. */
  readonly roomToExplore: number;
}

/** Rows of what is known and of exploration; the server's last row is not for exploration to win. */
function withExplored(context: FeedContext, page: Page): readonly PlacedRow[] {
  const { met, roomToExplore, taken, taste } = page;
  const { adapt = false, rows: most } = context.options;
  const room = adapt ? Math.max(0, most - taste.length - roomToExplore - 1) : 0;
  const won = contestRows(context, [...taste, ...serverRows(context, taken, room)]);
  for (const { slot } of won) {
    for (const { row } of taste[slot]?.items ?? []) taken.delete(row);
  }
  const drawn = placeExploreRows(context, met, taken, { most: roomToExplore, won });
  return putInSlots(taste, keepLimits(context, drawn, taken), won);
}

/**
 * Rows for a visitor of whom nothing is known: everything is to be met.
 *
 * @param context - The feed.
 * @returns Explore rows and the server's; none unless the shop wants them.
 */
export function placeCold(context: FeedContext): readonly PlacedRow[] {
  const { exploration, layout, rows: most, whenCold = false } = context.options;
  if (!whenCold || layout === 'list') return [];
  const taken = new Set(context.pinned);
  const room = Math.min(most, Math.max(1, Math.round(exploration * most)));
  const rest = serverRows(context, taken, Math.max(0, most - room - 1));
  const won = contestRows(context, rest);
  const drawn = placeExploreRows(context, new Set(), taken, { most: room, won });
  const explore = keepLimits(context, drawn, taken);
  if (explore.length === 0) return [];
  return [...explore, ...serverRows(context, taken, most - explore.length)];
}
