/**
 * An item's text as tokens, each a weighted sum of rows of one table: the word's own row when it is
 * known, rows of its letters in threes (so that a word that was never seen still says something),
 * its field, its place.
 *
 * @packageDocumentation
 */
import { tokenize } from '../../catalog/analyze-text.ts';
import { hash32 } from '../../core/rng.ts';
import { indexIn } from '../../core/sorted.ts';
import type { Item } from '../../core/types.ts';

/** Where a word stands. */
const FIELDS = ['title', 'category', 'brand', 'price', 'description'] as const;

/** One of {@link FIELDS}. */
export type Field = (typeof FIELDS)[number];

/** A word of an item. */
export interface Word {
  /** Lower-cased. */
  readonly text: string;
  /** Where it stands. */
  readonly field: Field;
  /** Place in its field, from 0. */
  readonly place: number;
}

/** Most words of each field that are read. */
const MOST: Readonly<Record<Field, number>> = {
  title: 24,
  category: 8,
  brand: 4,
  price: 1,
  description: 64,
};

/** Steps of the price band: half an octave. */
const BANDS_PER_OCTAVE = 2;

/** Price bands need no catalog: an item gets the same band in every list. */
function priceWord(price: number): string {
  return `price ${Math.round(BANDS_PER_OCTAVE * Math.log2(1 + price))}`;
}

/**
 * The words of an item that the model reads.
 *
 * @param item - Any valid item.
 * @returns At most 101, title first; empty when the item says nothing.
 * @example wordsOf({ id: 'a', title: 'Red shoe' }).map(({ text }) => text) // ['red', 'shoe']
 */
export function wordsOf(item: Item): Word[] {
  const of = (field: Field, texts: readonly string[]): Word[] =>
    texts.slice(0, MOST[field]).map((text, place) => ({ text, field, place }));
  return [
    ...of('title', tokenize(item.title ?? '')),
    ...of('category', tokenize(item.categoryPath?.join('\n') ?? '')),
    ...of('brand', tokenize(item.brand ?? '')),
    ...of('price', item.price === undefined ? [] : [priceWord(item.price)]),
    ...of('description', tokenize(item.description ?? '')),
  ];
}

/**
 * Words as one text, for the linear path.
 *
 * @param words - Of an item.
 * @returns The words with spaces between, without the price.
 */
export function plainText(words: readonly Word[]): string {
  return words
    .filter(({ field }) => field !== 'price')
    .map(({ text }) => text)
    .join(' ');
}

/** Rows of the table before those of words: fields, places, the mask. */
const PLACES = 16;

/** The row that stands in for a hidden word. */
const MASK_ROW: number = FIELDS.length + PLACES;

const WORDS_FROM = MASK_ROW + 1;

/** Which rows a model has. */
export interface Vocabulary {
  /** Hashes of known words, ascending as signed numbers. */
  readonly words: Int32Array;
  /** Rows for letters in threes, at least 1. */
  readonly grams: number;
}

/**
 * Rows of the table of a model.
 *
 * @param vocabulary - Its words and letters.
 * @returns How many.
 */
export function rowsOf(vocabulary: Vocabulary): number {
  return WORDS_FROM + vocabulary.words.length + vocabulary.grams;
}

/**
 * The row of a word.
 *
 * @param vocabulary - Of a model.
 * @param word - Lower-cased.
 * @returns Row, or -1 for a word that was never learned.
 */
function wordRow(vocabulary: Vocabulary, word: string): number {
  const { words } = vocabulary;
  const at = indexIn(words, hash32(word) | 0);
  return at < 0 ? -1 : WORDS_FROM + at;
}

/**
 * Learns which words to know: those that stand in enough texts, the commonest first.
 *
 * @param texts - Words of each text.
 * @param limits - Least texts of a word, most words, rows for letters in threes.
 * @returns The vocabulary.
 */
export function learnVocabulary(
  texts: Iterable<readonly Word[]>,
  limits: { readonly minTexts: number; readonly most: number; readonly grams: number },
): Vocabulary {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const text of new Set(words.map((word) => word.text))) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const kept = [...counts]
    .filter(([, count]) => count >= limits.minTexts)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, limits.most);
  const hashes = new Set(kept.map(([text]) => hash32(text) | 0));
  return { words: Int32Array.from(hashes).sort(), grams: limits.grams };
}

/** Rows and weights of one token. */
export interface TokenRows {
  readonly rows: Int32Array;
  readonly weights: Float32Array;
  /** Row of the word itself, or -1. */
  readonly word: number;
}

const GRAM_SEED = 3;

/** Rows of a word's letters in threes, its ends marked. */
function gramRows(text: string, vocabulary: Vocabulary): number[] {
  const marked = `<${text}>`;
  const first = WORDS_FROM + vocabulary.words.length;
  const rows: number[] = [];
  for (let at = 0; at + 3 <= marked.length; at++) {
    rows.push(first + (hash32(marked.slice(at, at + 3), GRAM_SEED) % vocabulary.grams));
  }
  return rows;
}

/**
 * Rows of a word's token.
 *
 * @param word - A word of an item.
 * @param vocabulary - Of the model.
 * @returns Rows with weights: field and place 1, own row 1, letters 1 together.
 */
export function tokenRows(word: Word, vocabulary: Vocabulary): TokenRows {
  const own = wordRow(vocabulary, word.text);
  const fixed = [FIELDS.indexOf(word.field), FIELDS.length + Math.min(word.place, PLACES - 1)];
  if (own >= 0) fixed.push(own);
  const grams = word.field === 'price' ? [] : gramRows(word.text, vocabulary);
  return {
    rows: Int32Array.of(...fixed, ...grams),
    weights: Float32Array.of(...fixed.map(() => 1), ...grams.map(() => 1 / grams.length)),
    word: own,
  };
}

/**
 * The token of a hidden word: where it stands, not what it is.
 *
 * @param word - The word.
 * @returns Rows of field, place and mask.
 */
export function hiddenRows(word: Word): TokenRows {
  const place = FIELDS.length + Math.min(word.place, PLACES - 1);
  return {
    rows: Int32Array.of(FIELDS.indexOf(word.field), place, MASK_ROW),
    weights: Float32Array.of(1, 1, 1),
    word: -1,
  };
}
