/**
 * One step of the segment VAE on TensorFlow.js: loss and gradients of a batch.
 *
 * The gradients are written out. They need six kernels, which every backend has, and a third of
 * the bytes that the gradient registry costs; a test compares them with differences.
 *
 * @packageDocumentation
 */
import { add, exp, matMul, mul, scalar, sub, tanh, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import {
  partShapes,
  VAE_PARTS,
  type VaePart,
  type VaeShape,
  type VaeWeights,
} from '../../segments/generate/vae-model.ts';

/** A batch on the host. */
export interface VaeBatch {
  /** B. */
  readonly count: number;
  /** [B, 2·D] profile (or zeros where it is to be guessed) and behaviour. */
  readonly inputs: Float32Array;
  /** [B, D] */
  readonly targets: Float32Array;
  /** [B, Z] standard normal draws. */
  readonly noise: Float32Array;
}

/** How much a nat of divergence from the standard normal prior costs beside squared errors. */
export const BETA = 0.0005;

/** Where a forward pass has been. */
interface Pass {
  readonly hidden: Tensor2D;
  readonly mean: Tensor2D;
  readonly logVariance: Tensor2D;
  readonly deviation: Tensor2D;
  readonly code: Tensor2D;
  readonly opened: Tensor2D;
  readonly output: Tensor2D;
}

type Parts = Readonly<Record<VaePart, Tensor2D>>;

function upload(weights: VaeWeights, shape: VaeShape): Parts {
  const shapes = partShapes(shape);
  const entries = VAE_PARTS.map((part) => [part, tensor2d(weights[part], [...shapes[part]])]);
  return Object.fromEntries(entries) as Record<VaePart, Tensor2D>;
}

function layer(input: Tensor2D, weights: Tensor2D, bias: Tensor2D): Tensor2D {
  return add(matMul(input, weights), bias);
}

function forward(parts: Parts, inputs: Tensor2D, noise: Tensor2D): Pass {
  const hidden = tanh(layer(inputs, parts.encoder, parts.encoderBias));
  const mean = layer(hidden, parts.mean, parts.meanBias);
  const logVariance = layer(hidden, parts.logVariance, parts.logVarianceBias);
  const deviation: Tensor2D = exp(mul(logVariance, scalar(0.5)));
  const code: Tensor2D = add(mean, mul(deviation, noise));
  const opened = tanh(layer(code, parts.decoder, parts.decoderBias));
  const output = layer(opened, parts.output, parts.outputBias);
  return { hidden, mean, logVariance, deviation, code, opened, output };
}

/** Gradient through tanh, given its value. */
function throughTanh(gradient: Tensor2D, value: Tensor2D): Tensor2D {
  return mul(gradient, sub(scalar(1), mul(value, value)));
}

function backward(parts: Parts, pass: Pass, batch: Batch): Parts {
  const { inputs, noise, ones, error } = batch;
  const perItem = scalar(BETA / inputs.shape[0]);
  const opened = throughTanh(matMul(error, parts.output, false, true), pass.opened);
  const code = matMul(opened, parts.decoder, false, true);
  const mean: Tensor2D = add(code, mul(pass.mean, perItem));
  const variance = mul(pass.deviation, pass.deviation);
  const logVariance: Tensor2D = add(
    mul(mul(code, noise), mul(pass.deviation, scalar(0.5))),
    mul(sub(variance, scalar(1)), mul(perItem, scalar(0.5))),
  );
  const hidden = throughTanh(
    add(matMul(mean, parts.mean, false, true), matMul(logVariance, parts.logVariance, false, true)),
    pass.hidden,
  );
  const sumOf = (gradient: Tensor2D): Tensor2D => matMul(ones, gradient);
  return {
    encoder: matMul(inputs, hidden, true),
    encoderBias: sumOf(hidden),
    mean: matMul(pass.hidden, mean, true),
    meanBias: sumOf(mean),
    logVariance: matMul(pass.hidden, logVariance, true),
    logVarianceBias: sumOf(logVariance),
    decoder: matMul(pass.code, opened, true),
    decoderBias: sumOf(opened),
    output: matMul(pass.opened, error, true),
    outputBias: sumOf(error),
  };
}

interface Batch {
  readonly inputs: Tensor2D;
  readonly noise: Tensor2D;
  /** [1, B] */
  readonly ones: Tensor2D;
  /** [B, D] gradient of the loss by the output. */
  readonly error: Tensor2D;
}

/** Loss of a batch on the host, from what the device gave back. */
function lossOf(batch: VaeBatch, output: Float32Array, pass: readonly Float32Array[]): number {
  const [mean, logVariance] = pass as readonly [Float32Array, Float32Array];
  let squares = 0;
  for (let i = 0; i < output.length; i++) {
    squares += ((output[i] as number) - (batch.targets[i] as number)) ** 2;
  }
  let nats = 0;
  for (let i = 0; i < mean.length; i++) {
    const log = logVariance[i] as number;
    nats += ((mean[i] as number) ** 2 + Math.exp(log) - 1 - log) / 2;
  }
  return (squares / 2 + BETA * nats) / batch.count;
}

/**
 * Loss and gradients of a batch on the backend in use, which must answer at once (WASM, CPU).
 *
 * Loss = ½ |x̂ − x|² + β KL, means over the batch. A block of a profile has length √weight, so
 * blocks count by their weights, and a block that is absent is to be decoded as nothing.
 *
 * @param weights - Of the network.
 * @param shape - Its sizes.
 * @param batch - See {@link VaeBatch}.
 * @returns Loss, and gradients in the shapes of the weights. No tensor is left.
 */
export function vaeStep(
  weights: VaeWeights,
  shape: VaeShape,
  batch: VaeBatch,
): { readonly loss: number; readonly gradients: VaeWeights } {
  const { count } = batch;
  let loss = Number.NaN;
  const read: Partial<Record<VaePart, Float32Array>> = {};
  tidy(() => {
    const parts = upload(weights, shape);
    const inputs = tensor2d(batch.inputs, [count, 2 * shape.dims]);
    const noise = tensor2d(batch.noise, [count, shape.latent]);
    const pass = forward(parts, inputs, noise);
    const targets = tensor2d(batch.targets, [count, shape.dims]);
    const error: Tensor2D = mul(sub(pass.output, targets), scalar(1 / count));
    const ones = tensor2d(new Float32Array(count).fill(1), [1, count]);
    const gradients = backward(parts, pass, { inputs, noise, ones, error });
    for (const part of VAE_PARTS) read[part] = gradients[part].dataSync<'float32'>().slice();
    const codes = [pass.mean.dataSync<'float32'>(), pass.logVariance.dataSync<'float32'>()];
    loss = lossOf(batch, pass.output.dataSync<'float32'>(), codes);
  });
  return { loss, gradients: read as Record<VaePart, Float32Array> };
}
