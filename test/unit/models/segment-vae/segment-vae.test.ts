/** The segment VAE on TensorFlow.js' plain backend: gradients, training, its run in plain loops. */
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/core/rng.ts';
import { openBackend } from '../../../../src/models/backend.ts';
import { trainSegmentVae } from '../../../../src/models/segment-vae/train-on-device.ts';
import { trainVae } from '../../../../src/models/segment-vae/train-vae.ts';
import { BETA, type VaeBatch, vaeStep } from '../../../../src/models/segment-vae/vae-gradients.ts';
import {
  decodeWith,
  encodeWith,
  startWeights,
  VAE_PARTS,
  type VaeShape,
  type VaeWeights,
} from '../../../../src/segments/generate/vae-model.ts';
import type { SegmentSamples } from '../../../../src/segments/generate/segment-model.ts';

const SHAPE: VaeShape = { dims: 6, hidden: 5, latent: 3 };
const options = { wasmBaseUrl: '', pause: async () => undefined };

/** Profiles on a ring: two numbers say it all, behaviour says where. */
function ring(count: number): SegmentSamples {
  const random = createRandom(1, 'ring');
  const profiles = new Float32Array(count * 6);
  for (let i = 0; i < count; i++) {
    const angle = 2 * Math.PI * random();
    for (let d = 0; d < 6; d++) profiles[i * 6 + d] = Math.cos(angle - d) / 2;
  }
  return { count, dims: 6, profiles, behaviours: profiles.slice() };
}

function batchOf(random: () => number): VaeBatch {
  const draw = (length: number): Float32Array =>
    Float32Array.from({ length }, () => 2 * random() - 1);
  return { count: 4, inputs: draw(4 * 12), targets: draw(4 * 6), noise: draw(4 * 3) };
}

/** The loss in 64-bit sums, item by item: what the device's numbers are compared with. */
function plainLoss(weights: VaeWeights, batch: VaeBatch): number {
  let loss = 0;
  for (let b = 0; b < batch.count; b++) {
    const input = batch.inputs.subarray(b * 12, b * 12 + 12);
    const [profile, behaviour] = [input.subarray(0, 6), input.subarray(6)];
    const mean = encodeWith(weights, profile, behaviour);
    // The second head has the same input as the first.
    const spread = { ...weights, mean: weights.logVariance, meanBias: weights.logVarianceBias };
    const log = encodeWith(spread, profile, behaviour);
    const code = mean.map((value, k) => value + Math.exp(log[k]! / 2) * batch.noise[b * 3 + k]!);
    const output = decodeWith(weights, code);
    for (let d = 0; d < 6; d++) loss += (output[d]! - batch.targets[b * 6 + d]!) ** 2 / 2;
    for (let k = 0; k < 3; k++) {
      loss += (BETA * (mean[k]! ** 2 + Math.exp(log[k]!) - 1 - log[k]!)) / 2;
    }
  }
  return loss / batch.count;
}

beforeAll(async () => {
  // Kernels and backend stay for all tests of this file, as they do beside an open similarity device.
  await openBackend('cpu', { wasmBaseUrl: '' });
  await trainSegmentVae(ring(8), { ...options, seed: 1, steps: 1, devices: ['cpu'] });
});

describe('a step', () => {
  it('has the loss of the plain loops', () => {
    const random = createRandom(3, 'step');
    const weights = startWeights(SHAPE, random);
    const batch = batchOf(random);
    expect(vaeStep(weights, SHAPE, batch).loss).toBeCloseTo(plainLoss(weights, batch), 4);
  });

  it.each(VAE_PARTS)('has the gradient of %s that differences give', (part) => {
    const random = createRandom(5, part);
    const weights = startWeights(SHAPE, random);
    const batch = batchOf(random);
    const { gradients } = vaeStep(weights, SHAPE, batch);
    expect(gradients[part]).toHaveLength(weights[part].length);
    for (let probe = 0; probe < 5; probe++) {
      const at = Math.floor(random() * weights[part].length);
      const moved = (by: number): number => {
        const values = weights[part].slice();
        values[at] = values[at]! + by;
        return plainLoss({ ...weights, [part]: values }, batch);
      };
      const difference = (moved(0.01) - moved(-0.01)) / 0.02;
      expect(Math.abs(gradients[part][at]! - difference)).toBeLessThan(2e-3);
    }
  });

  it('leaves no tensor behind', () => {
    const random = createRandom(7, 'leak');
    const weights = startWeights(SHAPE, random);
    const before = memory().numTensors;
    vaeStep(weights, SHAPE, batchOf(random));
    expect(memory().numTensors).toBe(before);
  });
});

describe('training', () => {
  const samples = ring(200);
  const train = (seed: number, steps: number, losses: number[] = []): ReturnType<typeof trainVae> =>
    trainVae(samples, vaeStep, {
      seed,
      steps,
      hidden: 12,
      latent: 3,
      onStep: (loss) => losses.push(loss),
    });

  it('learns to give profiles back, also from behaviour alone', async () => {
    const losses: number[] = [];
    const model = await train(1, 150, losses);
    const late = losses.slice(-20).reduce((sum, loss) => sum + loss, 0) / 20;
    expect(late).toBeLessThan(0.25 * losses[0]!);
    const [one, other] = [samples.profiles.slice(0, 6), samples.profiles.slice(60, 66)];
    const near = (a: Float32Array, b: Float32Array): number =>
      a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0);
    const guessed = model.decode(model.encode(new Float32Array(6), one));
    expect(near(model.decode(model.encode(one, one)), one)).toBeLessThan(0.1);
    expect(near(guessed, one)).toBeLessThan(near(guessed, other));
  });

  it('gives the same model for the same seed, and another for another', async () => {
    const [a, b, c] = await Promise.all([train(4, 15), train(4, 15), train(5, 15)]);
    const code = Float64Array.of(0.3, -0.2, 0.8);
    expect([...a.decode(code)]).toEqual([...b.decode(code)]);
    expect([...a.decode(code)]).not.toEqual([...c.decode(code)]);
  });

  it('gives the thread away after every third step, and while codes are measured', async () => {
    let pauses = 0;
    const pause = async (): Promise<void> => void pauses++;
    const how = { seed: 1, steps: 12, hidden: 4, latent: 2, pause };
    await trainVae(samples, vaeStep, how);
    expect(pauses).toBe(12 / 3 + 200 / 50);
    await trainVae(samples, vaeStep, { ...how, slice: 1 });
    expect(pauses).toBe(8 + 12 + 4);
  });

  it('goes on from given weights', async () => {
    const weights = startWeights({ dims: 6, hidden: 12, latent: 3 }, createRandom(1, 'w'));
    const first: number[] = [];
    const second: number[] = [];
    const go = { seed: 1, steps: 60, hidden: 12, latent: 3, weights };
    await trainVae(samples, vaeStep, { ...go, onStep: (loss) => first.push(loss) });
    await trainVae(samples, vaeStep, { ...go, onStep: (loss) => second.push(loss) });
    expect(second[0]).toBeLessThan(0.5 * first[0]!);
  });

  it('stops at a loss that is no number', async () => {
    const broken: SegmentSamples = { ...samples, profiles: samples.profiles.map(() => Number.NaN) };
    const training = trainVae(broken, vaeStep, { seed: 1, steps: 3, hidden: 4, latent: 2 });
    await expect(training).rejects.toThrow(RangeError);
  });
});

describe('a worker', () => {
  it('takes the plain backend where WebAssembly cannot be loaded', async () => {
    const model = await trainSegmentVae(ring(50), { ...options, seed: 2, steps: 6 });
    expect(model).toMatchObject({ kind: 'vae', latent: 16 });
  });

  it('is told when no device can', async () => {
    const training = trainSegmentVae(ring(50), { ...options, seed: 2, devices: ['wasm'] });
    await expect(training).rejects.toThrow();
  });
});
