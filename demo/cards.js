/**
 * A shelf of cards that this page puts up itself, in the shape of the server's
 * (scripts/demo-server/card.mjs).
 */
import { make } from './dom.js';
import { pictureOf } from './pictures.js';
import { addArrows } from './shelf.js';

/** @typedef {import('./engine.js').Candidate} Candidate */

const PICTURE = 400;
const BLANKS = 6;

/**
 * A shelf.
 *
 * @param {string} label - For screen readers.
 * @param {readonly Candidate[]} items - From left to right; none leaves empty places, as high.
 * @returns {HTMLElement} Holds the shelf and its arrows.
 */
export function shelfOf(label, items) {
  const cards = items.map((item) => make('li', {}, cardOf(item)));
  const list = make(
    'ul',
    { class: 'vitrine-items', 'aria-label': label, role: 'list' },
    cards.length > 0 ? cards : Array.from({ length: BLANKS }, blank),
  );
  const shelf = make('div', { class: 'shelf' }, list);
  addArrows(shelf);
  return shelf;
}

/** @returns {HTMLElement} The place of a card. */
function blank() {
  return make(
    'li',
    { 'aria-hidden': 'true' },
    make(
      'div',
      { class: 'card' },
      make(
        'span',
        { class: 'card-link' },
        make('span', { class: 'card-picture' }),
        make('span', { class: 'card-words' }),
      ),
    ),
  );
}

/**
 * @param {Candidate} item - A candidate.
 * @returns {HTMLElement} Its card.
 */
function cardOf(item) {
  return make(
    'article',
    { class: 'card', 'data-testid': 'card', 'data-item-id': item.id },
    make(
      'a',
      { class: 'card-link', href: item.url ?? '/' },
      make('span', { class: 'card-picture' }, pictureOf(item, PICTURE)),
      make(
        'span',
        { class: 'card-words' },
        make('span', { class: 'card-title' }, item.title ?? item.id),
        make('span', { class: 'card-maker' }, item.brand ?? ''),
      ),
    ),
    make('p', { class: 'card-figures' }, make('span', { class: 'card-price' }, priceOf(item))),
  );
}

/**
 * @param {Candidate} item - A candidate.
 * @returns {string} `$24.99`; empty without a price.
 */
function priceOf({ price, currency = 'USD' }) {
  if (price === undefined) return '';
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(price);
}
