/**
 * Variants of one product: the same thing in another colour or size, or listed twice.
 *
 * @packageDocumentation
 */
import type { AnalyzedText } from '../catalog/analyze-text.ts';
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Item } from '../core/types.ts';

/** Share of common words from which titles say the same. */
const SAME_WORDS = 0.8;

/** The same for items whose vectors are almost the same. */
const SIMILAR_WORDS = 0.5;

/** Cosine from which vectors are almost the same. */
const SAME_VECTOR = 0.95;

/** Variants cost about the same: within this factor. */
const SAME_PRICE = 1.25;

/** Kinds of named features in which variants of one product differ. */
const VARYING: ReadonlySet<string> = new Set(['colour', 'size']);

const cache = new WeakMap<EncodedItems, Map<number, ReadonlySet<string>>>();

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0);
}

/**
 * The words of a title that tell the product: not its colour, not its size.
 *
 * @param item - An item.
 * @param named - Its named features.
 * @returns Lower-cased words; all of the title where nothing else would be left.
 * @example titleWords({ id: 'a', title: 'Red tee' }, [{ kind: 'colour', value: 'red', evidence: 'Red' }])
 * // Set { 'tee' }
 */
export function titleWords(item: Item, named: AnalyzedText['named']): ReadonlySet<string> {
  const varying = new Set(
    named.filter(({ kind }) => VARYING.has(kind)).flatMap(({ evidence }) => wordsOf(evidence)),
  );
  const words = wordsOf(item.title ?? '');
  const kept = words.filter((word) => !varying.has(word));
  return new Set(kept.length > 0 ? kept : words);
}

function wordsAt(encoded: EncodedItems, row: number): ReadonlySet<string> {
  const known = cache.get(encoded) ?? new Map<number, ReadonlySet<string>>();
  cache.set(encoded, known);
  const before = known.get(row);
  if (before) return before;
  const words = titleWords(encoded.items[row] as Item, encoded.textOf(row).named);
  known.set(row, words);
  return words;
}

const hasDigit = (word: string): boolean => /\d/u.test(word);

/** Common words by all words; 0 where they differ in a number: another model, another volume. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const word of a) {
    if (b.has(word)) common++;
    else if (hasDigit(word)) return 0;
  }
  for (const word of b) if (!a.has(word) && hasDigit(word)) return 0;
  return common / Math.max(1, a.size + b.size - common);
}

function isSameKind(a: Item, b: Item): boolean {
  const isSame = (x: string | undefined, y: string | undefined): boolean =>
    x === y || x?.toLowerCase() === y?.toLowerCase();
  const one = a.price ?? b.price ?? 0;
  const other = b.price ?? one;
  return (
    isSame(a.brand, b.brand) &&
    isSame(a.categoryPath?.at(-1), b.categoryPath?.at(-1)) &&
    Math.max(one, other) <= SAME_PRICE * Math.min(one, other)
  );
}

/**
 * Whether two candidates are variants of one product.
 *
 * They are of one brand and category (or have none), their prices are at most a quarter apart, no
 * number in their titles differs, and, colour and size aside, either four fifths of all words of the
 * titles are common, or half of them and the cosine of the vectors is at least 0.95. Items without a
 * title are never variants.
 *
 * @param encoded - Candidates.
 * @param pair - Rows of two of them.
 * @param cosine - Of their vectors.
 * @returns True for variants; symmetric.
 */
export function areVariants(
  encoded: EncodedItems,
  pair: readonly [number, number],
  cosine: number,
): boolean {
  const [a, b] = pair;
  if (!isSameKind(encoded.items[a] as Item, encoded.items[b] as Item)) return false;
  const shared = overlap(wordsAt(encoded, a), wordsAt(encoded, b));
  return shared >= (cosine >= SAME_VECTOR ? SIMILAR_WORDS : SAME_WORDS);
}
