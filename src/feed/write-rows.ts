/**
 * Placed rows → titles and sentences.
 *
 * @packageDocumentation
 */
import { blockShares, type VectorRef } from '../core/block-cosine.ts';
import type { BlockShare, ExplainedSimilarity } from '../core/explanation.ts';
import type { Item, Membership, Row } from '../core/types.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import type { FeedContext } from './feed-context.ts';
import type { PlacedItem } from './fill-row.ts';
import type { PlacedRow } from './place-rows.ts';
import { PICKED } from './rows.ts';
import type { RankedSegment } from './rank-segments.ts';
import {
  becauseOf,
  commonGround,
  exploreReason,
  itemReason,
  segmentRowReason,
  type Wanted,
} from './reasons.ts';

/** Puts rows in words. */
export interface RowWriter {
  /** @returns Id, title, kind, segment and reason of a row. */
  heading(row: PlacedRow): Omit<Row, 'items'>;
  /** @returns One sentence for a placed item. */
  itemReason(row: PlacedRow, item: PlacedItem): string;
}

/** Items whose features count as what the visitor engaged with. */
const MAX_VISITOR_ITEMS = 20;

/**
 * The similarities behind an item's score, split by block.
 *
 * @param context - The feed.
 * @param itemRow - Candidate.
 * @param vector - Vector row of its segment; undefined in server rows.
 * @returns One entry per part that compares vectors; the shares sum to the value.
 */
export function similaritiesOf(
  context: FeedContext,
  itemRow: number,
  vector: number | undefined,
): ExplainedSimilarity[] {
  const { encoded, library, visitor, sessionRow } = context;
  const { blocks } = encoded.model.space;
  const item: VectorRef = {
    set: { vectors: encoded.vectors, presence: encoded.presence },
    row: itemRow,
  };
  const split = (to: string, other: VectorRef, segmentId?: string): ExplainedSimilarity => {
    const shares = blockShares(item, other, blocks);
    const value = shares.reduce((sum, { share }) => sum + share, 0);
    return { to, ...(segmentId === undefined ? {} : { segmentId }), value, blocks: shares };
  };
  const found: ExplainedSimilarity[] = [];
  if (vector !== undefined && vector < library.length) {
    const ref = { set: context.segmentVectors, row: vector };
    found.push(split('segment', ref, (library[vector] as LibrarySegment).id));
  } else if (vector !== undefined && vector < sessionRow) {
    const row = vector - library.length;
    found.push(split('segment', { set: visitor.segmentVectors, row }, visitor.segments[row]?.id));
  }
  if (visitor.sessionMass > 0) found.push(split('session', { set: visitor.taste, row: 0 }));
  if (visitor.longTermMass > 0) found.push(split('longTerm', { set: visitor.taste, row: 1 }));
  return found;
}

/** What the segment asks for in words, or what the visitor engaged with. */
function wantedOf(context: FeedContext, vector: number | undefined): Wanted {
  const own = vector === undefined ? undefined : context.wanted[vector];
  if (own) return own;
  const features = new Set<string>();
  for (const { itemId } of context.visitor.items.slice(0, MAX_VISITOR_ITEMS)) {
    const row = context.encoded.indexOf.get(itemId);
    const text = row === undefined ? undefined : context.encoded.textOf(row);
    for (const { kind, value } of text?.named ?? []) features.add(`${kind}:${value}`);
  }
  return { terms: new Set(), features };
}

/**
 * Makes a writer for one feed.
 *
 * @param context - The feed.
 * @param ranked - The visitor's segments.
 * @param visitorMemberships - Memberships of the visitor's items.
 * @returns Functions that put rows and items in words.
 */
export function createRowWriter(
  context: FeedContext,
  ranked: readonly RankedSegment[],
  visitorMemberships: readonly (readonly Membership[])[],
): RowWriter {
  const { library, visitor, encoded } = context;
  const wanted = new Map<number | undefined, Wanted>();
  const titlesOf = (belongs: (m: number) => boolean): string[] =>
    visitor.items.flatMap(({ item }, m) =>
      belongs(m) && item.title !== undefined ? [`“${item.title}”`] : [],
    );
  const segmentHeading = (row: PlacedRow, segment: LibrarySegment): Omit<Row, 'items'> => {
    const share = ranked.find(({ segmentId }) => segmentId === segment.id)?.weight ?? 0;
    const titles = titlesOf((m) =>
      (visitorMemberships[m] ?? []).some(({ segmentId }) => segmentId === segment.id),
    );
    const why =
      row.kind === 'followed' ? 'Because you follow it.' : segmentRowReason(share, titles);
    const title = row.id === segment.id ? segment.name : `More: ${segment.name}`;
    return { id: row.id, title, kind: row.kind, segmentId: segment.id, why };
  };
  return {
    heading(row) {
      const { id, kind, title } = row;
      if (title !== undefined) return { id, title, kind, why: 'Chosen by the shop.' };
      const segment = row.vector === undefined ? undefined : library[row.vector];
      if (segment) return segmentHeading(row, segment);
      if (row.vector !== undefined) {
        const own = visitor.segments[row.vector - library.length];
        const why = becauseOf(titlesOf((m) => (own?.weights[m] ?? 0) > 0));
        return { id, title: own?.name ?? '', kind, segmentId: id, why };
      }
      if (row.kind === 'explore') return exploreHeading(row);
      return row.id === PICKED ? pickedHeading(context) : serverHeading(row);
    },
    itemReason(row, item) {
      const { explored } = item;
      if (explored) return exploreReason((library[explored.segment] as LibrarySegment).name);
      if (!wanted.has(row.vector)) wanted.set(row.vector, wantedOf(context, row.vector));
      const similarities = similaritiesOf(context, item.row, row.vector);
      return itemReason({
        ranker: context.ranker && {
          names: new Set(context.ranker.parts(item.row).map(({ name }) => name)),
          sentence: context.ranker.reason(item.row),
        },
        item: encoded.items[item.row] as Item,
        parts: item.parts,
        segmentName: library[row.vector ?? -1]?.name ?? null,
        shares: new Map<string, readonly BlockShare[]>(
          similarities.map(({ to, blocks }) => [to, blocks]),
        ),
        common: commonGround(encoded.textOf(item.row), wanted.get(row.vector) as Wanted),
      });
    },
  };
}

/** Says where the order comes from: a pack's numbers, or likeness alone. */
function pickedHeading({ ranker }: FeedContext): Omit<Row, 'items'> {
  const why = ranker
    ? 'From what you looked at, and what others chose after it.'
    : 'Closest to what you looked at.';
  return { id: PICKED, title: 'Picked for you', kind: 'inferred', why };
}

function exploreHeading(row: PlacedRow): Omit<Row, 'items'> {
  const why = 'A few places for what you have not met yet.';
  return { id: row.id, title: 'Something new', kind: 'explore', why };
}

function serverHeading(row: PlacedRow): Omit<Row, 'items'> {
  const title = row.id === 'server' ? 'Featured' : 'More to see';
  return { id: row.id, title, kind: 'server', why: 'In the shop’s order, the same for everyone.' };
}
