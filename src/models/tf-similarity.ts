/**
 * The similarity job on TensorFlow.js: two matrix products and one division on WASM or in
 * plain JavaScript.
 *
 * @packageDocumentation
 */
import { div, engine, matMul, maximum, mul, scalar, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import { VitrineError } from '../core/errors.ts';
import type { Matrix } from '../core/shapes.ts';
import { checkSimilarityInput } from '../core/similarity.ts';
import type { SimilarityDevice, SimilarityInput } from '../core/similarity.ts';
import { openBackend } from './backend.ts';
import type { Backend, BackendOptions, TfDevice } from './backend.ts';
import { withDeadline } from '../core/deadline.ts';
import { proven } from './known-answer.ts';

/** How a similarity device is opened. */
export interface TfSimilarityOptions extends BackendOptions {
  /** Milliseconds that a job may take, default 5,000; then it rejects with `DEVICE_TIMEOUT`. */
  readonly jobTimeoutMs?: number;
}

// Smallest squared weight that counts as a common block; below it num/TINY is 0 since num is.
const TINY = 1e-30;

// Items are padded to full steps: the WebGPU backend keeps freed buffers for ever, by size, so
// each new number of candidates would cost memory that never comes back.
const ROW_STEP = 256;

/**
 * Opens a device for similarities and has it answer a known question.
 *
 * Matrices of items stay on the device until other ones come (told apart by identity, so a
 * `Matrix` must not be changed after its first use). Results differ from
 * {@link referenceScores} by at most 1e-5.
 *
 * @param wanted - Which device; no other is tried. WebGPU has a kernel of our own.
 * @param options - See {@link TfSimilarityOptions}.
 * @returns A device that gave right numbers once.
 * @throws `DEVICE_UNAVAILABLE`, `DEVICE_TIMEOUT`, `DEVICE_LOST` or `DEVICE_WRONG_RESULT`.
 * @example
 * const device = await openTfSimilarity('cpu', { wasmBaseUrl: './' });
 * const scores = await device.scores(input); // Float32Array of N × V
 */
export async function openTfSimilarity(
  wanted: Exclude<TfDevice, 'webgpu'>,
  options: TfSimilarityOptions,
): Promise<SimilarityDevice> {
  const { jobTimeoutMs = 5_000, ...rest } = options;
  return proven(new TfSimilarity(await openBackend(wanted, rest), jobTimeoutMs));
}

/** Item matrices that are on the device, and what they were made from. */
interface Resident {
  readonly items: Matrix;
  readonly itemPresence: Matrix;
  readonly itemsTensor: Tensor2D;
  readonly presenceTensor: Tensor2D;
}

class TfSimilarity implements SimilarityDevice {
  readonly device: TfDevice;
  readonly #backend: Backend;
  readonly #jobTimeoutMs: number;
  #resident: Resident | null = null;

  constructor(backend: Backend, jobTimeoutMs: number) {
    this.device = backend.device;
    this.#backend = backend;
    this.#jobTimeoutMs = jobTimeoutMs;
  }

  async scores(input: SimilarityInput): Promise<Float32Array> {
    checkSimilarityInput(input);
    if (input.items.rows === 0 || input.vectors.rows === 0) return new Float32Array(0);
    const job = this.#backend.run(async () => this.#start(input));
    const late = () =>
      new VitrineError('DEVICE_TIMEOUT', `${this.device}: ${this.#jobTimeoutMs} ms.`);
    const scores = await withDeadline(job, this.#jobTimeoutMs, late);
    return bounded(scores.slice(0, input.items.rows * input.vectors.rows));
  }

  numTensors(): number {
    return engine().state.numTensors;
  }

  dispose(): void {
    this.#forget();
    this.#backend.dispose();
  }

  /** Builds and submits everything before its first `await`, as {@link Backend.run} wants it. */
  async #start(input: SimilarityInput): Promise<Float32Array> {
    const { itemsTensor, presenceTensor } = this.#keep(input);
    const result = tidy(() => {
      const dots = matMul(itemsTensor, transposed(input.vectors));
      const weights = matMul(presenceTensor, transposed(input.vectorPresence));
      // dot/weight = dot·weight/weight²: a pair without a common block is 0/TINY, not 0/0.
      return div(mul(dots, weights), maximum(mul(weights, weights), scalar(TINY)));
    });
    try {
      return await result.data<'float32'>();
    } finally {
      result.dispose();
    }
  }

  #keep({ items, itemPresence }: SimilarityInput): Resident {
    const kept = this.#resident;
    if (kept !== null && kept.items === items && kept.itemPresence === itemPresence) return kept;
    this.#forget();
    const itemsTensor = itemRows(items);
    const presenceTensor = itemRows(itemPresence);
    this.#resident = { items, itemPresence, itemsTensor, presenceTensor };
    return this.#resident;
  }

  #forget(): void {
    this.#resident?.itemsTensor.dispose();
    this.#resident?.presenceTensor.dispose();
    this.#resident = null;
  }
}

/** [N, D] → tensor [N rounded up, D]. */
function itemRows(matrix: Matrix): Tensor2D {
  const rows = Math.ceil(matrix.rows / ROW_STEP) * ROW_STEP;
  const padded = new Float32Array(rows * matrix.dims);
  padded.set(matrix.data);
  zeroNonFiniteRows(padded, matrix.dims);
  return tensor2d(padded, [rows, matrix.dims]);
}

/**
 * Sets rows with a non-finite number to 0, as their scores are.
 *
 * Shaders may assume that there is no NaN, so it must not get there.
 */
function zeroNonFiniteRows(data: Float32Array, dims: number): void {
  for (let i = 0; i < data.length; i++) {
    if (Number.isFinite(data[i])) continue;
    const start = i - (i % dims);
    data.fill(0, start, start + dims);
    i = start + dims - 1;
  }
}

/** [V, D] → tensor [D, V]: the WASM kernel is quick only without a transposition of its own. */
function transposed(matrix: Matrix): Tensor2D {
  const { rows, dims } = matrix;
  const from = matrix.data.slice();
  zeroNonFiniteRows(from, dims);
  const to = new Float32Array(from.length);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dims; d++) to[d * rows + row] = from[row * dims + d] as number;
  }
  return tensor2d(to, [dims, rows]);
}

/** Rounding may step over ±1, and numbers near the end of the range may overflow. */
function bounded(scores: Float32Array): Float32Array {
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (score >= -1 && score <= 1) continue;
    scores[i] = Number.isNaN(score) ? 0 : Math.sign(score);
  }
  return scores;
}
