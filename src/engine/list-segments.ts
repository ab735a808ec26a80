/**
 * The library as the page sees it.
 *
 * @packageDocumentation
 */
import type { Membership, Segment } from '../core/types.ts';
import type { PulledProfiles } from '../events/pull-profiles.ts';
import type { FeedContext } from '../feed/feed-context.ts';
import { rowOf } from '../segments/generate/profile-math.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import type { FeedMaker } from './feed-maker.ts';
import type { GeneratedSegments } from './generated-segments.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import type { ShownFeed } from './shown-feed.ts';

/**
 * Lists segments with vectors, members and the visitor's shares.
 *
 * @param segments - In force now; some may be younger than the last feed.
 * @param context - The last feed; without one vectors are empty.
 * @param weights - The visitor's shares.
 * @param extra - Members of a segment that the last feed did not know; profiles as they are now.
 * @returns One entry each, in their order.
 */
function listSegments(
  segments: readonly LibrarySegment[],
  context: FeedContext | undefined,
  weights: readonly Membership[],
  extra: {
    readonly supportAtBirth: (id: string) => number;
    readonly profiles: PulledProfiles | null;
  },
): readonly Segment[] {
  const { profiles, supportAtBirth } = extra;
  const support = new Map<string, number>();
  for (let row = 0; row < (context?.encoded.items.length ?? 0); row++) {
    for (const { segmentId } of context?.membershipsOf(row) ?? []) {
      support.set(segmentId, (support.get(segmentId) ?? 0) + 1);
    }
  }
  const shares = new Map(weights.map((entry) => [entry.segmentId, entry.weight]));
  return segments.map((segment, s) => ({
    ...segment,
    vector: profiles ? [...rowOf(profiles.vectors, s)] : [],
    version: segment.version + (profiles?.moves.get(segment.id) ?? 0),
    support: support.get(segment.id) ?? supportAtBirth(segment.id),
    weight: shares.get(segment.id) ?? 0,
  }));
}

/**
 * The segments in force beside the page's feed.
 *
 * @param generated - Knows the library.
 * @param parts - Profile, up to date, and the last feed.
 * @param now - Milliseconds.
 * @returns See {@link listSegments}.
 */
export function listShown(
  generated: Pick<GeneratedSegments, 'library' | 'supportOf'>,
  parts: {
    readonly keeper: ProfileKeeper;
    readonly maker: FeedMaker;
    readonly shown: Pick<ShownFeed, 'composed'>;
  },
  now: number,
): readonly Segment[] {
  const { library, supportOf } = generated;
  const { keeper, maker, shown } = parts;
  const profiles = shown.composed ? maker.profiles(keeper, now) : null;
  const extra = { supportAtBirth: supportOf, profiles };
  return listSegments(library.segments, shown.composed?.context, keeper.weights, extra);
}
