/**
 * How strongly single words judge.
 *
 * @packageDocumentation
 */
import { SENTIMENT } from './lexicons/sentiment.ts';
import { stem } from './stem.ts';

let strengths: Map<string, number> | null = null;

/**
 * A word's strength in the lexicon, by itself or by its stem.
 *
 * @param word - Lower-cased.
 * @returns -3 to 3; 0 when the word does not judge.
 * @example strengthOf('breaks') // -1.8
 */
export function strengthOf(word: string): number {
  strengths ??= parseStrengths();
  return strengths.get(word) ?? strengths.get(stem(word)) ?? 0;
}

/** Lines `strength: word word`; stems are kept too, so that `breaking` finds `break`. */
function parseStrengths(): Map<string, number> {
  const map = new Map<string, number>();
  for (const line of SENTIMENT.trim().split('\n')) {
    const [strength = '', words = ''] = line.split(':');
    for (const word of words.trim().split(' ')) {
      map.set(word, Number(strength));
      if (!map.has(stem(word))) map.set(stem(word), Number(strength));
    }
  }
  return map;
}
