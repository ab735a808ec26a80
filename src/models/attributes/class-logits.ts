/**
 * The classes of a text: the deep and the wide path, mixed.
 *
 * @packageDocumentation
 */
import type { AttributeModel, Block, ClassHead } from './model.ts';
import { softmax } from './softmax.ts';
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
 * Logits → logarithms of probabilities.
 *
 * @param logits - [C]
 * @returns [C] A new array.
 */
export function logOdds(logits: Float32Array): Float32Array {
  const odds = logits.slice();
  const total = softmax(odds);
  return logits.map((logit) => logit - total);
}

/**
 * A weighted mean of the two paths.
 *
 * @param deep - [C] From {@link logOdds}.
 * @param wide - [C] From {@link logOdds}.
 * @param mix - Share of the wide one.
 * @returns [C]
 */
export function mixed(deep: Float32Array, wide: Float32Array, mix: number): Float32Array {
  return deep.map((value, c) => (1 - mix) * value + mix * (wide[c] as number));
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
  const { mix, shift, wide } = model.classes as ClassHead;
  const deep = logOdds(headLogits(model.weights, pooled));
  return best(mixed(deep, logOdds(wideLogits(wide, text)), mix), shift, 1);
}

/**
 * The largest entry of values + factor · shift.
 *
 * @param values - [C]
 * @param shift - [C]
 * @param factor - Any number.
 * @returns Its index; the first of equal ones.
 */
export function best(values: Float32Array, shift: Float32Array, factor: number): number {
  let index = 0;
  let top = -Infinity;
  for (let c = 0; c < values.length; c++) {
    const value = (values[c] as number) + factor * (shift[c] as number);
    if (value > top) [index, top] = [c, value];
  }
  return index;
}
