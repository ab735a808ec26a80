/**
 * One step of training on the current device: loss and gradients of a batch.
 *
 * @packageDocumentation
 */
import {
  add,
  concat1d,
  matMul,
  mul,
  reshape,
  slice,
  tensor2d,
  tensor3d,
  tensor4d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import type { Rank, Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Batch } from './batch.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import { contrast, crossEntropy, scoreLoss } from './losses.ts';
import type { Block } from './model.ts';
import { affine, encode, type EncoderInput } from './network.ts';

/** What the head of a batch should say. */
export interface HeadTargets {
  /** `classes`: rows sum to 1. `scores`: each in [0, 1]. */
  readonly kind: 'classes' | 'scores';
  /** [B, O] */
  readonly values: Float32Array;
  /** [B, O] Of scores; null for classes. */
  readonly weights: Float32Array | null;
  /** O */
  readonly columns: number;
}

/** Hidden words, one per text at most: which of the batch's hidden words is it? */
export interface Guesses {
  /** [B, W] The table's row of each text's hidden word; zeros for none. */
  readonly rows: Float32Array;
  /** [B, B] Rows sum to 1, or 0 for a text without a hidden word. */
  readonly targets: Float32Array;
}

/** What a step learns from. */
export interface StepInput {
  readonly batch: Batch;
  readonly head: HeadTargets;
  readonly guesses: Guesses | null;
  /** [B/2, B/2] The first half of the batch against the second; null without latent dimensions. */
  readonly same: Float32Array | null;
}

/** What a step found. */
export interface StepResult {
  readonly loss: number;
  /** [B·L, W] */
  readonly tokens: Float32Array;
  /** [B, W] Of the hidden words' rows; null without guesses. */
  readonly guesses: Float32Array | null;
  /** By name. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** Shares of the loss beside the head's. */
const GUESS_SHARE = 0.3;
const CONTRAST_SHARE = 0.2;

/** Runs a job on a device; the job submits everything before its first `await`. */
export type RunJob = (job: () => Promise<Float32Array>) => Promise<Float32Array>;

/** Tensors of a batch. */
export function inputOf(batch: Batch, width: number): EncoderInput {
  const size = batch.texts.length;
  const { length } = batch;
  return {
    tokens: tensor2d(batch.tokens, [size * length, width]),
    hides: tensor4d(batch.hides, [size, 1, 1, length]),
    shares: tensor3d(batch.shares, [size, length, 1]),
  };
}

function headLoss(logits: Tensor2D, { columns, kind, values, weights }: HeadTargets): Scalar {
  const shape: [number, number] = [logits.shape[0], columns];
  const targets = tensor2d(values, shape);
  if (kind === 'classes' || weights === null) return crossEntropy(logits, targets);
  return scoreLoss(logits, targets, tensor2d(weights, shape));
}

function totalLoss(
  pooled: Tensor2D,
  rows: Tensor2D | null,
  weights: ReadonlyMap<string, Tensor2D>,
  { guesses, head, same }: StepInput,
): Scalar {
  const of = (name: string): Tensor2D => weights.get(name) as Tensor2D;
  const size = pooled.shape[0];
  let loss = headLoss(affine(pooled, of('head'), of('headBias')), head);
  if (guesses !== null && rows !== null) {
    const asked = affine(pooled, of('guess'), of('guessBias'));
    const targets = tensor2d(guesses.targets, [size, size]);
    loss = add(loss, mul(crossEntropy(matMul(asked, rows, false, true), targets), GUESS_SHARE));
  }
  if (same !== null) {
    const half = size / 2;
    const latent = affine(pooled, of('latent'), of('latentBias'));
    const one = slice(latent, [0, 0], [half, -1]);
    const other = slice(latent, [half, 0], [half, -1]);
    loss = add(loss, mul(contrast(one, other, tensor2d(same, [half, half])), CONTRAST_SHARE));
  }
  return loss;
}

/** Loss and all gradients in one row, so that a device is read once. */
function gradients(
  input: StepInput,
  weights: ReadonlyMap<string, Block>,
  shape: EncoderShape,
): Tensor1D {
  const fixed = inputOf(input.batch, shape.width);
  const names = [...weights.keys()];
  const start = names.map((name) => {
    const { columns, rows, values } = weights.get(name) as Block;
    return tensor2d(values, [rows, columns]);
  });
  const size = input.batch.texts.length;
  const given = input.guesses === null ? [] : [tensor2d(input.guesses.rows, [size, shape.width])];
  const run = valueAndGrads((tokens: Tensor, ...rest: Tensor[]) => {
    const rows = given.length === 0 ? null : (rest[0] as Tensor2D);
    const own = rest.slice(given.length);
    const named = new Map(names.map((name, at) => [name, own[at] as Tensor2D]));
    const { pooled } = encode({ ...fixed, tokens: tokens as Tensor2D }, named, shape);
    return totalLoss(pooled, rows, named, input);
  });
  const { grads, value } = run([fixed.tokens, ...given, ...start]);
  return concat1d([value, ...grads].map((each) => reshape<Rank.R1>(each, [each.size])));
}

/**
 * Loss and gradients of a batch. No tensor is left behind.
 *
 * @param run - The device's, with gradients registered.
 * @param input - The batch and what it should say.
 * @param weights - By name.
 * @param shape - Sizes of the encoder.
 * @returns See {@link StepResult}.
 */
export async function trainingStep(
  run: RunJob,
  input: StepInput,
  weights: ReadonlyMap<string, Block>,
  shape: EncoderShape,
): Promise<StepResult> {
  const flat = await run(async () => {
    const all = tidy(() => gradients(input, weights, shape));
    try {
      return await all.data<'float32'>();
    } finally {
      all.dispose();
    }
  });
  let at = 1;
  const next = (length: number): Float32Array => flat.subarray(at, (at += length));
  const tokens = next(input.batch.tokens.length);
  const guesses = input.guesses === null ? null : next(input.guesses.rows.length);
  const named = Array.from(weights, ([name, { values }]) => [name, next(values.length)] as const);
  return { loss: flat[0] as number, tokens, guesses, weights: new Map(named) };
}
