/**
 * A profile that is small enough to be carried: what the visitor did last counts most.
 *
 * @packageDocumentation
 */
import type { ProfileExport } from '../core/types.ts';

const sizeOf = (profile: ProfileExport): number =>
  new TextEncoder().encode(JSON.stringify(profile)).length;

/** The newest interactions, with their items. */
function newest(profile: ProfileExport, count: number): ProfileExport {
  const log = count > 0 ? profile.log.slice(-count) : [];
  const named = new Set(log.map(({ itemId }) => itemId));
  return { ...profile, log, items: profile.items.filter(({ id }) => named.has(id)) };
}

/**
 * Cuts a profile to a size: first the items' descriptions go, then the older half of the
 * interactions, again and again.
 *
 * @param profile - Any.
 * @param maxBytes - Of its JSON in UTF-8.
 * @returns The same when it fits. Choices stay whatever their size.
 */
export function fitting(profile: ProfileExport, maxBytes: number): ProfileExport {
  if (sizeOf(profile) <= maxBytes) return profile;
  const items = profile.items.map((item) => {
    const { description, ...rest } = item;
    return description === undefined ? item : rest;
  });
  let cut: ProfileExport = { ...profile, items };
  while (sizeOf(cut) > maxBytes && cut.log.length > 0) {
    cut = newest(cut, Math.floor(cut.log.length / 2));
  }
  return cut;
}
