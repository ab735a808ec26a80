/**
 * Preferences in words: categories, brands and prices that the visitor engages with.
 *
 * @packageDocumentation
 */
import type { Item, LogRecord, Profile } from '../core/types.ts';
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
  readonly price: Profile['price'];
}

function ranked(weights: ReadonlyMap<string, number>, total: number): Affinity[] {
  return [...weights]
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => ({ name, affinity: Math.min(1, weight / total) }))
    .sort((a, b) => b.affinity - a.affinity || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES);
}

interface WeightedPrice {
  readonly price: number;
  readonly currency: string | undefined;
  readonly weight: number;
}

function quartiles(priced: readonly WeightedPrice[]): Profile['price'] {
  if (priced.length < MIN_PRICES) return null;
  const currency = priced.findLast((entry) => entry.currency !== undefined)?.currency;
  const sorted = priced.toSorted((a, b) => a.price - b.price);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const at = (share: number): number => {
    let sum = 0;
    for (const { price, weight } of sorted) {
      sum += weight;
      if (sum >= share * total - 1e-12) return price;
    }
    return (sorted.at(-1) as WeightedPrice).price;
  };
  const unit = currency === undefined ? {} : { currency };
  return { low: at(0.25), median: at(0.5), high: at(0.75), ...unit };
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
  const add = (weights: Map<string, number>, name: string | undefined, weight: number): void => {
    if (name) weights.set(name, (weights.get(name) ?? 0) + weight);
  };
  const priced: WeightedPrice[] = [];
  let total = 0;
  for (const { type, itemId, time } of log) {
    const item = itemOf(itemId);
    const weight = INTERACTION_WEIGHTS[type] * decay(now - time, LONG_TERM_HALF_LIFE_MS);
    if (!item || weight === 0) continue;
    total += Math.max(0, weight);
    add(categories, item.categoryPath?.join(' › '), weight);
    add(brands, item.brand, weight);
    if (item.price !== undefined && weight > 0) {
      priced.push({ price: item.price, currency: item.currency, weight });
    }
  }
  if (total === 0) return { categories: [], brands: [], price: null };
  return {
    categories: ranked(categories, total),
    brands: ranked(brands, total),
    price: quartiles(priced),
  };
}
