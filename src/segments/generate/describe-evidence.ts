/**
 * From a decoded profile to words: what its nearest items really share. The words are what is kept;
 * the segment is encoded from them like every other.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import type { BlockName, Item, PriceRange, SegmentDescription } from '../../core/types.ts';
import { type SharedFact, sharedFacts } from './facts.ts';
import type { SegmentSpace } from './segment-space.ts';

/** Least share of the items for a fact of a kind to describe them. */
const MIN_SHARES = { category: 0.15, brand: 0.35, feature: 0.3, keyword: 0.3 } as const;

/** Most words of a kind. */
const MAX_WORDS = { category: 4, brand: 2, feature: 4, keyword: 7 } as const;

/** A range that holds more than this share of the like items' prices says nothing. */
const MAX_PRICE_SHARE = 0.65;

/** Prices beyond these quantiles of the items are left out of their range. */
const TAIL = 0.08;

type Kind = keyof typeof MIN_SHARES;

function kindOf(kind: string): Kind {
  return kind === 'category' || kind === 'brand' || kind === 'keyword' ? kind : 'feature';
}

const BLOCK_OF: Readonly<Record<Kind, BlockName>> = {
  category: 'category',
  brand: 'brand',
  feature: 'features',
  keyword: 'text',
};

/** A parent is left out when its chosen children cover it, and a child of a chosen parent too. */
function chooseCategories(facts: readonly SharedFact[]): SharedFact[] {
  const chosen: SharedFact[] = [];
  for (const fact of facts.toSorted((a, b) => b.depth - a.depth || b.weight - a.weight)) {
    const covered = chosen
      .filter(({ depth }) => depth > fact.depth)
      .reduce((sum, { share }) => sum + share, 0);
    if (covered < 0.6 * fact.share) chosen.push(fact);
  }
  return chosen.sort((a, b) => b.weight - a.weight).slice(0, MAX_WORDS.category);
}

/**
 * A price as a shopper would say it: two leading digits.
 *
 * @param price - 0 or more.
 * @param round - `Math.ceil` for an upper bound, `Math.floor` for a lower one.
 * @returns The rounded price; 0 for 0.
 * @example roundPrice(129.99, Math.ceil) // 130
 */
export function roundPrice(price: number, round: (value: number) => number): number {
  if (!(price > 0)) return 0;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(price)) - 1);
  return round(price / unit) * unit;
}

function pricesOf(items: readonly Item[], rows: Iterable<number>): number[] {
  return Array.from(rows, (row) => items[row]?.price ?? 0)
    .filter((price) => price > 0)
    .sort((a, b) => a - b);
}

/**
 * The range that items cost, when it tells them from their like.
 *
 * @param space - Candidates.
 * @param rows - The items.
 * @param like - Rows of the items to compare them with.
 * @returns A range with one or two ends, or undefined.
 */
export function priceRangeOf(
  space: Pick<SegmentSpace, 'encoded'>,
  rows: readonly number[],
  like: readonly number[],
): PriceRange | undefined {
  const { items } = space.encoded;
  const own = pricesOf(items, rows);
  const all = pricesOf(items, like);
  if (own.length < 0.6 * rows.length || own.length < 5 || all.length < 10) return undefined;
  const at = (share: number): number => own[Math.floor(share * (own.length - 1))] as number;
  const min = roundPrice(at(TAIL), Math.floor);
  const max = roundPrice(at(1 - TAIL), Math.ceil);
  const within = (low: number, high: number): number =>
    all.filter((price) => price >= low && price <= high).length / all.length;
  if (within(min, max) > MAX_PRICE_SHARE) return undefined;
  const below = within(0, min);
  const above = within(max, Infinity);
  if (below < 0.12 || min === 0) return { max };
  if (above < 0.12) return { min };
  return { min, max };
}

/**
 * What prices are compared with.
 *
 * @param space - Candidates.
 * @param categories - A description's.
 * @returns Rows that share a category with it; all rows when those are fewer than ten.
 */
export function likeRows(
  space: Pick<SegmentSpace, 'facts'>,
  categories: readonly string[],
): number[] {
  const { facts } = space;
  const names = new Set(categories.map((name) => name.toLowerCase()));
  const rows = [...facts.of.keys()];
  if (names.size === 0) return rows;
  const like = rows.filter((row) =>
    facts.of[row]?.some(({ kind, value }) => kind === 'category' && names.has(value.toLowerCase())),
  );
  return like.length >= 10 ? like : rows;
}

/** A word says nothing new when a category, a brand or a feature says it. */
function chooseKeywords(
  facts: readonly SharedFact[],
  said: readonly string[],
  wordsOf: SegmentSpace['wordsOf'],
): SharedFact[] {
  const known = new Set(said.flatMap(wordsOf));
  const chosen: SharedFact[] = [];
  for (const fact of facts) {
    const words = wordsOf(fact.value);
    if (words.length === 0 || words.some((word) => known.has(word))) continue;
    for (const word of words) known.add(word);
    chosen.push(fact);
  }
  return chosen.slice(0, MAX_WORDS.keyword);
}

/**
 * Describes what a profile's nearest items share, in the blocks that the profile has.
 *
 * @param space - Candidates.
 * @param rows - The profile's nearest items, at least five.
 * @param profile - One row; a block that is absent is not described. Null describes all.
 * @returns Words; an empty object when the items share nothing.
 */
export function describeEvidence(
  space: SegmentSpace,
  rows: readonly number[],
  profile: VectorSet | null,
): SegmentDescription {
  const { blocks } = space.encoded.model.space;
  const has = (name: BlockName): boolean =>
    profile === null ||
    (profile.presence.data[blocks.findIndex((block) => block.name === name)] ?? 0) > 0;
  const facts = sharedFacts(space.facts, rows, 0.15).filter(
    (fact) =>
      fact.share >= MIN_SHARES[kindOf(fact.kind)] &&
      has(BLOCK_OF[kindOf(fact.kind)]) &&
      space.sensitive.find(fact.value) === null,
  );
  const of = (kind: Kind): SharedFact[] => facts.filter((fact) => kindOf(fact.kind) === kind);
  const categories = chooseCategories(of('category')).map(({ value }) => value);
  const brands = of('brand')
    .slice(0, MAX_WORDS.brand)
    .map(({ value }) => value);
  const features = of('feature').slice(0, MAX_WORDS.feature);
  const said = [...categories, ...brands, ...features.map(({ value }) => value)];
  const keywords = chooseKeywords(of('keyword'), said, space.wordsOf).map(({ value }) => value);
  const price = has('price') ? priceRangeOf(space, rows, likeRows(space, categories)) : undefined;
  const attributes = has('generated') ? space.attributesOf(rows) : {};
  const named = new Map<string, string[]>();
  for (const { kind, value } of features) named.set(kind, [...(named.get(kind) ?? []), value]);
  return {
    ...(price === undefined ? {} : { price }),
    ...(categories.length > 0 ? { categories } : {}),
    ...(brands.length > 0 ? { brands } : {}),
    ...(keywords.length > 0 ? { keywords } : {}),
    ...(named.size > 0 ? { features: Object.fromEntries(named) } : {}),
    ...(Object.keys(attributes).length > 0 ? { attributes } : {}),
  };
}
