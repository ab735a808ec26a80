/**
 * The door for interactions.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Interaction } from '../core/types.ts';

const TYPES: readonly string[] = [
  'view_item',
  'view_item_list',
  'select_item',
  'add_to_cart',
  'remove_from_cart',
  'less_like_this',
  'add_to_wishlist',
  'purchase',
];

/**
 * Checks that an interaction has a known type and names an item; the rest is the worker's business.
 *
 * @param interaction - What the shop reported.
 * @throws {@link VitrineError} `EVENT_INVALID`.
 * @example checkInteraction({ type: 'view_item' }) // throws: no itemId and no items
 */
export function checkInteraction(interaction: Interaction): void {
  const { type, itemId, items } = (interaction ?? {}) as Partial<Interaction>;
  if (!TYPES.includes(type as string)) {
    throw new VitrineError('EVENT_INVALID', `type: got ${type}, expected ${TYPES.join(', ')}.`);
  }
  if (!itemId && !(Array.isArray(items) && items.length > 0)) {
    throw new VitrineError('EVENT_INVALID', `${type} needs itemId or items.`);
  }
}
