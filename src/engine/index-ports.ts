/**
 * What a browser's worker hands to the keeper of an index.
 *
 * @packageDocumentation
 */
import { readConditions } from '../core/device-conditions.ts';
import { IndexKeeper, type IndexPorts } from './index-keeper.ts';

/**
 * Makes a keeper.
 *
 * @param openCache - Opens the cache; null while there is no consent.
 * @param pause - Waits so many milliseconds.
 * @returns A keeper that has fetched nothing.
 */
export function browserIndex(
  openCache: IndexPorts['openCache'],
  pause: IndexPorts['pause'],
): IndexKeeper {
  return new IndexKeeper({
    // A page's own pictures go first.
    fetch: (url) => fetch(url, { priority: 'low' }),
    openCache,
    pause,
    isSaving: () => readConditions().saveData,
  });
}
