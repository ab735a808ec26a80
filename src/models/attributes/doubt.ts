/**
 * When the model is guessing: it knows too few of an item's words, or its own calibrated scores say
 * that they are likely to be wrong.
 *
 * @packageDocumentation
 */
import type { ScoreHead } from './model.ts';
import type { TokenRows } from './text-tokens.ts';

const LEAST_KNOWN = 2;
const LEAST_SHARE = 0.5;

/** Keeps a score that no text speaks of from a division by 0. */
const TINY = 1e-3;

/**
 * The error to be expected of scores, as a share of that of one who only knows the base rates: a
 * calibrated score p is off by p·(1 - p) in the mean square.
 *
 * @param scores - [O] In [0, 1].
 * @param base - [O] Mean scores of held-out texts.
 * @returns 0 or more; 1 for the base rates themselves.
 */
export function doubtOf(scores: Float32Array, base: Float32Array): number {
  let sum = 0;
  for (const [o, score] of scores.entries()) {
    const rate = base[o] as number;
    sum += (score * (1 - score)) / Math.max(TINY, rate * (1 - rate));
  }
  return sum / Math.max(1, scores.length);
}

/**
 * Whether too little of a text is known.
 *
 * @param tokens - Of the text.
 * @returns True when fewer than two of its words, or fewer than half of them, are known.
 */
export function isStrange(tokens: readonly TokenRows[]): boolean {
  const known = tokens.filter(({ word }) => word >= 0).length;
  return known < LEAST_KNOWN || known < LEAST_SHARE * tokens.length;
}

/**
 * Whether the model is guessing.
 *
 * @param head - Of the model.
 * @param tokens - Of the text.
 * @param scores - [O] What the model says of it.
 * @returns True when the text is strange, or the doubt is among the largest fifth of held-out
 *   texts.
 */
export function isGuess(
  head: Pick<ScoreHead, 'base' | 'doubt'>,
  tokens: readonly TokenRows[],
  scores: Float32Array,
): boolean {
  return isStrange(tokens) || doubtOf(scores, head.base) > head.doubt;
}
