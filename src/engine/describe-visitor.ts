/**
 * The log's evidence → the visitor in the candidates' feature space.
 *
 * @packageDocumentation
 */
import { analyzeItem } from '../catalog/analyze-text.ts';
import { type EncodedItems, encodeItem } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import { meanVectors } from '../catalog/mean-vector.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import type { Item } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';
import type { ItemEvidence } from '../events/evidence.ts';
import type { Visitor, VisitorItem } from '../feed/visitor.ts';
import { findVisitorSegments } from '../feed/visitor-segments.ts';
import { knownItem } from './known-item.ts';

/**
 * Derives the visitor from the log's evidence.
 *
 * @param evidence - From `evidenceOf`.
 * @param snapshots - Items met before, by id.
 * @param candidates - Encoded, they teach price bands and word weights; and those of them that rows
 *   may offer.
 * @returns Vectors of items, tastes and visitor segments.
 */
export function describeVisitor(
  evidence: readonly ItemEvidence[],
  snapshots: ReadonlyMap<string, Item>,
  candidates: { readonly encoded: EncodedItems; readonly offered: readonly Item[] },
): Visitor {
  const { encoded, offered } = candidates;
  const items = evidence.flatMap((entry): VisitorItem[] => {
    const item = knownItem(encoded, snapshots, entry.itemId);
    return item ? [{ ...entry, item }] : [];
  });
  const met = items.map(({ item }) => item);
  const itemVectors = encodeVisitorItems(met, encoded);
  const { space } = encoded.model;
  const taste = meanVectors(
    itemVectors,
    [items.map(({ session }) => session), items.map(({ longTerm }) => longTerm)],
    space,
  );
  const segments = findVisitorSegments(items, offered);
  const segmentVectors = meanVectors(
    itemVectors,
    segments.map(({ weights }) => weights),
    space,
  );
  return {
    items,
    itemVectors,
    taste,
    segments,
    segmentVectors,
    sessionMass: items.reduce((sum, { session }) => sum + session, 0),
    longTermMass: items.reduce((sum, { longTerm }) => sum + longTerm, 0),
  };
}

/**
 * Items of the visitor's in the candidates' feature space.
 *
 * @param items - Candidates or not.
 * @param encoded - Candidates; those among them are not encoded again.
 * @returns [M, D], masks of ones.
 */
export function encodeVisitorItems(items: readonly Item[], encoded: EncodedItems): VectorSet {
  const { space } = encoded.model;
  const { dims } = space;
  const blocks = space.blocks.length;
  const out = emptySet(items.length, dims, blocks);
  for (const [m, item] of items.entries()) {
    const row = encoded.indexOf.get(item.id);
    if (row === undefined) {
      const vector = encodeItem(item, analyzeItem(item), encoded.model);
      writeRow(vector, out.vectors.data, out.presence.data, { row: m, weighted: false });
    } else {
      const { data } = encoded.vectors;
      out.vectors.data.set(data.subarray(row * dims, (row + 1) * dims), m * dims);
      const mask = encoded.presence.data.subarray(row * blocks, (row + 1) * blocks);
      out.presence.data.set(mask, m * blocks);
    }
  }
  return out;
}
