/**
 * Sentences begin with a capital.
 *
 * @packageDocumentation
 */

/**
 * Puts a capital first.
 *
 * @param text - Any.
 * @returns The same with its first letter in upper case.
 * @example capital('near the lake') // 'Near the lake'
 */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
