/**
 * What tastes can be about: each item's topics, brand, price and keywords, as far as it has them.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';

/** An item as visitors see it. */
export interface ItemFacets {
  /** Category path, general to special; empty when unknown. */
  readonly path: readonly string[];
  /** Maker; '' when unknown. */
  readonly brand: string;
  /** Price above 0, or NaN. */
  readonly price: number;
  /** Mean rating 0 to 5, or NaN. */
  readonly rating: number;
  /** Distinct keyword numbers. */
  readonly keywords: readonly number[];
}

/** All items, and in how many of them each keyword stands. */
export interface CatalogFacets {
  /** I. */
  readonly items: readonly ItemFacets[];
  /** By keyword number. */
  readonly keywordCounts: readonly number[];
  /** The words, by keyword number. */
  readonly words: readonly string[];
}

/** Everything that is neither a letter nor a digit, of any script. */
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

const MIN_WORD_LENGTH = 3;
const MAX_KEYWORDS = 24;

/** Words that stand in more than this share of the items tell nothing. */
const MAX_SHARE = 1 / 3;

function wordsOf({ tags = [], title = '' }: Item): string[] {
  const words = title.toLowerCase().split(BETWEEN_WORDS);
  const long = words.filter((word) => word.length >= MIN_WORD_LENGTH);
  return [...new Set([...tags.map((tag) => tag.toLowerCase()), ...long])];
}

/**
 * Reads the facets of a catalog.
 *
 * @param items - I; every field but the id may be missing.
 * @returns Facets; a keyword stands in at least two items and at most a third of them.
 */
export function readFacets(items: readonly Item[]): CatalogFacets {
  const words = items.map(wordsOf);
  const spread = new Map<string, number>();
  for (const list of words) for (const word of list) spread.set(word, (spread.get(word) ?? 0) + 1);
  const useful = [...spread].filter(
    ([, count]) => count >= 2 && count <= Math.max(2, items.length * MAX_SHARE),
  );
  const numbers = new Map(useful.map(([word], number) => [word, number]));
  return {
    items: items.map((item, row) => ({
      path: item.categoryPath ?? [],
      brand: item.brand ?? '',
      price: item.price !== undefined && item.price > 0 ? item.price : NaN,
      rating: item.rating ?? NaN,
      keywords: (words[row] ?? [])
        .flatMap((word) => numbers.get(word) ?? [])
        .slice(0, MAX_KEYWORDS),
    })),
    keywordCounts: useful.map(([, count]) => count),
    words: useful.map(([word]) => word),
  };
}
