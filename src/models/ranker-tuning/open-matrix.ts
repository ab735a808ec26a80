/**
 * The design of on-device learning on a device of TensorFlow.js: it is sent there once, in slices,
 * and multiplied from both sides.
 *
 * @packageDocumentation
 */
import { matMul, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { withDeadline } from '../../core/deadline.ts';
import { VitrineError } from '../../core/errors.ts';
import {
  type DesignMatrix,
  type MatrixDevice,
  SLICE_ROWS,
  type Yield,
} from '../../learn/matrix.ts';
import { type Backend, type BackendOptions, openBackend, type TfDevice } from '../backend.ts';
import { registerMissing } from '../register-kernels.ts';

/** How a design is put on a device. */
export interface OpenMatrixOptions extends BackendOptions {
  /** Devices to try, the better one first. */
  readonly devices: readonly TfDevice[];
  /** Lets others have the thread. */
  readonly rest: Yield;
  /** Milliseconds for one product of a slice, default 10,000. */
  readonly jobTimeoutMs?: number;
}

/** A GPU does not hold the thread, but each job takes its time to start. */
const GPU_ROWS = 4_096;

/** Some rows of the design, and the same lying down: WASM transposes slowly. */
interface Slice {
  readonly from: number;
  readonly rows: number;
  readonly upright: Tensor2D;
  readonly lying: Tensor2D;
}

function transpose(data: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) out[c * rows + r] = data[r * columns + c] as number;
  }
  return out;
}

class TfMatrix implements MatrixDevice {
  readonly device: TfDevice;
  readonly #backend: Backend;
  readonly #matrix: DesignMatrix;
  readonly #rest: Yield;
  readonly #jobTimeoutMs: number;
  readonly #sliceRows: number;
  #slices: Slice[] = [];
  #isDisposed = false;

  constructor(backend: Backend, matrix: DesignMatrix, options: OpenMatrixOptions) {
    this.device = backend.device;
    this.#backend = backend;
    this.#matrix = matrix;
    this.#rest = options.rest;
    this.#sliceRows = backend.device === 'webgpu' ? GPU_ROWS : SLICE_ROWS;
    this.#jobTimeoutMs = options.jobTimeoutMs ?? 10_000;
  }

  async times(theta: Float32Array, models: number): Promise<Float32Array> {
    const out = new Float32Array(this.#matrix.rows * models);
    await this.#each(async (slice) => {
      const product = await this.#product(() =>
        matMul(slice.upright, tensor2d(theta, [this.#matrix.params, models])),
      );
      out.set(product, slice.from * models);
    });
    return out;
  }

  async transposedTimes(errors: Float32Array, models: number): Promise<Float32Array> {
    const out = new Float32Array(this.#matrix.params * models);
    await this.#each(async ({ from, rows, lying }) => {
      const part = errors.subarray(from * models, (from + rows) * models);
      const product = await this.#product(() => matMul(lying, tensor2d(part, [rows, models])));
      for (let k = 0; k < out.length; k++) out[k] = (out[k] as number) + (product[k] as number);
    });
    return out;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    try {
      for (const { upright, lying } of this.#slices) {
        upright.dispose();
        lying.dispose();
      }
    } catch {
      // The backend broke and is gone, with all its memory; what broke it was told by the job.
    }
    this.#slices = [];
    this.#backend.dispose();
  }

  async #each(work: (slice: Slice) => Promise<void>): Promise<void> {
    const { rows } = this.#matrix;
    for (let s = 0; s * this.#sliceRows < rows; s++) {
      if (this.#isDisposed) throw new VitrineError('DISPOSED');
      await work(this.#slices[s] ?? (await this.#send(s)));
      await this.#rest();
    }
  }

  /** Tensors that stay are made inside a job: only there the backend is surely the one in use. */
  async #send(s: number): Promise<Slice> {
    const { data, rows, params } = this.#matrix;
    const from = s * this.#sliceRows;
    const count = Math.min(this.#sliceRows, rows - from);
    const part = data.slice(from * params, (from + count) * params);
    await this.#backend.run(async () => {
      const upright = tensor2d(part, [count, params]);
      const lying = tensor2d(transpose(part, count, params), [params, count]);
      this.#slices[s] = { from, rows: count, upright, lying };
      return part;
    });
    return this.#slices[s] as Slice;
  }

  async #product(multiply: () => Tensor2D): Promise<Float32Array> {
    const job = this.#backend.run(async () => {
      const product = tidy(multiply);
      try {
        return await product.data<'float32'>();
      } finally {
        product.dispose();
      }
    });
    const late = (): VitrineError =>
      new VitrineError('DEVICE_TIMEOUT', `${this.device}: learning.`);
    return withDeadline(job, this.#jobTimeoutMs, late);
  }
}

/** A device that returns zeros or noise without an error is found out by the first slice. */
async function check(device: MatrixDevice, { data, rows, params }: DesignMatrix): Promise<void> {
  const theta = Float32Array.from({ length: params }, (_, p) => ((p * 7) % 5) - 2);
  const product = await device.times(theta, 1);
  for (let row = 0; row < rows; row += Math.max(1, Math.floor(rows / 64))) {
    let [exact, size] = [0, 1];
    for (let p = 0; p < params; p++) {
      const term = (data[row * params + p] as number) * (theta[p] as number);
      exact += term;
      size += Math.abs(term);
    }
    if (!(Math.abs((product[row] as number) - exact) < 1e-4 * size)) {
      throw new VitrineError('DEVICE_WRONG_RESULT', `${device.device}: learning.`);
    }
  }
}

/** The other backends come with the kernel. */
async function openWithKernels(wanted: TfDevice, options: BackendOptions): Promise<Backend> {
  if (wanted === 'webgpu') {
    const { MATRIX_KERNELS } = await import('./matrix-kernels-webgpu.ts');
    registerMissing('webgpu', MATRIX_KERNELS);
  }
  return openBackend(wanted, options);
}

/**
 * Puts a design on the first device that computes it rightly.
 *
 * @param matrix - The design; at least one row and one parameter.
 * @param options - See {@link OpenMatrixOptions}.
 * @returns The device; `dispose` frees its memory and its share of the backend.
 * @throws What the last device threw; `DEVICE_UNAVAILABLE` for an empty list of devices.
 */
export async function openMatrix(
  matrix: DesignMatrix,
  options: OpenMatrixOptions,
): Promise<MatrixDevice> {
  let last: unknown = new VitrineError('DEVICE_UNAVAILABLE', 'learning: no device.');
  for (const wanted of options.devices) {
    let device: MatrixDevice | undefined;
    try {
      device = new TfMatrix(await openWithKernels(wanted, options), matrix, options);
      await check(device, matrix);
      return device;
    } catch (error) {
      device?.dispose();
      last = error;
    }
  }
  throw last;
}
