/** Seeded similarity jobs for the device tests. */
import type { Matrix } from '../../../src/core/shapes.ts';
import type { SimilarityInput } from '../../../src/core/similarity.ts';
import type { TfSimilarityOptions } from '../../../src/models/tf-similarity.ts';

/** Served by the test runner's own server. */
const WASM_BASE_URL = '/node_modules/@tensorflow/tfjs-backend-wasm/dist/';

/** The test browser's only adapter is a software one. */
export const OPTIONS: TfSimilarityOptions = {
  wasmBaseUrl: WASM_BASE_URL,
  allowSoftware: true,
  jobTimeoutMs: 20_000,
};

/** Sizes of a job. */
export interface JobSize {
  readonly items: number;
  readonly vectors: number;
  readonly blocks: number;
  readonly blockDims: number;
}

/** mulberry32: the same numbers in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rows of named blocks, each unit length × sqrt(weight) or absent (one in four). */
function blockRows(rows: number, size: JobSize, random: () => number): [Matrix, Float32Array] {
  const { blocks, blockDims } = size;
  const dims = blocks * blockDims;
  const data = new Float32Array(rows * dims);
  const present = new Float32Array(rows * blocks);
  for (let block = 0; block < rows * blocks; block++) {
    if (random() < 0.25) continue;
    present[block] = 1;
    const values = Array.from({ length: blockDims }, () => random() * 2 - 1);
    const norm = Math.hypot(...values);
    data.set(
      values.map((value) => value / norm / Math.sqrt(blocks)),
      block * blockDims,
    );
  }
  return [{ data, rows, dims }, present];
}

/** A job as the feed makes it. */
export function makeJob(size: JobSize, seed = 1): SimilarityInput {
  const random = seeded(seed);
  const { blocks } = size;
  const [items, itemPresent] = blockRows(size.items, size, random);
  const [vectors, vectorPresent] = blockRows(size.vectors, size, random);
  return {
    items,
    itemPresence: { data: itemPresent, rows: size.items, dims: blocks },
    vectors,
    vectorPresence: {
      data: vectorPresent.map((p) => p / blocks),
      rows: size.vectors,
      dims: blocks,
    },
  };
}

/** A job with other numbers in the vectors' place. */
export function withData(
  job: SimilarityInput,
  change: Partial<Record<keyof SimilarityInput, number[]>>,
): SimilarityInput {
  const changed = { ...job };
  for (const [name, data] of Object.entries(change) as [keyof SimilarityInput, number[]][]) {
    changed[name] = { ...job[name], data: Float32Array.from(data) };
  }
  return changed;
}

/** Largest difference between two lists of scores; NaN when one holds a NaN. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] as number) - (b[i] as number));
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
