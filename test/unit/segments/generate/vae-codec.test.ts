import { describe, expect, it } from 'vitest';
import { readSections, writeSections } from '../../../../src/core/binary.ts';
import { createRandom } from '../../../../src/core/rng.ts';
import { packVae, unpackVae } from '../../../../src/segments/generate/vae-codec.ts';
import {
  startWeights,
  type TrainedVae,
  VAE_PARTS,
  vaeModel,
} from '../../../../src/segments/generate/vae-model.ts';

function modelOf(dims: number): TrainedVae {
  const random = createRandom(dims, 'codec');
  const weights = startWeights({ dims, hidden: 96, latent: 16 }, random);
  for (const part of VAE_PARTS) {
    // Biases too, and a unit whose weights are all 0.
    for (let i = 0; i < weights[part].length; i++) weights[part][i]! += 0.2 * (random() - 0.5);
  }
  for (let row = 0; row < 2 * dims; row++) weights.encoder[row * 96 + 5] = 0;
  return vaeModel(weights, new Float64Array(16).fill(0.5));
}

const model = modelOf(128);
const packed = packVae(model);

describe('a model of segments in bytes', () => {
  it('takes a byte per weight: 45 kB', () => {
    expect(packed.length).toBeGreaterThan(41_000);
    expect(packed.length).toBeLessThan(45_000);
  });

  it('comes back with its shape, and weights within a step of what they were', () => {
    const back = unpackVae(packed, 128);
    expect(back).toMatchObject({ kind: 'vae', shape: model.shape, spread: model.spread });
    for (const part of VAE_PARTS) {
      const largest = Math.max(...model.weights[part].map(Math.abs));
      const most = part.endsWith('Bias') ? 0 : largest / 254 + 1e-7;
      for (const [i, value] of back!.weights[part].entries()) {
        expect(Math.abs(value - model.weights[part][i]!)).toBeLessThanOrEqual(most);
      }
    }
  });

  it('is the same when it is packed again', () => {
    expect(packVae(unpackVae(packed, 128)!)).toEqual(packed);
  });

  it('is not opened in a space of other dimensions', () => {
    expect(unpackVae(packed, 152)).toBeNull();
  });

  it('is not opened when it is cut off at any place, or something else', () => {
    for (const length of [0, 7, 200, 20_000, packed.length - 8]) {
      expect(unpackVae(packed.slice(0, length), 128)).toBeNull();
    }
    expect(unpackVae(new Uint8Array(100).fill(7), 128)).toBeNull();
  });

  it.each([
    ['weights of another length', 'mean', new Int8Array(5)],
    ['weights of another type', 'mean', new Float32Array(96 * 16)],
    ['a scale that is no number', 'mean.scale', new Float32Array(16).fill(Number.NaN)],
    ['a bias without end', 'meanBias', new Float32Array(16).fill(Infinity)],
    ['no spread', 'spread', new Float32Array(16)],
    ['another format', 'shape', Int32Array.of(2, 128, 96, 16)],
    ['a size below 1', 'shape', Int32Array.of(1, 128, -96, 16)],
    ['a size of another network', 'shape', Int32Array.of(1, 128, 4_000_000, 16)],
  ])('is not opened with %s', (_, name, data) => {
    const sections = new Map(readSections(packed)).set(name, data);
    expect(unpackVae(writeSections(sections), 128)).toBeNull();
  });
});
