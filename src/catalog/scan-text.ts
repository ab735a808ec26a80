/**
 * Splits a text into words once; everything else in text analysis works on the result.
 *
 * @packageDocumentation
 */
import { cleanWord, type WordInfo, wordInfo } from './word-info.ts';

/** What stands before a word: a sentence's end, another break, white space, or a hyphen. */
export const JOIN = { sentence: 0, clause: 1, space: 2, hyphen: 3 } as const;

/** Most words looked at in one item. */
export const MAX_TOKENS = 400;
/** Longest text scanned: 400 words rarely need as much, and the limit of a description. */
export const SCAN_CHARS = 5000;
/** How far a gap between two words is looked at. */
const GAP_CHARS = 8;
const ENDS_SENTENCE = '.!?;:\n\r|•·';

/** Words of a text with where they stand. All arrays have the same length. */
export interface Scan {
  /** The text itself. */
  readonly text: string;
  /** What is known about each word; `word` is the word, lower-cased. */
  readonly words: readonly WordInfo[];
  /** Index in `text` of a word's first character. */
  readonly starts: readonly number[];
  /** Index in `text` after a word's last character. */
  readonly ends: readonly number[];
  /** One of {@link JOIN}: what stands before a word; the first word's is `sentence`. */
  readonly joins: readonly number[];
}

/**
 * Letters, marks and digits in a row, with apostrophes inside. Each character can be matched in
 * one way only, so nothing backtracks.
 */
const WORDS = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
/** The same for texts of ASCII, several times as fast. */
const ASCII_WORDS = /[a-z0-9]+(?:'[a-z]+)*/g;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Splits a text into words.
 *
 * `women's` is `women`, `don't` is `dont`, `l'eau` is `eau`; hyphens split. Cost: linear in the
 * first 5,000 characters, the rest is not looked at.
 *
 * @param text - Any string.
 * @param most - Most words.
 * @returns Words and their places.
 * @example scanText('Noise-cancelling!', 9).words.map((info) => info.word)
 * // ['noise', 'cancelling']
 */
export function scanText(text: string, most: number): Scan {
  const cut = text.length > SCAN_CHARS ? text.slice(0, SCAN_CHARS) : text;
  const lower = cut.toLowerCase();
  // Lower-casing may lengthen a text (İ); then places are counted in the lower-cased one.
  const source = lower.length === cut.length ? cut : lower;
  const found = wordsIn(lower);
  const count = Math.min(found.length, most);
  const words: WordInfo[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const joins: number[] = [];
  let end = 0;
  for (let index = 0; index < count; index++) {
    const word = found[index] ?? '';
    // No word character lies between two words, so this finds the word itself at once.
    const start = lower.indexOf(word, end);
    joins.push(index === 0 ? JOIN.sentence : joinOf(lower, end, start));
    end = start + word.length;
    words.push(wordInfo(word));
    starts.push(start);
    ends.push(end);
  }
  return { text: source, words, starts, ends, joins };
}

/**
 * The words of a text, lower-cased, at most 400 of at most 40 characters.
 *
 * @param text - Any string; its first 5,000 characters count.
 * @returns Words in their order.
 * @example tokenize("Women's 2-in-1 Jacket") // ['women', '2', 'in', '1', 'jacket']
 */
export function tokenize(text: string): string[] {
  const lower = (text.length > SCAN_CHARS ? text.slice(0, SCAN_CHARS) : text).toLowerCase();
  return wordsIn(lower).slice(0, MAX_TOKENS).map(cleanWord);
}

function wordsIn(lower: string): readonly string[] {
  return lower.match(NOT_ASCII.test(lower) ? WORDS : ASCII_WORDS) ?? [];
}

function joinOf(text: string, from: number, to: number): number {
  if (to - from === 1) {
    const code = text.charCodeAt(from);
    if (code === 32) return JOIN.space;
    if (code === 45 || code === 0x2010 || code === 0x2011) return JOIN.hyphen;
  }
  let join: number = JOIN.space;
  const end = Math.min(to, from + GAP_CHARS);
  for (let at = from; at < end; at++) {
    const character = text.charAt(at);
    if (ENDS_SENTENCE.includes(character)) return JOIN.sentence;
    if (character.trim() !== '') join = JOIN.clause;
  }
  return join;
}
