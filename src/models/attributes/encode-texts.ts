/**
 * Texts → states, in batches of like length: on a device, or in plain loops.
 *
 * @packageDocumentation
 */
import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { gatherBatch } from './batch.ts';
import type { EncodedText } from './plain-encoder.ts';
import type { AttributeModel } from './model.ts';
import { encode } from './network.ts';
import type { TokenRows } from './text-tokens.ts';
import { inputOf, type RunJob } from './training-step.ts';

/** What an encoder needs of a model. */
export type EncoderModel = Pick<AttributeModel, 'shape' | 'table' | 'weights'>;

/** Encodes texts; a text without tokens has no states and a mean of zeros. */
export type EncodeTexts = (texts: readonly (readonly TokenRows[])[]) => Promise<EncodedText[]>;

/** Texts per job: small enough that a feed never waits long for its turn. */
const BATCH = 64;
/** Lengths are padded to full steps, so that devices meet few shapes. */
const LENGTH_STEP = 8;

/** States of a batch, [B·L, W]; no tensor is left behind. */
async function statesOf(
  run: RunJob,
  model: EncoderModel,
  texts: readonly (readonly TokenRows[])[],
): Promise<{ readonly states: Float32Array; readonly length: number }> {
  const { shape, table, weights } = model;
  const longest = Math.max(1, ...texts.map((tokens) => tokens.length));
  const length = Math.ceil(longest / LENGTH_STEP) * LENGTH_STEP;
  const batch = gatherBatch(texts, table, shape.width, length);
  const states = await run(async () => {
    const result = tidy(() => {
      const tensors = new Map<string, Tensor2D>();
      for (const [name, { columns, rows, values }] of weights) {
        tensors.set(name, tensor2d(values, [rows, columns]));
      }
      return encode(inputOf(batch, shape.width), tensors, shape).states;
    });
    try {
      return await result.data<'float32'>();
    } finally {
      result.dispose();
    }
  });
  return { states, length };
}

function pool(states: Float32Array, width: number): Float32Array {
  const pooled = new Float32Array(width);
  const share = width / states.length;
  for (let k = 0; k < states.length; k++) {
    const w = k % width;
    pooled[w] = (pooled[w] as number) + share * (states[k] as number);
  }
  return pooled;
}

/**
 * Makes an encoder that runs on a device.
 *
 * @param run - The device's, see {@link RunJob}.
 * @param model - Table and weights.
 * @returns See {@link EncodeTexts}; rejects as `run` does.
 */
export function encodeOnDevice(run: RunJob, model: EncoderModel): EncodeTexts {
  const { width } = model.shape;
  return async (texts) => {
    const order = texts.map((_, at) => at);
    order.sort((a, b) => lengthOf(texts, a) - lengthOf(texts, b) || a - b);
    const results = texts.map((): EncodedText => emptyText(width));
    for (let start = 0; start < order.length; start += BATCH) {
      const rows = order.slice(start, start + BATCH).filter((row) => lengthOf(texts, row) > 0);
      if (rows.length === 0) continue;
      const batch = rows.map((row) => texts[row] as readonly TokenRows[]);
      const { length, states } = await statesOf(run, model, batch);
      for (const [b, row] of rows.entries()) {
        const from = b * length * width;
        const own = states.slice(from, from + lengthOf(texts, row) * width);
        results[row] = { states: own, pooled: pool(own, width) };
      }
    }
    return results;
  };
}

function lengthOf(texts: readonly (readonly TokenRows[])[], row: number): number {
  return texts[row]?.length ?? 0;
}

function emptyText(width: number): EncodedText {
  return { states: new Float32Array(0), pooled: new Float32Array(width) };
}
