/**
 * What is heard from a source, read at the border: only fields that are named here go on, as plain
 * text and numbers, so that nothing else that a shop sends to its analytics gets into the profile.
 *
 * @packageDocumentation
 */

/** What is learned from; GA4's names. */
export type LearnedType =
  | 'view_item_list'
  | 'select_item'
  | 'view_item'
  | 'add_to_wishlist'
  | 'add_to_cart'
  | 'remove_from_cart'
  | 'purchase';

/** An item as the source described it; candidates say more, and count first. */
export interface LearnedItem {
  /** 1 to 200 characters. */
  readonly id: string;
  /** At most 300 characters. */
  readonly title?: string;
  /** At most 200 characters. */
  readonly brand?: string;
  /** From general to special, at most 5. */
  readonly categoryPath?: readonly string[];
  /** 0 or more, of one piece. */
  readonly price?: number;
  /** ISO 4217. */
  readonly currency?: string;
}

/** An interaction as `Vitrine.track` takes it. */
export interface LearnedInteraction {
  /** GA4's name. */
  readonly type: LearnedType;
  /** At least one. */
  readonly items: readonly LearnedItem[];
  /** Pieces of each, where the source said so. */
  readonly quantity?: number;
}

/** Fields of a record before any judgement. */
export interface RawItem {
  readonly id: unknown;
  readonly title?: unknown;
  readonly brand?: unknown;
  readonly categories?: readonly unknown[];
  readonly price?: unknown;
  readonly currency?: unknown;
  readonly quantity?: unknown;
}

/** Something that the visitor did, and with what. */
export interface Heard {
  readonly type: LearnedType;
  /** The source's own records beside what was read from them. */
  readonly entries: readonly { readonly record: unknown; readonly raw: RawItem }[];
  /** Of the list that it happened in, as the source names it. */
  readonly listId?: unknown;
}

/** Most items of an event, as of GA4. */
const MAX_ITEMS = 200;

/**
 * A field of anything.
 *
 * @param from - An object, or something else.
 * @param name - Of the field.
 * @returns Its value; undefined for what has no fields.
 */
export function field(from: unknown, name: string): unknown {
  return typeof from === 'object' && from !== null
    ? (from as Record<string, unknown>)[name]
    : undefined;
}

/**
 * A list, cut to 200 entries.
 *
 * @param value - Anything.
 * @returns Its entries; none for what is no list.
 */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [];
}

/** Trimmed text or a number as text; undefined for all else, and for text that is empty. */
function textOf(value: unknown, most: number): string | undefined {
  const isText = typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
  return (isText ? String(value) : '').trim().slice(0, most) || undefined;
}

/** A decimal number, also as text; of “1,299.00” no part is taken for the whole. */
function numberOf(value: unknown): number | undefined {
  const text = textOf(value, 30);
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

/** The number in a global id of Shopify's. */
const GLOBAL_ID = /^gid:\/\/shopify\/[A-Za-z]{1,40}\/(?<number>\d{1,20})/u;

/**
 * An id as candidates have it.
 *
 * @param value - Text, a number, or a global id of Shopify's, of which its number counts.
 * @returns Trimmed; undefined when it is none, or longer than 200 characters.
 * @example idOf('gid://shopify/Product/7501') // '7501'
 */
export function idOf(value: unknown): string | undefined {
  const text = textOf(value, 201);
  if (text === undefined || text.length > 200) return undefined;
  return GLOBAL_ID.exec(text)?.groups?.['number'] ?? text;
}

/**
 * Reads an item.
 *
 * @param raw - Its fields.
 * @param id - Its id.
 * @returns What of it is usable.
 */
export function readItem(raw: RawItem, id: string): LearnedItem {
  const title = textOf(raw.title, 300);
  const brand = textOf(raw.brand, 200);
  const categoryPath = (raw.categories ?? [])
    .flatMap((name) => textOf(name, 200) ?? [])
    .slice(0, 5);
  const price = numberOf(raw.price);
  const currency = textOf(raw.currency, 3);
  return {
    id,
    ...(title !== undefined && { title }),
    ...(brand !== undefined && { brand }),
    ...(categoryPath.length > 0 && { categoryPath }),
    ...(price !== undefined && { price }),
    ...(currency !== undefined && { currency }),
  };
}

/**
 * Pieces of an item.
 *
 * @param raw - Its fields.
 * @returns A whole number from 1; undefined when none was said.
 */
export function quantityOf(raw: RawItem): number | undefined {
  const number = numberOf(raw.quantity);
  return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}
