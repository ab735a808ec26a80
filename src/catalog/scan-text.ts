/**
 * Splits text into words once; everything else in text analysis works on the result.
 *
 * @packageDocumentation
 */

/** What stands before a word: a sentence's end, another break, white space, or a hyphen. */
export const JOIN = { sentence: 0, clause: 1, space: 2, hyphen: 3 } as const;

/** Most words looked at in one item. */
export const MAX_TOKENS = 400;
const TOKEN_CHARS = 40;
/** How far a gap between two words is looked at. */
const GAP_CHARS = 8;

/** Words of a text with where they stand. All arrays have the same length. */
export interface Scan {
  /** The text itself. */
  readonly text: string;
  /** Lower-cased words, at most 40 characters each. */
  readonly words: readonly string[];
  /** Index in `text` of a word's first character. */
  readonly starts: readonly number[];
  /** Index in `text` after a word's last character. */
  readonly ends: readonly number[];
  /** One of {@link JOIN}: what stands before a word; the first word's is `sentence`. */
  readonly joins: readonly number[];
}

/**
 * Letters, marks and digits in a row, with apostrophes inside. Every character is looked at once:
 * the parts are disjoint, so nothing can be matched in two ways.
 */
const WORD = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
const ASCII_WORD = /[a-z0-9]+(?:'[a-z]+)*/g;
const NOT_ASCII = /[^\0-\x7f]/;

/**
 * Splits a text into words.
 *
 * `women's` is `women`, `don't` is `dont`, `l'eau` is `eau`; hyphens split. Cost: linear in the
 * text up to the last word taken.
 *
 * @param text - Any string; the caller bounds its length.
 * @param most - Most words.
 * @returns Words and their places.
 * @example scanText('Noise-cancelling!', 9).words // ['noise', 'cancelling']
 */
export function scanText(text: string, most: number): Scan {
  const words: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const joins: number[] = [];
  const lower = text.toLowerCase();
  // Lower-casing may lengthen a text (İ); then places are counted in the lower-cased one.
  const source = lower.length === text.length ? text : lower;
  const pattern = NOT_ASCII.test(lower) ? WORD : ASCII_WORD;
  pattern.lastIndex = 0;
  let end = 0;
  while (words.length < most) {
    const match = pattern.exec(lower);
    if (match === null) break;
    const found = match[0];
    joins.push(words.length === 0 ? JOIN.sentence : joinOf(source, end, match.index));
    end = match.index + found.length;
    starts.push(match.index);
    ends.push(end);
    const word = hasApostrophe(found) ? withoutApostrophe(found) : found;
    words.push(word.length > TOKEN_CHARS ? word.slice(0, TOKEN_CHARS) : word);
  }
  return { text: source, words, starts, ends, joins };
}

/**
 * The words of a text, lower-cased, at most 400 of at most 40 characters.
 *
 * @param text - Any string.
 * @returns Words in their order.
 * @example tokenize("Women's 2-in-1 Jacket") // ['women', '2', 'in', '1', 'jacket']
 */
export function tokenize(text: string): string[] {
  return [...scanText(text, MAX_TOKENS).words];
}

function hasApostrophe(word: string): boolean {
  return word.includes("'") || word.includes('’');
}

/** Drops an English genitive and a French or Italian article, joins the rest. */
function withoutApostrophe(word: string): string {
  const parts = word.split(word.includes('’') ? '’' : "'");
  if (parts.length === 2 && parts[1] === 's') return parts[0] ?? word;
  if (parts.length === 2 && parts[0]?.length === 1) return parts[1] ?? word;
  return parts.join('');
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
    const character = text[at] ?? '';
    if ('.!?;:\n\r|•·'.includes(character)) return JOIN.sentence;
    if (character.trim() !== '') join = JOIN.clause;
  }
  return join;
}
