/**
 * How much each candidate is like what the visitor wants less of.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { blockCosine } from '../core/block-cosine.ts';
import type { Item } from '../core/types.ts';
import { weightedPresence } from '../core/vector-set.ts';
import { encodeVisitorItems } from './describe-visitor.ts';
import { knownItem } from './known-item.ts';

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
  const likeness = new Map<string, number>();
  const known = [...unwanted.keys()].flatMap((id) => knownItem(encoded, snapshots, id) ?? []);
  if (known.length === 0) return likeness;
  const { items, presence, vectors } = encoded;
  const { blocks } = encoded.model.space;
  const own = encodeVisitorItems(known, encoded);
  const set = { vectors: own.vectors, presence: weightedPresence(own.presence, blocks) };
  for (const [n, { id }] of items.entries()) {
    const ref = { set: { vectors, presence }, row: n };
    let most = 0;
    for (const [row, { id: other }] of known.entries()) {
      const weight = unwanted.get(other) as number;
      const near = (blockCosine(ref, { set, row }, blocks) - NEAR) / (1 - NEAR);
      most = Math.max(most, weight * near);
    }
    if (most > 0) likeness.set(id, most);
  }
  return likeness;
}
