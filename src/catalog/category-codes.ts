/**
 * Category names as vectors: a dimension of its own for each frequent name, shared ones for rare.
 *
 * Hashing all names into few dimensions makes strangers look alike (two of 140 names share a
 * place more often than not). A list of candidates has few frequent names, and vectors are encoded
 * anew for each list, so the frequent ones get a place that nobody shares.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import { stem, tokenize } from './analyze-text.ts';
import type { Block } from './blocks.ts';
import type { RawVector } from './encode-vector.ts';

/** Dimensions shared by rare names; one more is kept for names that no candidate has. */
const SHARED = 14;

/** Places of tokens in the category block. */
export interface CategoryCodes {
  /** Place of a frequent token; -1 for a rare one. A token that is not there is unknown. */
  readonly places: ReadonlyMap<string, number>;
}

/** A token of a category name with its weight. */
type WeightedToken = readonly [token: string, weight: number];

/** A name counts whole and, when it has several words, by each word. */
function tokensOf(name: string): WeightedToken[] {
  const words = tokenize(name).map(stem);
  const whole: WeightedToken = [words.join(' '), 1];
  if (words.length < 2) return words.length === 0 ? [] : [whole];
  return [whole, ...words.map((word): WeightedToken => [word, 1 / words.length])];
}

/**
 * Learns which names are frequent.
 *
 * @param items - Candidates.
 * @param size - Dimensions of the block.
 * @returns Codes for all tokens of the candidates' category names.
 */
export function learnCategories(items: readonly Item[], size: number): CategoryCodes {
  const names = new Map<string, number>();
  for (const item of items) {
    for (const name of item.categoryPath ?? []) names.set(name, (names.get(name) ?? 0) + 1);
  }
  const counts = new Map<string, number>();
  for (const [name, count] of names) {
    for (const [token, weight] of tokensOf(name)) {
      counts.set(token, (counts.get(token) ?? 0) + count * weight);
    }
  }
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const own = Math.max(0, size - SHARED - 1);
  return { places: new Map(ranked.map(([token], i) => [token, i < own ? i : -1])) };
}

/**
 * Adds category names to a vector's block.
 *
 * Names that no candidate has are left out; when no name is known, the block points where no
 * candidate is, so that it is "different" and not "missing".
 *
 * @param vector - Written to.
 * @param block - The category block.
 * @param names - Category names.
 * @param model - Codes from {@link learnCategories}; `isExact` for descriptions, where a name that
 *   exists as a whole is not taken apart into words.
 */
export function addCategories(
  vector: RawVector,
  block: Block,
  names: readonly string[],
  model: { readonly codes: CategoryCodes; readonly isExact: boolean },
): void {
  const { codes, isExact } = model;
  const own = Math.max(0, block.size - SHARED - 1);
  const add = (index: number, weight: number): void => {
    const at = block.start + index;
    vector.values[at] = (vector.values[at] as number) + weight;
  };
  let isKnown = false;
  const tokens = names.flatMap((name) => knownTokens(name, codes, isExact));
  for (const [token, weight] of tokens) {
    const place = codes.places.get(token);
    if (place === undefined) continue;
    isKnown = true;
    if (place >= 0) add(place, weight);
    else addSigns(add, own, token, weight);
  }
  if (!isKnown && names.length > 0) add(block.size - 1, 1);
}

/** A described category that exists by its whole name means that one, not all that share a word. */
function knownTokens(name: string, codes: CategoryCodes, isExact: boolean): WeightedToken[] {
  const tokens = tokensOf(name);
  const [whole] = tokens;
  return isExact && whole && codes.places.has(whole[0]) ? [whole] : tokens;
}

/** A rare token is a unit vector of random signs over the shared dimensions. */
function addSigns(
  add: (index: number, weight: number) => void,
  start: number,
  token: string,
  weight: number,
): void {
  const signs = hash32(token);
  for (let i = 0; i < SHARED; i++) {
    add(start + i, ((signs >>> i) & 1 ? 1 : -1) * (weight / Math.sqrt(SHARED)));
  }
}
