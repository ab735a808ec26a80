/**
 * Named features as reasons.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { isAffinity } from './affinities.ts';

const WORDS: Readonly<Record<string, (value: string) => string>> = {
  category: (value) => `you often choose from “${value.split(' > ').at(-1) ?? value}”`,
  brand: (value) => `you often choose “${value}”`,
  tag: (value) => `you often choose things with “${value}”`,
  word: (value) => `you often choose things with “${value}”`,
  price: () => 'at a price level that you often choose',
  rating: () => 'rated like what you choose',
  score: (value) => `“${value}” as in what you choose`,
  liked: () => 'has much in common with what you choose',
};

/** What an affinity of a kind rests on. */
function likedOf(kind: string, { brand, categoryPath = [] }: Item): string {
  if (kind === 'brand' && brand !== undefined) return `brand:${brand}`;
  const path = categoryPath.join(' > ');
  if (kind === 'category' && path !== '') return `category:${path}`;
  return kind === 'price' ? 'price:' : `liked:${kind}`;
}

/**
 * A feature as a reason for an item.
 *
 * @param name - Of a feature of the item, or of an affinity.
 * @param item - That has it.
 * @returns A phrase without a full stop.
 * @example featureInWords('brand:Arc', item) // 'you often choose “Arc”'
 */
export function featureInWords(name: string, item: Item): string {
  const [kind, value] = split(isAffinity(name) ? likedOf(split(name)[1], item) : name);
  return WORDS[kind]?.(value) ?? 'fits what you choose';
}

/** `brand:Arc` → `brand` and `Arc`. */
function split(name: string): [kind: string, value: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, ''] : [name.slice(0, colon), name.slice(colon + 1)];
}
