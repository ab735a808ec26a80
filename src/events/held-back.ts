/**
 * Items that personalised rows leave out: in the cart, or bought.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';

/**
 * Ids of the items in the cart or bought.
 *
 * @param log - Records in the order of their sequence.
 * @returns Ids; an item taken out of the cart again is not among them.
 */
export function heldBackItems(log: readonly LogRecord[]): Set<string> {
  const inCart = new Set<string>();
  const bought = new Set<string>();
  for (const { type, itemId } of log) {
    if (type === 'add_to_cart') inCart.add(itemId);
    else if (type === 'remove_from_cart') inCart.delete(itemId);
    else if (type === 'purchase') bought.add(itemId);
  }
  for (const itemId of bought) inCart.add(itemId);
  return inCart;
}
