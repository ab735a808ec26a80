/**
 * The library as the page sees it.
 *
 * @packageDocumentation
 */
import type { Membership, Segment } from '../core/types.ts';
import type { FeedContext } from '../feed/feed-context.ts';
import { rowOf } from '../segments/generate/profile-math.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import { encodeLibrary } from './library.ts';

/**
 * Lists segments with vectors, members and the visitor's shares.
 *
 * @param segments - In force now; some may be younger than the last feed.
 * @param context - The last feed; without one vectors are empty.
 * @param weights - The visitor's shares.
 * @param supportAtBirth - Members of a segment that the last feed did not know.
 * @returns One entry each, in their order.
 */
export function listSegments(
  segments: readonly LibrarySegment[],
  context: FeedContext | undefined,
  weights: readonly Membership[],
  supportAtBirth: (id: string) => number,
): readonly Segment[] {
  const support = new Map<string, number>();
  for (let row = 0; row < (context?.encoded.items.length ?? 0); row++) {
    for (const { segmentId } of context?.membershipsOf(row) ?? []) {
      support.set(segmentId, (support.get(segmentId) ?? 0) + 1);
    }
  }
  const shares = new Map(weights.map((entry) => [entry.segmentId, entry.weight]));
  const set = context && encodeLibrary(segments, context.encoded.model);
  return segments.map((segment, s) => ({
    ...segment,
    vector: set ? [...rowOf(set, s)] : [],
    support: support.get(segment.id) ?? supportAtBirth(segment.id),
    weight: shares.get(segment.id) ?? 0,
  }));
}
