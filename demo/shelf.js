/**
 * Arrows beside a shelf, for those who have no wheel that turns sideways.
 */
import { make } from './dom.js';

const SLACK = 4;

/**
 * Gives a row its two arrows; does nothing when it has them.
 *
 * @param {HTMLElement} row - Holds one `.vitrine-items`.
 */
export function addArrows(row) {
  const shelf = /** @type {HTMLElement | null} */ (row.querySelector('.vitrine-items'));
  if (shelf === null || row.querySelector('.shelf-arrows') !== null) return;
  const arrow = (/** @type {-1 | 1} */ way, /** @type {string} */ mark, /** @type {string} */ label) =>
    make(
      'button',
      {
        type: 'button',
        class: 'shelf-arrow',
        'aria-label': label,
        onclick: () => shelf.scrollBy({ left: way * shelf.clientWidth * 0.9 }),
      },
      mark,
    );
  const back = arrow(-1, '←', 'Earlier items of this row');
  const on = arrow(1, '→', 'Further items of this row');
  const update = () => {
    const room = shelf.scrollWidth - shelf.clientWidth;
    back.disabled = shelf.scrollLeft <= SLACK;
    on.disabled = shelf.scrollLeft >= room - SLACK;
  };
  shelf.addEventListener('scroll', update, { passive: true });
  new ResizeObserver(update).observe(shelf);
  row.append(make('div', { class: 'shelf-arrows' }, back, on));
}
