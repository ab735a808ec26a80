/**
 * The one Vitrine instance of a page, opened as soon as the page is, whatever its visitor will do:
 * were it opened by the first deed, the server would see that there was one. Every failure is the
 * value null: the server's list stands.
 */
import { readNote } from './memory.js';
import { LIBRARY, PACK } from './other-engine.js';

/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/core/types.ts').Interaction} Interaction */
/** @typedef {import('../src/core/types.ts').Item & Record<string, unknown>} Candidate */

/** @type {Promise<Vitrine | null>} */
const opening = open();

/**
 * The page's instance.
 *
 * @returns {Promise<Vitrine | null>} Null when the library cannot be loaded here.
 */
export function vitrine() {
  return opening;
}

/** @returns {Promise<Vitrine | null>} See {@link vitrine}. */
async function open() {
  try {
    /** @type {{ createVitrine: (options: object) => Promise<Vitrine> }} */
    const library = await import(LIBRARY);
    return await library.createVitrine({
      consent: consentNote(),
      logLevel: 'silent',
      pack: PACK,
    });
  } catch {
    // No library, no window: the shop stays as the server sent it.
    return null;
  }
}

/**
 * What the visitor chose; this demo starts with "granted" and says so in the panel.
 *
 * @returns {'granted' | 'denied'} Consent to keep the profile on the device.
 */
export function consentNote() {
  return readNote('alder-consent') === 'denied' ? 'denied' : 'granted';
}

/**
 * Reports an interaction; a shop never waits for it, nor fails with it.
 *
 * @param {Interaction} interaction - What happened.
 * @returns {Promise<void>} Settles when it is stored, or has failed.
 */
export async function report(interaction) {
  const instance = await vitrine();
  try {
    await instance?.track(interaction);
  } catch {
    // Not recorded: the shop goes on.
  }
}
