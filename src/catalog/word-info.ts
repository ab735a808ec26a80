/**
 * What is known about a single word, looked up once per word instead of once per question.
 *
 * @packageDocumentation
 */
import { type PhraseNode, phraseTree } from './lexicon.ts';
import { type WordRole, roleOf } from './word-roles.ts';
import { strengthOf } from './sentiment-words.ts';
import { stem } from './stem.ts';
import { isStopWord } from './stop-words.ts';

/** Everything that text analysis asks about a word by itself. */
export interface WordInfo {
  /** The word, at most 40 characters, without genitive or article. */
  readonly word: string;
  /** Stem, or null for a word that says nothing about a product. */
  readonly term: string | null;
  /** Where phrases that begin with the word are found; null when there are none. */
  readonly phrases: PhraseNode | null;
  /** Sentiment, -3 to 3; 0 for most words. */
  readonly strength: number;
  /** What it does to other words; null for most. */
  readonly role: WordRole | null;
  /** Whether it begins with a digit. */
  readonly isNumber: boolean;
}

/** Longest word; longer ones are cut. */
const WORD_CHARS = 40;
/** Most words remembered; a catalog's language has fewer, hostile text cannot grow it further. */
const MAX_WORDS = 20_000;
const known = new Map<string, WordInfo>();

/**
 * Looks a word up; remembers at most 20,000 words, then starts anew.
 *
 * @param found - A lower-cased run of letters and digits, apostrophes inside.
 * @returns What is known about it; the same object for the same word.
 * @example wordInfo("women's").word // 'women'
 */
export function wordInfo(found: string): WordInfo {
  const key = cutWord(found);
  let info = known.get(key);
  if (info === undefined) {
    if (known.size >= MAX_WORDS) known.clear();
    info = describe(withoutApostrophe(key));
    known.set(key, info);
  }
  return info;
}

function cutWord(found: string): string {
  return found.length > WORD_CHARS ? found.slice(0, WORD_CHARS).toWellFormed() : found;
}

/**
 * The word alone: what needs no more need not wait for the lexicons.
 *
 * @param found - As for {@link wordInfo}.
 * @returns `wordInfo(found).word`.
 */
export function cleanWord(found: string): string {
  return withoutApostrophe(cutWord(found));
}

function describe(word: string): WordInfo {
  const first = word.charCodeAt(0);
  return {
    word,
    term: isStopWord(word) ? null : stem(word),
    phrases: phraseTree().get(word) ?? null,
    strength: strengthOf(word),
    role: roleOf(word),
    isNumber: first >= 48 && first <= 57,
  };
}

/** Drops an English genitive and a French or Italian article, joins the rest. */
function withoutApostrophe(word: string): string {
  if (!word.includes("'") && !word.includes('’')) return word;
  const parts = word.split(/['’]/);
  const [head = '', tail = ''] = parts;
  if (parts.length === 2 && tail === 's') return head;
  if (parts.length === 2 && head.length === 1) return tail;
  return parts.join('') || word;
}
