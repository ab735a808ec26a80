/**
 * The words behind an item's sentiment.
 *
 * @packageDocumentation
 */
import { isNegated } from '../catalog/negation.ts';
import { MAX_TOKENS, scanText } from '../catalog/scan-text.ts';
import type { Item } from '../core/types.ts';

/** Most words that are told. */
const MAX_WORDS = 8;

/**
 * Words of an item that speak for or against it, as it writes them; a denied one begins with
 * `not `. Looks at the same 400 words as the analysis does.
 *
 * @param item - Any valid item.
 * @returns At most 8 distinct words in their order; empty exactly when the sentiment is null.
 * @example sentimentWords({ id: 'a', title: 'Lovely, not cheap' }) // ['lovely', 'not cheap']
 */
export function sentimentWords(item: Item): string[] {
  const words = new Set<string>();
  let left = MAX_TOKENS;
  const { categoryPath = [], description = '', tags = [], title = '' } = item;
  for (const text of [title, tags.join('\n'), null, description]) {
    const scan = scanText(text ?? categoryPath.join('\n'), left);
    left -= scan.words.length;
    if (text === null) continue;
    for (const [at, { strength, word }] of scan.words.entries()) {
      if (strength !== 0) words.add(isNegated(scan, at, at + 1) ? `not ${word}` : word);
    }
  }
  return [...words].slice(0, MAX_WORDS);
}
