/**
 * Preferences in words: categories, brands and prices that the visitor engages with.
 *
 * @packageDocumentation
 */
import type { Item, LogRecord } from '../core/types.ts';
import { decay, INTERACTION_WEIGHTS, LONG_TERM_HALF_LIFE_MS } from './weights.ts';

/** Most entries of a list of affinities. */
const MAX_NAMES = 20;

/** Fewest priced interactions for quartiles. */
const MIN_PRICES = 3;

/** A preference, in [0, 1]; the strongest of its kind is not forced to 1. */
export interface Affinity {
  /** Category path joined by ` › `, or brand. */
  readonly name: string;
  /** Share of the visitor's evidence. */
  readonly affinity: number;
}

/** Preferences of a visitor. */
export interface Affinities {
  /** Strongest first. */
  readonly categories: readonly Affinity[];
  /** Strongest first. */
  readonly brands: readonly Affinity[];
  /** Weighted quartiles, null below three priced interactions. */
  readonly price: { readonly low: number; readonly median: number; readonly high: number } | null;
}

function ranked(weights: ReadonlyMap<string, number>, total: number): Affinity[] {
  return [...weights]
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => ({ name, affinity: Math.min(1, weight / total) }))
    .sort((a, b) => b.affinity - a.affinity || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES);
}

function quartiles(prices: { price: number; weight: number }[]): Affinities['price'] {
  if (prices.length < MIN_PRICES) return null;
  prices.sort((a, b) => a.price - b.price);
  const total = prices.reduce((sum, { weight }) => sum + weight, 0);
  const at = (share: number): number => {
    let sum = 0;
    for (const { price, weight } of prices) {
      sum += weight;
      if (sum >= share * total - 1e-12) return price;
    }
    return (prices.at(-1) as { price: number }).price;
  };
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/**
 * Affinities from the log.
 *
 * @param log - Records.
 * @param itemOf - The item a record speaks of; undefined when it is not known any more.
 * @param now - Milliseconds.
 * @returns Shares of evidence, decayed with the long-term half-life.
 */
export function affinitiesOf(
  log: readonly LogRecord[],
  itemOf: (itemId: string) => Item | undefined,
  now: number,
): Affinities {
  const categories = new Map<string, number>();
  const brands = new Map<string, number>();
  const prices: { price: number; weight: number }[] = [];
  let total = 0;
  for (const { type, itemId, time } of log) {
    const item = itemOf(itemId);
    const weight = INTERACTION_WEIGHTS[type] * decay(now - time, LONG_TERM_HALF_LIFE_MS);
    if (!item || weight === 0) continue;
    total += Math.max(0, weight);
    const category = item.categoryPath?.join(' › ');
    if (category) categories.set(category, (categories.get(category) ?? 0) + weight);
    if (item.brand) brands.set(item.brand, (brands.get(item.brand) ?? 0) + weight);
    if (item.price !== undefined && weight > 0) prices.push({ price: item.price, weight });
  }
  if (total === 0) return { categories: [], brands: [], price: null };
  return {
    categories: ranked(categories, total),
    brands: ranked(brands, total),
    price: quartiles(prices),
  };
}
