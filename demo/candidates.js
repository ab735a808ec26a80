/**
 * The page's candidates, asked for once and by everybody: were they fetched for each ranking, the
 * server could count how often a window changes.
 */

import { nextTask } from './dom.js';

/** @typedef {import('./engine.js').Candidate} Candidate */

/** @type {ReadonlyMap<string, Candidate>} */
let known = new Map();

/**
 * Fetches the candidates of this page.
 *
 * @param {string} address - Where the server lists them.
 * @returns {Promise<readonly Candidate[] | null>} In the server's order; null when they did not come.
 */
export async function fetchCandidates(address) {
  try {
    const response = await fetch(address);
    /** @type {readonly Candidate[]} */
    const list = await response.json();
    known = new Map(list.map((item) => [item.id, item]));
    // Reading thousands of items and sending them on in one task would hold the page too long.
    await nextTask();
    return list;
  } catch {
    // No list: the server's cards stand.
    return null;
  }
}

/**
 * A candidate by its id.
 *
 * @param {string} id - Item id.
 * @returns {Candidate} The record; only its id when it is not among the candidates.
 */
export function candidateOf(id) {
  return known.get(id) ?? { id };
}

/**
 * Places in the server's order.
 *
 * @returns {ReadonlyMap<string, number>} By item id, from 1; empty before the list is here.
 */
export function placesByItem() {
  return new Map([...known.keys()].map((id, index) => [id, index + 1]));
}

/**
 * All candidates of the page.
 *
 * @returns {readonly Candidate[]} In the server's order; empty before the list is here.
 */
export function knownCandidates() {
  return [...known.values()];
}
