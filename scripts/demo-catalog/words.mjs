/**
 * Words into sentences: articles, capitals and slots.
 */

/**
 * The indefinite article for the words that follow.
 *
 * @param {string} words a noun with its adjectives
 * @returns {'a' | 'an'} `articleFor('oak table') // 'an'`; `articleFor('USB-C hub') // 'a'`
 */
export function articleFor(words) {
  const word = words.toLowerCase();
  if (['usb', 'uni', 'use', 'uku', 'eu', 'one', 'uv'].some((start) => word.startsWith(start))) {
    return 'a';
  }
  return 'aeiou'.includes(word.charAt(0)) || word.startsWith('8') ? 'an' : 'a';
}

/**
 * Capital first letter, the rest untouched.
 *
 * @param {string} text words
 * @returns {string} the text
 */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const SMALL_WORDS = new Set([
  'in',
  'of',
  'with',
  'for',
  'and',
  'the',
  'a',
  'an',
  'to',
  'de',
  'one’s',
]);

/**
 * Title case with small words kept small.
 *
 * @param {string} text words
 * @returns {string} `titleCase('noise-cancelling headphones in sage') // 'Noise-Cancelling Headphones in Sage'`
 */
export function titleCase(text) {
  return text
    .split(' ')
    .map((word, i) =>
      i > 0 && SMALL_WORDS.has(word) ? word : word.split('-').map(capital).join('-'),
    )
    .join(' ');
}

/**
 * Fills a sentence pattern: `{slot}` from the table, `[one|many]` by number, `a(n)` by the next word.
 *
 * @param {string} pattern the sentence
 * @param {ReadonlyMap<string, string>} slots words by slot name
 * @param {boolean} plural chooses the second form
 * @returns {string} with a capital first letter
 */
export function fill(pattern, slots, plural) {
  const text = pattern
    .replace(/\[([^|\]]*)\|([^\]]*)\]/g, (_, one, many) => (plural ? many : one))
    .replace(/\{(\w+)\}/g, (_, name) => slots.get(name) ?? '')
    .replace(/\ba\(n\) ([^ ]+)/gi, (_, next) => `${articleFor(next)} ${next}`);
  return capital(text);
}
