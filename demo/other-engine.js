/**
 * Instances beside the visitor's own. Without consent their profiles live in memory, and under other
 * names at that: nothing is written, and the visitor's own is neither read nor changed.
 */

/** @typedef {import('./engine.js').Vitrine} Vitrine */

/** Of the page's own instance, too (engine.js). */
export const LIBRARY = '/dist/vitrine.js';

/** Trained on simulated shoppers of this shop; it says nothing of other catalogs' items. */
export const PACK = '/packs/default/';

/**
 * Opens an instance.
 *
 * @param {import('../src/core/types.ts').VitrineOptions} options - `storageName` and what else differs.
 * @returns {Promise<Vitrine>} Rejects when the library cannot be had.
 */
export async function openOther(options) {
  /** @type {{ createVitrine: (options: object) => Promise<Vitrine> }} */
  const library = await import(LIBRARY);
  return library.createVitrine({
    consent: 'unknown',
    logLevel: 'silent',
    pack: PACK,
    ...options,
  });
}
