/**
 * How items belong to segments, as numbers: kernels on a device make memberships too.
 *
 * @packageDocumentation
 */

/** What `segments/membership.ts` goes by. */
export interface MembershipRule {
  /** Below this fit an item does not belong to a segment. */
  readonly minFit: number;
  /** Softmax temperature over fits. */
  readonly temperature: number;
  /** A smaller share is given to the others. */
  readonly minWeight: number;
  /** A segment whose third best item stays below this cosine has no items here. */
  readonly minLevel: number;
  /** A level is at least this share of the third largest cosine. */
  readonly nicheShare: number;
  /** How many of the best of N items a level looks at. */
  readonly levelRank: (count: number) => number;
}
