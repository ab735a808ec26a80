/**
 * An instance of its own for a catalog that was brought along: its profile lives in the page's memory,
 * beside the visitor's, and ends with the page.
 */

import { openOther } from './other-engine.js';

/** @typedef {import('./engine.js').Vitrine} Vitrine */

/** The library's own limit is 5,000 unless it is told otherwise. */
export const MOST_ITEMS = 50_000;
/** Tens of thousands of items that nobody has seen before take their time on a slow device. */
const PATIENCE = 60_000;

/**
 * Opens an instance.
 *
 * @returns {Promise<Vitrine>} Rejects when the library cannot be had.
 */
export function openOwnEngine() {
  // Nobody is asked, so nothing is written: not a byte of the catalog stays behind. The pack is for its
  // attribute model.
  return openOther({
    storageName: 'alder-bring',
    maxCandidates: MOST_ITEMS,
    timeoutMs: PATIENCE,
  });
}
