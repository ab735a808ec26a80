/**
 * The few best rows, kept sorted.
 *
 * @packageDocumentation
 */

/** Rows and scores, the best first; of equal scores the smaller row first. */
export interface BestRows {
  /** [K]. */
  readonly rows: Int32Array;
  /** [K]; -Infinity where nothing came yet. */
  readonly scores: Float32Array;
}

/**
 * Lists without rows, one per vector, on two arrays that hold them all.
 *
 * @param width - V.
 * @param count - K.
 * @returns [V, K] rows and scores, and the lists on them.
 */
export function emptyLists(
  width: number,
  count: number,
): BestRows & { readonly lists: BestRows[] } {
  const rows = new Int32Array(width * count);
  const scores = new Float32Array(width * count).fill(-Infinity);
  const lists = Array.from({ length: width }, (_, v): BestRows => {
    const own = [v * count, (v + 1) * count] as const;
    return { rows: rows.subarray(...own), scores: scores.subarray(...own) };
  });
  return { rows, scores, lists };
}

/**
 * Offers a row; the worst leaves when the new one is better.
 *
 * Cost: O(K) for a row that is taken, O(1) else.
 *
 * @param best - Changed in place; K at least 1.
 * @param row - Not offered before.
 * @param score - Finite; compared as a 32-bit float.
 */
export function offerRow(best: BestRows, row: number, score: number): void {
  const { rows, scores } = best;
  const value = Math.fround(score);
  let at = scores.length;
  for (; at > 0; at--) {
    const other = scores[at - 1] as number;
    if (value < other || (value === other && row > (rows[at - 1] as number))) break;
    if (at === scores.length) continue;
    rows[at] = rows[at - 1] as number;
    scores[at] = other;
  }
  if (at === scores.length) return;
  rows[at] = row;
  scores[at] = value;
}
