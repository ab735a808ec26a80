/**
 * Prices as a soft one-hot over quantile bands of the log price.
 *
 * Bands belong to the category where it has enough items, else to its parent, else to the whole
 * list: a "cheap" sofa and a "cheap" sock then look alike, as they do to a shopper.
 *
 * @packageDocumentation
 */
import { lowerBound } from '../core/sorted.ts';
import type { Item } from '../core/types.ts';

/** Fewest priced items for a category to have bands of its own. */
const MIN_ITEMS = 20;

/** Sorted log prices by category key; `''` is the whole list. */
export interface PriceModel {
  /** Sorted ascending; looked up from the longest category prefix. */
  readonly sorted: ReadonlyMap<string, Float64Array>;
}

/** Key of the category at a depth: its first `depth` names. */
function keyOf(path: readonly string[], depth: number): string {
  return path.slice(0, depth).join('\u0001').toLowerCase();
}

/**
 * Learns the price bands of a list.
 *
 * @param items - Items; those without a price are passed over.
 * @returns Sorted log prices per category with at least 20 priced items, and for the list.
 */
export function learnPrices(items: readonly Item[]): PriceModel {
  const groups = new Map<string, number[]>();
  for (const item of items) {
    if (item.price === undefined) continue;
    const value = Math.log1p(item.price);
    const path = item.categoryPath ?? [];
    for (let depth = 0; depth <= Math.min(path.length, 3); depth++) {
      const key = keyOf(path, depth);
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  }
  const sorted = new Map<string, Float64Array>();
  for (const [key, values] of groups) {
    if (key === '' || values.length >= MIN_ITEMS) sorted.set(key, Float64Array.from(values).sort());
  }
  return { sorted };
}

/**
 * Where a price stands among its like.
 *
 * @param model - From {@link learnPrices}.
 * @param price - Price, 0 or more.
 * @param path - Category of the item.
 * @returns Mid-rank quantile in [0, 1]; 0.5 when nothing is known.
 */
export function priceQuantile(
  model: PriceModel,
  price: number,
  path: readonly string[] = [],
): number {
  const value = Math.log1p(price);
  for (let depth = Math.min(path.length, 3); depth >= 0; depth--) {
    const sorted = model.sorted.get(keyOf(path, depth));
    if (!sorted || sorted.length < 2) continue;
    // Half a rounding step on both sides makes equal prices count as equal.
    const below = lowerBound(sorted, value - 1e-9);
    const upTo = lowerBound(sorted, value + 1e-9);
    return (below + upTo) / 2 / sorted.length;
  }
  return 0.5;
}

/**
 * Writes a quantile as a soft one-hot: a triangle-like bump around its band, not normalised.
 *
 * @param out - Vector to write into.
 * @param start - First dimension of the price block.
 * @param size - Number of bands.
 * @param quantiles - One or more quantiles in [0, 1]; a range is written as several.
 */
export function writePriceBands(
  out: Float64Array,
  start: number,
  size: number,
  quantiles: readonly number[],
): void {
  for (const quantile of quantiles) {
    const centre = quantile * size - 0.5;
    for (let band = 0; band < size; band++) {
      const distance = (band - centre) / 1.1;
      out[start + band] = (out[start + band] as number) + Math.exp(-distance * distance);
    }
  }
}
