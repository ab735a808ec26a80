/**
 * Gives a device the kernels of the encoder.
 *
 * @packageDocumentation
 */
import { enableProdMode } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import type { TfDevice } from '../backend.ts';
import { registerMissing } from '../register-kernels.ts';

const KERNELS: Readonly<Record<TfDevice, () => Promise<readonly KernelConfig[]>>> = {
  webgpu: async () => (await import('./encoder-kernels-webgpu.ts')).ENCODER_KERNELS,
  wasm: async () => (await import('./encoder-kernels-wasm.ts')).ENCODER_KERNELS,
  cpu: async () => (await import('./encoder-kernels-cpu.ts')).ENCODER_KERNELS,
};

/**
 * Registers the kernels of the encoder that the device does not have yet. The device itself may be
 * opened before or after (`openBackend`).
 *
 * @param device - Which one.
 * @example
 * await registerEncoder('wasm');
 * const backend = await openBackend('wasm', { wasmBaseUrl: './' });
 * const encode = encodeOnDevice((job) => backend.run(job), model);
 */
export async function registerEncoder(device: TfDevice): Promise<void> {
  // The library writes to the shop's console otherwise.
  enableProdMode();
  registerMissing(device, await KERNELS[device]());
}
