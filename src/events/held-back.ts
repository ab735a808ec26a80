/**
 * Items that personalised rows leave out: in the cart, or bought.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';

/**
 * Ids of the items in the cart or bought.
 *
 * @param log - Records in the order of their sequence; `quantity` counts pieces, default 1.
 * @returns Ids; an item of which all pieces were taken out of the cart is not among them.
 */
export function heldBackItems(log: readonly LogRecord[]): Set<string> {
  const pieces = new Map<string, number>();
  for (const { type, itemId, quantity = 1 } of log) {
    const before = pieces.get(itemId) ?? 0;
    if (type === 'add_to_cart') pieces.set(itemId, before + quantity);
    else if (type === 'remove_from_cart') pieces.set(itemId, Math.max(0, before - quantity));
    else if (type === 'purchase') pieces.set(itemId, Infinity);
  }
  return new Set([...pieces].filter(([, count]) => count > 0).map(([itemId]) => itemId));
}
