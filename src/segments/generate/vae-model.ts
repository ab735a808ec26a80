/**
 * The segment VAE as numbers, and its run in plain loops: 40,000 multiplications a call need no
 * device, and a generated segment does not depend on one.
 *
 * @packageDocumentation
 */
import type { Random } from '../../core/rng.ts';
import type { SegmentModel } from './segment-model.ts';

/** Sizes of the network. */
export interface VaeShape {
  /** D, of a profile; the encoder reads profile and behaviour, 2·D. */
  readonly dims: number;
  /** H, units of both hidden layers. */
  readonly hidden: number;
  /** Z, of a code. */
  readonly latent: number;
}

/** Names of the layers' numbers, in the order of a forward pass. */
export const VAE_PARTS = [
  'encoder',
  'encoderBias',
  'mean',
  'meanBias',
  'logVariance',
  'logVarianceBias',
  'decoder',
  'decoderBias',
  'output',
  'outputBias',
] as const;

/** A layer's numbers. */
export type VaePart = (typeof VAE_PARTS)[number];

/** Weights, row-major [inputs, outputs]; biases [outputs]. */
export type VaeWeights = Readonly<Record<VaePart, Float32Array>>;

/**
 * Rows and columns of each part.
 *
 * @param shape - Sizes.
 * @returns [rows, columns]; a bias has one row.
 */
export function partShapes(shape: VaeShape): Readonly<Record<VaePart, readonly [number, number]>> {
  const { dims, hidden, latent } = shape;
  return {
    encoder: [2 * dims, hidden],
    encoderBias: [1, hidden],
    mean: [hidden, latent],
    meanBias: [1, latent],
    logVariance: [hidden, latent],
    logVarianceBias: [1, latent],
    decoder: [latent, hidden],
    decoderBias: [1, hidden],
    output: [hidden, dims],
    outputBias: [1, dims],
  };
}

/** Codes start nearly certain: a decoder that sees only noise learns nothing. */
const START_LOG_VARIANCE = -3;

/**
 * Weights before training: Glorot's uniform distribution, biases 0.
 *
 * @param shape - Sizes.
 * @param random - The same draws give the same weights.
 * @returns Fresh weights.
 */
export function startWeights(shape: VaeShape, random: Random): VaeWeights {
  const shapes = partShapes(shape);
  const entries = VAE_PARTS.map((part) => {
    const [rows, columns] = shapes[part];
    const bound = Math.sqrt(6 / (rows + columns));
    const values = new Float32Array(rows * columns);
    if (part === 'logVarianceBias') values.fill(START_LOG_VARIANCE);
    else if (rows > 1)
      for (let i = 0; i < values.length; i++) values[i] = bound * (2 * random() - 1);
    return [part, values] as const;
  });
  return Object.fromEntries(entries) as Record<VaePart, Float32Array>;
}

/** One dense layer. */
function dense(
  input: ArrayLike<number>,
  weights: Float32Array,
  bias: Float32Array,
  squash: boolean,
): Float64Array {
  const out = Float64Array.from(bias);
  for (let i = 0; i < input.length; i++) {
    const value = input[i] as number;
    if (value === 0) continue;
    const row = i * out.length;
    for (let o = 0; o < out.length; o++) {
      out[o] = (out[o] as number) + value * (weights[row + o] as number);
    }
  }
  return squash ? out.map(Math.tanh) : out;
}

/**
 * Profile and behaviour → mean of the code.
 *
 * @param weights - Trained.
 * @param profile - [D]
 * @param behaviour - [D]; left out: unknown.
 * @returns [Z]
 */
export function encodeWith(
  weights: VaeWeights,
  profile: Float32Array,
  behaviour?: Float32Array,
): Float64Array {
  const input = new Float64Array(2 * profile.length);
  input.set(profile);
  if (behaviour !== undefined) input.set(behaviour, profile.length);
  const hidden = dense(input, weights.encoder, weights.encoderBias, true);
  return dense(hidden, weights.mean, weights.meanBias, false);
}

/**
 * Code → profile.
 *
 * @param weights - Trained.
 * @param code - [Z]
 * @returns [D]
 */
export function decodeWith(weights: VaeWeights, code: ArrayLike<number>): Float32Array {
  const hidden = dense(code, weights.decoder, weights.decoderBias, true);
  return Float32Array.from(dense(hidden, weights.output, weights.outputBias, false));
}

/** A trained VAE, which can be trained on and kept. */
export interface TrainedVae extends SegmentModel {
  /** Always this one of the two. */
  readonly kind: 'vae';
  /** Its sizes. */
  readonly shape: VaeShape;
  /** Its numbers; whoever trains on copies them. */
  readonly weights: VaeWeights;
}

/**
 * A trained VAE as a model of segment space.
 *
 * @param weights - Trained; kept, not copied.
 * @param spread - [Z] standard deviation of the samples' codes.
 * @returns The model.
 */
export function vaeModel(weights: VaeWeights, spread: Float64Array): TrainedVae {
  const dims = weights.outputBias.length;
  const hidden = weights.encoderBias.length;
  return {
    kind: 'vae',
    latent: spread.length,
    spread,
    shape: { dims, hidden, latent: spread.length },
    weights,
    encode: (profile, behaviour) => encodeWith(weights, profile, behaviour),
    decode: (code) => decodeWith(weights, code),
  };
}
