/**
 * The visitor's segments, ranked by evidence.
 *
 * @packageDocumentation
 */
import type { Membership } from '../core/types.ts';
import { type BetaPosterior, ENGAGEMENT_PRIOR, meanOf } from '../core/beta.ts';
import { factorOf, type SegmentFactors } from '../core/segment-factors.ts';
import type { VisitorItem } from './visitor.ts';

/** A segment with the visitor's rank score. */
export interface RankedSegment {
  /** Index in the library. */
  readonly index: number;
  /** Segment id. */
  readonly segmentId: string;
  /** Share of the session's evidence, 0 to 1. */
  readonly sessionShare: number;
  /** Share of the long-term evidence, 0 to 1. */
  readonly longTermShare: number;
  /** Rank score, 0 or more. */
  readonly score: number;
  /** Share among the visitor's segments; the weights sum to 1. */
  readonly weight: number;
}

/** What the ranking is made of. */
export interface SegmentEvidence {
  /** S library segments. */
  readonly ids: readonly string[];
  /** The visitor's items, M. */
  readonly items: readonly VisitorItem[];
  /** Memberships of each of them. */
  readonly memberships: readonly (readonly Membership[])[];
  /** Fit of session and long-term vector, per segment; 0 where there is none. */
  readonly fits: { readonly session: readonly number[]; readonly longTerm: readonly number[] };
  /** Engagement by segment id. */
  readonly posteriors: ReadonlyMap<string, BetaPosterior>;
  /** The visitor's own corrections: they multiply the share. */
  readonly factors?: SegmentFactors | undefined;
}

/** Of a segment's score, this much comes from the vectors, the rest from memberships. */
const VECTOR_SHARE = 0.25;

/** How far proven (un)popularity of a segment's places moves it. */
const ENGAGEMENT_WEIGHT = 0.6;

/** Segments below this share of the evidence are not the visitor's. */
export const MIN_SEGMENT_SHARE = 0.1;

function shareOf(
  evidence: SegmentEvidence,
  mass: (item: VisitorItem) => number,
): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const total = evidence.items.reduce((sum, item) => sum + mass(item), 0);
  if (total <= 0) return shares;
  for (const [m, item] of evidence.items.entries()) {
    for (const { segmentId, weight } of evidence.memberships[m] as readonly Membership[]) {
      shares.set(segmentId, (shares.get(segmentId) ?? 0) + (mass(item) * weight) / total);
    }
  }
  return shares;
}

/**
 * How much the session counts beside the long term.
 *
 * @param sessionMass - Session evidence.
 * @returns In [0, 1); one fresh view gives 1/2.
 */
export function sessionTrust(sessionMass: number): number {
  return sessionMass / (sessionMass + 1);
}

/**
 * Ranks the library's segments for the visitor.
 *
 * @param evidence - See {@link SegmentEvidence}.
 * @returns Segments with a (corrected) share of at least 0.1, best first, ties by id; weights sum to 1.
 */
export function rankSegments(evidence: SegmentEvidence): RankedSegment[] {
  const session = shareOf(evidence, (item) => item.session);
  const longTerm = shareOf(evidence, (item) => item.longTerm);
  const trust = sessionTrust(evidence.items.reduce((sum, item) => sum + item.session, 0));
  const ranked: RankedSegment[] = [];
  for (const [index, segmentId] of evidence.ids.entries()) {
    const sessionShare = session.get(segmentId) ?? 0;
    const longTermShare = longTerm.get(segmentId) ?? 0;
    const factor = factorOf(evidence.factors, segmentId);
    const share = factor * (trust * sessionShare + (1 - trust) * longTermShare);
    if (share < MIN_SEGMENT_SHARE) continue;
    const fit =
      trust * clip(evidence.fits.session[index]) +
      (1 - trust) * clip(evidence.fits.longTerm[index]);
    const posterior = evidence.posteriors.get(segmentId) ?? ENGAGEMENT_PRIOR;
    const engagement = meanOf(posterior) - meanOf(ENGAGEMENT_PRIOR);
    const score = Math.max(
      0,
      (1 - VECTOR_SHARE) * share +
        VECTOR_SHARE * fit * share +
        factor * ENGAGEMENT_WEIGHT * engagement,
    );
    if (score > 0) ranked.push({ index, segmentId, sessionShare, longTermShare, score, weight: 0 });
  }
  const total = ranked.reduce((sum, { score }) => sum + score, 0);
  return ranked
    .map((segment) => ({ ...segment, weight: segment.score / total }))
    .sort((a, b) => b.score - a.score || (a.segmentId < b.segmentId ? -1 : 1));
}

function clip(fit: number | undefined): number {
  return Math.max(0, Math.min(1, fit ?? 0));
}
