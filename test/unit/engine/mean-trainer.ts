/** A trainer whose models give the mean of their samples back: what it learns can be told by hand. */
import type { SegmentSamples } from '../../../src/segments/generate/segment-model.ts';
import type {
  DeviceTraining,
  VaeTrainer,
} from '../../../src/models/segment-vae/train-on-device.ts';
import { createRandom } from '../../../src/core/rng.ts';
import {
  startWeights,
  type TrainedVae,
  vaeModel,
} from '../../../src/segments/generate/vae-model.ts';

/** A model that decodes everything to one profile. */
export function meanModel({ count, dims, profiles }: SegmentSamples): TrainedVae {
  const weights = startWeights({ dims, hidden: 2, latent: 2 }, createRandom(1));
  weights.output.fill(0);
  for (let i = 0; i < count * dims; i++) {
    weights.outputBias[i % dims] = weights.outputBias[i % dims]! + profiles[i]! / count;
  }
  return vaeModel(weights, Float64Array.of(1, 1));
}

/** How far a model that is trained on goes towards the mean. */
const STEP = 0.2;

/** What a test sees of a trainer. */
export interface Seen {
  /** Trainings, and those of them that went on from a model. */
  readonly trainings: { fresh: number; tuned: number };
  isClosed: boolean;
}

/**
 * A trainer that takes no time.
 *
 * @param seen - Filled in.
 * @param pause - Called in each training.
 */
export function meanTrainer(seen: Seen, pause: () => Promise<void>): VaeTrainer {
  return {
    device: 'wasm',
    async train(samples: SegmentSamples, { from, onStep }: DeviceTraining) {
      seen.trainings[from === undefined ? 'fresh' : 'tuned']++;
      for (let step = 1; step <= 20; step++) {
        onStep?.(1 / step, step, 20);
        await pause();
      }
      const made = meanModel(samples);
      if (from === undefined) return made;
      // A small step, as of a small rate: the shop's own samples are not forgotten.
      const bias = from.weights.outputBias.map(
        (value, d) => value + STEP * (made.weights.outputBias[d]! - value),
      );
      return vaeModel({ ...made.weights, outputBias: bias }, made.spread);
    },
    close() {
      seen.isClosed = true;
    },
  };
}
