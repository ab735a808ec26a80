/**
 * Opens a device for similarities as the page does: each is a chunk of its own.
 *
 * @packageDocumentation
 */
import { mayLoadTensorflow, readConditions } from '../core/device-conditions.ts';
import { VitrineError } from '../core/errors.ts';
import type { SimilarityDevice } from '../core/similarity.ts';
import type { TfDevice } from './backend.ts';
import type { TfSimilarityOptions } from './tf-similarity.ts';

/**
 * Opens a device: our own kernels on WASM and WebGPU, TensorFlow.js on the processor.
 *
 * @param device - Which one; no other is tried.
 * @param options - See {@link TfSimilarityOptions}.
 * @returns A device that gave right numbers once.
 * @throws `DEVICE_UNAVAILABLE`, also for what needs TensorFlow.js where the visitor saves data or the
 *   device has little memory or power; `DEVICE_TIMEOUT`, `DEVICE_LOST` or `DEVICE_WRONG_RESULT`.
 */
export async function openSimilarity(
  device: TfDevice,
  options: TfSimilarityOptions,
): Promise<SimilarityDevice> {
  if (device === 'wasm') return (await import('./kernel-similarity.ts')).openKernelSimilarity();
  if (!mayLoadTensorflow(readConditions())) {
    throw new VitrineError(
      'DEVICE_UNAVAILABLE',
      `${device}: the visitor saves data, memory or power.`,
    );
  }
  if (device === 'webgpu') {
    return (await import('./similarity-webgpu.ts')).openWebgpuSimilarity(options);
  }
  return (await import('./tf-similarity.ts')).openTfSimilarity(device, options);
}
