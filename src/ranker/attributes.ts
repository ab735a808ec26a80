/**
 * A catalog as sparse weighted attributes: tags, brand, category prefixes, title words, price band.
 *
 * tf-idf as in Salton & Buckley 1988, with the square root of the count.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { unitRows } from '../core/unit-rows.ts';
import type { Attributes } from './types.ts';

/** Attributes kept per item, the heaviest first. */
const MAX_PER_ITEM = 32;

/**
 * Attributes kept in all, the most frequent first: what is learned between attributes is a table
 * of their square, 16 MB here and a quarter of that in a pack.
 */
const MAX_ATTRIBUTES = 2048;

/** Quantile bands of the price; too few prices make none. */
const PRICE_BANDS = 8;

const MIN_WORD_LENGTH = 3;

/** Everything that is neither a letter nor a digit, of any script. */
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

function titleWords(title: string): Set<string> {
  const words = title.toLowerCase().split(BETWEEN_WORDS);
  return new Set(words.filter((word) => word.length >= MIN_WORD_LENGTH));
}

function isPrice(price: number | undefined): price is number {
  return price !== undefined && price > 0 && price < Infinity;
}

/** Lower ends of the bands above the first; empty when there are too few prices. */
function priceBands(items: readonly Item[]): Float64Array {
  const prices = Float64Array.from(items.map(({ price }) => price).filter(isPrice)).sort();
  if (prices.length <= PRICE_BANDS) return new Float64Array(0);
  return Float64Array.from(
    { length: PRICE_BANDS - 1 },
    (_, q) => prices[Math.floor(((q + 1) * prices.length) / PRICE_BANDS)] as number,
  );
}

/** Names of an item's attributes; a tag that is given twice stands twice. */
function attributeNames(item: Item, bands: Float64Array): string[] {
  const names = (item.tags ?? []).map((tag) => `tag:${tag}`);
  if (item.brand !== undefined && item.brand !== '') names.push(`brand:${item.brand}`);
  const path = item.categoryPath ?? [];
  for (let i = 1; i <= path.length; i++) names.push(`category:${path.slice(0, i).join('>')}`);
  for (const word of titleWords(item.title ?? '')) names.push(`word:${word}`);
  if (isPrice(item.price) && bands.length > 0) {
    const price = item.price;
    names.push(`price:${bands.reduce((band, end) => band + (price >= end ? 1 : 0), 0)}`);
  }
  return names;
}

/** How often each name stands in an item, and in how many items of all. */
function countNames(items: readonly Item[]): {
  readonly rows: readonly ReadonlyMap<string, number>[];
  readonly spread: ReadonlyMap<string, number>;
} {
  const bands = priceBands(items);
  const spread = new Map<string, number>();
  const rows = items.map((item) => {
    const row = new Map<string, number>();
    for (const name of attributeNames(item, bands)) row.set(name, (row.get(name) ?? 0) + 1);
    for (const name of row.keys()) spread.set(name, (spread.get(name) ?? 0) + 1);
    return row;
  });
  return { rows, spread };
}

/** Numbers of the names that say something about pairs, in the order of their first item. */
function numberNames(
  spread: ReadonlyMap<string, number>,
  numItems: number,
  most: number,
): Map<string, number> {
  const useful = [...spread].filter(([, count]) => count >= 2 && count <= numItems / 2);
  const kept = new Set(
    useful
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, most)
      .map(([name]) => name),
  );
  const numbers = new Map<string, number>();
  for (const [name] of useful) if (kept.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

/** Numbers of the items' category paths, in the order of their first item. */
function sectionsOf(items: readonly Item[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(items, ({ categoryPath = [] }) => {
    const key = JSON.stringify(categoryPath);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/**
 * Turns a catalog into sparse attributes.
 *
 * Weight: √(count in the item) · ln(I / items with it); `weight` is of unit length per item, `raw`
 * is not. What one item alone has, or more than half of the items, says nothing about pairs and is
 * left out. Missing tags, titles, brands or prices leave rows shorter or empty.
 *
 * @param items - The catalog, I; an item's row is its place here.
 * @param most - Attributes in all, the most frequent first; default 2,048.
 * @returns At most 32 attributes per item, heaviest first, and `most` in all.
 * @example
 * // Two of four items share a tag: weight 1, raw ln(4 / 2).
 * buildAttributes([{ id: 'a', tags: ['x'] }, { id: 'b', tags: ['x'] }, { id: 'c' }, { id: 'd' }])
 */
export function buildAttributes(items: readonly Item[], most: number = MAX_ATTRIBUTES): Attributes {
  const { rows, spread } = countNames(items);
  const numbers = numberNames(spread, items.length, most);
  const pointers = new Int32Array(items.length + 1);
  const index: number[] = [];
  const values: number[] = [];
  for (const [i, row] of rows.entries()) {
    const list: (readonly [attribute: number, weight: number])[] = [];
    for (const [name, count] of row) {
      const attribute = numbers.get(name);
      if (attribute === undefined) continue;
      const rarity = Math.log(items.length / (spread.get(name) as number));
      list.push([attribute, Math.sqrt(count) * rarity]);
    }
    list.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    list.length = Math.min(list.length, MAX_PER_ITEM);
    for (const [attribute, value] of list) {
      index.push(attribute);
      values.push(value);
    }
    pointers[i + 1] = index.length;
  }
  const raw = Float32Array.from(values);
  return {
    count: numbers.size,
    pointers,
    index: Int32Array.from(index),
    weight: unitRows(raw, pointers),
    raw,
    section: sectionsOf(items),
  };
}

/**
 * Natural logarithms of the prices.
 *
 * @param items - The catalog, I.
 * @returns [I] NaN where the price is missing, 0 or not finite.
 * @example learnLogPrices([{ id: 'a', price: 1 }, { id: 'b' }]) // Float32Array [0, NaN]
 */
export function learnLogPrices(items: readonly Item[]): Float32Array {
  return Float32Array.from(items, ({ price }) => (isPrice(price) ? Math.log(price) : NaN));
}
