/**
 * Jobs of our kernels on an open WebGPU backend, over items that stay there.
 *
 * @packageDocumentation
 */
import { backend as activeBackend, engine } from '@tensorflow/tfjs-core';
import type { KernelConfig, Tensor } from '@tensorflow/tfjs-core';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js';
import type { VectorSet } from '../../core/block-cosine.ts';
import { VitrineError } from '../../core/errors.ts';
import { checkSets } from '../../kernels/job-input.ts';
import { type PresenceClasses, presenceClasses } from '../../kernels/presence-classes.ts';
import type { Backend } from '../backend.ts';
import { registerMissing } from '../register-kernels.ts';
import { formatOf, type Products } from './cosines.wgsl.ts';
import { type GpuClock, createGpuClock } from './gpu-clock.ts';
import { stepsOf } from './item-tiles.ts';
import {
  type ResidentTiles,
  jobTensors,
  loadTiles,
  mostRows,
  releaseTensors,
  tileBytes,
} from './resident-tiles.ts';
import { SCORES_KERNEL } from './scores-kernel.ts';
import { packVectors } from './vector-rows.ts';

/** Items, and how they are known. */
export interface LoadedItems {
  /** As they were handed in. */
  readonly set: VectorSet;
  /** Of their presence. */
  readonly classes: PresenceClasses;
}

/** One call of a kernel. */
export interface GpuJob {
  /** Which kernel. */
  readonly kernel: KernelConfig;
  /** [V, D] and [V, B], V at least 1. */
  readonly vectors: VectorSet;
  /** Bytes of the result per item. */
  readonly resultBytes: number;
  /** What the kernel is told besides. */
  readonly attributes?: Readonly<Record<string, number | number[]>>;
}

/** What it gives back. */
export interface GpuAnswer {
  /** One array per tensor of the kernel. */
  readonly parts: readonly (Float32Array | Int32Array)[];
  /** Items of each chunk. */
  readonly chunkRows: readonly number[];
}

/** Runs jobs. */
export class GpuJobs {
  readonly #backend: Backend;
  readonly #products: Products;
  readonly #bindingBytes: number;
  #loaded: LoadedItems | null = null;
  #resident: ResidentTiles | null = null;
  #clock: GpuClock | null = null;
  #gpuMs: number | null = null;
  #isDisposed = false;

  /**
   * @param backend - Of WebGPU, open; stays the caller's.
   * @param products - Format of the items.
   * @param bindingBytes - Most bytes of a binding; never more than the device allows.
   */
  constructor(backend: Backend, products: Products, bindingBytes: number) {
    this.#backend = backend;
    this.#products = products;
    this.#bindingBytes = bindingBytes;
  }

  /** Milliseconds that the GPU worked on the last job; null where the device does not tell. */
  get gpuMs(): number | null {
    return this.#gpuMs;
  }

  /** Bytes of items on the device; 0 before the first job. */
  get bytes(): number {
    return this.#resident?.bytes ?? 0;
  }

  /**
   * Takes items in the place of those from before; they go to the device with the next job.
   *
   * @param set - Checked here.
   */
  load(set: VectorSet): void {
    if (this.#isDisposed) throw new VitrineError('DISPOSED', 'webgpu was closed.');
    checkSets(set);
    this.#release();
    this.#loaded = { set, classes: presenceClasses(set.presence) };
  }

  /**
   * The items, once vectors were found to fit them.
   *
   * @param vectors - [V, D] and [V, B].
   * @returns Items.
   * @throws `SHAPE_MISMATCH`, `DISPOSED`, and `DEVICE_LOST` without items.
   */
  checked(vectors: VectorSet): LoadedItems {
    if (this.#isDisposed) throw new VitrineError('DISPOSED', 'webgpu was closed.');
    if (this.#loaded === null) throw new VitrineError('DEVICE_LOST', 'No items were loaded.');
    checkSets(this.#loaded.set, vectors);
    return this.#loaded;
  }

  /**
   * Runs a kernel: one submission, then one reading per tensor, all at once.
   *
   * @param job - Vectors that {@link GpuJobs.checked} let through; at least one item.
   * @returns Its numbers.
   * @throws `DEVICE_LOST`.
   */
  async run(job: GpuJob): Promise<GpuAnswer> {
    const loaded = this.checked(job.vectors);
    registerMissing('webgpu', [job.kernel]);
    return this.#backend.run(async () => {
      const resident = this.#keep(loaded, job.resultBytes);
      const clock = (this.#clock ??= createGpuClock(activeBackend() as WebGPUBackend));
      clock.start();
      const tensors = this.#record(job, loaded, resident);
      const readClock = clock.stop();
      try {
        const data = tensors.map(async (tensor) => tensor.data<'float32' | 'int32'>());
        const [parts, gpuMs] = await Promise.all([Promise.all(data), readClock()]);
        this.#gpuMs = gpuMs;
        return { parts, chunkRows: resident.chunkRows };
      } finally {
        for (const tensor of tensors) tensor.dispose();
      }
    });
  }

  /**
   * Cosines of all items with all vectors.
   *
   * @param vectors - Vectors [V, D] and presence [V, B] with the block's weight where present.
   * @returns New array [N, V] in [-1, 1]; 0 where no block is common, never NaN.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`, `DISPOSED`.
   */
  async scores(vectors: VectorSet): Promise<Float32Array> {
    const { rows } = this.checked(vectors).set.vectors;
    const width = vectors.vectors.rows;
    const out = new Float32Array(rows * width);
    if (out.length === 0) return out;
    const job = { kernel: SCORES_KERNEL, vectors, resultBytes: 4 * width };
    const { chunkRows, parts } = await this.run(job);
    let at = 0;
    for (const [chunk, part] of parts.entries()) {
      const length = (chunkRows[chunk] as number) * width;
      out.set(part.subarray(0, length), at);
      at += length;
    }
    return out;
  }

  /** Lets the device's memory go. */
  dispose(): void {
    this.#isDisposed = true;
    this.#clock?.close();
    this.#release();
    this.#loaded = null;
  }

  #record(job: GpuJob, loaded: LoadedItems, resident: ResidentTiles): Tensor[] {
    const { set, classes } = loaded;
    const format = formatOf(this.#products);
    const { factors, padded, width, words } = packVectors(job.vectors, classes.masks, format);
    const own = jobTensors({ vectors: words, factors });
    const result = engine().runKernel<Tensor | Tensor[]>(
      job.kernel.kernelName,
      { ...resident.tensors, ...own },
      {
        products: this.#products,
        width,
        padded,
        steps: stepsOf(set.vectors.dims),
        numVectors: job.vectors.vectors.rows,
        chunkRows: [...resident.chunkRows],
        ...job.attributes,
      },
    );
    releaseTensors(own);
    return Array.isArray(result) ? result : [result];
  }

  /** Tensors that stay are made inside a job: only there the backend is surely the one in use. */
  #keep({ classes, set }: LoadedItems, resultBytes: number): ResidentTiles {
    const { device } = activeBackend() as WebGPUBackend;
    const format = formatOf(this.#products);
    const bytes = Math.min(this.#bindingBytes, device.limits.maxStorageBufferBindingSize);
    const most = mostRows(bytes, Math.max(tileBytes(set.vectors.dims, format), resultBytes));
    const kept = this.#resident;
    if (kept !== null && (kept.chunkRows[0] as number) <= most) return kept;
    this.#release();
    this.#resident = loadTiles(set, classes, format, most);
    return this.#resident;
  }

  #release(): void {
    if (this.#resident !== null) releaseTensors(this.#resident.tensors);
    this.#resident = null;
  }
}
