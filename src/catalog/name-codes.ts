/**
 * Category and brand names as vectors, learned from the candidates.
 *
 * Hashing all names into few dimensions makes strangers look alike. A list of candidates has few
 * frequent names, and vectors are encoded anew for each list, so the frequent ones get a dimension
 * of their own and the rare ones share the rest, as far apart as they get.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from './analyze-text.ts';
import type { Block } from './blocks.ts';
import type { RawVector } from './encode-vector.ts';
import { spreadCodes } from './spread-codes.ts';

/** Codes of the names of a list. */
export interface NameCodes {
  /** Dimensions of a code: those of the block but the last, which stands for unknown names. */
  readonly dims: number;
  /** Unit vectors by token. A token that is not there is unknown. */
  readonly codes: ReadonlyMap<string, Float64Array>;
}

/** A category name as its stemmed words. */
function tokenOf(name: string): string {
  return tokenize(name).map(stem).join(' ');
}

/** Distinct tokens, most frequent first. */
function rankTokens(names: Iterable<string>, normalise: (name: string) => string): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const tokens = new Map<string, number>();
  for (const [name, count] of counts) {
    const token = normalise(name);
    if (token.length > 0) tokens.set(token, (tokens.get(token) ?? 0) + count);
  }
  return [...tokens].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([token]) => token);
}

/** The first `own` tokens get a dimension each, the others codes over the remaining dimensions. */
function assignCodes(tokens: readonly string[], dims: number, shared: number): NameCodes {
  const own = tokens.length <= dims ? tokens.length : dims - shared;
  const rare = tokens.slice(own);
  const spread = rare.length > 0 ? spreadCodes(rare, dims - own) : new Float64Array();
  const codes = new Map<string, Float64Array>();
  for (const [i, token] of tokens.entries()) {
    const code = new Float64Array(dims);
    if (i < own) code[i] = 1;
    else code.set(spread.subarray((i - own) * (dims - own), (i - own + 1) * (dims - own)), own);
    codes.set(token, code);
  }
  return { dims, codes };
}

/** Dimensions that rare categories share. */
const SHARED_CATEGORIES = 18;

/**
 * Learns codes for category names.
 *
 * @param names - Names at all levels of all candidates, as often as they occur.
 * @param size - Dimensions of the block.
 * @returns Codes for whole names.
 */
export function learnCategories(names: Iterable<string>, size: number): NameCodes {
  return assignCodes(rankTokens(names, tokenOf), size - 1, SHARED_CATEGORIES);
}

/**
 * Learns codes for brand names. No brand is so frequent that it should cost the others room.
 *
 * @param names - Brands of all candidates, as often as they occur.
 * @param size - Dimensions of the block.
 * @returns Codes for lower-cased names.
 */
export function learnBrands(names: Iterable<string>, size: number): NameCodes {
  const ranked = rankTokens(names, (name) => name.toLowerCase());
  return assignCodes(ranked, size - 1, size - 1);
}

/**
 * Adds names by their tokens.
 *
 * @param vector - Written to.
 * @param block - Their block.
 * @param tokens - Tokens; unknown ones are left out, unless there is no other.
 * @param names - Codes of the block.
 */
function addTokens(
  vector: RawVector,
  block: Block,
  tokens: readonly string[],
  names: NameCodes,
): void {
  const codes = tokens.flatMap((token) => names.codes.get(token) ?? []);
  for (const code of codes) {
    for (let k = 0; k < names.dims; k++) {
      const at = block.start + k;
      vector.values[at] = (vector.values[at] as number) + (code[k] as number);
    }
  }
  if (codes.length === 0 && tokens.length > 0) addUnknown(vector, block);
}

/** "Different from all candidates" is not the same as "missing". */
function addUnknown(vector: RawVector, block: Block): void {
  vector.values[block.start + block.size - 1] = 1;
}

/**
 * Adds brands to a vector's block.
 *
 * @param vector - Written to.
 * @param block - The brand block.
 * @param brands - Brand names.
 * @param names - From {@link learnBrands}.
 */
export function addBrands(
  vector: RawVector,
  block: Block,
  brands: readonly string[],
  names: NameCodes,
): void {
  const tokens = brands.map((brand) => brand.toLowerCase());
  addTokens(vector, block, tokens, names);
}

/**
 * Adds an item's category names to a vector's block.
 *
 * @param vector - Written to.
 * @param block - The category block.
 * @param categories - The item's path.
 * @param names - From {@link learnCategories}.
 */
export function addCategories(
  vector: RawVector,
  block: Block,
  categories: readonly string[],
  names: NameCodes,
): void {
  addTokens(vector, block, categories.map(tokenOf), names);
}

/**
 * When none of the names that describe a subject is a candidate's own, at least this share of them
 * must be part of one: a shop with dry food for dogs and coffee tables has nothing for gourmets.
 */
const MIN_KNOWN_SHARE = 0.2;

/**
 * Adds described category names: one that exists as a whole means that one, another means all
 * names that hold its words ("pillows" means "Pillows & duvets"). When hardly any is found,
 * and only as a part, none is.
 *
 * @param vector - Written to.
 * @param block - The category block.
 * @param categories - Names as a segment's author wrote them.
 * @param names - From {@link learnCategories}.
 */
export function addDescribedCategories(
  vector: RawVector,
  block: Block,
  categories: readonly string[],
  names: NameCodes,
): void {
  const tokens = categories.map(tokenOf).filter((token) => token.length > 0);
  const found = tokens.map((token) => namesMeant(token, names));
  const known = found.filter((meant) => meant.length > 0).length;
  const isOwn = tokens.some((token) => names.codes.has(token));
  const isHere = isOwn || known >= MIN_KNOWN_SHARE * tokens.length;
  if (known > 0 && isHere) addTokens(vector, block, [...new Set(found.flat())], names);
  else if (tokens.length > 0) addUnknown(vector, block);
}

/** The name itself, else all names that hold its words. */
function namesMeant(token: string, { codes }: NameCodes): string[] {
  if (codes.has(token)) return [token];
  const words = token.split(' ');
  return [...codes.keys()].filter((key) => {
    const own = key.split(' ');
    return words.every((word) => own.includes(word));
  });
}
