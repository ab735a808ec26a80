/** The job in TensorFlow.js' own operations, on whichever backend is open. */
import { getBackend, matMul, setBackend, tensor2d, tidy, topk } from '@tensorflow/tfjs-core';
import { transposed } from '../transposed.mjs';

/** @typedef {import('../implementations.mjs').Size} Size */
/** @typedef {import('../implementations.mjs').Opened} Opened */

/** @param {string} backend @returns {Promise<void>} When it is the one in use. */
async function use(backend) {
  if (getBackend() !== backend && !(await setBackend(backend))) throw new Error(`No ${backend}.`);
}

/**
 * Matrix product and top-K on the device, so that only the top is read back: on WebAssembly half the
 * time of reading all scores, and the backend packs the items once.
 *
 * @param {string} backend - Registered.
 * @param {Float32Array} items - [N, D].
 * @param {Size} size
 * @returns {Promise<Opened>} Items on the device.
 */
export async function openTopK(backend, items, size) {
  const { d, n, s, top } = size;
  await use(backend);
  const kept = tensor2d(transposed(items, d), [d, n]);
  return {
    top: async (vectors) => {
      await use(backend);
      const indices = tidy(
        () => topk(matMul(tensor2d(vectors, [s, d]), kept), Math.min(top, n)).indices,
      );
      const rows = await indices.data();
      indices.dispose();
      return Int32Array.from(rows);
    },
    close: () => kept.dispose(),
  };
}
