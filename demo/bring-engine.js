/**
 * An instance of its own for a catalog that was brought along: its profile lives in the page's memory,
 * beside the visitor's, and ends with the page.
 */

/** @typedef {import('./engine.js').Vitrine} Vitrine */

const LIBRARY = '/dist/vitrine.js';
/** For its attribute model; what the pack knows of shoppers says nothing of other shops' items. */
const PACK = '/packs/default/';
/** The library's own limit is 5,000 unless it is told otherwise. */
export const MOST_ITEMS = 50_000;
/** Tens of thousands of items that nobody has seen before take their time on a slow device. */
const PATIENCE = 60_000;

/**
 * Opens an instance.
 *
 * @returns {Promise<Vitrine>} Rejects when the library cannot be had.
 */
export async function openOwnEngine() {
  /** @type {{ createVitrine: (options: object) => Promise<Vitrine> }} */
  const library = await import(LIBRARY);
  return library.createVitrine({
    // Nobody is asked, so nothing is written: not a byte of the catalog stays behind.
    consent: 'unknown',
    storageName: 'alder-bring',
    logLevel: 'silent',
    pack: PACK,
    maxCandidates: MOST_ITEMS,
    timeoutMs: PATIENCE,
  });
}
