/**
 * Judges raw fields one by one. Each reader returns the value to keep or `undefined`, and reports
 * what it refused. Readers of lists and objects may throw when a Proxy or getter does.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from '../core/errors.ts';
import { cleanText } from './clean-text.ts';

/** Says what was wrong with a field. */
export type Report = (code: VitrineErrorCode, field: string) => void;

/** Longest texts kept, in UTF-16 units. */
export const TEXT_LIMITS = {
  id: 200,
  title: 300,
  description: 5000,
  name: 200,
  tag: 100,
  url: 2048,
} as const;

const MAX_LEVELS = 8;
const MAX_TAGS = 64;
/** Longest comma-separated list of tags that is looked at. */
const LIST_CHARS = MAX_TAGS * TEXT_LIMITS.tag;
/** Longest decimal written as text. */
const NUMBER_CHARS = 32;

/** Names that reach an object's prototype. */
export const FORBIDDEN_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * An id: text or number, trimmed, 1 to 200 characters, otherwise unchanged so that it still
 * matches the shop's own.
 *
 * @param value - Anything.
 * @returns The id, or null.
 */
export function readId(value: unknown): string | null {
  if (typeof value === 'bigint') return readId(value.toString());
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string' || value.length > TEXT_LIMITS.id * 4) return null;
  const id = value.trim();
  return id.length > 0 && id.length <= TEXT_LIMITS.id ? id : null;
}

/**
 * A text: a string or a number, cleaned and cut.
 *
 * @param value - Anything; null and undefined are silently absent.
 * @param limit - Most characters.
 * @param field - Name for the report.
 * @param report - Told `ITEM_FIELD_REJECTED` for other types, `ITEM_TEXT_TRUNCATED` when cut.
 * @returns The text, or undefined when there is none.
 */
export function readText(
  value: unknown,
  limit: number,
  field: string,
  report: Report,
): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') {
    report('ITEM_FIELD_REJECTED', field);
    return undefined;
  }
  const text = String(value);
  if (text.length > limit) report('ITEM_TEXT_TRUNCATED', field);
  const clean = cleanText(text, limit);
  return clean === '' ? undefined : clean;
}

/**
 * A price: a number or a plain decimal (`'12.50'`), finite and 0 or more.
 *
 * @param value - Anything.
 * @param report - Told `ITEM_PRICE_INVALID`, or `ITEM_FIELD_REJECTED` for objects.
 * @returns The price, or undefined.
 */
export function readPrice(value: unknown, report: Report): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'object' || typeof value === 'function') {
    report('ITEM_FIELD_REJECTED', 'price');
    return undefined;
  }
  const price = decimal(value);
  if (price >= 0 && price < Infinity) return price;
  report('ITEM_PRICE_INVALID', 'price');
  return undefined;
}

/** A number or a plain decimal as text; NaN for all else (hexadecimal and empty text included). */
function decimal(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > NUMBER_CHARS) return Number.NaN;
  const text = value.trim();
  return /^[0-9.]+$/.test(text) ? Number(text) : Number.NaN;
}

/**
 * A number within bounds, or a plain decimal.
 *
 * @param value - Anything.
 * @param max - Largest value allowed; the smallest is 0.
 * @param field - Name for the report.
 * @param report - Told `ITEM_FIELD_REJECTED`.
 * @returns The number, or undefined.
 */
export function readNumber(
  value: unknown,
  max: number,
  field: string,
  report: Report,
): number | undefined {
  if (value === undefined || value === null) return undefined;
  const number = decimal(value);
  if (number >= 0 && number <= max) return number;
  report('ITEM_FIELD_REJECTED', field);
  return undefined;
}

/**
 * A URL for a link or picture: http(s) after resolving, or relative; kept as it was written.
 * `new URL` decides, so tabs, control characters and backslashes cannot hide another scheme.
 *
 * @param value - Anything.
 * @param field - Name for the report.
 * @param report - Told `ITEM_URL_REJECTED`, or `ITEM_FIELD_REJECTED` for what is no text.
 * @returns The original string, or undefined.
 */
export function readUrl(value: unknown, field: string, report: Report): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') {
    report('ITEM_FIELD_REJECTED', field);
    return undefined;
  }
  if (value.length <= TEXT_LIMITS.url && isWebUrl(value)) return value;
  report('ITEM_URL_REJECTED', field);
  return undefined;
}

/** Neither a scheme nor a host: the commonest links of a shop need no parser. */
const PLAIN_PATH = /^\/?[a-z0-9_][\w\-./?=&]*$/iu;

function isWebUrl(value: string): boolean {
  if (PLAIN_PATH.test(value)) return true;
  try {
    const { protocol } = new URL(value, 'https://base.invalid');
    return protocol === 'https:' || protocol === 'http:';
  } catch {
    return false; // not a URL at all
  }
}

/**
 * A list of names: an array, or text split at a separator.
 *
 * @param value - Anything.
 * @param kind - `categoryPath` (8 levels, text split at `>`) or `tags` (64, text split at `,`).
 * @param report - Told `ITEM_FIELD_REJECTED` per wrong element, `ITEM_TEXT_TRUNCATED` when cut.
 * @returns At least one name, or undefined.
 */
export function readList(
  value: unknown,
  kind: 'categoryPath' | 'tags',
  report: Report,
): readonly string[] | undefined {
  const [most, limit] =
    kind === 'tags' ? [MAX_TAGS, TEXT_LIMITS.tag] : [MAX_LEVELS, TEXT_LIMITS.name];
  const parts = splitList(value, kind === 'tags' ? ',' : '>', kind, report);
  const names: string[] = [];
  const looked = Math.min(parts.length, most);
  for (let index = 0; index < looked; index++) {
    const name = readText(parts[index], limit, kind, report);
    if (name !== undefined) names.push(name);
  }
  if (parts.length > most) report('ITEM_TEXT_TRUNCATED', kind);
  return names.length > 0 ? names : undefined;
}

function splitList(
  value: unknown,
  separator: string,
  field: string,
  report: Report,
): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return value.slice(0, LIST_CHARS).split(separator);
  if (Array.isArray(value)) return value;
  report('ITEM_FIELD_REJECTED', field);
  return [];
}
