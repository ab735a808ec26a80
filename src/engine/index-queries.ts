/**
 * A visitor → what is looked for in an index.
 *
 * @packageDocumentation
 */
import type { AnalyzedText } from '../catalog/analyze-text.ts';
import type { CatalogModel, EncodedItems } from '../catalog/encode-items.ts';
import { projectRows } from '../catalog-index/project-rows.ts';
import type { IndexSearch } from '../catalog-index/search-index.ts';
import { rowProduct } from '../core/dot.ts';
import { factorOf } from '../core/segment-factors.ts';
import { isZeroRow, pickMatrixRows } from '../core/matrix-rows.ts';
import type { Matrix } from '../core/shapes.ts';
import type { Item, LogRecord, Settings } from '../core/types.ts';
import { emptySet, joinSets } from '../core/vector-set.ts';
import { evidenceOf, type ItemEvidence } from '../events/evidence.ts';
import { settledTime } from '../events/settled-time.ts';
import type { Visitor } from '../feed/visitor.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import { describeVisitor } from './describe-visitor.ts';
import { encodeLibrary } from './library.ts';

/** Whom items are looked for. */
export interface IndexVisitor {
  /** Records, oldest first. */
  readonly log: readonly LogRecord[];
  /** Items met before, by id. */
  readonly items: ReadonlyMap<string, Item>;
  /** Follows and blocks. */
  readonly settings: Settings;
  /** Segments in force. */
  readonly segments: readonly LibrarySegment[];
  /** Milliseconds. */
  readonly now: number;
}

/** The space of an index. */
export interface IndexModel {
  /** What the catalog taught. */
  readonly model: CatalogModel;
  /** Its way into the index's dimensions. */
  readonly projection: Matrix;
}

/**
 * How many items are taken for what; together more than enough, since much is found twice. To explore
 * with, a segment needs at least those by which its level is measured (`levelRank` of some 600 items).
 */
const WANTED = { longTerm: 120, session: 80, item: 30, segment: 40, explored: 6 } as const;

/** The strongest items whose like is looked for: between two tastes, their mean is like neither. */
const MOST_ITEMS = 8;

/** Segments nearest to the visitor. */
const NEAREST_SEGMENTS = 6;

/** Most items that are taken altogether. */
const MOST_FOUND = 400;

/** Nothing but a space: no candidate is known yet. */
function noItems(model: CatalogModel): EncodedItems {
  const { blocks, dims } = model.space;
  const none = emptySet(0, dims, blocks.length);
  const textOf = (): AnalyzedText => ({ terms: new Map(), named: [], sentiment: null });
  return { items: [], indexOf: new Map(), ...none, analyzed: [], textOf, model };
}

function evidenceFor({ log, now }: IndexVisitor): ItemEvidence[] {
  return evidenceOf(log, settledTime(log, now));
}

/**
 * Whether there is anything to look for.
 *
 * @param visitor - See {@link IndexVisitor}.
 * @returns False for a visitor of whom nothing is known.
 */
export function isKnown(visitor: IndexVisitor): boolean {
  return visitor.settings.followed.length > 0 || evidenceFor(visitor).length > 0;
}

function describe(visitor: IndexVisitor, model: CatalogModel): Visitor {
  const candidates = { encoded: noItems(model), offered: [] };
  return describeVisitor(evidenceFor(visitor), visitor.items, candidates);
}

/** How many items each segment is worth: most where the visitor is near, few to explore with. */
function wantedOf(visitor: IndexVisitor, rows: Matrix, firstSegment: number): number[] {
  const { segments, settings } = visitor;
  // Row 1 is the long-term vector.
  const near = segments.map((_, s) => rowProduct(rows, 1, rows, firstSegment + s));
  const order = [...near.keys()].sort((a, b) => (near[b] as number) - (near[a] as number));
  const nearest = new Set(order.slice(0, NEAREST_SEGMENTS).filter((s) => (near[s] as number) > 0));
  return segments.map(({ id }, s) => {
    const isUnwanted = settings.blocked.includes(id) || factorOf(settings.weights, id) === 0;
    if (isUnwanted) return 0;
    return nearest.has(s) || settings.followed.includes(id) ? WANTED.segment : WANTED.explored;
  });
}

/** Rows that are looked for, and how many items each is worth. */
interface Query {
  readonly row: number;
  readonly wanted: number;
}

/**
 * Finds items for a visitor: nearest to the long-term and the session vector, to the strongest items
 * and to the nearest and followed segments, and some of every other segment to explore with.
 *
 * @param visitor - See {@link IndexVisitor}.
 * @param space - Of the index.
 * @param search - Of the index.
 * @returns Distinct rows of the index, at most 400, the best of each query first; none for a visitor
 *   of whom nothing is known.
 */
export function findForVisitor(
  visitor: IndexVisitor,
  space: IndexModel,
  search: Pick<IndexSearch, 'search'>,
): readonly number[] {
  if (!isKnown(visitor)) return [];
  const { itemVectors, items, taste } = describe(visitor, space.model);
  const library = encodeLibrary(visitor.segments, space.model);
  const rows = projectRows(joinSets([taste, itemVectors, library]).vectors, space.projection);
  const firstSegment = 2 + items.length;
  const strongest = items.slice(0, MOST_ITEMS).map((_, m) => ({ row: 2 + m, wanted: WANTED.item }));
  const queries = [
    { row: 1, wanted: WANTED.longTerm },
    { row: 0, wanted: WANTED.session },
    ...strongest,
    ...wantedOf(visitor, rows, firstSegment).map((wanted, s) => ({
      row: firstSegment + s,
      wanted,
    })),
  ].filter(({ row, wanted }) => wanted > 0 && !isZeroRow(rows, row));
  return takeTurns(queries, rows, search);
}

/** The best of each query first, so that no query is crowded out. */
function takeTurns(
  queries: readonly Query[],
  rows: Matrix,
  search: Pick<IndexSearch, 'search'>,
): readonly number[] {
  // A search for few looks at fewer lists.
  const lists = [WANTED.longTerm, WANTED.explored].flatMap((count) => {
    const isFew = count === WANTED.explored;
    const own = queries.filter(({ wanted }) => wanted <= WANTED.explored === isFew);
    const found = search.search(
      pickMatrixRows(
        rows,
        own.map(({ row }) => row),
      ),
      { count },
    );
    return own.map(({ wanted }, v) =>
      found.rows.subarray(v * found.count, v * found.count + Math.min(wanted, found.count)),
    );
  });
  const taken = new Set<number>();
  for (let rank = 0; rank < WANTED.longTerm; rank++) {
    for (const list of lists) {
      const row = list[rank];
      if (row !== undefined && taken.size < MOST_FOUND) taken.add(row);
    }
  }
  return [...taken];
}
