/**
 * The segment VAE in the worker: trained on WASM, else on TensorFlow.js' plain backend, in slices.
 *
 * WebGPU is not used: for matrices this small its dispatches cost more than their products.
 *
 * @packageDocumentation
 */
import { setBackend } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { SegmentModel, SegmentSamples } from '../../segments/generate/segment-model.ts';
import { type BackendOptions, isForeign, openBackend } from '../backend.ts';
import { registerMissing } from '../register-kernels.ts';
import { trainVae } from './train-vae.ts';
import { vaeStep } from './vae-gradients.ts';

/** Devices that answer at once, the better one first. */
type VaeDevice = 'wasm' | 'cpu';

/** How the VAE is trained in a worker. */
export interface DeviceTraining extends BackendOptions {
  /** Draws. */
  readonly seed: number;
  /** Lets others have the thread. */
  readonly pause: () => Promise<void>;
  /** Devices to try, in this order; default WASM, then plain JavaScript. */
  readonly devices?: readonly VaeDevice[];
  /** Steps by device; default 400 and 150, three to five seconds each. */
  readonly steps?: number;
}

const STEPS: Readonly<Record<VaeDevice, number>> = { wasm: 400, cpu: 150 };

const KERNELS: Readonly<Record<VaeDevice, () => Promise<readonly KernelConfig[]>>> = {
  wasm: async () => (await import('./open-wasm.ts')).VAE_KERNELS,
  cpu: async () => (await import('./open-cpu.ts')).VAE_KERNELS,
};

async function trainOn(
  device: VaeDevice,
  samples: SegmentSamples,
  training: DeviceTraining,
): Promise<SegmentModel> {
  const { seed, pause, steps = STEPS[device] } = training;
  registerMissing(device, await KERNELS[device]());
  const backend = isForeign(device) ? null : await openBackend(device, training);
  try {
    await setBackend(device);
    return await trainVae(samples, vaeStep, {
      seed,
      steps,
      pause: async () => {
        await pause();
        // Another job may have taken its turn on another device.
        await setBackend(device);
      },
    });
  } finally {
    backend?.dispose();
  }
}

/**
 * Trains the VAE on the first device that can.
 *
 * @param samples - From `segmentSamples`.
 * @param training - See {@link DeviceTraining}.
 * @returns The model. No tensor and no backend of its own is left.
 * @throws What the last device threw.
 */
export async function trainSegmentVae(
  samples: SegmentSamples,
  training: DeviceTraining,
): Promise<SegmentModel> {
  const { devices = ['wasm', 'cpu'] } = training;
  let last: unknown = new RangeError('segment VAE: no device.');
  for (const device of devices) {
    try {
      return await trainOn(device, samples, training);
    } catch (error) {
      last = error;
    }
  }
  throw last;
}
