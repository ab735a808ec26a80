/**
 * Exact scores for the few candidates that the int8 kernel found.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { boundedCosine, rowProduct } from '../core/dot.ts';
import type { Matrix } from '../core/shapes.ts';
import { emptyLists, offerRow } from './best-rows.ts';
import { type PresenceClasses, inverseWeights } from './presence-classes.ts';
import type { TopRows } from './resident-scorer.ts';

/**
 * int8 scores 1.5 K + 8 candidates again: the top 20 of 10,000 random vectors are among them. Where
 * the candidates' errors say that this is not enough (near-duplicates), it looks deeper, twice.
 */
export const CANDIDATES = { times: 1.5, more: 8, deeper: 4, rounds: 3 } as const;

/** An item that was no candidate may be off by this many times the largest error of those that were. */
const SAFETY = 2;

/**
 * How many candidates are scored again at first.
 *
 * @param count - K.
 * @returns More than K.
 */
export function firstDepth(count: number): number {
  return Math.ceil(CANDIDATES.times * count) + CANDIDATES.more;
}

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
  const width = vectors.vectors.rows;
  const inverse = inverseWeights(classes.masks, vectors.presence);
  const { lists, rows, scores } = emptyLists(width, count);
  let error = 0;
  let gap = Infinity;
  for (const [v, best] of lists.entries()) {
    const end = (v + 1) * found.count;
    for (let at = v * found.count; at < end; at++) {
      const row = found.rows[at] as number;
      const factor = inverse[(classes.ids[row] as number) * width + v] as number;
      const sum = rowProduct(items, row, vectors.vectors, v);
      const score = boundedCosine(sum * factor);
      error = Math.max(error, Math.abs(score - (found.scores[at] as number)));
      offerRow(best, row, score);
    }
    gap = Math.min(gap, (best.scores.at(-1) as number) - (found.scores[end - 1] as number));
  }
  return { count, rows, scores, isSure: gap >= SAFETY * error };
}
