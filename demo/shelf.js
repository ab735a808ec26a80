/**
 * Arrows at the ends of a shelf, for those who have no wheel that turns sideways.
 */
import { make } from './dom.js';

const SLACK = 4;
const STEP = 0.9;

/**
 * Gives each shelf below an element its two arrows; those that have them keep them.
 *
 * @param {Element} place - Holds shelves (`.vitrine-items`) at any depth.
 */
export function addArrows(place) {
  for (const shelf of place.querySelectorAll('.vitrine-items')) {
    if (shelf.previousElementSibling?.className !== 'shelf-arrows') shelf.before(arrowsOf(shelf));
  }
}

/**
 * @param {Element} shelf - Scrolls sideways.
 * @returns {HTMLElement} Two buttons that take no room.
 */
function arrowsOf(shelf) {
  const arrow = (
    /** @type {-1 | 1} */ way,
    /** @type {string} */ mark,
    /** @type {string} */ label,
  ) =>
    make(
      'button',
      {
        type: 'button',
        class: 'shelf-arrow',
        'aria-label': label,
        onclick: () => shelf.scrollBy({ left: way * shelf.clientWidth * STEP }),
      },
      mark,
    );
  const back = arrow(-1, '‹', 'Earlier items of this row');
  const on = arrow(1, '›', 'Further items of this row');
  const update = () => {
    const room = shelf.scrollWidth - shelf.clientWidth;
    back.disabled = shelf.scrollLeft <= SLACK;
    on.disabled = shelf.scrollLeft >= room - SLACK;
  };
  shelf.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(update).observe(shelf);
  return make('div', { class: 'shelf-arrows' }, back, on);
}
