/**
 * Items that personalised rows leave out: in the cart, or bought and not to be bought again yet.
 *
 * @packageDocumentation
 */
import type { LogRecord } from '../core/types.ts';
import { refillTime } from './refill.ts';

/** What the log says of one item. */
interface Owned {
  /** Pieces in the cart. */
  pieces: number;
  /** Times of its purchases. */
  readonly times: number[];
}

function ownedBy(log: readonly LogRecord[]): Map<string, Owned> {
  const owned = new Map<string, Owned>();
  for (const { type, itemId, time, quantity = 1 } of log) {
    const known = owned.get(itemId) ?? { pieces: 0, times: [] };
    if (type === 'add_to_cart') known.pieces += quantity;
    else if (type === 'remove_from_cart') known.pieces = Math.max(0, known.pieces - quantity);
    else if (type === 'purchase') {
      known.pieces = 0;
      known.times.push(time);
    } else continue;
    owned.set(itemId, known);
  }
  return owned;
}

/**
 * Ids of the items in the cart or bought.
 *
 * @param log - Records in the order of their sequence; `quantity` counts pieces, default 1.
 * @param now - Milliseconds; left out, nothing that was bought comes back.
 * @param isConsumable - Whether an item is used up; default: none is.
 * @returns Ids; not among them are items of which all pieces were taken out of the cart, and bought
 *   ones whose time to be bought again has come.
 */
export function heldBackItems(
  log: readonly LogRecord[],
  now: number = -Infinity,
  isConsumable: (itemId: string) => boolean = () => false,
): Set<string> {
  const owned = ownedBy(log);
  const held = new Set<string>();
  for (const [itemId, { pieces, times }] of owned) {
    const isBought =
      times.length > 0 &&
      now <
        refillTime(
          times.sort((a, b) => a - b),
          isConsumable(itemId),
        );
    if (pieces > 0 || isBought) held.add(itemId);
  }
  return held;
}
