/**
 * Which items are of a sensitive kind: what a visitor does with them is never recorded.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { createSensitiveWords, tellingText, type WordsOf } from './sensitive-words.ts';

/** Most entries of each list of the option. */
const MAX_ENTRIES = 1_000;

/** Longest entry, in characters. */
const MAX_LENGTH = 100;

/** Tells sensitive items. */
export interface Shield {
  /**
   * @param item - Any; of undefined nothing is known, so it is not sensitive.
   * @returns Whether it is of a sensitive kind. Linear in its texts, and looked at once.
   */
  isSensitive(item: Item | undefined): boolean;
}

/** The texts of a list that the shop wrote; what is no text is left out. */
function textsOf(options: unknown, name: string): readonly string[] {
  const list = (Object(options) as Readonly<Record<string, unknown>>)[name];
  if (!Array.isArray(list)) return [];
  const texts = list.slice(0, MAX_ENTRIES).filter((entry) => typeof entry === 'string');
  return texts.map((text) => text.slice(0, MAX_LENGTH));
}

/**
 * Makes a shield.
 *
 * @param options - As `VitrineOptions.sensitive`; what is not right in it is left out.
 * @param wordsOf - Splits a text into words in their basic form.
 * @returns Of the default list and the shop's.
 * @example createShield({ categories: ['Lingerie'] }, wordsOf)
 */
export function createShield(options: unknown, wordsOf: WordsOf): Shield {
  const words = createSensitiveWords(wordsOf, {
    words: textsOf(options, 'words'),
    except: textsOf(options, 'except'),
  });
  const plain = (name: string): string => wordsOf(name).join(' ');
  const categories = new Set(textsOf(options, 'categories').map(plain));
  const known = new WeakMap<Item, boolean>();
  const look = (item: Item): boolean =>
    words.find(tellingText(item)) !== null ||
    (item.categoryPath ?? []).some((name) => categories.has(plain(name)));
  return {
    isSensitive(item) {
      if (item === undefined) return false;
      const before = known.get(item);
      if (before !== undefined) return before;
      const found = look(item);
      known.set(item, found);
      return found;
    },
  };
}
