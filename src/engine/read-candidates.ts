/**
 * Whatever the page handed over → valid items.
 *
 * @packageDocumentation
 */
import { type NormalizedCandidates, normalizeCandidates } from '../catalog/candidates.ts';
import { cutText } from '../catalog/cut-text.ts';
import { parseCandidatesText } from '../catalog/parse-candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item, Warning } from '../core/types.ts';

/**
 * Fetches a URL's text; rejects on network errors and statuses other than 2xx. `onPiece` hears of its
 * pieces as they arrive; nothing is fetched any more once there are more than `most` characters.
 */
export type FetchText = (
  url: string,
  onPiece?: (piece: string) => void,
  most?: number,
) => Promise<string>;

/** Characters of a list that are read at least: 4 MB of plain JSON (FAULTS P5). */
const LEAST_TEXT = 4_000_000;

/** Characters that an item may take on average: a longer limit of items is a longer list. */
const TEXT_PER_ITEM = 800;

/** Candidates, and the slice of a pack that the server sent with them. */
export interface ReadCandidates extends NormalizedCandidates {
  /** URL as it was sent, relative to the candidates' own; undefined without one. */
  readonly slice?: string;
  /** The manifest of an index, whose head the items are; undefined for any other candidates. */
  readonly index?: unknown;
}

/**
 * Tells a URL from text that is JSON or NDJSON.
 *
 * @param candidates - As handed over.
 * @returns True for a URL.
 */
export function isUrl(candidates: unknown): candidates is string {
  return typeof candidates === 'string' && !/^\s*[[{]/u.test(candidates);
}

/** Longest URL that is looked at. */
const MAX_URL = 2_000;

/** What else a container holds; a hostile one holds nothing. */
function partsOf(container: unknown): { slice?: string; index?: unknown } {
  if (typeof container !== 'object' || container === null || Array.isArray(container)) return {};
  try {
    if (Object.hasOwn(container, 'vitrineIndex')) return { index: container };
    if (!Object.hasOwn(container, 'slice')) return {};
    const { slice } = container as { slice?: unknown };
    return typeof slice === 'string' && slice.length <= MAX_URL ? { slice } : {};
  } catch {
    return {};
  }
}

/** Says that a list was cut, unless it is said already. */
function withCut(warnings: readonly Warning[], numItems: number): Warning[] {
  if (warnings.some(({ code }) => code === 'CANDIDATES_TOO_MANY')) return [...warnings];
  return [...warnings, { code: 'CANDIDATES_TOO_MANY', count: 1, first: `[${numItems}]` }];
}

/**
 * Reads candidates. Of a text, no more than 800 characters for each of `maxItems` are read, 4 million
 * at least: the rest keeps the server's order, unread.
 *
 * @param candidates - A URL, text that is JSON or NDJSON, a list, or a known container.
 * @param maxItems - Most items; the ids of the rest go to `overflow`.
 * @param fetchText - Fetches.
 * @returns Valid items and warnings, and the container's slice.
 * @throws `CANDIDATES_FETCH`, `CANDIDATES_PARSE` or `CANDIDATES_FORMAT`.
 */
export async function readCandidates(
  candidates: unknown,
  maxItems: number,
  fetchText: FetchText,
): Promise<ReadCandidates> {
  if (typeof candidates !== 'string') {
    return { ...normalizeCandidates(candidates, { maxItems }), ...partsOf(candidates) };
  }
  const most = Math.max(LEAST_TEXT, maxItems * TEXT_PER_ITEM);
  let text: string;
  try {
    text = isUrl(candidates) ? await fetchText(candidates, undefined, most) : candidates;
  } catch (error) {
    throw new VitrineError('CANDIDATES_FETCH', String(error), { cause: error });
  }
  const isCut = text.length > most;
  const { value, badLines } = parseCandidatesText(cutText(text, most));
  const normalized = { ...normalizeCandidates(value, { maxItems }), ...partsOf(value) };
  const { items } = normalized;
  const warnings = isCut ? withCut(normalized.warnings, items.length) : normalized.warnings;
  if (badLines === 0) return { ...normalized, warnings };
  const warning: Warning = { code: 'CANDIDATES_PARSE', count: badLines, first: 'a line' };
  return { ...normalized, warnings: [warning, ...warnings] };
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

function isSameList<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): boolean {
  if (a === b) return true;
  if (a?.length !== b?.length) return false;
  return (a ?? []).every((entry, i) => entry === b?.[i]);
}

/** Scores of one model are the same for the same text. */
function isSameMade(a: Item, b: Item): boolean {
  return (
    a.generated?.modelId === b.generated?.modelId &&
    a.generated?.guessing === b.generated?.guessing &&
    isSameList(a.imageVector, b.imageVector)
  );
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
      isSameList(item.tags, other.tags) &&
      isSameMade(item, other)
    );
  });
}
