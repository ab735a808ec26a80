/**
 * Whether an interest has a segment that stands for it. Apart from the rest, so that it costs the
 * first feed next to nothing.
 *
 * @packageDocumentation
 */
import type { Membership } from '../../core/types.ts';

/** Interactions that count as recent. */
export const RECENT = 15;

/** Fewest distinct items of an interest; fewer are an accident. */
export const LEAST_ITEMS = 5;

/** A segment that this share of the recent interest belongs to covers it. */
export const COVERED = 0.5;

/**
 * How much of an interest the segment that fits best stands for.
 *
 * @param memberships - Of each interaction's item.
 * @param blocked - Segments that do not count.
 * @returns The largest share, 0 to 1.
 */
export function coverageOf(
  memberships: readonly (readonly Membership[])[],
  blocked: ReadonlySet<string>,
): number {
  const shares = new Map<string, number>();
  for (const { segmentId, weight } of memberships.flat()) {
    if (blocked.has(segmentId)) continue;
    shares.set(segmentId, (shares.get(segmentId) ?? 0) + weight / memberships.length);
  }
  return Math.max(0, ...shares.values());
}
