/**
 * One field of a rule each: what it may be, and what a wrong one is told.
 *
 * @packageDocumentation
 */
import type { PriceRange } from '../core/types.ts';

/** Notes what is wrong with a field: its path, the value, what was expected. */
export type Fault = (path: string, got: unknown, expected: string) => undefined;

/** Longest id, title or name. */
const MAX_TEXT = 80;

/** Most ids or names in a list. */
const MAX_LIST = 1_000;

/**
 * A value in a message.
 *
 * @param value - Anything.
 * @returns At most 60 characters of JSON, or the type's name.
 */
export function shown(value: unknown): string {
  try {
    return (JSON.stringify(value) ?? typeof value).slice(0, 60);
  } catch {
    // Circular, or a BigInt: no text of it would help.
    return typeof value;
  }
}

/**
 * A text of limited length.
 *
 * @param value - Unchecked.
 * @param most - Most characters.
 * @returns The text, trimmed; undefined when it is none.
 */
export function textOf(value: unknown, most: number = MAX_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.toWellFormed().trim();
  return text.length > 0 && text.length <= most ? text : undefined;
}

/**
 * A text or a list of texts.
 *
 * @param path - Of the field.
 * @param value - Unchecked.
 * @param fault - Told of a wrong value.
 * @returns Texts, at least one; undefined for a wrong value.
 */
export function textsOf(path: string, value: unknown, fault: Fault): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map((entry) => textOf(entry, 200));
  const isGood = list.length > 0 && list.length <= MAX_LIST && !texts.includes(undefined);
  return isGood
    ? (texts as string[])
    : fault(path, value, `a text or a list of 1 to ${MAX_LIST} texts`);
}

/**
 * A range of prices.
 *
 * @param path - Of the field.
 * @param value - Unchecked.
 * @param fault - Told of a wrong value.
 * @returns The range; undefined for a wrong value.
 */
export function rangeOf(path: string, value: unknown, fault: Fault): PriceRange | undefined {
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isBound = ([name, bound]: [string, unknown]): boolean =>
    (name === 'min' || name === 'max') &&
    typeof bound === 'number' &&
    bound >= 0 &&
    bound < Infinity;
  const { min: low, max: high } = Object.fromEntries(fields) as PriceRange;
  const isGood = fields.length > 0 && fields.every(isBound) && (low ?? 0) <= (high ?? Infinity);
  if (!isGood) return fault(path, value, '{ min, max } with min up to max, one may be missing');
  return value as PriceRange;
}

/**
 * A point in time.
 *
 * @param path - Of the field.
 * @param value - Unchecked; undefined for a field that is not there.
 * @param fault - Told of a wrong value.
 * @returns Milliseconds since the epoch; undefined for a wrong value, and for none.
 */
export function timeOf(path: string, value: unknown, fault: Fault): number | undefined {
  if (value === undefined) return undefined;
  const time = typeof value === 'string' ? Date.parse(value) : value;
  if (typeof time === 'number' && Number.isFinite(time)) return time;
  return fault(path, value, 'milliseconds or a date such as 2026-11-27T00:00:00Z');
}

/**
 * A number within bounds.
 *
 * @param path - Of the field.
 * @param value - Unchecked.
 * @param fault - Told of a wrong value.
 * @param bounds - Least (`above`: itself not) and greatest.
 * @returns The number; undefined for a wrong value.
 */
export function numberOf(
  path: string,
  value: unknown,
  fault: Fault,
  bounds: { readonly above?: number; readonly from?: number; readonly to: number },
): number | undefined {
  const { above, from, to } = bounds;
  const isGood =
    typeof value === 'number' &&
    value <= to &&
    (above === undefined ? value >= (from ?? -Infinity) && Number.isInteger(value) : value > above);
  if (isGood) return value;
  const what = above === undefined ? `a whole number from ${from}` : `a number above ${above}`;
  return fault(path, value, `${what} up to ${to}`);
}
