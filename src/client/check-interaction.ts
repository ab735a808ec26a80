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
 * @throws {@link VitrineError} `EVENT_INVALID`, also for one that throws when it is read.
 * @example checkInteraction({ type: 'view_item' }) // throws: no itemId and no items
 */
export function checkInteraction(interaction: Interaction): void {
  let got;
  try {
    const { type, itemId, items } = Object(interaction) as Partial<Interaction>;
    if (type && (itemId || (Array.isArray(items) && items.length > 0))) return;
    got = `type: got ${type}, itemId: got ${itemId}.`;
  } catch {
    // A getter that throws, or a value that has no text: there is no more to be said.
  }
  throw new VitrineError('EVENT_INVALID', got);
}
