/** TensorFlow.js on WebAssembly, operation by operation, one thread. */
import { registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul.js';
import { topKConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/TopK.js';
import { startWasm } from '../../../src/models/open-wasm.ts';
import { openTopK } from './tfjs-job.mjs';

const WASM = new URL(
  '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  import.meta.url,
);

/** @type {Promise<void> | undefined} */
let opening;

/** @returns {Promise<void>} When the backend is registered. */
async function start() {
  const backend = await startWasm(await WebAssembly.compileStreaming(fetch(WASM)));
  registerBackend('wasm', () => backend);
  for (const config of [batchMatMulConfig, topKConfig]) registerKernel(config);
}

/** @type {import('../implementations.mjs').Open} */
export const openTfjsWasm = async (items, size) => {
  await (opening ??= start());
  return openTopK('wasm', items, size);
};
