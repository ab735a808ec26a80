/**
 * One feed from start to end: rank the visitor's segments, fill rows, put them in words.
 *
 * @packageDocumentation
 */
import type { FeedReason, Item, RankedItem, Row } from '../core/types.ts';
import { createFeedContext, type FeedContext, type FeedInput } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import type { PlacedRow } from './place-rows.ts';
import type { RankedSegment } from './rank-segments.ts';
import { type RankedVisitor, rankVisitor } from './rank-visitor.ts';
import { SERVER_REASON } from './reasons.ts';
import { sumParts } from './score-item.ts';
import { serverRows } from './server-rows.ts';
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

/** How rows are made of a profile. */
export interface Placing {
  /** @returns Rows for a visitor of whom something is known. */
  readonly placeWarm: (
    context: FeedContext,
    ranked: readonly RankedSegment[],
  ) => readonly PlacedRow[];
  /** @returns Rows for a visitor of whom nothing is known; none unless the shop wants them. */
  readonly placeCold: (context: FeedContext) => readonly PlacedRow[];
}

/** A feed with what explaining it needs. */
export interface ComposedFeed extends RankedVisitor {
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

/** The shop's own rows stand first, and the others have the room that is left. */
function pinRows(context: FeedContext): { context: FeedContext; pinned: readonly PlacedRow[] } {
  const pinned = context.rules?.pinned(context) ?? [];
  if (pinned.length === 0) return { context, pinned };
  const options = { ...context.options, rows: context.options.rows - pinned.length };
  const rows = pinned.flatMap(({ items }) => items.map(({ row }) => row));
  return { context: { ...context, options, pinned: rows }, pinned };
}

function place(
  { placeCold, placeWarm }: Placing,
  context: FeedContext,
  { reason, ranked }: Pick<ComposedFeed, 'reason' | 'ranked'>,
): readonly PlacedRow[] {
  if (reason === 'PERSONALIZED') return placeWarm(context, ranked);
  return reason === 'COLD_START' || reason === 'LOW_CONFIDENCE' ? placeCold(context) : [];
}

/** What stands in rows, then the rest; what the shop itself holds back stands behind all else. */
function orderOf(
  { encoded, rules }: FeedContext,
  places: ReadonlyMap<string, Place>,
): readonly string[] {
  const rest = encoded.items.map(({ id }) => id).filter((id) => !places.has(id));
  const isLast = (id: string): boolean => rules?.isOut(encoded.indexOf.get(id) as number) === true;
  if (rules) rest.sort((a, b) => Number(isLast(a)) - Number(isLast(b)));
  return [...places.keys(), ...rest];
}

/**
 * Looks at all cosines of the first item of each row, also at those that nothing was decided by: a
 * device that is wrong now and then is told before the page shows what it made.
 */
function checkDevice({ library, similarities }: FeedContext, rows: readonly PlacedRow[]): void {
  for (const { items } of rows) {
    for (const { row } of items.slice(0, 1)) library.forEach((_, s) => similarities.exact(row, s));
  }
}

/**
 * Whether a feed needs a {@link Placing}: without one the server's order would stand.
 *
 * @param input - See {@link FeedInput}.
 * @returns False for a visitor of whom nothing is known, unless the shop explores with such.
 */
export function needsPlacing(input: Pick<FeedInput, 'visitor' | 'settings' | 'options'>): boolean {
  const { visitor, settings, options } = input;
  const isKnown = visitor.items.length > 0 || settings.followed.length > 0;
  return options.held === undefined && (isKnown || options.whenCold === true);
}

/**
 * Composes a feed.
 *
 * @param input - See {@link FeedInput}.
 * @param placing - Makes rows of the profile; null: the server's order stands.
 * @returns Rows and what explains them. Throws `DEVICE_WRONG_RESULT` only.
 */
export function composeRows(input: FeedInput, placing: Placing | null): ComposedFeed {
  const { context, pinned } = pinRows(createFeedContext(input));
  const { encoded, options, rules } = context;
  const { ranked, visitorMemberships } = rankVisitor(context);
  const reason = reasonOf(context);
  const placed = placing ? place(placing, context, { reason, ranked }) : [];
  const isPersonal = placed.some(({ kind }) => kind !== 'server');
  const body = isPersonal ? placed : serverRows(context, new Set(context.pinned), options.rows);
  const rows = rules?.insert(context, [...pinned, ...body]) ?? body;
  checkDevice(context, rows);
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
  return {
    rows: written,
    order: isPersonal || rules ? orderOf(context, places) : encoded.items.map(({ id }) => id),
    personalized: isPersonal,
    reason: reason === 'PERSONALIZED' && !isPersonal ? 'LOW_CONFIDENCE' : reason,
    context,
    ranked,
    visitorMemberships,
    places,
  };
}
