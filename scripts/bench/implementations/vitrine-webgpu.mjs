/** Our own WebGPU kernel: cosines and selection in one submission, 32-bit floats. */
import { openBackend } from '../../../src/models/backend.ts';
import { createGpuScorer } from '../../../src/models/webgpu-kernels/gpu-scorer.ts';
import { BLOCKS, setOf } from './whole-sets.mjs';

/** The bench's adapter may be a software one, which takes its time to open. */
const OPTIONS = { wasmBaseUrl: '', allowSoftware: true, probeTimeoutMs: 20_000 };

/** @type {import('../implementations.mjs').Open} */
export const openWebgpu = async (items, { d, top }) => {
  // Stays open with its thread: TensorFlow.js' own operations are measured on the same device.
  const scorer = createGpuScorer(await openBackend('webgpu', OPTIONS));
  scorer.load(setOf(items, d, 1));
  return {
    top: async (vectors) => (await scorer.top(setOf(vectors, d, 1 / BLOCKS), top)).rows,
    close: () => scorer.dispose(),
  };
};
