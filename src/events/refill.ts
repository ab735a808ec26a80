/**
 * Things that are used up are bought again; the others are not.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';

/** Purchases nearer to each other than this are one order and its correction: a day. */
const SAME_ORDER_MS = 86_400_000;

/** How long a consumable lasts until the visitor's own purchases tell, 30 days in milliseconds. */
export const REFILL_MS: number = 30 * 86_400_000;

/**
 * Last words of category names, singular or plural, whose things are used up. `Coffee` is, `Coffee
 * tables` are not.
 */
const USED_UP: ReadonlySet<string> = new Set(
  (
    'baking battery bean beer beverage bread cake candle candy care cartridge cereal cheese ' +
    'chocolate coffee condiment consumable cookie cosmetic dairy deodorant detergent diaper drink ' +
    'fertilizer fertiliser flour food fragrance fruit grocery honey ink juice laundry lotion ' +
    'makeup meat milk nappy nut oil paper pasta perfume produce refill rice sauce seafood seed ' +
    'shampoo skincare snack soap spice spirit steak sugar sunscreen supplement sweet tea tissue ' +
    'toner toothpaste treat vegetable vitamin water wine wipe'
  ).split(' '),
);

/** `Groceries` → `grocery`, `wines` → `wine`. */
function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function lastWord(name: string): string {
  return (
    name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .findLast((word) => word.length > 0) ?? ''
  );
}

/**
 * Whether an item is used up, by the name of a category that it lies in or by its tags.
 *
 * @param item - An item; the tag `consumable` or `durable` decides, whatever the category.
 * @returns False for items of which nothing says so.
 * @example isConsumable({ id: 'a', categoryPath: ['Drinks', 'Green tea'] }) // true
 */
export function isConsumable(item: Item): boolean {
  const { tags = [], categoryPath = [] } = item;
  const own = new Set(tags.map((tag) => tag.toLowerCase()));
  if (own.has('durable')) return false;
  if (own.has('consumable')) return true;
  return categoryPath.some((name) => {
    const word = lastWord(name);
    return USED_UP.has(word) || USED_UP.has(singular(word));
  });
}

/**
 * When a bought item may be offered again.
 *
 * Who bought an item twice, at least a day apart, buys it after the median of these times. Who
 * bought it once buys it again only if it is used up, after 30 days.
 *
 * @param times - Of its purchases, ascending, at least one; milliseconds.
 * @param consumable - See {@link isConsumable}.
 * @returns Milliseconds since the epoch; Infinity: never.
 */
export function refillTime(times: readonly number[], consumable: boolean): number {
  const gaps: number[] = [];
  let last = times[0] ?? Infinity;
  for (const time of times) {
    if (time - last < SAME_ORDER_MS) continue;
    gaps.push(time - last);
    last = time;
  }
  gaps.sort((a, b) => a - b);
  const usual = gaps[gaps.length >> 1] ?? (consumable ? REFILL_MS : Infinity);
  return last + usual;
}
