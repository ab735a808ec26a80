/**
 * Exact scores for the few candidates that the int8 kernel found.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { boundedCosine } from '../core/dot.ts';
import type { Matrix } from '../core/shapes.ts';
import { type BestRows, emptyLists, offerRow } from './best-rows.ts';
import { type PresenceClasses, inverseWeights } from './presence-classes.ts';
import type { TopRows } from './resident-scorer.ts';
import { type PairPlace, rowPairProducts } from './row-pairs.ts';

/**
 * int8 on WebGPU scores 1.5 K + 8 candidates again: the top 20 of 10,000 random vectors are among them.
 * Where the candidates' errors say that this is not enough (near-duplicates), it looks deeper, twice.
 */
export const CANDIDATES = { times: 1.5, more: 8, deeper: 4, rounds: 3 } as const;

/** An item that was no candidate may be off by this many times the largest error of those that were. */
const SAFETY = 1.5;

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

/** Candidates of all vectors, one list after the other. */
export interface Candidates {
  /** At least K of each vector, the best coarse scores first. */
  readonly rows: Int32Array;
  /** Their coarse scores. */
  readonly scores: Float32Array;
  /** [V] where each list ends. */
  readonly ends: Int32Array;
  /** [V] every item with a larger coarse score is in the list; -Infinity when all are. */
  readonly floors: Float64Array;
}

/** The best candidates by exact scores. */
export interface Rescored extends TopRows {
  /** Whether no other item can be better, as far as the candidates' errors tell. */
  readonly isSure: boolean;
  /** How much lower candidates would have had to reach for that; 0 or less where they did. */
  readonly missing: number;
}

/** A job while it is done. */
interface Progress {
  readonly job: RescoreJob;
  readonly found: Candidates;
  /** [V, D]. */
  readonly entries: Float64Array;
  /** [C, V] inverse weights. */
  readonly inverse: Float64Array;
  readonly place: PairPlace;
  readonly sums: Float64Array;
  /** Largest difference of an item's two scores so far. */
  error: number;
}

/** The same numbers in 64 bits; by the constructor it takes 10 µs for 17 × 128. */
function widened(data: Float32Array): Float64Array {
  const out = new Float64Array(data.length);
  for (let at = 0; at < out.length; at++) out[at] = data[at] as number;
  return out;
}

/** Scores candidates of vector `v` from `from` on while they may be among the best; where it stopped. */
function scoreOn(progress: Progress, best: BestRows, from: number, v: number): number {
  const { entries, found, inverse, job, place, sums } = progress;
  const { data, dims } = job.items;
  const { ids } = job.classes;
  const width = found.ends.length;
  const end = found.ends[v] as number;
  const last = job.count - 1;
  let { error } = progress;
  place[2] = v * dims;
  place[3] = dims;
  let at = from;
  for (; at < end; at++) {
    const coarse = found.scores[at] as number;
    const row = found.rows[at] as number;
    if ((at - from) % 2 === 0) {
      if (coarse <= (best.scores[last] as number) - SAFETY * error) break;
      place[0] = row * dims;
      // The last of an odd number is its own neighbour.
      place[1] = (found.rows[Math.min(at + 1, end - 1)] as number) * dims;
      rowPairProducts(data, entries, place, sums);
    }
    const factor = inverse[(ids[row] as number) * width + v] as number;
    const score = boundedCosine((sums[(at - from) % 2] as number) * factor);
    error = Math.max(error, Math.abs(score - coarse));
    offerRow(best, row, score);
  }
  progress.error = error;
  return at;
}

/**
 * Scores as many candidates of each vector again and keeps the best; see {@link rescoreLists}.
 *
 * @param found - Candidates of each vector with their coarse scores, the best first.
 * @param job - See {@link RescoreJob}.
 * @returns The best of them.
 */
export function rescore(found: TopRows, job: RescoreJob): Rescored {
  const { count, rows, scores } = found;
  const width = job.vectors.vectors.rows;
  const ends = Int32Array.from({ length: width }, (_, v) => (v + 1) * count);
  const floors = Float64Array.from(ends, (end) => scores[end - 1] as number);
  return rescoreLists({ rows, scores, ends, floors }, job);
}

/**
 * Scores candidates in 64-bit sums and keeps the best, until the errors seen say that those with lower
 * coarse scores are none of them.
 *
 * Cost: O(candidates·D).
 *
 * @param found - Of each vector.
 * @param job - See {@link RescoreJob}.
 * @returns The best of them; equal scores as 32-bit floats in the order of rows.
 */
export function rescoreLists(found: Candidates, job: RescoreJob): Rescored {
  const { classes, count, vectors } = job;
  const width = found.ends.length;
  const { lists, rows, scores } = emptyLists(width, count);
  const progress: Progress = {
    job,
    found,
    entries: widened(vectors.vectors.data),
    inverse: inverseWeights(classes.masks, vectors.presence),
    place: new Int32Array(4),
    sums: new Float64Array(2),
    error: 0,
  };
  const nexts = Int32Array.from(found.ends, (_, v) =>
    v === 0 ? 0 : (found.ends[v - 1] as number),
  );
  // Larger errors of later vectors let earlier ones look at more.
  for (let error = -1; error < progress.error;) {
    error = progress.error;
    for (let v = 0; v < width; v++) {
      nexts[v] = scoreOn(progress, lists[v] as BestRows, nexts[v] as number, v);
    }
  }
  let missing = -Infinity;
  for (let v = 0; v < width; v++) {
    if ((nexts[v] as number) < (found.ends[v] as number)) continue;
    const gap = (scores[(v + 1) * count - 1] as number) - (found.floors[v] as number);
    missing = Math.max(missing, SAFETY * progress.error - gap);
  }
  return { count, rows, scores, isSure: missing <= 0, missing };
}
