/**
 * The similarity job on our own WASM kernels, without TensorFlow.js.
 *
 * @packageDocumentation
 */
import type { SimilarityDevice } from '../core/similarity.ts';
import { compileKernels } from '../kernels/compile-kernels.ts';
import { createKernelDevice } from '../kernels/kernel-device.ts';
import { createWasmScorer } from '../kernels/wasm-scorer.ts';
import { proven } from './known-answer.ts';

/**
 * Opens the WASM kernels for similarities and has them answer a known question.
 *
 * @returns A device that gave right numbers once.
 * @throws `DEVICE_UNAVAILABLE` without WebAssembly SIMD or where a Content Security Policy forbids
 *   it; `DEVICE_LOST` without memory; `DEVICE_WRONG_RESULT`.
 */
export async function openKernelSimilarity(): Promise<SimilarityDevice> {
  return proven(createKernelDevice(createWasmScorer(await compileKernels(), 'wasm')));
}
