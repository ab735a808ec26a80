/**
 * What a browser's worker hands to the keeper of an index.
 *
 * @packageDocumentation
 */
import { IndexKeeper, type IndexPorts } from './index-keeper.ts';

function isSaving(): boolean {
  // Chromium only, and not in TypeScript's library.
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

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
    isSaving,
  });
}
