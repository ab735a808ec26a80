/**
 * The best K by exact numbers, found by approximate ones.
 *
 * Approximate scores (32-bit, any device) are within `margin` of the exact ones. Every item of the
 * true top K then has an approximate score of at least the K-th largest minus 2·margin, so only
 * those are computed exactly. The result does not depend on the device.
 *
 * @packageDocumentation
 */

/** A scored row. */
export interface Scored {
  /** Row of the item. */
  readonly row: number;
  /** Exact score. */
  readonly score: number;
}

/** What to search. */
export interface TopQuery {
  /** [N] approximate score by row; -Infinity leaves a row out. */
  readonly approximate: Float32Array | Float64Array;
  /** Exact score; -Infinity leaves a row out. */
  readonly exact: (row: number) => number;
  /** Bound of |approximate - exact| for rows that neither leaves out. */
  readonly margin: number;
  /** Breaks ties: smaller first. */
  readonly tieBreak: (a: number, b: number) => number;
}

/** Pushes a value on a min-heap of at most `limit` values. */
function offer(heap: Float64Array, size: number, value: number): number {
  let at = size;
  if (size === heap.length) {
    if (value <= (heap[0] as number)) return size;
    at = 0;
  } else {
    heap[at] = value;
    while (at > 0 && (heap[(at - 1) >> 1] as number) > value) {
      heap[at] = heap[(at - 1) >> 1] as number;
      at = (at - 1) >> 1;
    }
    heap[at] = value;
    return size + 1;
  }
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && (heap[child + 1] as number) < (heap[child] as number)) child++;
    if ((heap[child] as number) >= value) break;
    heap[at] = heap[child] as number;
    at = child;
  }
  heap[at] = value;
  return size;
}

/** K-th largest approximate score; -Infinity when fewer rows have one. */
function thresholdOf(scores: TopQuery['approximate'], k: number): number {
  const heap = new Float64Array(Math.max(1, Math.min(k, scores.length)));
  let size = 0;
  for (const score of scores) if (score > -Infinity) size = offer(heap, size, score);
  return size < k ? -Infinity : (heap[0] as number);
}

/**
 * The K best rows in exact order.
 *
 * Cost: O(N·log K) approximate scores, exact scores for little more than K rows; more where
 * `exact` leaves out rows that `approximate` ranks high (the search then goes deeper).
 *
 * @param query - See {@link TopQuery}.
 * @param limit - K, at least 1; fewer rows come back when fewer have a score.
 * @returns Best first; ties in the order of `tieBreak`.
 */
export function exactTop(query: TopQuery, limit: number): Scored[] {
  const { approximate: scores, exact, margin, tieBreak } = query;
  const found: Scored[] = [];
  // Compares as false with every number, +Infinity of a broken device included.
  let examined = Number.NaN;
  for (let depth = limit; ; depth *= 2) {
    const threshold = thresholdOf(scores, depth) - 2 * margin;
    for (let row = 0; row < scores.length; row++) {
      const approximation = scores[row] as number;
      if (approximation === -Infinity || approximation < threshold || approximation >= examined)
        continue;
      const score = exact(row);
      if (score > -Infinity) found.push({ row, score });
    }
    examined = threshold;
    // A row not examined has an exact score below threshold + margin.
    const isComplete = kthScore(found, limit, tieBreak) >= threshold + margin;
    if (isComplete || threshold === -Infinity) return found.slice(0, limit);
  }
}

/** Sorts what was found; -Infinity when it is fewer than K. */
function kthScore(found: Scored[], k: number, tieBreak: TopQuery['tieBreak']): number {
  found.sort((a, b) => b.score - a.score || tieBreak(a.row, b.row));
  return found[k - 1]?.score ?? -Infinity;
}
