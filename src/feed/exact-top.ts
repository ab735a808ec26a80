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
  /** Rows 0 … count - 1. */
  readonly count: number;
  /** Approximate score; -Infinity leaves a row out. */
  readonly approximate: (row: number) => number;
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

/**
 * The K best rows in exact order.
 *
 * Cost: O(count·log K) approximate scores, exact scores for little more than K rows.
 *
 * @param query - See {@link TopQuery}.
 * @param limit - K, at least 1; fewer rows come back when fewer have a score.
 * @returns Best first; ties in the order of `tieBreak`.
 */
export function exactTop(query: TopQuery, limit: number): Scored[] {
  const { count, approximate, exact, margin, tieBreak } = query;
  const heap = new Float64Array(Math.max(1, Math.min(limit, count)));
  const scores = new Float64Array(count);
  let size = 0;
  for (let row = 0; row < count; row++) {
    const score = approximate(row);
    scores[row] = score;
    if (score > -Infinity) size = offer(heap, size, score);
  }
  if (size === 0) return [];
  const threshold = size < heap.length ? -Infinity : (heap[0] as number) - 2 * margin;
  const found: Scored[] = [];
  for (let row = 0; row < count; row++) {
    if ((scores[row] as number) < threshold || scores[row] === -Infinity) continue;
    const score = exact(row);
    if (score > -Infinity) found.push({ row, score });
  }
  found.sort((a, b) => b.score - a.score || tieBreak(a.row, b.row));
  return found.slice(0, limit);
}
