/**
 * The demo shop's own notes on this device: cart, colours, consent. Not Vitrine's.
 */

/** @typedef {'alder-cart' | 'alder-theme' | 'alder-consent' | 'alder-order'} NoteName */

/** What could not be written lives as long as the page. @type {Map<NoteName, string | null>} */
const unwritten = new Map();

/**
 * Reads a note.
 *
 * @param {NoteName} name - Which.
 * @returns {string | null} Null when there is none.
 */
export function readNote(name) {
  try {
    return unwritten.get(name) ?? localStorage.getItem(name);
  } catch {
    // Blocked storage holds nothing of earlier pages.
    return null;
  }
}

/**
 * Writes a note, or removes it.
 *
 * @param {NoteName} name - Which.
 * @param {string | null} text - Null removes it.
 */
export function writeNote(name, text) {
  unwritten.delete(name);
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Blocked or full.
    unwritten.set(name, text);
  }
}

/**
 * Whether this browser lets the shop keep something from page to page.
 *
 * @returns {boolean} False where storage is blocked.
 */
export function canKeep() {
  try {
    return localStorage.length >= 0;
  } catch {
    // The getter throws where the visitor blocks site data.
    return false;
  }
}
