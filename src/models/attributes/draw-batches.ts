/**
 * Which texts are learned from together.
 *
 * @packageDocumentation
 */
import type { Random } from '../../core/rng.ts';

/** Batches of like length are cut from this many batches' worth of shuffled texts. */
const POOL = 16;

/**
 * Shuffles in place (Fisher and Yates).
 *
 * @param list - Changed.
 * @param random - Draws.
 * @returns The list.
 */
function shuffle<T>(list: T[], random: Random): T[] {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
}

/**
 * One pass over the rows in batches of texts of like length, so that little is padding.
 *
 * @param rows - Rows to learn from.
 * @param lengths - Tokens of each row.
 * @param size - Rows per batch; those that are left over are not in this pass, unless there are
 *   fewer than one batch.
 * @param random - Draws.
 * @returns Batches in a random order.
 */
export function drawBatches(
  rows: readonly number[],
  lengths: ArrayLike<number>,
  size: number,
  random: Random,
): number[][] {
  const order = shuffle([...rows], random);
  const batches: number[][] = [];
  for (let start = 0; start < order.length; start += size * POOL) {
    const pool = order.slice(start, start + size * POOL);
    pool.sort((a, b) => (lengths[a] as number) - (lengths[b] as number) || a - b);
    for (let at = 0; at + size <= pool.length; at += size) batches.push(pool.slice(at, at + size));
  }
  return batches.length === 0 ? [order] : shuffle(batches, random);
}
