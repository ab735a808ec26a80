/**
 * The profile in numbers and words, for the shopper.
 *
 * @packageDocumentation
 */
import { factorOf } from '../core/segment-factors.ts';
import type { Profile } from '../core/types.ts';
import { affinitiesOf } from '../events/affinities.ts';
import { visitorSegmentName } from '../feed/visitor-segments.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import type { ProfileKeeper } from './profile-keeper.ts';

/** Most interactions listed. */
const MAX_RECENT = 50;

/**
 * Describes the profile.
 *
 * @param keeper - The profile, up to date.
 * @param library - Segments by which weights are named.
 * @param now - Milliseconds.
 * @returns What `profile.get()` gives.
 */
export function describeProfile(
  keeper: ProfileKeeper,
  library: readonly LibrarySegment[],
  now: number,
): Profile {
  const { log, items, settings, weights } = keeper;
  const times = log.map(({ time }) => time);
  const { categories, brands, price } = affinitiesOf(log, (itemId) => items.get(itemId), now);
  const names = new Map(library.map(({ id, name }) => [id, name]));
  // Rows of the visitor's own are in no library; what was muted must be found to be taken back.
  for (const id of settings.blocked) {
    const name = visitorSegmentName(id);
    if (name !== undefined) names.set(id, name);
  }
  // Followed, blocked and corrected segments are listed even when the visitor's interest is elsewhere.
  const listed = new Map(weights.map(({ segmentId, weight }) => [segmentId, weight]));
  const chosen = [settings.followed, settings.blocked, Object.keys(settings.weights ?? {})];
  for (const id of chosen.flat()) {
    if (!listed.has(id)) listed.set(id, 0);
  }
  const recent = log
    .filter(({ type }) => type !== 'view_item_list')
    .slice(-MAX_RECENT)
    .reverse()
    .map(({ type, itemId, time }) => {
      const title = items.get(itemId)?.title;
      return { type, itemId, time, ...(title === undefined ? {} : { title }) };
    });
  return {
    consent: keeper.consent,
    storage: keeper.store.mode,
    gift: keeper.isGift,
    events: log.length,
    since: times.length > 0 ? times.reduce((a, b) => Math.min(a, b)) : null,
    until: times.length > 0 ? times.reduce((a, b) => Math.max(a, b)) : null,
    segments: [...listed]
      .filter(([segmentId]) => names.has(segmentId))
      .map(([segmentId, weight]) => ({
        segmentId,
        weight,
        name: names.get(segmentId) as string,
        followed: settings.followed.includes(segmentId),
        blocked: settings.blocked.includes(segmentId),
        factor: factorOf(settings.weights, segmentId),
      })),
    categories,
    brands,
    price,
    recent,
  };
}
