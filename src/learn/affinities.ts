/**
 * How an item stands to what the visitor chose before: one feature for each kind. Few as they are,
 * sixty choices tell their weights well, and they follow the visitor to another taste.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { ItemFeature, ItemFeatures } from './item-features.ts';

/** Kinds of features that there is an affinity for. */
const KINDS: readonly string[] = ['category', 'brand', 'tag', 'word', 'price'];

/** A choice counts half as much after so many others: tastes change. */
const HALF_LIFE = 20;

/**
 * Tells affinities from features of the item itself.
 *
 * @param name - Of a feature.
 * @returns True for `liked:KIND`.
 */
export function isAffinity(name: string): boolean {
  return name.startsWith('liked:');
}

/**
 * Adds affinities to features.
 *
 * @param features - Of the items themselves.
 * @param history - Items chosen before, oldest first.
 * @returns The same with `liked:KIND` for each kind that an item has in common with the history, 0 to
 *   2: twice the mean, over the item's features of that kind, of log(1 + choices that had it) by
 *   log(1 + choices).
 */
export function withAffinities(features: ItemFeatures, history: readonly Item[]): ItemFeatures {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [n, item] of history.entries()) {
    const share = 2 ** ((n + 1 - history.length) / HALF_LIFE);
    total += share;
    for (const { name, value } of features.of(item)) {
      if (value > 0) counts.set(name, (counts.get(name) ?? 0) + share * Math.min(1, value));
    }
  }
  const most = Math.log1p(total);
  const affinitiesOf = (own: readonly ItemFeature[]): ItemFeature[] =>
    KINDS.flatMap((kind) => {
      const prefix = `${kind}:`;
      let sum = 0;
      let weight = 0;
      for (const { name, value } of own) {
        if (!name.startsWith(prefix) || !(value > 0)) continue;
        weight += value;
        sum += value * Math.log1p(counts.get(name) ?? 0);
      }
      return sum > 0 ? [{ name: `liked:${kind}`, value: (2 * sum) / weight / most }] : [];
    });
  const known = new WeakMap<Item, readonly ItemFeature[]>();
  return {
    of(item) {
      const before = known.get(item);
      if (before) return before;
      const own = features.of(item);
      const all = [...own, ...affinitiesOf(own)];
      known.set(item, all);
      return all;
    },
  };
}
