/**
 * What is never named and never generated: words that speak of health, religion, sexuality,
 * politics, ethnicity or hardship. The list is data (`sensitive.json`).
 *
 * @packageDocumentation
 */
import lists from './sensitive.json' with { type: 'json' };

/** Finds sensitive words in text. */
export interface SensitiveWords {
  /**
   * @param text - Any text.
   * @returns Kind of the first sensitive words in it, or null.
   */
  find(text: string): string | null;
}

/** Words of a phrase in the list. */
const MAX_WORDS = 2;

/**
 * Compiles the list.
 *
 * @param wordsOf - Splits a text into words in their basic form; the list goes through it too.
 * @returns A finder, linear in the text.
 */
export function createSensitiveWords(wordsOf: (text: string) => readonly string[]): SensitiveWords {
  const kinds = new Map<string, string>();
  for (const [kind, phrases] of Object.entries(lists)) {
    for (const phrase of phrases) {
      const key = wordsOf(phrase).join(' ');
      if (key.length > 0) kinds.set(key, kind);
    }
  }
  const known = new Map<string, string | null>();
  const search = (text: string): string | null => {
    const words = wordsOf(text);
    for (let at = 0; at < words.length; at++) {
      for (let length = 1; length <= MAX_WORDS; length++) {
        const found = kinds.get(words.slice(at, at + length).join(' '));
        if (found !== undefined && at + length <= words.length) return found;
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
