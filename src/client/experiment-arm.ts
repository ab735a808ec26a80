/**
 * Which arm of the holdout a feed belongs to.
 *
 * @packageDocumentation
 */
import type { Feed } from '../core/types.ts';

/** Reasons of feeds that the holdout decided on; a failure is in neither arm. */
const EXPOSED: ReadonlySet<string> = new Set([
  'PERSONALIZED',
  'COLD_START',
  'LOW_CONFIDENCE',
  'INFLUENCE_ZERO',
]);

/**
 * The arm of the holdout that a feed belongs to.
 *
 * @param feed - Any.
 * @returns `none` for feeds that fell back: whether they would have been held out is not known.
 */
export function armOf(feed: Pick<Feed, 'reason'>): 'exposed' | 'held-out' | 'none' {
  if (feed.reason === 'HOLDOUT') return 'held-out';
  return EXPOSED.has(feed.reason) ? 'exposed' : 'none';
}
