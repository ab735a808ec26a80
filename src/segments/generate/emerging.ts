/**
 * Emerging interest: what the visitor turned to lately that no segment stands for.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import { COVERED, coverageOf, LEAST_ITEMS, RECENT } from './coverage.ts';
import { coherenceOf, type SegmentSpace } from './segment-space.ts';

/** How many of the latest are tried, most first: an interest may be younger than the rest. */
const WINDOWS = [RECENT, 12, 9, 6] as const;

/** How much more alike than random items they must be. */
const MIN_GAIN = 0.1;

/** Recent interactions, newest first. */
export interface RecentInterest {
  /** [M, D] distinct items. */
  readonly vectors: VectorSet;
  /** Row of each interaction's item, newest first. */
  readonly rows: readonly number[];
}

/**
 * Finds the latest interest that hangs together and that no segment covers.
 *
 * @param space - Candidates and segments.
 * @param recent - Recent interactions.
 * @param blocked - Segments that the visitor does not want.
 * @returns Rows of its distinct items; null when there is none, or a segment covers it.
 */
export function emergingInterest(
  space: SegmentSpace,
  recent: RecentInterest,
  blocked: ReadonlySet<string>,
): readonly number[] | null {
  for (const window of WINDOWS) {
    const latest = recent.rows.slice(0, window);
    const rows = [...new Set(latest)];
    if (rows.length < LEAST_ITEMS) return null;
    const parts = { items: recent.vectors, encoded: space.encoded };
    if (coherenceOf(parts, rows) < space.randomCoherence + MIN_GAIN) continue;
    const memberships = latest.map((row) => space.membershipsOf({ set: recent.vectors, row }));
    return coverageOf(memberships, blocked) < COVERED ? rows : null;
  }
  return null;
}
