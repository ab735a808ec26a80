/**
 * One call of a kernel of ours for the WebGPU backend of TensorFlow.js: they run on its device, its
 * buffers and its queue, and read and write its tensors.
 *
 * Nothing here waits: programs are only recorded, so that reading the result of the last one sends
 * all of them in one submission.
 *
 * @packageDocumentation
 */
import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import { COSINE_INPUTS, formatOf, INPUT_WORDS, type Products } from './cosines.wgsl.ts';
import { type GpuProgramParts, gpuProgram } from './gpu-program.ts';

/** What all kernels are told. */
export interface CosineAttributes {
  /** Format of the items. */
  readonly products: Products;
  /** Vectors at once. */
  readonly width: number;
  /** Vectors with padding. */
  readonly padded: number;
  /** ⌈D / 4⌉. */
  readonly steps: number;
  /** V. */
  readonly numVectors: number;
  /** Items of each chunk. */
  readonly chunkRows: number[];
}

type Inputs = Parameters<KernelFunc>[0]['inputs'];

/** A call. */
export class KernelCall<A extends CosineAttributes> {
  readonly backend: WebGPUBackend;
  readonly attributes: A;
  readonly #inputs: Inputs;
  readonly #temporary: TensorInfo[] = [];

  constructor({ attrs, backend, inputs }: Parameters<KernelFunc>[0]) {
    this.backend = backend as WebGPUBackend;
    this.attributes = attrs as unknown as A;
    this.#inputs = inputs;
  }

  /** Numbers that every program with cosines reads. */
  shape(chunk: number): Record<string, number> {
    const { chunkRows, padded, steps } = this.attributes;
    return { steps, padded, numItems: chunkRows[chunk] as number };
  }

  /** Names and components of a program's inputs: those of cosines, then others of one word each. */
  layout(...others: string[]): Pick<GpuProgramParts, 'names' | 'components'> {
    const words = INPUT_WORDS[formatOf(this.attributes.products)];
    return {
      names: [...COSINE_INPUTS, ...others],
      components: [...words, ...others.map(() => 1)],
    };
  }

  /** The tensors of {@link Call.layout}. */
  tensors(chunk: number, ...others: TensorInfo[]): TensorInfo[] {
    const names = [`items${chunk}`, `scales${chunk}`, `classes${chunk}`, 'vectors', 'factors'];
    return [...names.map((name) => this.#inputs[name] as TensorInfo), ...others];
  }

  /** A tensor that goes when the call is over. */
  temporary(size: number, type: 'int32' | 'float32', values?: Int32Array): TensorInfo {
    const tensor = this.backend.makeTensorInfo([size], type, values);
    this.#temporary.push(tensor);
    return tensor;
  }

  /** Records a program. */
  run(parts: GpuProgramParts, inputs: TensorInfo[], result: TensorInfo): TensorInfo {
    const { program, uniforms } = gpuProgram(parts);
    return this.backend.runWebGPUProgram(program, inputs, result.dtype, uniforms, result);
  }

  /** Gives temporary tensors back; the backend keeps them until their programs were sent. */
  end(): void {
    for (const { dataId } of this.#temporary) this.backend.disposeData(dataId);
  }
}
