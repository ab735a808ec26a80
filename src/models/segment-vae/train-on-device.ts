/**
 * The segment VAE in the worker: trained on WASM, else on TensorFlow.js' plain backend, in slices.
 *
 * WebGPU is not used: for matrices this small its dispatches cost more than their products.
 *
 * @packageDocumentation
 */
import { setBackend } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { SegmentSamples } from '../../segments/generate/segment-model.ts';
import { type Backend, type BackendOptions, isForeign, openBackend } from '../backend.ts';
import { registerMissing } from '../register-kernels.ts';
import { trainVae, type VaeTraining } from './train-vae.ts';
import { vaeStep } from './vae-gradients.ts';
import type { TrainedVae } from '../../segments/generate/vae-model.ts';

/** Devices that answer at once, the better one first. */
type VaeDevice = 'wasm' | 'cpu';

/** Where the VAE is trained in a worker. */
export interface TrainerOptions extends BackendOptions {
  /** Lets others have the thread; what it throws ends the training. */
  readonly pause: () => Promise<void>;
  /** Devices to try, in this order; default WASM, then plain JavaScript. */
  readonly devices?: readonly VaeDevice[];
  /** Steps of a training from fresh weights; default by device 400 and 150, 3 to 5 s each. */
  readonly steps?: number;
}

/** One training. */
export interface DeviceTraining extends Pick<VaeTraining, 'onStep' | 'rate' | 'seed' | 'slice'> {
  /** Share of a training from fresh weights that is made, default 1. */
  readonly share?: number;
  /** A model to go on from; it is not changed. Default: fresh weights. */
  readonly from?: TrainedVae;
}

/** Trains models one after another, on a device that stays open meanwhile. */
export interface VaeTrainer {
  /** Where; changes when one fails. */
  readonly device: VaeDevice | 'none';
  /**
   * Trains on the first device that can.
   *
   * @param samples - At least one.
   * @param training - See {@link DeviceTraining}.
   * @returns The model; no tensor is left.
   * @throws What the last device or `pause` threw.
   */
  train(samples: SegmentSamples, training: DeviceTraining): Promise<TrainedVae>;
  /** Frees the device. */
  close(): void;
}

const STEPS: Readonly<Record<VaeDevice, number>> = { wasm: 400, cpu: 150 };

const KERNELS: Readonly<Record<VaeDevice, () => Promise<readonly KernelConfig[]>>> = {
  wasm: async () => (await import('./open-wasm.ts')).VAE_KERNELS,
  cpu: async () => (await import('./open-cpu.ts')).VAE_KERNELS,
};

/** Thrown by a pause, not by the device: no other one is tried. */
class Stopped extends Error {}

class DeviceTrainer implements VaeTrainer {
  readonly #options: TrainerOptions;
  readonly #left: VaeDevice[];
  #backend: Backend | null = null;
  #isOpen = false;

  constructor(options: TrainerOptions) {
    this.#options = options;
    this.#left = [...(options.devices ?? ['wasm', 'cpu'])];
  }

  get device(): VaeDevice | 'none' {
    return this.#left[0] ?? 'none';
  }

  async train(samples: SegmentSamples, training: DeviceTraining): Promise<TrainedVae> {
    let last: unknown = new RangeError('segment VAE: no device.');
    for (let device = this.#left[0]; device !== undefined; device = this.#left[0]) {
      try {
        return await this.#trainOn(device, samples, training);
      } catch (error) {
        if (error instanceof Stopped) throw error.cause;
        last = error;
        this.close();
        this.#left.shift();
      }
    }
    throw last;
  }

  close(): void {
    this.#backend?.dispose();
    this.#backend = null;
    this.#isOpen = false;
  }

  async #trainOn(
    device: VaeDevice,
    samples: SegmentSamples,
    { from, share = 1, ...training }: DeviceTraining,
  ): Promise<TrainedVae> {
    if (!this.#isOpen) {
      registerMissing(device, await KERNELS[device]());
      this.#backend = isForeign(device) ? null : await openBackend(device, this.#options);
      this.#isOpen = true;
    }
    await setBackend(device);
    return trainVae(samples, vaeStep, {
      ...training,
      ...(from === undefined ? {} : { ...from.shape, weights: structuredClone(from.weights) }),
      steps: Math.round((this.#options.steps ?? STEPS[device]) * share),
      pause: async () => {
        await this.#options.pause().catch((cause: unknown) => {
          throw new Stopped('pause', { cause });
        });
        // Another job may have taken its turn on another device.
        await setBackend(device);
      },
    });
  }
}

/**
 * Makes a trainer; nothing is opened before its first training.
 *
 * @param options - See {@link TrainerOptions}.
 * @returns A trainer, to be closed.
 */
export function createVaeTrainer(options: TrainerOptions): VaeTrainer {
  return new DeviceTrainer(options);
}

/**
 * Trains the VAE on the first device that can.
 *
 * @param samples - From `segmentSamples`.
 * @param options - See {@link TrainerOptions}, and the seed of all draws.
 * @returns The model. No tensor and no backend of its own is left.
 * @throws What the last device threw.
 */
export async function trainSegmentVae(
  samples: SegmentSamples,
  options: TrainerOptions & Pick<DeviceTraining, 'seed'>,
): Promise<TrainedVae> {
  const trainer = createVaeTrainer(options);
  try {
    return await trainer.train(samples, { seed: options.seed });
  } finally {
    trainer.close();
  }
}
