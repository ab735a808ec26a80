/**
 * The item that a page is about.
 */

/** @typedef {import('./engine.js').Candidate} Candidate */

/**
 * Reads the record that the server wrote into the page.
 *
 * @returns {Candidate | null} Null on pages that are not about one item.
 */
export function pageItem() {
  const text = document.getElementById('item')?.textContent;
  return text === undefined || text === null ? null : JSON.parse(text);
}
