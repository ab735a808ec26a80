/**
 * The demo shop's own notes on this device: cart, colours, consent. Not Vitrine's.
 */

/** @typedef {'alder-cart' | 'alder-theme' | 'alder-consent' | 'alder-order'} NoteName */

/**
 * Reads a note.
 *
 * @param {NoteName} name - Which.
 * @returns {string | null} Null when there is none or storage is blocked.
 */
export function readNote(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    // Blocked storage reads as empty; the shop works for this page.
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
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Blocked or full: the note lives as long as the page.
  }
}
