/**
 * A light English stemmer, for matching only: stems are never shown.
 *
 * @packageDocumentation
 */

const SHORTEST = 3;
/** Endings on which `-es` is a plural of its own: boxes, watches, dishes, glasses. */
const SIBILANTS = ['x', 'z', 'ch', 'sh', 'ss'];

/**
 * Brings plural and verb forms of a word together (step 1 of Porter, 1980, simplified).
 *
 * Words of three letters or fewer and words with other than a-z stay as they are, so that other
 * languages lose at most a plural `s`. Cost: constant.
 *
 * @param token - One lower-cased word.
 * @returns Its stem, never empty for a non-empty word.
 * @example stem('batteries') // 'battery'
 * @example stem('hiking') === stem('hike') // true
 */
export function stem(token: string): string {
  if (token.length <= SHORTEST || !/^[a-z]+$/.test(token)) return token;
  return withoutFinalE(withoutVerbEnding(withoutPlural(token)));
}

function withoutPlural(word: string): string {
  if (!word.endsWith('s') || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) {
    return word;
  }
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (word.endsWith('es') && SIBILANTS.some((end) => word.endsWith(end, word.length - 2))) {
    return word.slice(0, -2);
  }
  return word.slice(0, -1);
}

function withoutVerbEnding(word: string): string {
  if (word.endsWith('eed')) return word;
  const cut = word.endsWith('ing') ? 3 : word.endsWith('ed') ? 2 : 0;
  const rest = word.slice(0, word.length - cut);
  if (cut === 0 || rest.length < SHORTEST || !/[aeiouy]/.test(rest)) return word;
  if (rest.at(-1) === rest.at(-2)) return withoutDouble(rest);
  return isShort(rest) ? `${rest}e` : rest;
}

/** running → run, cancelling → cancel; but rolling → roll, dressing → dress, freeing → free. */
function withoutDouble(word: string): string {
  const last = word.slice(-1);
  const keeps = 'aeousz'.includes(last) || (last === 'l' && word.length <= 4);
  return keeps ? word : word.slice(0, -1);
}

/** Consonant, one vowel, consonant at the end of at most four letters: hik-, shin-, sav-. */
function isShort(word: string): boolean {
  return (
    word.length <= 4 && /[^aeiou][aeiou][^aeiouwxy]$/.test(word) && !/[aeiou].*[aeiou]/.test(word)
  );
}

/** charge and charging, explore and exploring meet without their e; cape and cap stay apart. */
function withoutFinalE(word: string): string {
  if (!word.endsWith('e') || word.length <= 4) return word;
  const isLong = word.length >= 6;
  return isLong || /[^aeiou][^aeiou]e$/.test(word) ? word.slice(0, -1) : word;
}
