/**
 * What the visitor's window changes, at a glance: a sentence below the switch, and marks on cards.
 */
import { placesByItem } from './candidates.js';
import { byRole, make } from './dom.js';
import { differenceInWords, differenceOf } from './difference-words.js';
import { currentFeed } from './feed.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */

/** Keeps the sentence and the marks up to date on the home page. */
export function startDifference() {
  document.addEventListener('vitrine:feed', later);
  byRole('switch')?.addEventListener('change', later);
}

/** Not in the task that draws the rows: a slow phone has enough to do in it. */
function later() {
  setTimeout(show);
}

/** Says and marks what differs; nothing where nothing does. */
function show() {
  const line = byRole('difference');
  const feed = currentFeed();
  if (line === null) return;
  if (feed === null || !feed.personalized) {
    line.textContent = '';
    return;
  }
  const isShop = document.documentElement.dataset['feed'] === 'shop';
  const window = feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
  const places = placesByItem();
  line.textContent = differenceInWords(differenceOf(window, places), isShop);
  const ranks = new Map(window.map((id, index) => [id, index + 1]));
  for (const card of document.querySelectorAll('vitrine-feed .card')) {
    markCard(card, isShop ? shopMark(card, ranks) : ownMark(card, places, ranks));
  }
}

/**
 * @param {Element} card - A card.
 * @returns {string} Id of its item.
 */
function idOf(card) {
  return card.getAttribute('data-item-id') ?? card.getAttribute('data-vitrine-item') ?? '';
}

/** @typedef {{ sign: string, words: string } | null} Mark */

/**
 * @param {Element} card - In the visitor's window.
 * @param {ReadonlyMap<string, number>} places - In the shop's order.
 * @param {ReadonlyMap<string, number>} ranks - In the window.
 * @returns {Mark} How far it rose.
 */
function ownMark(card, places, ranks) {
  const place = places.get(idOf(card)) ?? 0;
  const rise = place - (ranks.get(idOf(card)) ?? place);
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
  const rank = ranks.get(idOf(card));
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
