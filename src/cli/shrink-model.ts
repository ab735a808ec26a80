/**
 * A model of scores → the same with a shorter linear path, so that its file stays under a limit.
 *
 * @packageDocumentation
 */
import type { AttributeModel, ScoreHead } from '../models/attributes/model.ts';
import { writeModel } from '../models/attributes/model-file.ts';
import type { WidePart } from '../models/attributes/wide-part.ts';

/**
 * Numbers of the terms, those that say most first. As in training: the squares of a term's weights
 * by the root of the number of texts that it stands in, up to a factor, since idf is
 * ln((1 + N) / (1 + df)) + 1.
 */
function byImportance({ idf, keys, offsets, values }: WidePart): number[] {
  const worth = Array.from(keys, (_, at) => {
    let squares = 0;
    for (let e = offsets[at] as number; e < (offsets[at + 1] as number); e++) {
      squares += (values[e] as number) ** 2;
    }
    return squares * Math.exp(-(idf[at] as number) / 2);
  });
  return worth
    .map((_, at) => at)
    .sort((a, b) => (worth[b] as number) - (worth[a] as number) || a - b);
}

/** Some of the terms; their order stays. */
function pick(wide: WidePart, terms: readonly number[]): WidePart {
  const kept = terms.toSorted((a, b) => a - b);
  const entries = kept.flatMap((at) => {
    const from = wide.offsets[at] as number;
    return Array.from({ length: (wide.offsets[at + 1] as number) - from }, (_, e) => from + e);
  });
  const offsets = new Int32Array(kept.length + 1);
  for (const [k, at] of kept.entries()) {
    const count = (wide.offsets[at + 1] as number) - (wide.offsets[at] as number);
    offsets[k + 1] = (offsets[k] as number) + count;
  }
  return {
    keys: Int32Array.from(kept, (at) => wide.keys[at] as number),
    idf: Float32Array.from(kept, (at) => wide.idf[at] as number),
    offsets,
    classes: Uint8Array.from(entries, (e) => wide.classes[e] as number),
    values: Float32Array.from(entries, (e) => wide.values[e] as number),
    bias: wide.bias,
  };
}

/**
 * Shortens the linear path until the model's file is small enough.
 *
 * Scores are to be calibrated anew: with fewer terms the rest weigh more.
 *
 * @param model - Of named scores.
 * @param maxBytes - Of its file.
 * @returns A model whose file has at most so many bytes; undefined when the encoder alone has more.
 */
export function shrinkModel(model: AttributeModel, maxBytes: number): AttributeModel | undefined {
  const head = model.scores;
  if (head === null) return undefined;
  const order = byImportance(head.wide);
  const withTerms = (count: number): AttributeModel => {
    const scores: ScoreHead = { ...head, wide: pick(head.wide, order.slice(0, count)) };
    return { ...model, scores };
  };
  const bytes = (count: number): number => writeModel(withTerms(count)).length;
  if (bytes(0) > maxBytes) return undefined;
  // Halving: more terms are more bytes.
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytes(middle) <= maxBytes) low = middle;
    else high = middle - 1;
  }
  return withTerms(low);
}
