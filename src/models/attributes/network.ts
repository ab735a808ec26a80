/**
 * The encoder as plain functions over core ops: pre-norm Transformer blocks and a mean over the
 * tokens. Letters: B texts, L tokens of the longest one, W width, H heads, K = W / H.
 *
 * The table of rows is looked up on the host (see `text-tokens.ts`): tokens come in as a tensor, and
 * their gradient goes back to the rows there. So no device needs the gradient of `gather`, which
 * WASM lacks.
 *
 * @packageDocumentation
 */
import {
  add,
  customGrad,
  matMul,
  mean,
  mul,
  reshape,
  rsqrt,
  sigmoid,
  slice,
  softmax,
  square,
  sub,
  sum,
  transpose,
} from '@tensorflow/tfjs-core';
import type { Rank, Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { type EncoderShape, GELU_SLOPE, NORM_EPSILON } from './encoder-shapes.ts';

/** Weights by name, see `encoder-shapes.ts`. */
export type Weights<T> = ReadonlyMap<string, T>;

/**
 * x·W with a gradient made of products without flags: the WASM kernel is quick only when neither
 * side is transposed by the product itself.
 */
const product = customGrad((x, w, save) => {
  const [left, right] = [x as Tensor2D, w as Tensor2D];
  (save as (tensors: Tensor[]) => void)([left, right]);
  return {
    value: matMul(left, right),
    gradFunc: (dy: Tensor, saved: Tensor[]) => {
      const [a, b] = saved as [Tensor2D, Tensor2D];
      return [matMul(dy as Tensor2D, transpose(b)), matMul(transpose(a), dy as Tensor2D)];
    },
  };
});

/**
 * An affine map.
 *
 * @param x - [N, I]
 * @param weight - [I, O]
 * @param bias - [1, O]
 * @returns [N, O]
 */
export function affine(x: Tensor2D, weight: Tensor2D, bias: Tensor2D): Tensor2D {
  return add(product(x, weight), bias);
}

/** Layer norm over the last axis; gains and shifts are the two rows of `parameters`. */
function norm(x: Tensor2D, parameters: Tensor2D): Tensor2D {
  const width = parameters.shape[1];
  const centred = sub(x, mean(x, 1, true));
  const scaled = mul(centred, rsqrt(add(mean(square(centred), 1, true), NORM_EPSILON)));
  const gain = slice(parameters, [0, 0], [1, width]);
  return add(mul(scaled, gain), slice(parameters, [1, 0], [1, width]));
}

/** A batch of texts, padded to one length. */
export interface EncoderInput {
  /** [B·L, W] Sums of table rows. */
  readonly tokens: Tensor2D;
  /** [B, 1, 1, L] 0 for a token, a large negative number for padding. */
  readonly hides: Tensor4D;
  /** [B, L, 1] One over the number of tokens; 0 for padding. */
  readonly shares: Tensor3D;
}

function get(weights: Weights<Tensor2D>, name: string): Tensor2D {
  return weights.get(name) as Tensor2D;
}

function attention(
  x: Tensor2D,
  { hides }: EncoderInput,
  shape: EncoderShape,
  of: (part: string) => Tensor2D,
): Tensor2D {
  const { heads, width } = shape;
  const size = width / heads;
  const [batch, , , length] = hides.shape;
  const joint = affine(x, of('qkv'), of('qkvBias'));
  // One transposition brings all three to [3·B·H, L, K].
  const parts = reshape(transpose(reshape(joint, [batch, length, 3, heads * size]), [2, 0, 1, 3]), [
    3,
    batch * length * width,
  ]);
  const part = (index: number): Tensor4D =>
    transpose<Tensor4D>(
      reshape(slice(parts, [index, 0], [1, -1]), [batch, length, heads, size]),
      [0, 2, 1, 3],
    );
  const [query, key, value] = [part(0), part(1), part(2)];
  const scores = mul(matMul(query, key, false, true), 1 / Math.sqrt(size));
  const mixed = matMul(softmax(add(scores, hides)), value);
  const joined = reshape<Rank.R2>(transpose(mixed, [0, 2, 1, 3]), [batch * length, width]);
  return affine(joined, of('out'), of('outBias'));
}

/**
 * Runs the encoder.
 *
 * @param input - See {@link EncoderInput}.
 * @param weights - By name, see `encoder-shapes.ts`.
 * @param shape - Sizes.
 * @returns States [B·L, W] after the last norm, and their mean per text [B, W].
 */
export function encode(
  input: EncoderInput,
  weights: Weights<Tensor2D>,
  shape: EncoderShape,
): { readonly states: Tensor2D; readonly pooled: Tensor2D } {
  let x = input.tokens;
  for (let layer = 0; layer < shape.layers; layer++) {
    const of = (part: string): Tensor2D => get(weights, `${layer}.${part}`);
    x = add(x, attention(norm(x, of('norm1')), input, shape, of));
    const up = affine(norm(x, of('norm2')), of('up'), of('upBias'));
    const active = mul<Tensor2D>(up, sigmoid(mul(up, GELU_SLOPE)));
    x = add(x, affine(active, of('down'), of('downBias')));
  }
  const states = norm(x, get(weights, 'norm'));
  const [batch, length] = input.shares.shape;
  const byText = reshape(states, [batch, length, shape.width]);
  return { states, pooled: sum(mul(byText, input.shares), 1) };
}
