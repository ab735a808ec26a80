/**
 * What is known of an item that the log speaks of.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Item } from '../core/types.ts';

/**
 * Looks an item up.
 *
 * @param candidates - Asked first: they are as the shop has them now.
 * @param snapshots - Items met before, by id.
 * @param itemId - Any.
 * @returns The item; undefined when nothing is known of it.
 */
export function knownItem(
  candidates: Pick<EncodedItems, 'items' | 'indexOf'>,
  snapshots: ReadonlyMap<string, Item>,
  itemId: string,
): Item | undefined {
  return candidates.items[candidates.indexOf.get(itemId) ?? -1] ?? snapshots.get(itemId);
}
