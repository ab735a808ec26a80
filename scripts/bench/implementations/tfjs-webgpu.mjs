/** TensorFlow.js on WebGPU, operation by operation, as its package comes. */
import { openTopK } from './tfjs-job.mjs';

/** @type {import('../implementations.mjs').Open} */
export const openTfjsWebgpu = async (items, size) => {
  // Registers itself.
  await import('@tensorflow/tfjs-backend-webgpu');
  return openTopK('webgpu', items, size);
};
