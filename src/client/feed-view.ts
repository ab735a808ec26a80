/**
 * What a framework draws: the server's order until there is a feed, and the feed then.
 *
 * @packageDocumentation
 */
import type { Candidates, Feed, RankedItem, RerankOptions, Row, Vitrine } from '../core/types.ts';
import {
  type RawItem,
  fetchCandidates,
  isText,
  isUrl,
  itemsById,
  parseCandidates,
} from './candidates.ts';
import { cutRows } from './server-feed.ts';

/** What is asked for; as for `Vitrine.rerank`. */
export type ViewRequest = Pick<RerankOptions, 'rows' | 'rowSize' | 'layout' | 'context'>;

/** An item to be drawn. */
export interface ViewItem extends Omit<RankedItem, 'item'> {
  /** The candidate as it was sent. */
  readonly item: Readonly<Record<string, unknown>>;
}

/** A row to be drawn. */
export interface ViewRow extends Omit<Row, 'items'> {
  /** Best first. */
  readonly items: readonly ViewItem[];
}

/** What is to be drawn. */
export interface FeedView {
  /** Titled rows; without a feed, or one that is not personalised, the server's order. */
  readonly rows: readonly ViewRow[];
  /** Whether the rows are this visitor's. */
  readonly isPersonalized: boolean;
  /** Undefined until it is made. */
  readonly feed: Feed | undefined;
}

function withItems(rows: readonly Row[], items: ReadonlyMap<string, RawItem>): ViewRow[] {
  return rows.map((row) => ({
    ...row,
    items: row.items.flatMap((ranked): ViewItem[] => {
      // What was found in an index comes with the feed.
      const item = items.get(ranked.itemId) ?? ranked.item;
      return item ? [{ ...ranked, item: item as RawItem }] : [];
    }),
  }));
}

function viewOf(items: ReadonlyMap<string, RawItem>, request: ViewRequest): FeedView {
  const { context, layout, rows, rowSize } = request;
  const cut = {
    ...(rows && { rows }),
    ...(rowSize && { rowSize }),
    ...(layout === 'list' && { rows: 1, rowSize: Infinity }),
    ...(context?.itemId && { contextItemId: context.itemId }),
  };
  const server = cutRows([...items.keys()], cut);
  return { rows: withItems(server, items), isPersonalized: false, feed: undefined };
}

/**
 * The server's order, at once: on the server, and for the first draw on the page.
 *
 * @param candidates - As for `rerank`.
 * @param request - As for `rerank`.
 * @returns No rows for candidates by URL, which are not here yet.
 */
export function serverView(candidates: Candidates, request: ViewRequest): FeedView {
  const sent = isUrl(candidates) ? [] : candidates;
  return viewOf(itemsById(typeof sent === 'string' ? parseCandidates(sent) : sent), request);
}

/** The candidates as they go to the worker, and the page's own copy. */
async function load(candidates: Candidates): Promise<readonly [Candidates, unknown]> {
  if (!isUrl(candidates)) {
    return [candidates, typeof candidates === 'string' ? parseCandidates(candidates) : candidates];
  }
  const text = await fetchCandidates(candidates);
  const sent = parseCandidates(text);
  // Why nothing came, or no JSON, the worker finds out by itself; an index is read there, too.
  return [isText(text) && !('vitrineIndex' in Object(sent)) ? text : candidates, sent];
}

/**
 * Ranks candidates.
 *
 * @param vitrine - The instance.
 * @param candidates - As for `rerank`.
 * @param request - As for `rerank`.
 * @returns The rows; never rejects. In the server's order the very rows of {@link serverView}, so
 *   that nothing on the page moves.
 */
export async function rankView(
  vitrine: Pick<Vitrine, 'rerank'>,
  candidates: Candidates,
  request: ViewRequest,
): Promise<FeedView> {
  const [sent, known] = await load(candidates);
  const items = itemsById(known);
  const server = viewOf(items, request);
  try {
    const feed = await vitrine.rerank(sent, request);
    if (!feed.personalized) return { ...server, feed };
    return { rows: withItems(feed.rows, items), isPersonalized: true, feed };
  } catch {
    // Disposed meanwhile: what the server sent stands.
    return server;
  }
}

/**
 * Whether two candidates are the same: a component that is drawn again often makes its list anew,
 * and would rank without end.
 *
 * Cost: that of writing both as JSON, where they are not one object.
 *
 * @param one - As for `rerank`.
 * @param other - As for `rerank`.
 * @returns True for what says the same in the same order.
 */
export function isSameList(one: Candidates, other: Candidates): boolean {
  if (one === other) return true;
  try {
    return JSON.stringify(one) === JSON.stringify(other);
  } catch {
    // A circle: nobody can tell.
    return false;
  }
}
