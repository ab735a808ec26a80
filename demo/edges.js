/**
 * Lines that go on beyond their edge: which edge, for the style sheet to fade it, and arrows for those
 * who have no wheel that turns sideways.
 */
import { make } from './dom.js';

/** Empty room at the ends, in pixels: who sees the last entry has seen all. */
const SLACK = 36;
const STEP = 0.7;
/** @type {ScrollIntoViewOptions} */
const NEAREST = { block: 'nearest', inline: 'nearest' };

/** Watches the lines of departments, which shows the current one, of shoppers and of topics. */
export function startEdges() {
  const departments = document.querySelector('.departments');
  if (departments !== null) {
    showCurrent(departments);
    watchEdges(departments, departments);
  }
  const personas = document.querySelector('.personas ul');
  if (personas !== null) watchEdges(personas, personas);
  const topics = document.querySelector('vitrine-topics');
  const line = topics?.parentElement;
  if (!topics || !line) return;
  // The library draws them when the first feed is there.
  new MutationObserver((_, observer) => {
    const group = topics.querySelector('fieldset');
    if (group === null) return;
    observer.disconnect();
    line.append(arrow(group, -1), arrow(group, 1));
    watchEdges(group, line);
  }).observe(topics, { childList: true });
}

/**
 * @param {Element} scroller - Scrolls sideways.
 * @param {HTMLElement | Element} marked - Gets `data-more`: `start`, `end`, both or empty.
 */
function watchEdges(scroller, marked) {
  const update = () => {
    const room = scroller.scrollWidth - scroller.clientWidth;
    const more = [
      ...(scroller.scrollLeft > SLACK ? ['start'] : []),
      ...(scroller.scrollLeft < room - SLACK ? ['end'] : []),
    ];
    marked.setAttribute('data-more', more.join(' '));
  };
  scroller.addEventListener('scroll', update, { passive: true });
  // Chromium leaves what is half beyond the edge there. Not under a pointer: its press would miss.
  scroller.addEventListener('focusin', ({ target }) => {
    const element = /** @type {Element} */ (target);
    if (element.matches(':focus-visible')) element.scrollIntoView(NEAREST);
  });
  new ResizeObserver(update).observe(scroller);
}

/** @param {Element} departments - The line; its current entry may lie beyond the edge. */
function showCurrent(departments) {
  const current = departments.querySelector('[aria-current]');
  if (current === null) return;
  const line = departments.getBoundingClientRect();
  const own = current.getBoundingClientRect();
  if (own.right > line.right) departments.scrollLeft += own.left - line.left - line.width / 3;
}

/**
 * @param {Element} scroller - Scrolls sideways.
 * @param {-1 | 1} way - Back or on.
 * @returns {HTMLElement} For the pointer only: the tab key reaches what is beyond the edge by itself.
 */
function arrow(scroller, way) {
  return make(
    'button',
    {
      type: 'button',
      class: way < 0 ? 'edge-arrow is-back' : 'edge-arrow',
      tabindex: '-1',
      'aria-hidden': 'true',
      onclick: () => scroller.scrollBy({ left: way * scroller.clientWidth * STEP }),
    },
    way < 0 ? '‹' : '›',
  );
}
