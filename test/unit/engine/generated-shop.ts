/** A shop with shelves that the predefined segments know, and one that none of them does. */
import type { Item } from '../../../src/core/types.ts';

interface Shelf {
  readonly id: string;
  readonly path: readonly string[];
  readonly words: string;
  readonly price: number;
}

const SHELVES: readonly Shelf[] = [
  { id: 'plants', path: ['garden', 'plants'], words: 'garden plant flower bloom soil', price: 14 },
  { id: 'planters', path: ['garden', 'planters'], words: 'garden ceramic pot planter', price: 30 },
  { id: 'spades', path: ['garden', 'tools'], words: 'garden steel spade digging soil', price: 45 },
  { id: 'pans', path: ['kitchen', 'cookware'], words: 'kitchen cooking pan steel oven', price: 60 },
  { id: 'knives', path: ['kitchen', 'knives'], words: 'kitchen chef knife steel blade', price: 80 },
  { id: 'mugs', path: ['kitchen', 'mugs'], words: 'kitchen ceramic mug coffee tea', price: 12 },
  {
    id: 'headphones',
    path: ['electronics', 'headphones'],
    words: 'wireless bluetooth headphones battery',
    price: 120,
  },
  {
    id: 'lantern',
    path: ['curios', 'lanterns'],
    words: 'brass lantern antique flame wick',
    price: 55,
  },
];

/** 40 items of each shelf. */
export function shopOf(): Item[] {
  return Array.from({ length: 40 * SHELVES.length }, (_, i) => {
    const { id, path, words, price } = SHELVES[i % SHELVES.length] as Shelf;
    const number = Math.floor(i / SHELVES.length);
    const list = words.split(' ');
    const own = [list[number % list.length], list[(number * 2 + 1) % list.length]].join(' ');
    return {
      id: `${id}-${number}`,
      title: `${own} ${path[1]}`,
      description: words,
      categoryPath: path,
      brand: `Brand ${i % 5}`,
      price: Math.round(price * (0.6 + ((number * 7) % 40) / 40)),
      currency: 'EUR',
    };
  });
}
