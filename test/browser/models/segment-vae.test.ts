/** The segment VAE where it is trained: on WASM in a browser. */
import { engine } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import { trainSegmentVae } from '../../../src/models/segment-vae/train-on-device.ts';
import { openTfSimilarity } from '../../../src/models/tf-similarity.ts';
import type { SegmentSamples } from '../../../src/segments/generate/segment-model.ts';
import { OPTIONS, largestDifference, makeJob } from './jobs.ts';
import { referenceScores } from '../../../src/core/similarity.ts';

/** Profiles on a ring. */
function ring(count: number): SegmentSamples {
  const random = createRandom(1, 'ring');
  const profiles = new Float32Array(count * 8);
  for (let i = 0; i < count; i++) {
    const angle = 2 * Math.PI * random();
    for (let d = 0; d < 8; d++) profiles[i * 8 + d] = Math.cos(angle - d) / 2;
  }
  return { count, dims: 8, profiles, behaviours: profiles.slice() };
}

const samples = ring(200);
const training = { ...OPTIONS, seed: 1, devices: ['wasm'] as const, pause: async () => undefined };

describe('the segment VAE on WASM', () => {
  it('learns, leaves no tensor and frees the backend', async () => {
    const before = engine().state.numTensors;
    const model = await trainSegmentVae(samples, { ...training, steps: 150 });
    expect(engine().state.numTensors).toBe(before);
    const one = samples.profiles.slice(0, 8);
    const back = model.decode(model.encode(one, one));
    const error = back.reduce((sum, value, d) => sum + (value - one[d]!) ** 2, 0);
    expect(error).toBeLessThan(0.1);
    // It can be opened again: nothing of the training stands in the way.
    const device = await openTfSimilarity('wasm', OPTIONS);
    device.dispose();
  });

  it('shares the backend with similarities that are open, and leaves it to them', async () => {
    const device = await openTfSimilarity('wasm', OPTIONS);
    const input = makeJob({ items: 64, vectors: 5, blocks: 2, blockDims: 8 });
    const exact = referenceScores(input);
    try {
      const trained = trainSegmentVae(samples, {
        ...training,
        steps: 9,
        pause: async () => {
          // A feed in the middle of the training.
          expect(largestDifference(await device.scores(input), exact)).toBeLessThan(1e-5);
        },
      });
      expect((await trained).kind).toBe('vae');
      expect(largestDifference(await device.scores(input), exact)).toBeLessThan(1e-5);
    } finally {
      device.dispose();
    }
  });
});
