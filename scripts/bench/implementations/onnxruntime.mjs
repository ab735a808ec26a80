/** ONNX Runtime Web on WebAssembly, one thread: one model with the items in it. */
import { InferenceSession, Tensor, env } from 'onnxruntime-web/wasm';
import { transposed } from '../transposed.mjs';
import { onnxModel } from './onnx-model.mjs';

const WASM = new URL(
  '../../../node_modules/onnxruntime-web/dist/ort-wasm-simd-threaded.wasm',
  import.meta.url,
);

/** @type {import('../implementations.mjs').Open} */
export const openOnnxRuntime = async (items, size) => {
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = { wasm: WASM.href };
  const { d, s } = size;
  const session = await InferenceSession.create(onnxModel(transposed(items, d), size), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
  });
  return {
    top: async (vectors) => {
      const input = new Tensor('float32', vectors, [s, d]);
      const { rows } = await session.run({ vectors: input }, ['rows']);
      return Int32Array.from(/** @type {BigInt64Array} */ (rows?.data), Number);
    },
    close: () => void session.release(),
  };
};
