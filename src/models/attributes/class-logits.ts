/**
 * The classes of a text: the deep and the wide path, mixed.
 *
 * @packageDocumentation
 */
import { sigmoid } from './calibrate.ts';
import type { AttributeModel, Block, ClassHead, ScoreHead } from './model.ts';
import { wideLogits } from './wide-part.ts';

/**
 * Logits of the head.
 *
 * @param weights - Of a model, with `head` and `headBias`.
 * @param pooled - [W]
 * @returns [O]
 */
export function headLogits(
  weights: ReadonlyMap<string, Block>,
  pooled: Float32Array,
): Float32Array {
  const head = weights.get('head') as Block;
  const logits = (weights.get('headBias') as Block).values.slice();
  for (let w = 0; w < head.rows; w++) {
    const value = pooled[w] as number;
    for (let o = 0; o < head.columns; o++) {
      logits[o] = (logits[o] as number) + value * (head.values[w * head.columns + o] as number);
    }
  }
  return logits;
}

/**
 * Logits of named scores: the encoder's and the linear path's, mixed.
 *
 * @param weights - Of a model, with `head` and `headBias`.
 * @param head - Of the scores.
 * @param pooled - [W] What the encoder made of the text.
 * @param text - The text that the encoder read.
 * @returns [O]
 */
export function scoreLogits(
  weights: ReadonlyMap<string, Block>,
  head: Pick<ScoreHead, 'trust' | 'wide'>,
  pooled: Float32Array,
  text: string,
): Float32Array {
  const deep = headLogits(weights, pooled);
  return wideLogits(head.wide, text).map((value, o) => {
    const trust = head.trust[o] as number;
    return (1 - trust) * value + trust * (deep[o] as number);
  });
}

/**
 * Probabilities of named scores, from other words than the listed ones.
 *
 * @param head - Of the scores.
 * @param logits - [O] From {@link scoreLogits}.
 * @returns [O] In [0, 1].
 */
export function calibrated(
  head: Pick<ScoreHead, 'shift' | 'slope'>,
  logits: Float32Array,
): Float32Array {
  return logits.map((logit, o) =>
    sigmoid((head.slope[o] as number) * logit + (head.shift[o] as number)),
  );
}

/** How two paths are mixed. */
export interface Mix {
  /** Share of the encoder, 0 to 1. */
  readonly trust: number;
  /** [C] 1 for classes of which the encoder has a say. */
  readonly common: Uint8Array;
  /** [C] Added for common classes. */
  readonly shift: Float32Array;
}

/** ln Σ e^value over the common classes. */
function logSum(values: Float32Array, common: Uint8Array): number {
  let top = -Infinity;
  for (const [c, value] of values.entries()) if (common[c] === 1) top = Math.max(top, value);
  let sum = 0;
  for (const [c, value] of values.entries()) if (common[c] === 1) sum += Math.exp(value - top);
  return top + Math.log(sum);
}

/**
 * Logits of both paths together.
 *
 * What the linear path gives to all common classes together is shared out among them by both
 * paths. Of a class with few examples the encoder has learned little but that it is rare, so such a
 * class keeps what the linear path gives it.
 *
 * @param wide - [C] Logits of the linear path.
 * @param deep - [C] Logits of the encoder's head.
 * @param mix - See {@link Mix}; at least one class is common.
 * @returns [C] On the scale of `wide`.
 */
export function mixed(wide: Float32Array, deep: Float32Array, mix: Mix): Float32Array {
  const { common, shift, trust } = mix;
  const [wideSum, deepSum] = [logSum(wide, common), logSum(deep, common)];
  const within = wide.map((value, c) => {
    const own = (1 - trust) * (value - wideSum) + trust * ((deep[c] as number) - deepSum);
    return own + (shift[c] as number);
  });
  const rest = logSum(within, common);
  return wide.map((value, c) => (common[c] === 1 ? wideSum + (within[c] as number) - rest : value));
}

/**
 * The largest entry.
 *
 * @param values - [C]
 * @returns Its index; the first of equal ones.
 */
export function largest(values: Float32Array): number {
  let index = 0;
  for (let c = 1; c < values.length; c++) {
    if ((values[c] as number) > (values[index] as number)) index = c;
  }
  return index;
}

/**
 * The class of a text.
 *
 * @param model - With a class head.
 * @param pooled - [W] What the encoder made of the text.
 * @param text - The text itself, for the wide path.
 * @returns Index of the class.
 */
export function classOf(model: AttributeModel, pooled: Float32Array, text: string): number {
  const head = model.classes as ClassHead;
  return largest(mixed(wideLogits(head.wide, text), headLogits(model.weights, pooled), head));
}
