/**
 * Whatever the page handed over → valid items.
 *
 * @packageDocumentation
 */
import { type NormalizedCandidates, normalizeCandidates } from '../catalog/candidates.ts';
import { parseCandidatesText } from '../catalog/parse-candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item, Warning } from '../core/types.ts';

/** Fetches a URL's text; rejects on network errors and statuses other than 2xx. */
export type FetchText = (url: string) => Promise<string>;

/**
 * Reads candidates.
 *
 * @param candidates - A URL, text that is JSON or NDJSON, a list, or a known container.
 * @param maxItems - Most items; the ids of the rest go to `overflow`.
 * @param fetchText - Fetches.
 * @returns Valid items and warnings.
 * @throws `CANDIDATES_FETCH`, `CANDIDATES_PARSE` or `CANDIDATES_FORMAT`.
 */
export async function readCandidates(
  candidates: unknown,
  maxItems: number,
  fetchText: FetchText,
): Promise<NormalizedCandidates> {
  if (typeof candidates !== 'string') return normalizeCandidates(candidates, { maxItems });
  let text: string;
  try {
    text = /^\s*[[{]/u.test(candidates) ? candidates : await fetchText(candidates);
  } catch (error) {
    throw new VitrineError('CANDIDATES_FETCH', String(error), { cause: error });
  }
  const { value, badLines } = parseCandidatesText(text);
  const normalized = normalizeCandidates(value, { maxItems });
  if (badLines === 0) return normalized;
  const warning: Warning = { code: 'CANDIDATES_PARSE', count: badLines, first: 'a line' };
  return { ...normalized, warnings: [warning, ...normalized.warnings] };
}

const SCALARS = [
  'id',
  'title',
  'description',
  'brand',
  'price',
  'currency',
  'rating',
  'ratingCount',
  'available',
] as const;

function isSameList(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length) return false;
  return (a ?? []).every((entry, i) => entry === b?.[i]);
}

/**
 * Whether two lists hold the same items in the same order, as far as vectors depend on them.
 *
 * @param a - A list.
 * @param b - Another.
 * @returns True when every encoded field is equal.
 */
export function areSameItems(a: readonly Item[], b: readonly Item[]): boolean {
  if (a.length !== b.length) return false;
  return a.every((item, i) => {
    const other = b[i] as Item;
    return (
      SCALARS.every((field) => item[field] === other[field]) &&
      isSameList(item.categoryPath, other.categoryPath) &&
      isSameList(item.tags, other.tags)
    );
  });
}
