/**
 * The door for interactions.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Interaction } from '../core/types.ts';

/**
 * Checks that an interaction has a type and names an item; the rest is the worker's business.
 *
 * @param interaction - What the shop reported.
 * @throws {@link VitrineError} `EVENT_INVALID`.
 * @example checkInteraction({ type: 'view_item' }) // throws: no itemId and no items
 */
export function checkInteraction(interaction: Interaction): void {
  const { type, itemId, items } = Object(interaction) as Partial<Interaction>;
  if (!type || (!itemId && !(Array.isArray(items) && items.length > 0))) {
    throw new VitrineError('EVENT_INVALID', `type: got ${type}, itemId: got ${itemId}.`);
  }
}
