/**
 * Scoring kernels without TensorFlow.js: items stay where they are scored, vectors come and go.
 *
 * One contract for all kernels: blocked loops in JavaScript (`js-scorer.ts`) and WebAssembly with
 * SIMD (`wasm-scorer.ts`), whose source is `scripts/kernels`. What they must equal is
 * `referenceScores` in `core/similarity.ts`. This room imports `core` only.
 *
 * Letters: **N** items · **V** vectors · **D** dimensions · **B** blocks · **K** results.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';

/** The kernels: plain loops, 32-bit floats, or items in 8 bits. */
export type KernelName = 'js' | 'wasm' | 'wasm-int8';

/** The best items of each vector. */
export interface TopRows {
  /** K per vector: what was asked for, at most N. */
  readonly count: number;
  /** [V, K] rows of items, the best first; of equal scores the smaller row first. */
  readonly rows: Int32Array;
  /** [V, K] their cosines in [-1, 1]. */
  readonly scores: Float32Array;
}

/** Items that are kept for many jobs. Not to be shared between threads. */
export interface ResidentScorer {
  /** Which kernel it is. */
  readonly kernel: KernelName;
  /**
   * Takes items in the place of those from before; copies what it needs.
   *
   * A row with a number that is not finite scores 0 everywhere.
   *
   * @param items - Vectors [N, D] and presence [N, B], 1 where an item has the block, else 0. The
   *   set must stay as it is: int8 reads its best items again.
   * @throws `SHAPE_MISMATCH`; `DEVICE_LOST` when there is no memory for them, and then it holds none.
   */
  load(items: VectorSet): void;
  /**
   * Cosines of all items with all vectors.
   *
   * @param vectors - Vectors [V, D] and presence [V, B] with the block's weight where present.
   * @returns New array [N, V] in [-1, 1]; 0 where no block is common, never NaN.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`.
   */
  scores(vectors: VectorSet): Float32Array;
  /**
   * The items with the largest cosine, for each vector.
   *
   * @param vectors - As for {@link ResidentScorer.scores}.
   * @param count - K, at least 0; more than N gives N.
   * @returns New arrays.
   * @throws `SHAPE_MISMATCH`, `DEVICE_LOST`.
   */
  top(vectors: VectorSet, count: number): TopRows;
  /** Bytes that it holds; 0 after {@link ResidentScorer.dispose}. */
  bytes(): number;
  /** Lets its memory go; a later call rejects with `DISPOSED`. */
  dispose(): void;
}
