/**
 * The kernel of learning on WebGPU: a chunk of its own, since ranking needs no matrix product.
 *
 * @packageDocumentation
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul.js';

/** All that `open-matrix.ts` runs. */
export const MATRIX_KERNELS: readonly KernelConfig[] = [batchMatMulConfig];
