/**
 * A new row's profile beside that of the row it was made from: prices, kinds, character, likeness.
 * Every part has the same height whatever it shows, so that another profile moves nothing.
 */
import { candidateOf } from './candidates.js';
import { bar, make } from './dom.js';
import { blocksOf, likenessIn } from './profile-blocks.js';
import { blockInWords, percent, scoreInWords } from './words.js';

/** @typedef {import('../src/core/types.ts').Segment} Segment */
/** @typedef {ReadonlyMap<string, number>} MeanScores */

/**
 * @typedef {object} ProfileParts
 * @property {Segment | null} segment - The new one; null before there is one.
 * @property {Segment} seed - Where it starts.
 * @property {readonly string[]} items - Ids in the row of the new one.
 * @property {readonly string[]} seedItems - Ids in the row of the seed.
 * @property {boolean} hasPictures - Whether some candidate has an `imageVector`.
 * @property {readonly string[]} scores - Names of the synthetic scores, sorted; empty without any.
 * @property {readonly number[]} prices - All prices of the shop, ascending.
 */

const KINDS = 5;
const BANDS = 8;

/**
 * The profile in bars.
 *
 * @param {ProfileParts} parts - What is compared.
 * @returns {HTMLElement} The parts, side by side.
 */
export function profileView(parts) {
  return make(
    'div',
    { class: 'profile', 'data-testid': 'profile' },
    part('Prices', pricePart(parts)),
    part('Kinds of things', kindsPart(parts)),
    part('Character of its items', characterLines(parts.scores, new Map(), new Map()), 'character'),
    part('How like the row it came from', likenessPart(parts)),
  );
}

/**
 * @param {string} title - Heading.
 * @param {readonly HTMLElement[]} content - Below it.
 * @param {string} [role] - Value of `data-role` for what is filled later.
 * @returns {HTMLElement} A part of the profile.
 */
function part(title, content, role = '') {
  const body = make('div', role === '' ? {} : { 'data-role': role }, content);
  return make('section', { class: 'profile-part' }, make('h4', {}, title), body);
}

/**
 * @param {ProfileParts} parts - What is compared.
 * @returns {HTMLElement[]} The share of the items in each of the shop's price bands, and mean prices.
 */
function pricePart({ items, seedItems, prices }) {
  const own = bandShares(items, prices);
  const old = bandShares(seedItems, prices);
  const most = Math.max(...own, ...old, 1e-9);
  const column = (/** @type {number} */ value, /** @type {string} */ kind) => {
    const element = make('span', { class: kind });
    element.style.setProperty('--share', String(value / most));
    return element;
  };
  const bands = own.map((share, band) =>
    make('span', {}, column(share, 'is-new'), column(old[band] ?? 0, 'is-seed')),
  );
  const [mean, seedMean] = [meanPrice(items), meanPrice(seedItems)];
  const dearer = Math.max(mean ?? 0, seedMean ?? 0, 1e-9);
  return [
    make('div', { class: 'columns', 'aria-hidden': 'true' }, bands),
    make(
      'p',
      { class: 'columns-ends', 'aria-hidden': 'true' },
      make('span', {}, 'cheapest of the shop'),
      make('span', {}, 'dearest'),
    ),
    pair('Mean price', {
      own: (mean ?? 0) / dearer,
      old: (seedMean ?? 0) / dearer,
      ownText: inMoney(mean),
      oldText: inMoney(seedMean),
      testId: 'mean-price',
    }),
  ];
}

/**
 * @param {readonly string[]} ids - Items.
 * @param {readonly number[]} prices - All prices of the shop, ascending.
 * @returns {number[]} Share of the items in each band of as many of the shop's prices.
 */
function bandShares(ids, prices) {
  const shares = Array.from({ length: BANDS }, () => 0);
  for (const id of ids) {
    const { price } = candidateOf(id);
    if (price === undefined || prices.length === 0) continue;
    const below = prices.findIndex((other) => other >= price);
    const band = Math.min(BANDS - 1, Math.floor((BANDS * below) / prices.length));
    shares[band] = (shares[band] ?? 0) + 1 / ids.length;
  }
  return shares;
}

/**
 * @param {readonly string[]} ids - Items.
 * @returns {number | null} Mean of their prices; null without any.
 */
function meanPrice(ids) {
  const prices = ids.flatMap((id) => candidateOf(id).price ?? []);
  return prices.length === 0 ? null : prices.reduce((sum, price) => sum + price, 0) / prices.length;
}

/**
 * @param {number | null} amount - An amount.
 * @returns {string} `€35`; a dash for null.
 */
function inMoney(amount) {
  if (amount === null) return '–';
  const currency = document.body.dataset['currency'] ?? 'USD';
  const format = { style: /** @type {const} */ ('currency'), currency, maximumFractionDigits: 0 };
  return new Intl.NumberFormat('en', format).format(amount);
}

/**
 * @param {ProfileParts} parts - What is compared.
 * @returns {HTMLElement[]} What share of the items is of which kind, largest first.
 */
function kindsPart({ items, seedItems }) {
  const own = sharesOf(items);
  const old = sharesOf(seedItems);
  const sum = (/** @type {string} */ name) => (own.get(name) ?? 0) + (old.get(name) ?? 0);
  const names = [...new Set([...own.keys(), ...old.keys()])]
    .toSorted((a, b) => sum(b) - sum(a) || (a < b ? -1 : 1))
    .slice(0, KINDS);
  if (names.length === 0) return [hint('Make a row, and its kinds are counted here.')];
  return names.map((name) => sharePair(name, own.get(name) ?? 0, old.get(name) ?? 0));
}

/**
 * @param {readonly string[]} ids - Items.
 * @returns {Map<string, number>} Share of the items by their category's second level, else the first.
 */
function sharesOf(ids) {
  /** @type {Map<string, number>} */
  const shares = new Map();
  for (const id of ids) {
    const { categoryPath = [] } = candidateOf(id);
    const kind = categoryPath[1] ?? categoryPath[0];
    if (kind !== undefined) shares.set(kind, (shares.get(kind) ?? 0) + 1 / ids.length);
  }
  return shares;
}

/**
 * Mean scores of the first items of both rows; also put in place later, when these were read.
 *
 * @param {readonly string[]} names - Of the scores; none while nothing was read.
 * @param {MeanScores} own - Of the new row; empty where it is not known.
 * @param {MeanScores} old - Of the seed's row.
 * @returns {HTMLElement[]} One pair of bars for each score.
 */
export function characterLines(names, own, old) {
  if (names.length === 0) return [hint('The items have not been read yet; see “Read an item”.')];
  const text = (/** @type {number | undefined} */ mean) =>
    mean === undefined ? '–' : percent(mean);
  return names.map((name) => {
    const [mine, theirs] = [own.get(name), old.get(name)];
    return pair(scoreInWords(name), {
      own: mine ?? 0,
      old: theirs ?? 0,
      ownText: text(mine),
      oldText: text(theirs),
      testId: 'character',
    });
  });
}

/**
 * @param {ProfileParts} parts - What is compared.
 * @returns {HTMLElement[]} One bar for each block.
 */
function likenessPart(parts) {
  const { segment, seed, hasPictures } = parts;
  const lines = blocksOf(seed.vector.length, hasPictures).map((block) => {
    const cosine = segment === null ? null : likenessIn(segment.vector, seed.vector, block);
    const value = Math.max(0, cosine ?? 0);
    return make(
      'div',
      {
        class: 'measure',
        'data-testid': 'likeness',
        'data-block': block.name,
        'data-value': String(value),
      },
      make('span', {}, blockInWords(block.name)),
      bar(value),
      make('span', { class: 'number' }, cosine === null ? '–' : percent(value)),
    );
  });
  return segment === null ? lines : [...lines, hint('–: one of the two says nothing about it.')];
}

/**
 * @param {string} text - What is missing.
 * @returns {HTMLElement} A quiet line.
 */
function hint(text) {
  return make('p', { class: 'count' }, text);
}

/**
 * @param {string} name - What it is.
 * @param {number} own - Share of the new one, 0 to 1.
 * @param {number} old - Share of the seed.
 * @returns {HTMLElement} Two bars.
 */
function sharePair(name, own, old) {
  const texts = { ownText: percent(own), oldText: percent(old), testId: 'kind' };
  return pair(name, { own, old, ...texts });
}

/**
 * @typedef {object} Pair
 * @property {number} own - Of the new one, 0 to 1.
 * @property {number} old - Of the seed.
 * @property {string} ownText - The same in words.
 * @property {string} oldText - The same in words.
 * @property {string} testId - For tests; `data-own` and `data-old` hold the numbers.
 */

/**
 * @param {string} name - What is compared.
 * @param {Pair} values - The numbers.
 * @returns {HTMLElement} Two bars, one below the other, with their numbers.
 */
function pair(name, { own, old, ownText, oldText, testId }) {
  return make(
    'div',
    { class: 'pair', 'data-testid': testId, 'data-own': String(own), 'data-old': String(old) },
    make('span', { class: 'pair-name' }, name),
    make('span', { class: 'pair-bars' }, bar(own, 'is-new'), bar(old, 'is-seed')),
    make(
      'span',
      { class: 'pair-numbers number' },
      make('span', {}, make('span', { class: 'sr-only' }, 'new '), ownText),
      make('span', { class: 'is-seed' }, make('span', { class: 'sr-only' }, ', before '), oldText),
    ),
  );
}
