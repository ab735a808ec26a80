/**
 * How much each candidate is like what the visitor wants less of.
 *
 * @packageDocumentation
 */
import { analyzeItem } from '../catalog/analyze-text.ts';
import { type EncodedItems, encodeItem } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import { blockCosine } from '../core/block-cosine.ts';
import type { Item } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';

/** Items of one shop are somewhat alike: only what is nearer than this is meant. */
const NEAR = 0.5;

/**
 * Compares all candidates with the unwanted items.
 *
 * @param encoded - N candidates.
 * @param unwanted - From `unwantedItems`: how much, in (0, 1], by id; U of them.
 * @param snapshots - Items met before, by id.
 * @returns In (0, 1] by candidate id: the largest of weight × likeness, where a cosine of 0.5 is no
 *   likeness and 1 a whole one. Candidates that are like none are absent. Cost: N × U cosines.
 */
export function unwantedLikeness(
  encoded: EncodedItems,
  unwanted: ReadonlyMap<string, number>,
  snapshots: ReadonlyMap<string, Item>,
): Map<string, number> {
  const { indexOf, items, model, presence, vectors } = encoded;
  const { blocks, dims } = model.space;
  const itemOf = (id: string): Item | undefined =>
    items[indexOf.get(id) ?? -1] ?? snapshots.get(id);
  const known = [...unwanted].flatMap(([id, weight]) => {
    const item = itemOf(id);
    return item ? [{ item, weight }] : [];
  });
  const set = emptySet(known.length, dims, blocks.length);
  for (const [row, { item }] of known.entries()) {
    const vector = encodeItem(item, analyzeItem(item), model);
    writeRow(vector, set.vectors.data, set.presence.data, { row, weighted: true });
  }
  const likeness = new Map<string, number>();
  if (known.length === 0) return likeness;
  for (const [n, { id }] of items.entries()) {
    const ref = { set: { vectors, presence }, row: n };
    let most = 0;
    for (const [row, { weight }] of known.entries()) {
      const near = (blockCosine(ref, { set, row }, blocks) - NEAR) / (1 - NEAR);
      most = Math.max(most, weight * near);
    }
    if (most > 0) likeness.set(id, most);
  }
  return likeness;
}
