/**
 * What an item is, by names that stay the same from list to list: category, brand, tags, words,
 * price level, rating, synthetic scores. What is learned of a visitor is kept by these names.
 *
 * @packageDocumentation
 */
import { lowerBound } from '../core/sorted.ts';
import type { Item } from '../core/types.ts';

/** A named feature of an item. */
export interface ItemFeature {
  /** Kind and value, `brand:Paperhythe`. */
  readonly name: string;
  /** About 1 when the item has it; signed for a quantity. */
  readonly value: number;
}

/** Everything that is neither a letter nor a digit, of any script. */
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

const MIN_WORD = 3;
const MAX_WORDS = 16;
const MAX_TAGS = 24;

/** Steps of the price level, from the cheapest of a shelf to the dearest. */
const PRICE_STEPS = 4;

/** Fewer prices on a shelf do not tell what is dear there. */
const MIN_PRICES = 3;

/** Parts of a kind are worth less the more of them an item has. */
const VALUES = { leaf: 1, branch: 0.7, brand: 1, tag: 0.7, word: 0.5, price: 1, rating: 0.5 };

/** A rating that says nothing, and how many ratings make half of it. */
const PLAIN_RATING = 4;
const FEW_RATINGS = 10;

function categoryFeatures(path: readonly string[]): ItemFeature[] {
  return path.map((_, depth) => ({
    name: `category:${path.slice(0, depth + 1).join(' > ')}`,
    value: depth === path.length - 1 ? VALUES.leaf : VALUES.branch,
  }));
}

function textFeatures({ tags = [], title = '' }: Item): ItemFeature[] {
  const ownTags = [...new Set(tags.slice(0, MAX_TAGS).map((tag) => tag.toLowerCase()))];
  const known = new Set(ownTags);
  const words = title
    .toLowerCase()
    .split(BETWEEN_WORDS)
    .filter((word) => word.length >= MIN_WORD && !known.has(word));
  return [
    ...ownTags.map((tag) => ({ name: `tag:${tag}`, value: VALUES.tag })),
    ...[...new Set(words)]
      .slice(0, MAX_WORDS)
      .map((word) => ({ name: `word:${word}`, value: VALUES.word })),
  ];
}

/** A soft place among five levels. */
function priceFeatures(level: number | undefined): ItemFeature[] {
  if (level === undefined) return [];
  const place = level * PRICE_STEPS;
  const low = Math.min(PRICE_STEPS - 1, Math.floor(place));
  return [
    { name: `price:${low}`, value: VALUES.price * (1 - (place - low)) },
    { name: `price:${low + 1}`, value: VALUES.price * (place - low) },
  ];
}

function ratingFeatures({ rating, ratingCount = 0 }: Item): ItemFeature[] {
  if (rating === undefined || ratingCount === 0) return [];
  const trust = ratingCount / (ratingCount + FEW_RATINGS);
  return [{ name: 'rating', value: VALUES.rating * 2 * (rating - PLAIN_RATING) * trust }];
}

function scoreFeatures({ generated }: Item): ItemFeature[] {
  if (!generated || generated.guessing) return [];
  return Object.entries(generated.scores).map(([name, score]) => ({
    name: `score:${name}`,
    value: 2 * score - 1,
  }));
}

/** The shelf that prices are compared on; items without one share a shelf. */
function shelfOf({ categoryPath = [] }: Item): string {
  return categoryPath.join('\u0000');
}

/** Features of items. */
export interface ItemFeatures {
  /**
   * @param item - Of the list or not.
   * @returns Its features, distinct names.
   */
  of(item: Item): readonly ItemFeature[];
}

/**
 * Prepares features beside a list: a price is high or low among the items of its shelf.
 *
 * @param items - The list.
 * @returns See {@link ItemFeatures}. Nothing is kept of an item but its features, once each.
 */
export function createItemFeatures(items: readonly Item[]): ItemFeatures {
  const found = new Map<string, number[]>();
  for (const item of items) {
    if (item.price === undefined || !(item.price > 0)) continue;
    const shelf = shelfOf(item);
    const list = found.get(shelf) ?? [];
    if (list.length === 0) found.set(shelf, list);
    list.push(item.price);
  }
  const prices = new Map(
    Array.from(found, ([shelf, list]) => [shelf, Float64Array.from(list).sort()]),
  );
  const known = new WeakMap<Item, readonly ItemFeature[]>();
  const levelOf = (item: Item): number | undefined => {
    const { price } = item;
    const list = prices.get(shelfOf(item));
    if (price === undefined || !(price > 0) || list === undefined || list.length < MIN_PRICES)
      return undefined;
    const below = lowerBound(list, price);
    let end = below;
    while (list[end] === price) end++;
    return (below + end) / 2 / list.length;
  };
  return {
    of(item) {
      const before = known.get(item);
      if (before) return before;
      const features = [
        ...categoryFeatures(item.categoryPath ?? []),
        ...(item.brand === undefined ? [] : [{ name: `brand:${item.brand}`, value: VALUES.brand }]),
        ...textFeatures(item),
        ...priceFeatures(levelOf(item)),
        ...ratingFeatures(item),
        ...scoreFeatures(item),
      ];
      known.set(item, features);
      return features;
    },
  };
}
