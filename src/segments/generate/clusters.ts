/**
 * Groups of candidates that look alike: what segments of this shop could be about.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import type { Random } from '../../core/rng.ts';
import type { Steps } from '../../core/steps.ts';
import { meanOfRows, profileCosine, rowOf } from './profile-math.ts';

/** Most items that are grouped; of more, an even sample. */
const MAX_ITEMS = 1_200;

/** Rounds of Lloyd's algorithm: enough for training samples, which need no optimum. */
const ROUNDS = 4;

/** Most groups. */
const MAX_GROUPS = 32;

/** A smaller group is no group. */
const MIN_GROUP = 5;

function nearest(vector: Float32Array, centres: readonly Float32Array[]): number {
  let best = 0;
  let most = -Infinity;
  for (const [c, centre] of centres.entries()) {
    const cosine = profileCosine(vector, centre);
    if (cosine > most) {
      most = cosine;
      best = c;
    }
  }
  return best;
}

/** Items that are looked at in one step. */
const SLICE = 50;

/**
 * Spherical k-means.
 *
 * Cost: O(min(N, 1,200) × √N × D).
 *
 * @param items - [N, D]
 * @param random - Draws the first centres.
 * @yields After every fifty items.
 * @returns Rows of groups of at least five items, about √(N/2) of them, at most 32.
 */
export function* clusterSteps(items: VectorSet, random: Random): Steps<number[][]> {
  const total = items.vectors.rows;
  const count = Math.min(total, MAX_ITEMS);
  const rows = Array.from({ length: count }, (_, i) => Math.floor((i * total) / count));
  if (count === 0) return [];
  const groups = Math.min(MAX_GROUPS, Math.max(1, Math.round(Math.sqrt(count / 2))));
  let centres = Array.from({ length: groups }, () =>
    rowOf(items, rows[Math.floor(random() * count)] ?? 0),
  );
  let members: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    centres = centres.map((centre, c) =>
      members[c]?.length ? meanOfRows(items, members[c]) : centre,
    );
    members = centres.map(() => []);
    for (const [i, row] of rows.entries()) {
      members[nearest(rowOf(items, row), centres)]?.push(row);
      if ((i + 1) % SLICE === 0) yield;
    }
  }
  return members.filter((list) => list.length >= MIN_GROUP);
}
