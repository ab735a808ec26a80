/**
 * What may still be put into a row: limits per brand, category and third of the prices.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { VarietyOptions } from '../core/variety.ts';
import type { FeedContext } from './feed-context.ts';
import type { RowQuery } from './fill-row.ts';

/** Why an item that scored higher had to wait, or found no place. */
export type Refusal = 'brand' | 'category' | 'price-level' | 'sponsored' | 'variant';

/** One limit: so many items of a kind. */
interface Limit {
  readonly rule: Refusal;
  /** Kind of an item; undefined: it does not count. */
  readonly kindOf: (row: number) => string | undefined;
  /** Most items of a kind. */
  readonly most: (kind: string) => number;
  /** Whether it holds even when the row stays short. */
  readonly isHard: boolean;
  readonly counts: Map<string, number>;
}

/** Unless the shop says otherwise, a brand or category has this share of a row. */
const ROW_SHARE = 0.25;

/** The same of a page. */
const PAGE_SHARE = 0.2;

/** No default limit is below this. */
const LEAST = 2;

/** Share of a row's places that one third of its price range, or sponsored items, may have. */
const PRICE_SHARE = 0.5;
const SPONSORED_SHARE = 0.25;

/** Prices nearer to each other than this factor are one price level. */
const MIN_SPREAD = 1.25;

/** Fewest prices that make thirds. */
const MIN_PRICES = 6;

const brandOf = ({ brand }: Item): string | undefined => brand?.toLowerCase();

const categoryOf = ({ categoryPath = [] }: Item): string | undefined =>
  categoryPath.length > 0 ? categoryPath.join('\u0001').toLowerCase() : undefined;

function countOf(rows: Iterable<number>, kindOf: Limit['kindOf']): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const kind = kindOf(row);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** The visitor's share of interest by brand or category. */
function interestIn(
  { visitor }: FeedContext,
  kindOf: (item: Item) => string | undefined,
): (kind: string) => number {
  const masses = new Map<string | undefined, number>();
  let total = 0;
  for (const { item, longTerm } of visitor.items) {
    const kind = kindOf(item);
    masses.set(kind, (masses.get(kind) ?? 0) + longTerm);
    total += longTerm;
  }
  return (kind) => (total > 0 ? (masses.get(kind) ?? 0) / total : 0);
}

/** Thirds of the pool's prices; none where all cost about the same. */
function thirdOf(context: FeedContext, pool: readonly number[]): Limit['kindOf'] {
  const { items } = context.encoded;
  const priceOf = (row: number): number | undefined => items[row]?.price;
  const prices = pool
    .map(priceOf)
    .filter((price) => price !== undefined)
    .sort((a, b) => a - b);
  const [least = 0] = prices;
  const most = prices.at(-1) ?? 0;
  if (prices.length < MIN_PRICES || most < MIN_SPREAD * least) return () => undefined;
  const first = prices[Math.floor(prices.length / 3)] as number;
  const second = prices[Math.floor((2 * prices.length) / 3)] as number;
  return (row) => {
    const price = priceOf(row);
    if (price === undefined) return undefined;
    return price < first ? 'low' : price < second ? 'middle' : 'high';
  };
}

/** What the row itself is about is no surplus: its own category, the brands that its segment names. */
function themeOf(context: FeedContext, { vector }: RowQuery): ReadonlySet<string | undefined> {
  if (vector === undefined) return new Set();
  const { library, visitor } = context;
  const { describes } = library[vector] ?? {};
  const names = [...(describes?.brands ?? []), ...(describes?.categories ?? [])];
  const path = visitor.segments[vector - library.length]?.path ?? [];
  return new Set([...names, ...path.slice(-1)].map((name) => name.toLowerCase()));
}

/** A limit by brand or category, from the shop or by default. */
interface Kind {
  readonly rule: 'brand' | 'category';
  readonly of: (item: Item) => string | undefined;
  /** Name that a row's theme may hold. */
  readonly name: (item: Item) => string | undefined;
  readonly perRow: number | undefined;
  readonly perPage: number | undefined;
}

function kindsOf({ brandPerRow, brandPerPage, ...rest }: VarietyOptions): Kind[] {
  const { categoryPerRow, categoryPerPage } = rest;
  const leafOf = ({ categoryPath }: Item): string | undefined => categoryPath?.at(-1);
  return [
    {
      rule: 'brand',
      of: brandOf,
      name: ({ brand }) => brand,
      perRow: brandPerRow,
      perPage: brandPerPage,
    },
    {
      rule: 'category',
      of: categoryOf,
      name: leafOf,
      perRow: categoryPerRow,
      perPage: categoryPerPage,
    },
  ];
}

/** Limits of one kind in the row and on the page. */
function limitsOf(
  context: FeedContext,
  query: RowQuery,
  pool: readonly number[],
  kind: Kind,
): Limit[] {
  const { items } = context.encoded;
  const { rows, rowSize } = context.options;
  const { rule, perRow, perPage } = kind;
  const itemAt = (row: number): Item => items[row] as Item;
  const kindOf = (row: number): string | undefined => kind.of(itemAt(row));
  const inPool = countOf(pool, kindOf);
  const shareOf = (name: string): number => (inPool.get(name) ?? 0) / Math.max(1, pool.length);
  const theme = themeOf(context, query);
  const isTheme = (row: number): boolean => theme.has(kind.name(itemAt(row))?.toLowerCase());
  const interest = interestIn(context, kind.of);
  const fairShare = (name: string): number => Math.max(shareOf(name), interest(name));
  const places = rows * rowSize;
  const byShare = (size: number, least: number, share: number): number =>
    Math.max(LEAST, Math.ceil(size * least), Math.ceil(size * share));
  return [
    {
      rule,
      kindOf: (row) => (isTheme(row) ? undefined : kindOf(row)),
      most: (name) => perRow ?? byShare(query.size, ROW_SHARE, fairShare(name)),
      isHard: perRow !== undefined,
      counts: new Map(),
    },
    {
      rule,
      kindOf,
      most: (name) => perPage ?? byShare(places, PAGE_SHARE, fairShare(name)),
      // A place that was drawn must be given to something; see keep-limits.ts.
      isHard: perPage !== undefined && query.impersonal !== true,
      counts: countOf(query.taken, kindOf),
    },
  ];
}

/** A row while it is filled. Cost: O(pool + page) to make, O(1) for each question. */
export class Shelf {
  readonly #limits: readonly Limit[];

  /**
   * @param context - The feed.
   * @param query - The row; its `taken` is what stands on the page.
   * @param pool - Rows of the items that it can choose from.
   */
  constructor(context: FeedContext, query: RowQuery, pool: readonly number[]) {
    const { variety = {} } = context.options;
    const { size } = query;
    const limits: Limit[] = kindsOf(variety).flatMap((kind) =>
      limitsOf(context, query, pool, kind),
    );
    limits.push({
      rule: 'price-level',
      kindOf: thirdOf(context, pool),
      most: () => Math.ceil(size * PRICE_SHARE),
      isHard: false,
      counts: new Map(),
    });
    const { rules } = context;
    if (rules) {
      limits.push({
        rule: 'sponsored',
        kindOf: (row) => (rules.isSponsored(row) ? '' : undefined),
        most: () => Math.max(1, Math.floor(size * SPONSORED_SHARE)),
        isHard: true,
        counts: new Map(),
      });
    }
    this.#limits = limits;
  }

  /**
   * The limit that an item would break.
   *
   * @param row - Candidate.
   * @param isStrict - False leaves out the limits that only hold while something else is there.
   * @returns Its name; undefined: it may be added.
   */
  refusal(row: number, isStrict: boolean): Refusal | undefined {
    const broken = this.#limits.find(({ kindOf, most, isHard, counts }) => {
      if (!isHard && !isStrict) return false;
      const kind = kindOf(row);
      return kind !== undefined && (counts.get(kind) ?? 0) >= most(kind);
    });
    return broken?.rule;
  }

  /**
   * Counts an item in.
   *
   * @param row - Candidate.
   */
  add(row: number): void {
    for (const { kindOf, counts } of this.#limits) {
      const kind = kindOf(row);
      if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
}
