/**
 * What is never recorded, never named and never generated: words that speak of health, religion,
 * sexuality, politics, ethnicity or hardship. The list is data (`sensitive.json`).
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import lists from './sensitive.json' with { type: 'json' };

/** Finds sensitive words in text. */
export interface SensitiveWords {
  /**
   * @param text - Any text.
   * @returns Kind of the first sensitive words in it, or null.
   */
  find(text: string): string | null;
}

/** Splits a text into words in their basic form. */
export type WordsOf = (text: string) => readonly string[];

/** What is added to the list, and taken from it. */
export interface ListChange {
  /** Words, or phrases of at most four; their kind is `shop`. */
  readonly words: readonly string[];
  /** Words or phrases that do not count. */
  readonly except: readonly string[];
}

/** Longest phrase of the list. */
const MAX_WORDS = 4;

/**
 * Compiles the list.
 *
 * @param wordsOf - The list goes through it as the texts do.
 * @param change - What the shop adds and takes out; default nothing.
 * @returns A finder, linear in the text.
 */
export function createSensitiveWords(
  wordsOf: WordsOf,
  change: ListChange = { words: [], except: [] },
): SensitiveWords {
  const kinds = new Map<string, string>();
  for (const [kind, phrases] of Object.entries({ ...lists, shop: change.words })) {
    for (const phrase of phrases) kinds.set(wordsOf(phrase).join(' '), kind);
  }
  for (const phrase of ['', ...change.except]) kinds.delete(wordsOf(phrase).join(' '));
  const known = new Map<string, string | null>();
  const search = (text: string): string | null => {
    const words = wordsOf(text);
    for (let at = 0; at < words.length; at++) {
      for (let length = 1; length <= MAX_WORDS && at + length <= words.length; length++) {
        const found = kinds.get(words.slice(at, at + length).join(' '));
        if (found !== undefined) return found;
      }
    }
    return null;
  };
  return {
    find(text) {
      const before = known.get(text);
      if (before !== undefined) return before;
      const found = search(text);
      known.set(text, found);
      return found;
    },
  };
}

/**
 * What of an item tells what it is about. Descriptions are left out: they say too much by the way.
 *
 * @param item - Any; undefined tells nothing.
 * @returns Title, categories and tags, told apart by full stops.
 */
export function tellingText(item: Item | undefined): string {
  return [item?.title, ...(item?.categoryPath ?? []), ...(item?.tags ?? [])].join(' . ');
}
