/**
 * The classes of a text: the deep and the wide path, mixed.
 *
 * @packageDocumentation
 */
import type { AttributeModel, Block, ClassHead } from './model.ts';
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
 * Both paths together.
 *
 * @param wide - [C] Logits of the linear path.
 * @param deep - [C] Logits of the encoder's head.
 * @param trust - Share of the deep ones that counts, 0 to 1.
 * @returns [C]
 */
export function mixed(wide: Float32Array, deep: Float32Array, trust: number): Float32Array {
  return wide.map((value, c) => value + trust * (deep[c] as number));
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
  const { shift, trust, wide } = model.classes as ClassHead;
  return best(mixed(wideLogits(wide, text), headLogits(model.weights, pooled), trust), shift, 1);
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
