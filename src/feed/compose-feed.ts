/**
 * One feed from start to end: rank the visitor's segments, fill rows, put them in words.
 *
 * @packageDocumentation
 */
import type { FeedReason, Item, Membership, RankedItem, Row } from '../core/types.ts';
import { createFeedContext, type FeedContext, type FeedInput, fitOf } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import { keepLimits } from './keep-limits.ts';
import { placeList } from './place-list.ts';
import { contestRows, putInSlots } from './explore-contest.ts';
import { hasToExplore, placeExploreRows } from './place-explore.ts';
import { chunk, placeTasteRows, type PlacedRow } from './place-rows.ts';
import { type RankedSegment, rankSegments } from './rank-segments.ts';
import { SERVER_REASON } from './reasons.ts';
import { part, serverOrderOf, sumParts } from './score-item.ts';
import { createRowWriter } from './write-rows.ts';

/** Least long-term evidence before rows may move: two looks, or one item in the cart. */
const MIN_EVIDENCE = 1.5;

/** Where an item ended up. */
export interface Place {
  /** Its row. */
  readonly row: PlacedRow;
  /** Place in the row, from 1. */
  readonly rank: number;
  /** Parts and exploration. */
  readonly placed: PlacedItem;
  /** What the page got. */
  readonly ranked: RankedItem;
}

/** A feed with what explaining it needs. */
export interface ComposedFeed {
  /** Rows for the page. */
  readonly rows: readonly Row[];
  /** All ids in page order. */
  readonly order: readonly string[];
  /** Whether the profile made it. */
  readonly personalized: boolean;
  /** Why. */
  readonly reason: FeedReason;
  /** Its context. */
  readonly context: FeedContext;
  /** The visitor's segments. */
  readonly ranked: readonly RankedSegment[];
  /** Memberships of the visitor's items. */
  readonly visitorMemberships: readonly (readonly Membership[])[];
  /** Place by item id. */
  readonly places: ReadonlyMap<string, Place>;
}

function reasonOf({ visitor, settings, options }: FeedContext): FeedReason {
  if (options.held !== undefined) return options.held;
  if (options.influence === 0) return 'INFLUENCE_ZERO';
  if (settings.followed.length > 0) return 'PERSONALIZED';
  if (visitor.items.length === 0) return 'COLD_START';
  return visitor.longTermMass < MIN_EVIDENCE ? 'LOW_CONFIDENCE' : 'PERSONALIZED';
}

/**
 * Memberships of the visitor's items and the ranking that follows from them.
 *
 * @param context - The feed; with another visitor and state for "what if".
 * @returns Memberships by visitor item, and ranked segments.
 */
export function rankVisitor(
  context: FeedContext,
): Pick<ComposedFeed, 'ranked' | 'visitorMemberships'> {
  const { visitor, library, state } = context;
  const ids = library.map(({ id }) => id);
  const visitorMemberships = visitor.items.map((_, m) =>
    context.membershipsOfVector({ set: visitor.itemVectors, row: m }),
  );
  const fits = (row: number): number[] =>
    ids.map((_, s) => fitOf(context, { set: visitor.taste, row }, s));
  const ranked = rankSegments({
    ids,
    items: visitor.items,
    memberships: visitorMemberships,
    fits: { session: fits(0), longTerm: fits(1) },
    posteriors: state.posteriors,
  });
  return { ranked, visitorMemberships };
}

function serverRows(context: FeedContext, taken: ReadonlySet<number>, most: number): PlacedRow[] {
  const { encoded, options, base } = context;
  // In the shop's own order nothing is held back but by the shop itself.
  const isPlain = taken.size === (context.pinned?.length ?? 0);
  const isOut = (row: number): boolean =>
    isContextItem(context, row) || context.rules?.isOut(row) === true;
  const isKept = (row: number): boolean =>
    !taken.has(row) && (isPlain ? !isOut(row) : base[row] !== -Infinity);
  const rows = encoded.items.map((_, row) => row).filter(isKept);
  const items = rows.slice(0, most * options.rowSize).map((row) => ({
    row,
    parts: [part('serverOrder', serverOrderOf(row, encoded.items.length))],
  }));
  return chunk(items, options.rowSize).map((piece, i) => ({
    id: i === 0 ? 'server' : `server-${i + 1}`,
    kind: 'server',
    items: piece,
  }));
}

function isContextItem({ encoded, options }: FeedContext, row: number): boolean {
  return (encoded.items[row] as Item).id === options.contextItemId;
}

/** The last row is the server's, so that a profile never walls a visitor in. */
function placeRows(context: FeedContext, ranked: readonly RankedSegment[]): PlacedRow[] {
  if (context.options.layout === 'list') return placeList(context);
  const { rows: most } = context.options;
  const taken = new Set(context.pinned);
  const met = new Set([...ranked.map(({ segmentId }) => segmentId), ...context.settings.followed]);
  const roomForServer = most > 1 ? 1 : 0;
  const explorePlaces = hasToExplore(context, met) ? context.options.exploration * most : 0;
  const roomToExplore = most > 2 && explorePlaces > 0 ? Math.max(1, Math.round(explorePlaces)) : 0;
  const tasteRoom = Math.max(0, most - roomForServer - roomToExplore);
  const taste = placeTasteRows(context, ranked, tasteRoom, taken);
  const { exploration, whenCold = false } = context.options;
  if (taste.length === 0 && exploration < 1 && !whenCold) return [];
  const won = contestRows(context, taste);
  for (const { slot } of won)
    for (const { row } of (taste[slot] as PlacedRow).items) taken.delete(row);
  const room = { most: roomToExplore, won };
  const drawn = roomToExplore > 0 ? placeExploreRows(context, met, taken, room) : [];
  const placed = putInSlots(taste, keepLimits(context, drawn, taken), won);
  return [...placed, ...serverRows(context, taken, most - placed.length)];
}

/** Of whom nothing is known, everything is to be met. */
function placeColdRows(context: FeedContext): PlacedRow[] {
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

/** The shop's own rows stand first, and the others have the room that is left. */
function pinRows(context: FeedContext): { context: FeedContext; pinned: readonly PlacedRow[] } {
  const pinned = context.rules?.pinned(context) ?? [];
  if (pinned.length === 0) return { context, pinned };
  const options = { ...context.options, rows: context.options.rows - pinned.length };
  const rows = pinned.flatMap(({ items }) => items.map(({ row }) => row));
  return { context: { ...context, options, pinned: rows }, pinned };
}

/**
 * Composes a feed.
 *
 * @param input - See {@link FeedInput}.
 * @returns Rows and what explains them. Throws `DEVICE_WRONG_RESULT` only.
 */
export function composeFeed(input: FeedInput): ComposedFeed {
  const { context, pinned } = pinRows(createFeedContext(input));
  const { encoded, options, rules } = context;
  const { ranked, visitorMemberships } = rankVisitor(context);
  const reason = reasonOf(context);
  const isCold = reason === 'COLD_START' || reason === 'LOW_CONFIDENCE';
  const warm = reason === 'PERSONALIZED' ? placeRows(context, ranked) : [];
  const placed = isCold ? placeColdRows(context) : warm;
  const isPersonal = placed.some(({ kind }) => kind !== 'server');
  const body = isPersonal ? placed : serverRows(context, new Set(context.pinned), options.rows);
  const rows = rules?.insert(context, [...pinned, ...body]) ?? body;
  const write = createRowWriter(context, ranked, visitorMemberships);
  const places = new Map<string, Place>();
  const written = rows.map((row) => {
    const items = row.items.map((item, i): RankedItem => {
      const { id } = encoded.items[item.row] as Item;
      const entry: RankedItem = {
        itemId: id,
        rank: i + 1,
        score: sumParts(item.parts),
        scoreParts: item.parts,
        memberships: context.membershipsOf(item.row),
        ...(item.explored ? { explored: { propensity: item.explored.propensity } } : {}),
        why: row.kind === 'server' ? SERVER_REASON : write.itemReason(row, item),
      };
      const marked = rules?.mark(entry, item) ?? entry;
      places.set(id, { row, rank: i + 1, placed: item, ranked: marked });
      return marked;
    });
    return { ...write.heading(row), items };
  });
  const shown = new Set(places.keys());
  const rest = encoded.items.map(({ id }) => id).filter((id) => !shown.has(id));
  // What the shop itself holds back stands behind everything else.
  const isLast = (id: string): boolean => rules?.isOut(encoded.indexOf.get(id) as number) === true;
  if (rules) rest.sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  return {
    rows: written,
    order: isPersonal || rules ? [...shown, ...rest] : encoded.items.map(({ id }) => id),
    personalized: isPersonal,
    reason: reason === 'PERSONALIZED' && !isPersonal ? 'LOW_CONFIDENCE' : reason,
    context,
    ranked,
    visitorMemberships,
    places,
  };
}
