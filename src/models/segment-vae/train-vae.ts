/**
 * Training of the segment VAE in short slices, so that a feed never waits for it.
 *
 * @packageDocumentation
 */
import { createRandom, drawNormal, type Random } from '../../core/rng.ts';
import type { SegmentSamples } from '../../segments/generate/segment-model.ts';
import type { VaeBatch } from './vae-gradients.ts';
import {
  encodeWith,
  startWeights,
  type TrainedVae,
  VAE_PARTS,
  vaeModel,
  type VaeShape,
  type VaeWeights,
} from '../../segments/generate/vae-model.ts';

/** Computes one step; see `vaeStep`. */
export type VaeStep = (
  weights: VaeWeights,
  shape: VaeShape,
  batch: VaeBatch,
) => { readonly loss: number; readonly gradients: VaeWeights };

/** How long, and how. */
export interface VaeTraining {
  /** Draws of weights, batches and noise. */
  readonly seed: number;
  /** Steps, default 400. */
  readonly steps?: number;
  /** H, default 96. */
  readonly hidden?: number;
  /** Z, default 16. */
  readonly latent?: number;
  /** Told after each step: its loss, how many steps are done, of how many. */
  readonly onStep?: (loss: number, done: number, steps: number) => void;
  /** Lets others have the thread. */
  readonly pause?: () => Promise<void>;
  /** Steps between two pauses, default 3. */
  readonly slice?: number;
  /** Weights to go on from; they are changed. */
  readonly weights?: VaeWeights;
  /** Learning rate of Adam at the start, default 0.004; it falls to a tenth along a cosine. */
  readonly rate?: number;
}

/** Samples of a step. */
const BATCH = 64;

/** Steps without a pause. */
const SLICE = 3;

/** Learning rate of fresh weights. */
const RATE = 0.004;

/** Share of samples with behaviour whose profile must be guessed from it. */
const GUESSED = 0.25;

/** Samples that the spread of codes is taken from. */
const MEASURED = 400;

/** Of these, without a pause. */
const MEASURED_AT_ONCE = 50;

function drawBatch(samples: SegmentSamples, latent: number, random: Random): VaeBatch {
  const { dims, profiles, behaviours } = samples;
  const inputs = new Float32Array(BATCH * 2 * dims);
  const targets = new Float32Array(BATCH * dims);
  for (let b = 0; b < BATCH; b++) {
    const at = Math.floor(random() * samples.count) * dims;
    const profile = profiles.subarray(at, at + dims);
    const behaviour = behaviours.subarray(at, at + dims);
    targets.set(profile, b * dims);
    const isGuessed = random() < GUESSED && behaviour.some((value) => value !== 0);
    if (!isGuessed) inputs.set(profile, b * 2 * dims);
    inputs.set(behaviour, b * 2 * dims + dims);
  }
  const noise = Float32Array.from({ length: BATCH * latent }, () => drawNormal(random));
  return { count: BATCH, inputs, targets, noise };
}

/** Adam (Kingma & Ba 2015) on all parts. */
function createAdam(weights: VaeWeights): (gradients: VaeWeights, rate: number) => void {
  const zeros = (): Record<string, Float32Array> =>
    Object.fromEntries(VAE_PARTS.map((part) => [part, new Float32Array(weights[part].length)]));
  const first = zeros();
  const second = zeros();
  let step = 0;
  return (gradients, rate) => {
    step++;
    const size = (rate * Math.sqrt(1 - 0.999 ** step)) / (1 - 0.9 ** step);
    for (const part of VAE_PARTS) {
      const [values, gradient] = [weights[part], gradients[part]];
      const [m, v] = [first[part] as Float32Array, second[part] as Float32Array];
      for (let i = 0; i < values.length; i++) {
        const g = gradient[i] as number;
        m[i] = 0.9 * (m[i] as number) + 0.1 * g;
        v[i] = 0.999 * (v[i] as number) + 0.001 * g * g;
        values[i] =
          (values[i] as number) - (size * (m[i] as number)) / (Math.sqrt(v[i] as number) + 1e-8);
      }
    }
  };
}

/** Standard deviation of the samples' codes. */
async function spreadOf(
  { weights, latent }: { readonly weights: VaeWeights; readonly latent: number },
  { count: all, dims, profiles }: SegmentSamples,
  pause: VaeTraining['pause'],
): Promise<Float64Array> {
  const count = Math.min(MEASURED, all);
  const codes: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    codes.push(encodeWith(weights, profiles.subarray(i * dims, (i + 1) * dims)));
    if ((i + 1) % MEASURED_AT_ONCE === 0) await pause?.();
  }
  return Float64Array.from({ length: latent }, (_, k) => {
    const values = codes.map((code) => code[k] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
    return Math.max(1e-3, Math.sqrt(square));
  });
}

/**
 * Trains.
 *
 * @param samples - At least one.
 * @param step - Computes a step on a device.
 * @param training - See {@link VaeTraining}.
 * @returns The model; the same seed on the same device gives the same one.
 * @throws What `step` throws; RangeError when the loss is not finite.
 */
export async function trainVae(
  samples: SegmentSamples,
  step: VaeStep,
  training: VaeTraining,
): Promise<TrainedVae> {
  const { seed, steps = 400, hidden = 96, latent = 16 } = training;
  const { rate = RATE, slice = SLICE, pause } = training;
  const shape: VaeShape = { dims: samples.dims, hidden, latent };
  const weights = training.weights ?? startWeights(shape, createRandom(seed, 'vae-weights'));
  const update = createAdam(weights);
  const random = createRandom(seed, 'vae-batches');
  for (let s = 0; s < steps; s++) {
    const { loss, gradients } = step(weights, shape, drawBatch(samples, latent, random));
    if (!Number.isFinite(loss)) throw new RangeError(`segment VAE: loss ${loss} at step ${s}.`);
    update(gradients, rate * (0.55 + 0.45 * Math.cos((Math.PI * s) / steps)));
    training.onStep?.(loss, s + 1, steps);
    if ((s + 1) % slice === 0) await pause?.();
  }
  return vaeModel(weights, await spreadOf({ weights, latent }, samples, pause));
}
