/**
 * Impressions for items that are new to the shop: nobody rated them, so nothing but a place can
 * tell what they are worth.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { FeedContext } from './feed-context.ts';

/** Places of a new item with one visitor; then it has had its chance here. */
export const NEW_ITEM_BUDGET = 3;

/** Of the explored places, at most this share is for new items. */
const NEW_SHARE = 0.25;

/** Where fewer candidates have ratings than this share, their absence says nothing. */
const MIN_RATED = 0.5;

/** Items that share the places of new items at any time. */
const POOL = 12;

/** A new item, and the segment that it stands for. */
export interface NewItem {
  /** Row of the candidate. */
  readonly row: number;
  /** Index of its strongest segment in the library. */
  readonly segment: number;
}

function isRated({ ratingCount = 0 }: Item): boolean {
  return ratingCount > 0;
}

/**
 * How many places of an explore row are for new items.
 *
 * @param places - Places of the row.
 * @returns A quarter of them, rounded down.
 */
export function newItemPlaces(places: number): number {
  return Math.floor(places * NEW_SHARE);
}

/**
 * New items whose budget with this visitor is not spent, best first.
 *
 * An item is new when nobody rated it and at least half of the candidates are rated.
 *
 * @param context - The feed.
 * @param taken - Rows of items in use.
 * @returns At most 12, of segments that are not blocked; none where ratings say nothing.
 */
export function newItems(context: FeedContext, taken: ReadonlySet<number>): NewItem[] {
  const { base, encoded, library, settings, state } = context;
  const { items } = encoded;
  const numRated = items.reduce((sum, item) => sum + (isRated(item) ? 1 : 0), 0);
  if (numRated < MIN_RATED * items.length) return [];
  const isWaiting = (row: number): boolean => {
    const item = items[row] as Item;
    const isFree = !taken.has(row) && base[row] !== -Infinity && !isRated(item);
    return isFree && Math.round(state.trials.get(item.id)?.shown ?? 0) < NEW_ITEM_BUDGET;
  };
  const rows = [...items.keys()]
    .filter(isWaiting)
    .sort((a, b) => (base[b] as number) - (base[a] as number) || a - b);
  const blocked = new Set(settings.blocked);
  const found: NewItem[] = [];
  for (const row of rows) {
    if (found.length === POOL) break;
    const memberships = context.membershipsOf(row);
    const id = memberships[0]?.segmentId;
    const isBlocked = memberships.some(({ segmentId }) => blocked.has(segmentId));
    if (id === undefined || isBlocked) continue;
    found.push({ row, segment: library.findIndex((segment) => segment.id === id) });
  }
  return found;
}
