/**
 * The kernels of the encoder on WebGPU: a chunk of its own.
 *
 * @packageDocumentation
 */
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add.js';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul.js';
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean.js';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply.js';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape.js';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Rsqrt.js';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid.js';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice.js';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax.js';
import { squareConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Square.js';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub.js';
import { sumConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sum.js';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose.js';

/** All that `network.ts` runs without gradients. */
export const ENCODER_KERNELS: readonly KernelConfig[] = [
  addConfig,
  batchMatMulConfig,
  meanConfig,
  multiplyConfig,
  reshapeConfig,
  rsqrtConfig,
  sigmoidConfig,
  sliceConfig,
  softmaxConfig,
  squareConfig,
  subConfig,
  sumConfig,
  transposeConfig,
];
