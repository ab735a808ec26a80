/**
 * Block-wise cosine similarity: its contract for every device, and the plain reference.
 *
 * A vector's block b is unit length × sqrt(w_b), or zero when the block is absent. Then
 * cosine(x, v) = Σ_b w_b·cos_b / Σ_b w_b, both sums over the blocks present in both, which is one
 * matrix product divided by another (of the presence masks).
 *
 * @packageDocumentation
 */
import { boundedCosine, rowProduct } from './dot.ts';
import { VitrineError } from './errors.ts';
import type { Matrix } from './shapes.ts';
import type { Device } from './types.ts';

/** Inputs of a similarity job; all row-major, same D, same B. */
export interface SimilarityInput {
  /** [N, D] item vectors. */
  readonly items: Matrix;
  /** [N, B], 1 where the item has the block, else 0. */
  readonly itemPresence: Matrix;
  /** [V, D] vectors to compare with: segments, session, long term. */
  readonly vectors: Matrix;
  /** [V, B], the block's weight w_b where present, else 0. */
  readonly vectorPresence: Matrix;
}

/**
 * Multiplications N·V·D from which `auto` uses the WASM kernels, and has them open before that.
 *
 * Below it `js` takes about as long as copying items into their memory does
 * (`test/browser/models/threshold.bench.ts`). 200 items × 36 vectors × 128 dimensions are 0.9 million.
 */
export const LARGE_JOB: number = 1_000_000;

/**
 * Multiplications from which `auto` uses WebGPU, and opens it. Two cores do them by WASM in some
 * 10 ms; a GPU's way there and back takes 2 to 5. 50,000 items × 36 vectors × 128 dimensions.
 */
export const HUGE_JOB: number = 230_000_000;

/** A place where similarities are computed. */
export interface SimilarityDevice {
  /** Its name. */
  readonly device: Device;
  /**
   * Cosines of all items with all vectors.
   *
   * @param input - See {@link SimilarityInput}.
   * @returns [N, V] in [-1, 1]; 0 where no block is common, never NaN.
   * @throws `DEVICE_LOST`, `DEVICE_UNAVAILABLE`, `DEVICE_TIMEOUT` or `SHAPE_MISMATCH`.
   */
  scores(input: SimilarityInput): Promise<Float32Array>;
  /** Live tensors. */
  numTensors(): number;
  /** Name of the GPU, as far as the browser tells; none on the processor. */
  readonly adapter?: string;
  /** Milliseconds that a GPU worked on the last job; null where it has no clock. */
  gpuMs?(): number | null;
  /** Frees the device. */
  dispose(): void;
}

/**
 * Checks that the four matrices fit together.
 *
 * @param input - A job.
 * @throws `SHAPE_MISMATCH` with the numbers that do not fit.
 */
export function checkSimilarityInput(input: SimilarityInput): void {
  const { items, itemPresence, vectors, vectorPresence } = input;
  for (const [name, matrix] of Object.entries(input) as [string, Matrix][]) {
    if (matrix.data.length !== matrix.rows * matrix.dims) {
      throw new VitrineError(
        'SHAPE_MISMATCH',
        `${name}: ${matrix.data.length} floats for ${matrix.rows} × ${matrix.dims}.`,
      );
    }
  }
  if (items.dims !== vectors.dims || itemPresence.dims !== vectorPresence.dims) {
    throw new VitrineError('SHAPE_MISMATCH', 'items and vectors differ in dimensions or blocks.');
  }
  if (items.rows !== itemPresence.rows || vectors.rows !== vectorPresence.rows) {
    throw new VitrineError('SHAPE_MISMATCH', 'presence masks and matrices differ in rows.');
  }
}

/**
 * Size of a job, which decides what does it.
 *
 * @param input - Items and vectors of the same D.
 * @returns Its multiplications, N·V·D.
 */
export function jobSize(input: SimilarityInput): number {
  const { items, vectors } = input;
  return items.rows * vectors.rows * items.dims;
}

/**
 * One score by plain loops, in 64 bits.
 *
 * @param input - See {@link SimilarityInput}.
 * @param n - Of an item.
 * @param v - Of a vector.
 * @returns -1 to 1; 0 without a common block, and for a non-finite entry.
 */
export function referenceScore(input: SimilarityInput, n: number, v: number): number {
  const { items, itemPresence, vectors, vectorPresence } = input;
  const weight = rowProduct(itemPresence, n, vectorPresence, v);
  return weight > 0 ? boundedCosine(rowProduct(items, n, vectors, v) / weight) : 0;
}

/**
 * The plain typed-array path: what every other device must equal.
 *
 * Cost: O(N·V·(D + B)), one allocation of N·V floats; sums in 64 bits.
 *
 * @param input - See {@link SimilarityInput}.
 * @returns [N, V]; a non-finite vector entry gives 0.
 * @throws `SHAPE_MISMATCH`.
 */
export function referenceScores(input: SimilarityInput): Float32Array {
  checkSimilarityInput(input);
  const { items, vectors } = input;
  const out = new Float32Array(items.rows * vectors.rows);
  for (let n = 0; n < items.rows; n++) {
    for (let v = 0; v < vectors.rows; v++) out[n * vectors.rows + v] = referenceScore(input, n, v);
  }
  return out;
}
