/**
 * Centres of the lists: spherical k-means (Dhillon and Modha 2001,
 * https://doi.org/10.1023/A:1007612920971) on a sample, the nearest centres found by the scoring
 * kernels. `clusters` has one that tries harder, for dozens of groups; here are thousands, and a search
 * looks at several of them anyway.
 *
 * @packageDocumentation
 */
import { matrixRow, normaliseRow, pickMatrixRows } from '../core/matrix-rows.ts';
import type { Random } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import type { ResidentScorer } from '../kernels/resident-scorer.ts';

/** Rounds; later ones change what a search finds by less than the draw of the first centres does. */
const ROUNDS = 8;

/** Rows whose nearest centres are looked for at once. */
const BATCH = 2_048;

/** Lists per √N: more make a search look at fewer items, and at more lists' means. */
const LISTS_PER_ROOT = 4;

/** Most lists, fewest items of one on average: a list's last group of eight is half empty. */
const MOST_LISTS = 4_096;
const LEAST_ITEMS = 16;

/** Items of the sample per list. */
const SAMPLE_PER_LIST = 32;

/**
 * How many lists an index has: about 4·√N, so that the means cost no more than the items looked at.
 *
 * @param numItems - N, at least 1.
 * @returns L, from 1 to 4,096.
 * @example numListsFor(1_000_000) // 4000
 */
export function numListsFor(numItems: number): number {
  const wanted = Math.round(LISTS_PER_ROOT * Math.sqrt(numItems));
  return Math.max(1, Math.min(wanted, MOST_LISTS, Math.floor(numItems / LEAST_ITEMS)));
}

/**
 * How many items the centres are learned from.
 *
 * @param numLists - L.
 * @returns Items.
 */
export function sampleSizeFor(numLists: number): number {
  return numLists * SAMPLE_PER_LIST;
}

/**
 * A matrix as what the kernels take: one block that is always there.
 *
 * @param vectors - [R, D].
 * @returns [R, D] and [R, 1] of ones.
 */
export function plainSet(vectors: Matrix): { readonly vectors: Matrix; readonly presence: Matrix } {
  const { rows } = vectors;
  return { vectors, presence: { data: new Float32Array(rows).fill(1), rows, dims: 1 } };
}

/**
 * Rows of a matrix, without a copy.
 *
 * @param matrix - [R, D].
 * @param start - First row.
 * @param end - Behind the last one; more than R gives R.
 * @returns [end - start, D] on the same memory.
 */
export function rowsOf(matrix: Matrix, start: number, end: number): Matrix {
  const { data, dims, rows } = matrix;
  const last = Math.min(end, rows);
  return { data: data.subarray(start * dims, last * dims), rows: last - start, dims };
}

/**
 * The nearest centre of each row.
 *
 * @param scorer - Holds the centres, at least one.
 * @param rows - [R, D].
 * @returns [R] numbers of centres; of equally near ones the first.
 */
export function nearestCentres(scorer: ResidentScorer, rows: Matrix): Int32Array {
  const out = new Int32Array(rows.rows);
  for (let start = 0; start < rows.rows; start += BATCH) {
    out.set(scorer.top(plainSet(rowsOf(rows, start, start + BATCH)), 1).rows, start);
  }
  return out;
}

/** Distinct rows of the sample. */
function drawCentres(sample: Matrix, count: number, random: Random): Matrix {
  const { rows } = sample;
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const drawn = Array.from({ length: count }, (_, k) => {
    const at = k + Math.floor(random() * (rows - k));
    const row = order[at] as number;
    order[at] = order[k] as number;
    return row;
  });
  return pickMatrixRows(sample, drawn);
}

/** A centre without rows takes any row of the sample. */
function moveCentres(sample: Matrix, of: Int32Array, count: number, random: Random): Matrix {
  const { data, dims, rows } = sample;
  const sums = new Float32Array(count * dims);
  const sizes = new Int32Array(count);
  for (const [row, k] of of.entries()) {
    sizes[k] = (sizes[k] as number) + 1;
    for (let d = 0; d < dims; d++) {
      sums[k * dims + d] = (sums[k * dims + d] as number) + (data[row * dims + d] as number);
    }
  }
  for (const [k, size] of sizes.entries()) {
    const row = Math.floor(random() * rows);
    if (size === 0) sums.set(matrixRow(sample, row), k * dims);
    normaliseRow(sums.subarray(k * dims, (k + 1) * dims));
  }
  return { data: sums, rows: count, dims };
}

/**
 * Learns centres.
 *
 * Cost: O(R·L·D) for each of eight rounds.
 *
 * @param sample - [R, D] unit rows, at least one.
 * @param count - L; more than R gives R.
 * @param options - A scorer, which holds the centres afterwards, seeded draws, and who is told of each
 *   round.
 * @returns [L, D] unit rows.
 */
export function trainLists(
  sample: Matrix,
  count: number,
  options: {
    readonly scorer: ResidentScorer;
    readonly random: Random;
    readonly report?: (done: number, total: number) => void;
  },
): Matrix {
  const { random, report, scorer } = options;
  const most = Math.min(count, sample.rows);
  let centres = drawCentres(sample, most, random);
  for (let round = 0; round < ROUNDS; round++) {
    scorer.load(plainSet(centres));
    centres = moveCentres(sample, nearestCentres(scorer, sample), most, random);
    report?.(round + 1, ROUNDS);
  }
  scorer.load(plainSet(centres));
  return centres;
}
