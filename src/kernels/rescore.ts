/**
 * Exact scores for the few candidates that the int8 kernel found.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import type { Matrix } from '../core/shapes.ts';
import { offerRow } from './best-rows.ts';
import { boundedScore } from './blocked-scores.ts';
import { type PresenceClasses, inverseWeights } from './presence-classes.ts';
import type { TopRows } from './resident-scorer.ts';

/** An item that was no candidate may be off by this many times the largest error of those that were. */
const SAFETY = 2;

/** What is compared. */
export interface RescoreJob {
  /** [N, D]. */
  readonly items: Matrix;
  /** Of the items' presence. */
  readonly classes: PresenceClasses;
  /** [V, D] and [V, B]. */
  readonly vectors: VectorSet;
  /** K, 1 to the number of candidates. */
  readonly count: number;
}

/** The best candidates by exact scores. */
export interface Rescored extends TopRows {
  /** Whether no other item can be better, as far as the candidates' errors tell. */
  readonly isSure: boolean;
}

/** Sum of D products in 64 bits, four sums at once; `i` and `j` are where the rows begin. */
function dot(x: Matrix, i: number, y: Matrix, j: number): number {
  const { data: a, dims } = x;
  const { data: b } = y;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < dims; k += 4) {
    s0 += (a[i + k] as number) * (b[j + k] as number);
    s1 += (a[i + k + 1] as number) * (b[j + k + 1] as number);
    s2 += (a[i + k + 2] as number) * (b[j + k + 2] as number);
    s3 += (a[i + k + 3] as number) * (b[j + k + 3] as number);
  }
  for (; k < dims; k++) s0 += (a[i + k] as number) * (b[j + k] as number);
  return s0 + s1 + s2 + s3;
}

/**
 * Scores candidates in 64-bit sums and keeps the best.
 *
 * Cost: O(V·candidates·D).
 *
 * @param found - Candidates of each vector with their coarse scores, the best first.
 * @param job - See {@link RescoreJob}.
 * @returns The best of them; equal scores as 32-bit floats in the order of rows.
 */
export function rescore(found: TopRows, job: RescoreJob): Rescored {
  const { classes, count, items, vectors } = job;
  const { dims } = items;
  const width = vectors.vectors.rows;
  const inverse = inverseWeights(classes.masks, vectors.presence);
  const rows = new Int32Array(width * count);
  const scores = new Float32Array(width * count).fill(-Infinity);
  let error = 0;
  let gap = Infinity;
  for (let v = 0; v < width; v++) {
    const own = [v * count, (v + 1) * count] as const;
    const best = { rows: rows.subarray(...own), scores: scores.subarray(...own) };
    const end = (v + 1) * found.count;
    for (let at = v * found.count; at < end; at++) {
      const row = found.rows[at] as number;
      const factor = inverse[(classes.ids[row] as number) * width + v] as number;
      const score = boundedScore(dot(items, row * dims, vectors.vectors, v * dims) * factor);
      error = Math.max(error, Math.abs(score - (found.scores[at] as number)));
      offerRow(best, row, score);
    }
    gap = Math.min(gap, (best.scores.at(-1) as number) - (found.scores[end - 1] as number));
  }
  return { count, rows, scores, isSure: gap >= SAFETY * error };
}
