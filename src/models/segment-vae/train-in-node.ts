/**
 * The segment VAE where somebody has opened TensorFlow.js' WASM backend already, as the command line
 * does for the attribute model.
 *
 * @packageDocumentation
 */
import { setBackend } from '@tensorflow/tfjs-core';
import type { SegmentModel, SegmentSamples } from '../../segments/generate/segment-model.ts';
import { registerMissing } from '../register-kernels.ts';
import { VAE_KERNELS } from './open-wasm.ts';
import { trainVae } from './train-vae.ts';
import { vaeStep } from './vae-gradients.ts';

/**
 * Trains the VAE as a page does, without pauses.
 *
 * @param samples - From `segmentSamples`.
 * @param training - Seed and steps, default 400.
 * @returns The model; no tensor is left.
 * @throws When no WASM backend is registered.
 */
export async function trainInNode(
  samples: SegmentSamples,
  training: { readonly seed: number; readonly steps?: number },
): Promise<SegmentModel> {
  registerMissing('wasm', VAE_KERNELS);
  if (!(await setBackend('wasm'))) throw new RangeError('segment VAE: no WASM backend.');
  return trainVae(samples, vaeStep, { ...training, pause: async () => undefined });
}
