/**
 * All cosines, as a kernel of the WebGPU backend of TensorFlow.js.
 *
 * @packageDocumentation
 */
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs-core';
import { integers } from './gpu-program.ts';
import { TILE, paddedRows } from './item-tiles.ts';
import { KernelCall } from './kernel-call.ts';
import { scoresCode } from './scores.wgsl.ts';

const scores: KernelFunc = (call) => {
  const job = new KernelCall(call);
  const { numVectors, products, width } = job.attributes;
  return job.attributes.chunkRows.map((rows, chunk) => {
    const size = paddedRows(rows) * numVectors;
    return job.run(
      {
        ...job.layout(),
        key: `scores ${products} ${width}`,
        code: scoresCode(products, width),
        size,
        lanes: TILE,
        groups: Math.ceil(rows / TILE),
        uniforms: integers({ ...job.shape(chunk), numVectors }),
      },
      job.tensors(chunk),
      job.backend.makeTensorInfo([size], 'float32'),
    );
  });
};

/** Gives one tensor [rows with padding, V] per chunk of items. */
export const SCORES_KERNEL: KernelConfig = {
  kernelName: 'VitrineScores',
  backendName: 'webgpu',
  kernelFunc: scores,
};
