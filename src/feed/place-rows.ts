/**
 * The upper rows of the ladder: followed, then inferred.
 *
 * @packageDocumentation
 */
import type { Item, Row } from '../core/types.ts';
import { MIN_FIT } from '../segments/membership.ts';
import type { FeedContext } from './feed-context.ts';
import { fillRow, type PlacedItem, type RowQuery } from './fill-row.ts';
import { type RankedSegment, sessionTrust } from './rank-segments.ts';
import { liesUnder } from './visitor-segments.ts';

/** A row before it is put in words. */
export interface PlacedRow {
  /** Row id. */
  readonly id: string;
  /** Kind. */
  readonly kind: Row['kind'];
  /** Vector row of its segment; undefined for picked, explore and server rows. */
  readonly vector?: number;
  /** Items in their order. */
  readonly items: readonly PlacedItem[];
}

/** Fewest items of a personalised row; one more must be to spare. */
export const MIN_ROW = 4;

/** How far rows of what the visitor turned to lately stand above segments of the same share. */
const OWN_LIFT = 0.2;

/** A row that could be shown. */
interface RowCandidate {
  readonly id: string;
  readonly kind: 'followed' | 'inferred';
  readonly vector: number | undefined;
  readonly strength: number;
}

/** The row that a trained ranker fills; it stands for no segment. */
export const PICKED = 'for-you';

/** Followed segments first, then what a trained ranker picks, then the rest by strength. */
function candidateRows(context: FeedContext, ranked: readonly RankedSegment[]): RowCandidate[] {
  const { library, visitor, settings } = context;
  const followed = settings.followed
    .map((id) => ({ id, vector: library.findIndex((segment) => segment.id === id) }))
    .filter(({ vector }) => vector >= 0)
    .map(({ id, vector }) => ({ id, kind: 'followed' as const, vector, strength: Infinity }));
  const trust = sessionTrust(visitor.sessionMass);
  const own = visitor.segments.map((segment, u) => ({
    id: segment.id,
    kind: 'inferred' as const,
    vector: library.length + u,
    // What is looked at right now and by name stands above what it stands for in general.
    strength: OWN_LIFT + trust * segment.sessionShare + (1 - trust) * segment.longTermShare,
  }));
  const inferred = ranked.map(({ index, segmentId, score }) => ({
    id: segmentId,
    kind: 'inferred' as const,
    vector: index,
    strength: score + (library[index]?.isAutomatic === true ? OWN_LIFT : 0),
  }));
  const blocked = new Set(settings.blocked);
  const taken = new Set(followed.map(({ id }) => id));
  const picked = { id: PICKED, kind: 'inferred' as const, vector: undefined, strength: Infinity };
  const isPicked = context.ranker?.knowsVisitor === true;
  const rest = [...(isPicked ? [picked] : []), ...own, ...inferred].sort(
    (a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1),
  );
  return [...followed, ...rest.filter(({ id }) => !taken.has(id))].filter(
    ({ id }) => !blocked.has(id),
  );
}

/**
 * What belongs to a row.
 *
 * @param context - The feed.
 * @param vector - Vector row of the row's segment; undefined: what a trained ranker picks.
 * @param taken - Rows of items in use.
 * @returns The query, but for its size.
 */
export function queryOf(
  context: FeedContext,
  vector: number | undefined,
  taken: ReadonlySet<number>,
): Omit<RowQuery, 'size'> {
  if (vector === undefined) {
    // Only what the ranker prefers to the average, and what the visitor has not just seen.
    const seen = new Set(context.visitor.items.map(({ itemId }) => itemId));
    const belongs = (row: number): boolean =>
      (context.ranker?.scores[row] ?? 0) > 0 && !seen.has((context.encoded.items[row] as Item).id);
    return { vector, taken, minCosine: -1, belongs };
  }
  const { library, visitor, levels, encoded } = context;
  const segment = library[vector];
  const minCosine = MIN_FIT * (levels[vector] as number);
  if (segment) {
    const belongs = (row: number): boolean =>
      context.membershipsOf(row).some(({ segmentId }) => segmentId === segment.id);
    return { vector, taken, minCosine, belongs };
  }
  const path = visitor.segments[vector - library.length]?.path ?? [];
  if (path.length > 0) {
    return {
      vector,
      taken,
      minCosine: -1,
      belongs: (row) => liesUnder(encoded.items[row] as Item, path),
    };
  }
  const belongs = (row: number): boolean => context.similarities.exact(row, vector) >= minCosine;
  return { vector, taken, minCosine, belongs };
}

/**
 * Fills the followed and inferred rows.
 *
 * @param context - The feed.
 * @param ranked - The visitor's segments.
 * @param most - Most rows.
 * @param taken - Rows of items in use; the placed ones are added.
 * @returns Rows in ladder order; those too thin are left out.
 */
export function placeTasteRows(
  context: FeedContext,
  ranked: readonly RankedSegment[],
  most: number,
  taken: Set<number>,
): PlacedRow[] {
  const { rowSize } = context.options;
  const least = Math.min(rowSize, MIN_ROW) + 1;
  const rows: PlacedRow[] = [];
  for (const { id, kind, vector } of candidateRows(context, ranked)) {
    if (rows.length >= most) break;
    const query = queryOf(context, vector, taken);
    const items = fillRow(context, { ...query, size: Math.max(rowSize, least) });
    if (items.length < least) continue;
    const shown = items.slice(0, rowSize);
    for (const { row } of shown) taken.add(row);
    rows.push({ id, kind, ...(vector === undefined ? {} : { vector }), items: shown });
  }
  return rows;
}

/**
 * Cuts a list into pieces.
 *
 * @param list - Any list.
 * @param size - Most entries of a piece, at least 1.
 * @returns Pieces in order; none for an empty list.
 */
export function chunk<T>(list: readonly T[], size: number): T[][] {
  const pieces: T[][] = [];
  for (let at = 0; at < list.length; at += size) pieces.push(list.slice(at, at + size));
  return pieces;
}
