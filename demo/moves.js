/**
 * Moves that the eye can follow: cards glide to their new places, and a picture becomes that of the
 * page it leads to. Only where the browser has view transitions, and never against the visitor's wish
 * for less motion; without them everything is just there.
 */
import { itemIdOf } from './dom.js';

/** Number of the latest move; an earlier one leaves the page's own name alone. */
let moving = 0;

/** Cards beyond these are out of sight or too many to follow. */
const MOST = 24;

/**
 * Whether things may move.
 *
 * @returns {boolean} False where the browser cannot, or the visitor asked for less.
 */
export function mayMove() {
  return 'startViewTransition' in document && !prefersStill();
}

/**
 * Whether the visitor asked for less motion.
 *
 * @returns {boolean} As the system's setting says.
 */
export function prefersStill() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Changes the page, and lets cards that stay in sight glide to their new places.
 *
 * @param {() => void} change - Changes it at once, in one task.
 * @returns {Promise<void>} Settles when the change is made; the gliding goes on.
 */
export async function withMoves(change) {
  if (!mayMove()) {
    change();
    return;
  }
  moving += 1;
  const own = moving;
  const root = document.documentElement;
  // Only the cards: a picture of the whole page before the page would take what is pressed meanwhile.
  root.style.viewTransitionName = 'none';
  let named = nameCards();
  const unname = () => {
    for (const card of named) card.style.viewTransitionName = '';
  };
  const { finished, ready, updateCallbackDone } = document.startViewTransition(() => {
    unname();
    change();
    named = nameCards();
  });
  // A transition that is skipped has changed the page all the same.
  ready.catch(() => undefined);
  void finished
    .catch(() => undefined)
    .then(() => {
      unname();
      if (own === moving) root.style.viewTransitionName = '';
    });
  await updateCallbackDone;
}

/** @returns {HTMLElement[]} The cards in sight, each named after its item. */
function nameCards() {
  /** @type {Map<string, HTMLElement>} */
  const named = new Map();
  for (const card of document.querySelectorAll('vitrine-feed .card')) {
    if (named.size >= MOST) break;
    const id = itemIdOf(card);
    if (!(card instanceof HTMLElement) || named.has(id) || !isInSight(card)) continue;
    card.style.viewTransitionName = CSS.escape(`card-${id}`);
    named.set(id, card);
  }
  return [...named.values()];
}

/**
 * @param {Element} element - Any.
 * @returns {boolean} Whether a part of it is in the viewport.
 */
function isInSight(element) {
  const { bottom, left, right, top } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
}

/** Lets the picture of a card become the picture of the page that it leads to. */
export function joinPages() {
  addEventListener('pageswap', (event) => {
    const { activation, viewTransition } = event;
    const next = viewTransition === null ? null : activation?.entry.url;
    if (typeof next !== 'string') return;
    const { pathname } = new URL(next);
    const link = document.querySelector(`a.card-link[href$="${CSS.escape(pathname)}"]`);
    const picture = link?.querySelector('.card-picture');
    // What is out of sight would fly in from nowhere.
    if (!(picture instanceof HTMLElement) || !isInSight(picture)) return;
    picture.style.viewTransitionName = 'item-picture';
    void viewTransition?.finished.finally(() => {
      picture.style.viewTransitionName = '';
    });
  });
}
