/**
 * Names of categories as people read them: shops send both `Kitchen accessories` and
 * `kitchen-accessories`.
 *
 * @packageDocumentation
 */

/** Longer words in capitals only are shouted; shorter ones are `TV` or `USB`. */
const SHOUTED = 5;

/**
 * Puts spaces between the words of a name.
 *
 * @param name - As the shop writes it.
 * @returns The same letters. A hyphen stays in a name that has capitals, and after a single letter.
 * @example readable('kitchen-accessories') // 'kitchen accessories'
 * @example readable('T-shirts') // 'T-shirts'
 */
export function readable(name: string): string {
  const isSlug = name === name.toLowerCase();
  return (isSlug ? name.replaceAll(/([\p{L}\p{N}]{2})-+/gu, '$1 ') : name)
    .split(/[_\s]+/u)
    .filter((word) => word.length > 0)
    .join(' ');
}

/**
 * The same in the middle of a sentence.
 *
 * @param name - As the shop writes it.
 * @returns Words that only begin with a capital, or are shouted, are in small letters.
 * @example inSentence('Frying Pans') // 'frying pans'
 * @example inSentence('TV mounts') // 'TV mounts'
 */
export function inSentence(name: string): string {
  return readable(name)
    .split(' ')
    .map((word) => {
      const isPlain = /^\p{Lu}[\p{Ll}’']+(?:-\p{Ll}+)*$/u.test(word);
      const isShouted = word.length >= SHOUTED && word === word.toUpperCase();
      return isPlain || isShouted ? word.toLowerCase() : word;
    })
    .join(' ');
}
