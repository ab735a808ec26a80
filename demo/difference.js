/**
 * What the visitor's window changes, at a glance: a sentence below the switch, and marks on cards.
 */
import { placesByItem } from './candidates.js';
import { byRole, itemIdOf, make, nextTask } from './dom.js';
import { differenceInWords, differenceOf } from './difference-words.js';
import { currentFeed } from './feed.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */

const HINT = 'Look at a few things: what stands here will follow you.';
/** Reasons of a window that waits for the first looks. */
const NEWCOMERS = new Set(['COLD_START', 'LOW_CONFIDENCE']);

/** Keeps the sentence and the marks up to date on the home page. */
export function startDifference() {
  document.addEventListener('vitrine:feed', later);
  byRole('switch')?.addEventListener('change', later);
}

/** Number of the latest showing; an earlier one stops. */
let showing = 0;

/** Not in the task that draws the rows: a slow phone has enough to do in it. */
function later() {
  setTimeout(() => void show());
}

/** Says and marks what differs, a row in a task; nothing where nothing does. */
async function show() {
  showing += 1;
  const turn = showing;
  const line = byRole('difference');
  const feed = currentFeed();
  if (line === null) return;
  if (feed === null || !feed.personalized) {
    showNone(line, feed);
    return;
  }
  const isShop = byRole('switch')?.querySelector('input:checked')?.getAttribute('value') === 'shop';
  // What the shop itself adds below is no choice of the window's.
  const own = feed.rows.filter(({ kind }) => kind !== 'server');
  const window = own.flatMap(({ items }) => items.map(({ itemId }) => itemId));
  const places = placesByItem();
  line.textContent = differenceInWords(differenceOf(window, places), isShop);
  const ranks = new Map(window.map((id, index) => [id, index + 1]));
  for (const row of document.querySelectorAll('vitrine-feed section')) {
    for (const card of row.querySelectorAll('.card')) {
      markCard(card, isShop ? shopMark(card, ranks) : ownMark(card, places, ranks));
    }
    await nextTask();
    if (turn !== showing) return;
  }
}

/**
 * @param {HTMLElement} line - Below the switch.
 * @param {Feed | null} feed - The shop's order.
 */
function showNone(line, feed) {
  line.textContent = feed !== null && NEWCOMERS.has(feed.reason) ? HINT : '';
  // Of a window that was erased.
  for (const mark of document.querySelectorAll('.card-mark')) mark.remove();
}

/** @typedef {{ sign: string, words: string } | null} Mark */

/**
 * @param {Element} card - In the visitor's window.
 * @param {ReadonlyMap<string, number>} places - In the shop's order.
 * @param {ReadonlyMap<string, number>} ranks - In the window.
 * @returns {Mark} How far it rose.
 */
function ownMark(card, places, ranks) {
  const place = places.get(itemIdOf(card)) ?? 0;
  const rise = place - (ranks.get(itemIdOf(card)) ?? place);
  if (rise <= 0) return null;
  const far = rise.toLocaleString('en');
  return { sign: `↑ ${far}`, words: `${far} places higher than in the shop’s order` };
}

/**
 * @param {Element} card - In the shop's order.
 * @param {ReadonlyMap<string, number>} ranks - In the window.
 * @returns {Mark} That it stands in the visitor's window as well.
 */
function shopMark(card, ranks) {
  const rank = ranks.get(itemIdOf(card));
  return rank === undefined ? null : { sign: 'Yours, too', words: `Place ${rank} of your window` };
}

/**
 * @param {Element} card - A card.
 * @param {Mark} mark - What is written over its picture; null takes it away.
 */
function markCard(card, mark) {
  card.querySelector('.card-mark')?.remove();
  if (mark === null) return;
  card.append(
    make(
      'span',
      { class: 'card-mark', 'data-testid': 'card-mark', title: mark.words },
      make('span', { 'aria-hidden': 'true' }, mark.sign),
      make('span', { class: 'sr-only' }, mark.words),
    ),
  );
}
