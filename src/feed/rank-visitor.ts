/**
 * The visitor's segments, from everything that the log says.
 *
 * @packageDocumentation
 */
import type { Membership } from '../core/types.ts';
import { type FeedContext, fitOf } from './feed-context.ts';
import { type RankedSegment, rankSegments } from './rank-segments.ts';

/** The visitor in segments. */
export interface RankedVisitor {
  /** The visitor's segments. */
  readonly ranked: readonly RankedSegment[];
  /** Memberships of the visitor's items. */
  readonly visitorMemberships: readonly (readonly Membership[])[];
}

/**
 * Memberships of the visitor's items and the ranking that follows from them.
 *
 * @param context - The feed; with another visitor and state for "what if".
 * @returns Memberships by visitor item, and ranked segments.
 */
export function rankVisitor(context: FeedContext): RankedVisitor {
  const { encoded, visitor, library, state } = context;
  const ids = library.map(({ id }) => id);
  const visitorMemberships = visitor.items.map(({ itemId }, m) => {
    const row = encoded.indexOf.get(itemId);
    // Of a candidate, the page may have worked them out already.
    if (row !== undefined) return context.membershipsOf(row);
    return context.membershipsOfVector({ set: visitor.itemVectors, row: m });
  });
  const fits = (row: number): number[] =>
    ids.map((_, s) => fitOf(context, { set: visitor.taste, row }, s));
  const ranked = rankSegments({
    ids,
    items: visitor.items,
    memberships: visitorMemberships,
    fits: { session: fits(0), longTerm: fits(1) },
    posteriors: state.posteriors,
    factors: context.settings.weights,
  });
  return { ranked, visitorMemberships };
}
