/**
 * Calibration: a page shows the visitor's segments in the shares of the visitor's interest.
 *
 * Steck 2018, "Calibrated recommendations" (RecSys), eq. 6: list and history are compared as
 * distributions over genres, and items are added greedily. We take the squared distance instead of
 * KL, so that an item's part is bounded, 0 on a calibrated page, and needs no smoothing.
 *
 * @packageDocumentation
 */
import type { FeedContext } from './feed-context.ts';

/** Shares of segments on a page while it is filled. */
export class PageShares {
  readonly #context: FeedContext;
  readonly #wanted: ReadonlyMap<string, number>;
  readonly #sums = new Map<string, number>();
  #total = 0;

  /**
   * @param context - The feed.
   * @param wanted - The visitor's shares by segment id; they sum to 1.
   * @param placed - Rows of the items that stand on the page.
   */
  constructor(
    context: FeedContext,
    wanted: ReadonlyMap<string, number>,
    placed: Iterable<number> = [],
  ) {
    this.#context = context;
    this.#wanted = wanted;
    for (const row of placed) this.add(row);
  }

  /**
   * Counts an item in.
   *
   * @param row - Candidate.
   */
  add(row: number): void {
    for (const { segmentId, weight } of this.#context.membershipsOf(row)) {
      this.#sums.set(segmentId, (this.#sums.get(segmentId) ?? 0) + weight);
      this.#total += weight;
    }
  }

  /**
   * Share of a segment on the page.
   *
   * @param segmentId - Any.
   * @returns 0 to 1; 0 on an empty page.
   */
  shareOf(segmentId: string): number {
    return this.#total > 0 ? (this.#sums.get(segmentId) ?? 0) / this.#total : 0;
  }

  /**
   * Rows' worth of items that a segment has on the page.
   *
   * @param segmentId - Any.
   * @returns 0 or more; 1 is a whole row.
   */
  rowsOf(segmentId: string): number {
    return (this.#sums.get(segmentId) ?? 0) / this.#context.options.rowSize;
  }

  /**
   * Whether a segment would still have less of the page than of the visitor's interest with half a
   * row more: a whole row brings the page nearer to the shares.
   *
   * @param segmentId - Any.
   * @returns False for a segment that is none of the visitor's.
   */
  isShort(segmentId: string): boolean {
    const half = this.#context.options.rowSize / 2;
    const share = ((this.#sums.get(segmentId) ?? 0) + half) / (this.#total + half);
    return share < (this.#wanted.get(segmentId) ?? 0);
  }

  /**
   * What the page lacks of an item's segments: minus half the gradient of the squared distance.
   *
   * @param row - Candidate.
   * @returns In [-1, 1]; 0 for an item of no segment, and on an empty page.
   */
  lackOf(row: number): number {
    if (this.#total === 0) return 0;
    let lack = 0;
    for (const { segmentId, weight } of this.#context.membershipsOf(row)) {
      lack += weight * ((this.#wanted.get(segmentId) ?? 0) - this.shareOf(segmentId));
    }
    return lack;
  }
}

/**
 * How much a segment deserves a further row: the divisor method of Webster and Sainte-Laguë, by
 * which a party with s seats has the claim votes / (2·s + 1).
 *
 * @param strength - Of the segment's first row.
 * @param rows - Rows' worth of its items on the page; fewer than its one row count as one.
 * @returns Below a third of the strength.
 */
export function claimOf(strength: number, rows: number): number {
  return strength / (2 * Math.max(1, rows) + 1);
}
