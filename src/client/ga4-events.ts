/**
 * Rows as lists of Google Analytics 4: `view_item_list` and `select_item` in its own shape, so that
 * each row shows up in the shop's reports. Shapes as of
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 *
 * @packageDocumentation
 */
import type { RankedItem, Row } from '../core/types.ts';
import type { RawItem } from './candidates.ts';

/** An item as GA4 wants it; what the shop did not send is left out. */
export interface Ga4Item {
  /** Id of the candidate. */
  readonly item_id: string;
  /** Its title, else its id: GA4 requires one of both. */
  readonly item_name: string;
  /** Place in the row, from 0. */
  readonly index: number;
  /** Row id. */
  readonly item_list_id: string;
  /** Row title. */
  readonly item_list_name: string;
  /** Brand. */
  readonly item_brand?: string;
  /** From general to special; `item_category2` to `item_category5` follow. */
  readonly item_category?: string;
  /** In the event's currency. */
  readonly price?: number;
  /** `item_category2` to `item_category5`. */
  readonly [field: string]: unknown;
}

/** Parameters of an event, as `gtag('event', name, params)` takes them. */
export interface Ga4Params {
  /** Row id. */
  readonly item_list_id: string;
  /** Row title. */
  readonly item_list_name: string;
  /** Of all prices; absent without any. */
  readonly currency?: string;
  /** At most 200. */
  readonly items: readonly Ga4Item[];
  /** Arm of the holdout; absent for feeds outside of it. */
  readonly experiment?: 'exposed' | 'held-out';
}

/** Most items of an event, and most characters of a text. */
const MAX = { items: 200, text: 100, categories: 5 } as const;

function textOf(value: unknown): string | undefined {
  // schema.org writes { '@type': 'Brand', name } for a brand.
  const text = (value as { name?: unknown } | null)?.name ?? value;
  const isText = typeof text === 'string' || typeof text === 'number';
  return isText && `${text}`.trim() ? `${text}`.trim().slice(0, MAX.text) : undefined;
}

/** The first of some fields that holds a text. */
function firstOf(item: RawItem, names: readonly string[]): string | undefined {
  return textOf(names.map((name) => item[name]).find((value) => textOf(value)));
}

function offerOf(item: RawItem): RawItem {
  const offers = Array.isArray(item['offers']) ? (item['offers'][0] as unknown) : item['offers'];
  return { ...item, ...(offers as RawItem | undefined) };
}

function currencyOf(item: RawItem): string | undefined {
  return firstOf(offerOf(item), ['currency', 'priceCurrency']);
}

function categoriesOf(item: RawItem): [string, string][] {
  const path = Array.isArray(item['categoryPath'])
    ? item['categoryPath']
    : ['', 2, 3, 4, 5].map((n) => item[`item_category${n}`] ?? (n ? undefined : item['category']));
  return path
    .flatMap((name) => textOf(name) ?? [])
    .slice(0, MAX.categories)
    .map((name, n) => [`item_category${n ? n + 1 : ''}`, name]);
}

function toGa4(row: Row, { itemId, rank }: RankedItem, item: RawItem, currency?: string): Ga4Item {
  const brand = firstOf(item, ['item_brand', 'brand', 'vendor']);
  // As the catalog reads prices: of “1,299.00” no part is taken for the whole.
  const price = Number(firstOf(offerOf(item), ['price']) ?? Number.NaN);
  const isPriced = price >= 0 && Number.isFinite(price) && currencyOf(item) === currency;
  return {
    item_id: itemId.slice(0, MAX.text),
    item_name: firstOf(item, ['item_name', 'title', 'name']) ?? itemId.slice(0, MAX.text),
    index: rank - 1,
    ...listOf(row),
    ...(brand && { item_brand: brand }),
    ...Object.fromEntries(categoriesOf(item)),
    ...(isPriced && { price }),
  };
}

function listOf({ id, title }: Row): Pick<Ga4Params, 'item_list_id' | 'item_list_name'> {
  return { item_list_id: id.slice(0, MAX.text), item_list_name: title.slice(0, MAX.text) };
}

/**
 * Parameters of `view_item_list` (a whole row) or `select_item` (one item of it).
 *
 * @param row - Of a feed; of a chosen item, its row with that item only.
 * @param known - The candidates as the shop sent them, by id; one that is missing has its id alone.
 * @param experiment - Arm of the holdout.
 * @returns Nothing but what the shop itself sent, ids and titles of rows, and the arm.
 */
export function listParams(
  row: Row,
  known: ReadonlyMap<string, RawItem>,
  experiment: 'exposed' | 'held-out' | 'none',
): Ga4Params {
  const of = (itemId: string): RawItem => known.get(itemId) ?? {};
  const items = row.items.slice(0, MAX.items);
  // One event has one currency; prices in another are left out.
  const currency = items.map(({ itemId }) => currencyOf(of(itemId))).find(Boolean);
  return {
    ...listOf(row),
    ...(currency && { currency }),
    items: items.map((item) => toGa4(row, item, of(item.itemId), currency)),
    ...(experiment !== 'none' && { experiment }),
  };
}
