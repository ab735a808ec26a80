/**
 * How a catalog's items stand to the segments: levels, support, membership of a single item.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../catalog/analyze-text.ts';
import { type CatalogModel, encodeItem, type EncodedItems } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import type { AnalyzedText } from '../catalog/analyze-text.ts';
import { blockCosine, blockShares, type VectorSet } from '../core/block-cosine.ts';
import type { BlockShare } from '../core/explanation.ts';
import type { Item, Membership } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';
import { encodeLibrary } from '../engine/library.ts';
import type { SegmentStats } from '../pack/catalog-stats.ts';
import { levelOf, levelRank, memberships } from '../segments/membership.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';

/** A membership with what speaks for it. */
export interface ExplainedMembership extends Membership {
  /** Blocks of the vector whose share in the similarity is above 0, largest first. */
  readonly because: readonly Pick<BlockShare, 'block' | 'share'>[];
}

/** @returns An item's memberships, at most three; empty when no segment is near. */
export type SegmentFinder = (item: Item, text: AnalyzedText) => readonly ExplainedMembership[];

/**
 * Words and named features that segments ask for, as the encoder writes them.
 *
 * @param segments - Of a library.
 * @returns Stemmed words, and features by kind and value.
 */
export function segmentWords(segments: readonly LibrarySegment[]): ReadonlySet<string> {
  return new Set(
    segments.flatMap(({ describes: { features = {}, keywords = [] } }) => [
      ...keywords.flatMap(tokenize).map(stem),
      ...Object.entries(features).flatMap(([kind, values]) =>
        values.map((value) => `${kind}\u0001${value}`),
      ),
    ]),
  );
}

function encodeOne(item: Item, text: AnalyzedText, model: CatalogModel): VectorSet {
  const { space } = model;
  const set = emptySet(1, space.dims, space.blocks.length);
  const vector = encodeItem(item, text, model);
  writeRow(vector, set.vectors.data, set.presence.data, { row: 0, weighted: false });
  return set;
}

/** Cosines of an encoded item with all segments. */
function cosinesOf(set: VectorSet, segments: VectorSet, model: CatalogModel): number[] {
  return Array.from({ length: segments.vectors.rows }, (_, row) =>
    blockCosine({ set, row: 0 }, { set: segments, row }, model.space.blocks),
  );
}

/** The `count` largest, descending. */
function largest(values: Float64Array, count: number): number[] {
  return Array.from(values.toSorted().reverse().subarray(0, count));
}

/**
 * Measures segments on a catalog.
 *
 * @param encoded - Items with their texts.
 * @param segments - Of the library.
 * @param model - The encoder that single items will be encoded by.
 * @returns The segments with level and support.
 */
export function measureSegments(
  encoded: EncodedItems,
  segments: readonly LibrarySegment[],
  model: CatalogModel,
): SegmentStats[] {
  const { analyzed, items } = encoded;
  const vectors = encodeLibrary(segments, model);
  const columns = segments.map(() => new Float64Array(items.length));
  for (const [row, item] of items.entries()) {
    const cosines = cosinesOf(
      encodeOne(item, analyzed[row] as AnalyzedText, model),
      vectors,
      model,
    );
    for (const [s, column] of columns.entries()) column[row] = cosines[s] as number;
  }
  const count = Math.min(levelRank(items.length), items.length);
  const levels = columns.map((column) => levelOf(largest(column, count)));
  const support = new Map<string, number>();
  const ids = segments.map(({ id }) => id);
  for (const row of items.keys()) {
    const fits = columns.map((column, s) => (column[row] as number) / (levels[s] as number));
    for (const { segmentId } of memberships(fits, ids)) {
      support.set(segmentId, (support.get(segmentId) ?? 0) + 1);
    }
  }
  return segments.map(({ describes, id, name, origin, version }, s) => {
    const level = levels[s] as number;
    return {
      id,
      name,
      origin,
      describes,
      version,
      level: Number.isFinite(level) ? level : null,
      support: support.get(id) ?? 0,
    };
  });
}

/**
 * Makes the function that finds an item's segments, by the same rule as the page.
 *
 * @param segments - With their levels.
 * @param model - The encoder.
 * @returns See {@link SegmentFinder}; pure, so it does not matter what it was asked before.
 */
export function createSegmentFinder(
  segments: readonly SegmentStats[],
  model: CatalogModel,
): SegmentFinder {
  const vectors = encodeLibrary(segments, model);
  const ids = segments.map(({ id }) => id);
  return (item, text) => {
    const set = encodeOne(item, text, model);
    const cosines = cosinesOf(set, vectors, model);
    const fits = cosines.map((cosine, s) => cosine / (segments[s]?.level ?? Infinity));
    return memberships(fits, ids).map((membership) => {
      const row = ids.indexOf(membership.segmentId);
      const shares = blockShares({ set, row: 0 }, { set: vectors, row }, model.space.blocks);
      const because = shares
        .filter(({ share }) => share > 0)
        .sort((a, b) => b.share - a.share)
        .map(({ block, share }) => ({ block, share }));
      return { ...membership, because };
    });
  };
}
