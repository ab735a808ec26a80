/**
 * The wide part of a model: a linear path from words and pairs of words to classes, pruned to a
 * budget. Titles of a shop repeat; what a single word settles needs no deep model (Cheng et al.,
 * "Wide & Deep Learning", 2016).
 *
 * @packageDocumentation
 */
import { tokenize } from '../../catalog/analyze-text.ts';
import { hash32 } from '../../core/rng.ts';
import { indexIn } from '../../core/sorted.ts';

/** Terms and their weights. A term has weights for some classes only. */
export interface WidePart {
  /** [F] Hashes of terms, ascending as signed numbers. */
  readonly keys: Int32Array;
  /** [F] How rare each term is. */
  readonly idf: Float32Array;
  /** [F + 1] Where a term's weights begin. */
  readonly offsets: Int32Array;
  /** [E] Class of a weight. */
  readonly classes: Uint8Array;
  /** [E] */
  readonly values: Float32Array;
  /** [C] */
  readonly bias: Float32Array;
}

const TERM_SEED = 2;

/**
 * Words of a text, and words that stand side by side.
 *
 * @param text - Any.
 * @returns Terms, as often as they stand there.
 * @example termsOf('Red shoe') // ['red', 'shoe', 'red shoe']
 */
export function termsOf(text: string): string[] {
  const words = tokenize(text);
  return [...words, ...words.slice(1).map((word, at) => `${words[at] as string} ${word}`)];
}

/**
 * The key of a term.
 *
 * @param term - From {@link termsOf}.
 * @returns A signed 32-bit number.
 */
export function termKey(term: string): number {
  return hash32(term, TERM_SEED) | 0;
}

/**
 * Logits of the wide part.
 *
 * @param part - Of a model.
 * @param text - Any.
 * @returns [C] Bias plus weights of the terms, tf-idf of length 1.
 */
export function wideLogits(part: WidePart, text: string): Float32Array {
  const uses = new Map<number, number>();
  for (const term of termsOf(text)) {
    const index = indexIn(part.keys, termKey(term));
    if (index >= 0) uses.set(index, (uses.get(index) ?? 0) + 1);
  }
  let square = 0;
  for (const [index, count] of uses) square += (count * (part.idf[index] as number)) ** 2;
  const logits = part.bias.slice();
  for (const [index, count] of uses) {
    const weight = (count * (part.idf[index] as number)) / Math.sqrt(square);
    const end = part.offsets[index + 1] as number;
    for (let at = part.offsets[index] as number; at < end; at++) {
      const c = part.classes[at] as number;
      logits[c] = (logits[c] as number) + weight * (part.values[at] as number);
    }
  }
  return logits;
}

/**
 * What a single word adds to the logits, before the length of the text is divided out.
 *
 * @param part - Of a model.
 * @param word - Lower-cased.
 * @returns [C] Zeros for a word that the part does not know.
 */
export function wideWeights(part: WidePart, word: string): Float32Array {
  const weights = new Float32Array(part.bias.length);
  const index = indexIn(part.keys, termKey(word));
  if (index < 0) return weights;
  const end = part.offsets[index + 1] as number;
  for (let at = part.offsets[index] as number; at < end; at++) {
    weights[part.classes[at] as number] = (part.values[at] as number) * (part.idf[index] as number);
  }
  return weights;
}
