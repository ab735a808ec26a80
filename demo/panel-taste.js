/**
 * Parts of the panel that say what is known: segments, categories, makers, prices.
 */
import { bar, make } from './dom.js';
import { pathInWords, percent } from './words.js';

/** @typedef {import('../src/core/types.ts').Profile} Profile */
/** @typedef {import('../src/core/types.ts').Segment} Segment */

/**
 * @callback ChangeSegment
 * @param {'follow' | 'unfollow' | 'block'} change - What to do.
 * @param {string} segmentId - With which segment.
 * @returns {void}
 */

const SHOWN = 6;

/**
 * The visitor's segments with their weights, then the shop's other segments to choose from.
 *
 * @param {Profile} profile - What is known.
 * @param {readonly Segment[]} library - All segments.
 * @param {ChangeSegment} change - Called by the buttons.
 * @returns {HTMLElement[]} Elements of the panel.
 */
export function segmentsPart(profile, library, change) {
  const mine = profile.segments.map((segment) => segmentLine(segment, change));
  const known = new Set(profile.segments.map((segment) => segment.segmentId));
  const others = library
    .filter((segment) => !known.has(segment.id))
    .map(({ id, name }) =>
      segmentLine(
        { segmentId: id, name, weight: 0, followed: false, blocked: false, factor: 1 },
        change,
      ),
    );
  const none = make(
    'p',
    { class: 'count' },
    'None yet. Look at a few things, or follow a row below.',
  );
  return [
    make('h3', {}, 'What you seem to come for'),
    ...(mine.length > 0 ? mine : [none]),
    make(
      'details',
      { class: 'more', 'data-testid': 'other-segments' },
      make('summary', {}, `${others.length} other rows you could follow`),
      others,
    ),
  ];
}

/**
 * @param {Profile['segments'][number]} segment - A segment of the visitor.
 * @param {ChangeSegment} change - Called by the buttons.
 * @returns {HTMLElement} Name, bar, share, and two buttons.
 */
function segmentLine({ segmentId, name, weight, followed, blocked }, change) {
  const toggle = (
    /** @type {string} */ text,
    /** @type {boolean} */ pressed,
    /** @type {'follow' | 'block'} */ does,
  ) =>
    make(
      'button',
      {
        type: 'button',
        class: 'text-button',
        'aria-pressed': String(pressed),
        'aria-label': `${text}: ${name}`,
        'data-testid': `segment-${does}`,
        onclick: () => change(pressed ? 'unfollow' : does, segmentId),
      },
      text,
    );
  return make(
    'div',
    {
      class: blocked ? 'segment is-blocked' : 'segment',
      'data-testid': 'segment',
      'data-segment-id': segmentId,
    },
    measure(name, weight, 'segment-bar'),
    make(
      'div',
      { class: 'segment-actions' },
      toggle(followed ? 'Followed: always first' : 'Follow', followed, 'follow'),
      toggle(blocked ? 'Blocked: never shown' : 'Block', blocked, 'block'),
    ),
  );
}

/**
 * Categories, makers and prices that the visitor engaged with.
 *
 * @param {Profile} profile - What is known.
 * @param {string} currency - For prices that name none.
 * @returns {HTMLElement[]} Elements of the panel; none when nothing is known.
 */
export function tastesPart({ categories, brands, price }, currency) {
  const list = (
    /** @type {string} */ title,
    /** @type {Profile['categories']} */ entries,
    /** @type {string} */ testId,
    words = (/** @type {string} */ name) => name,
  ) =>
    entries.length === 0
      ? []
      : [
          make('h3', {}, title),
          ...entries
            .slice(0, SHOWN)
            .map(({ name, affinity }) => measure(words(name), affinity, testId)),
        ];
  return [
    ...list('Kinds of things', categories, 'category-bar', pathInWords),
    ...list('Makers', brands, 'brand-bar'),
    ...(price === null ? [] : pricePart(price, currency)),
  ];
}

/**
 * @param {NonNullable<Profile['price']>} price - Quartiles.
 * @param {string} fallback - ISO 4217 code for prices that name none.
 * @returns {HTMLElement[]} Heading and sentence.
 */
function pricePart(price, fallback) {
  const { low, median, high, currency = fallback } = price;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  });
  const [from, middle, to] = [low, median, high].map((amount) => format.format(amount));
  const sentence =
    from === to
      ? `Most of what you look at costs about ${middle}.`
      : `Half of what you look at costs between ${from} and ${to}, around ${middle}.`;
  return [make('h3', {}, 'Prices'), make('p', { 'data-testid': 'price-range' }, sentence)];
}

/**
 * @param {string} name - Left.
 * @param {number} share - 0 to 1.
 * @param {string} testId - For tests; `data-value` holds the exact number.
 * @returns {HTMLElement} Name, bar and share.
 */
function measure(name, share, testId) {
  return make(
    'div',
    { class: 'measure', 'data-testid': testId, 'data-value': String(share) },
    make('span', {}, name),
    bar(share),
    make('span', { class: 'number' }, percent(share)),
  );
}
