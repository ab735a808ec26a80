/** A shop with five kinds of things that look nothing like each other. */
import type { Item } from '../../../src/core/types.ts';
import { type Scene, views } from './fixtures.ts';

const KINDS = [
  {
    path: ['electronics', 'headphones'],
    words: 'wireless bluetooth headphones battery usb',
    price: 120,
  },
  { path: ['garden', 'plants'], words: 'garden plant flower bloom soil pot', price: 15 },
  { path: ['kitchen', 'cookware'], words: 'kitchen cooking pan chef oven baking', price: 45 },
  { path: ['jewelry', 'necklace'], words: 'gold necklace pendant ring elegant fine', price: 400 },
  { path: ['books', 'stories'], words: 'book story read author chapter guide', price: 12 },
];

/** 24 items of each kind, one kind after the other round and round. */
export const ITEMS: readonly Item[] = Array.from({ length: 120 }, (_, i) => {
  const { path, words, price } = KINDS[i % KINDS.length]!;
  const list = words.split(' ');
  const own = Array.from({ length: 4 }, (_word, k) => list[(i + k * (1 + (i % 3))) % list.length]);
  return {
    id: `${path[1]}-${Math.floor(i / KINDS.length)}`,
    title: own.join(' '),
    description: `${words} ${own.join(' ')}`,
    categoryPath: path,
    brand: `Brand ${i % 7}`,
    price: price + i,
    rating: 4,
    ratingCount: 20,
  };
});

/** Ids of headphones. */
export const headphones = (...numbers: readonly number[]): string[] =>
  numbers.map((n) => `headphones-${n}`);

/** Five looks at headphones. */
export const FIVE_LOOKS: Scene['log'] = views(...headphones(0, 1, 2, 3, 4));

/** The shop and a visitor who looked at five headphones, unless told otherwise. */
export const scene = (rest: Partial<Scene> = {}): Scene => ({
  items: ITEMS,
  log: FIVE_LOOKS,
  ...rest,
});
