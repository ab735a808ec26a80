/**
 * TensorFlow.js in plain JavaScript: the device behind WASM.
 *
 * @packageDocumentation
 */
import { registerKernel } from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu.js';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/BatchMatMul.js';
import { maximumConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Maximum.js';
import { multiplyConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Multiply.js';
import { realDivConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/RealDiv.js';
import type { OpenedBackend } from './backend.ts';

/**
 * Opens the CPU backend with the kernels of a similarity job.
 *
 * @returns The backend; nothing in it can be missing or get lost.
 */
export async function openCpu(): Promise<OpenedBackend> {
  for (const config of [batchMatMulConfig, maximumConfig, multiplyConfig, realDivConfig]) {
    registerKernel(config);
  }
  return {
    kernels: new MathBackendCPU(),
    guard: async (job) => job(),
    close: () => undefined,
  };
}
