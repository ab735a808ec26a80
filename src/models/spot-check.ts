/**
 * A few numbers of each job, made again: devices exist that were right yesterday (LiteRT#8065).
 *
 * What a device overstates is found when the best items are computed exactly (`feed/exact-top.ts`).
 * What it understates is not: a workgroup that did not run leaves zeros, and its items would be
 * missing without a word. So every workgroup answers for one of its items.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { type SimilarityInput, referenceScore } from '../core/similarity.ts';

/** Items that a workgroup has, at least (`webgpu-kernels/item-tiles.ts`). */
const GROUP = 64;

/** Vectors that an item is compared with. */
const VECTORS = 4;

/** As for the exact numbers of a feed. */
const TOLERANCE = 2e-4;

/**
 * Compares four scores of one item in 64 with exact ones; which ones, goes round from job to job.
 *
 * A single wrong number in a group that is right otherwise is found by chance only.
 *
 * @param input - The job.
 * @param scores - [N, V] what the device made of it.
 * @param turn - Number of the job, from 0.
 * @returns `DEVICE_WRONG_RESULT` when one is off by more than 2e-4 or missing; null when all is well.
 * @example spotCheckError(input, referenceScores(input), 0) // null
 */
export function spotCheckError(
  input: SimilarityInput,
  scores: Float32Array,
  turn: number,
): VitrineError | null {
  const { items, vectors } = input;
  const width = vectors.rows;
  for (let start = 0; start < items.rows; start += GROUP) {
    // 29 and 64 have no common divisor: after 64 jobs every place had its turn.
    const n = Math.min(items.rows - 1, start + ((turn * 29 + start / GROUP) % GROUP));
    for (let k = 0; k < Math.min(VECTORS, width); k++) {
      const v = (turn + n + k * Math.ceil(width / VECTORS)) % width;
      const exact = referenceScore(input, n, v);
      // Written so that NaN counts as wrong.
      if (Math.abs(exact - (scores[n * width + v] as number)) <= TOLERANCE) continue;
      return new VitrineError('DEVICE_WRONG_RESULT', `item ${n}: a number is off.`);
    }
  }
  return null;
}
