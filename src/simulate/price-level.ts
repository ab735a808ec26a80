/**
 * How dear an item is among its like.
 *
 * @packageDocumentation
 */
import { lowerBound } from '../core/sorted.ts';
import type { ItemFacets } from './read-catalog.ts';

/** Fewer prices than this in a topic say nothing about cheap and dear. */
const MIN_PRICES = 4;

/**
 * The share of values below a value.
 *
 * @param sorted - Ascending, not empty.
 * @param value - Any number.
 * @returns In [0, 1]; below 1 for a value that is among them.
 */
export function shareBelow(sorted: Float64Array, value: number): number {
  return lowerBound(sorted, value) / sorted.length;
}

/**
 * Price levels within the topics.
 *
 * @param items - I.
 * @param members - Item rows by topic.
 * @returns [I] 0 (cheapest) to 1; NaN without a price or with fewer than four prices in the topic.
 */
export function priceLevels(
  items: readonly ItemFacets[],
  members: readonly Int32Array[],
): Float32Array {
  const levels = new Float32Array(items.length).fill(NaN);
  for (const rows of members) {
    const prices = Float64Array.from(rows, (row) => items[row]?.price ?? NaN)
      .filter((price) => price > 0)
      .sort();
    if (prices.length < MIN_PRICES) continue;
    for (const row of rows) {
      const price = items[row]?.price ?? NaN;
      if (price > 0) levels[row] = shareBelow(prices, price);
    }
  }
  return levels;
}
