/**
 * How far a search must look, found by searching.
 *
 * @packageDocumentation
 */
import { normaliseRow } from '../core/matrix-rows.ts';
import { drawNormal, type Random } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';
import type { TopRows } from '../kernels/resident-scorer.ts';

/** Most items that a drawn query is a mixture of. */
const MOST_MIXED = 6;

/** Standard deviation of the noise in each dimension of a query of unit length. */
const NOISE = 0.05;

/** Reaches that are tried, from short to far; the last one looks at everything. */
const REACHES: readonly number[] = [
  ...Array.from({ length: 24 }, (_, step) => step / 4),
  8,
  12,
  Infinity,
];

/**
 * Draws queries as visitors make them: weighted means of one to six items, with noise.
 *
 * @param items - [R, D] unit rows, at least one.
 * @param count - V.
 * @param random - Seeded.
 * @returns [V, D] unit rows.
 */
export function drawQueries(items: Matrix, count: number, random: Random): Matrix {
  const { dims, rows } = items;
  const data = new Float32Array(count * dims);
  for (let v = 0; v < count; v++) {
    const query = data.subarray(v * dims, (v + 1) * dims);
    const mixed = 1 + Math.floor(random() * MOST_MIXED);
    for (let m = 0; m < mixed; m++) {
      const row = Math.floor(random() * rows);
      const weight = 0.25 + random();
      for (let d = 0; d < dims; d++) {
        query[d] = (query[d] as number) + weight * (items.data[row * dims + d] as number);
      }
    }
    normaliseRow(query);
    for (let d = 0; d < dims; d++) query[d] = (query[d] as number) + NOISE * drawNormal(random);
    normaliseRow(query);
  }
  return { data, rows: count, dims };
}

/**
 * Share of the right answers that were found.
 *
 * @param found - Rows of each query.
 * @param truth - The best rows of each query, by scores of the vectors before they were rounded.
 * @returns Mean over the queries, 0 to 1; 1 without any.
 */
export function recallOf(found: TopRows, truth: readonly ReadonlySet<number>[]): number {
  let sum = 0;
  for (const [v, right] of truth.entries()) {
    const rows = found.rows.subarray(v * found.count, (v + 1) * found.count);
    const hits = rows.reduce((hit, row) => hit + (right.has(row) ? 1 : 0), 0);
    sum += right.size > 0 ? hits / right.size : 1;
  }
  return truth.length > 0 ? sum / truth.length : 1;
}

/** What is given up of what scoring every row in 8 bits finds, where that itself is not enough. */
const GIVEN_UP = 0.005;

/**
 * The shortest reach that finds enough.
 *
 * Among near-duplicates, rounding to 8 bits decides which are found: no reach mends that, so none is
 * looked for that would.
 *
 * @param recallAt - Recall with a reach; costs a search.
 * @param target - Wanted, 0 to 1.
 * @returns In standard deviations; Infinity when nothing less is enough.
 */
export function chooseReach(recallAt: (reach: number) => number, target: number): number {
  const enough = Math.min(target, recallAt(Infinity) - GIVEN_UP);
  // Recall grows with the reach: halving finds the place.
  let low = 0;
  let high = REACHES.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (recallAt(REACHES[middle] as number) >= enough) high = middle;
    else low = middle + 1;
  }
  return REACHES[low] as number;
}
