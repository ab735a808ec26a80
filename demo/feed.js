/**
 * The feed of a page: joins `<vitrine-feed>` to the engine, marks its rows and cards, says why it
 * looks as it does, and switches between the shop's order and the visitor's.
 */
import { byRole } from './dom.js';
import { vitrine } from './engine.js';
import { readNote, writeNote } from './memory.js';
import { addArrows } from './shelf.js';
import { openWhy } from './why.js';
import { reasonInWords } from './words.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Row} Row */
/** @typedef {import('../src/core/types.ts').RankedItem} RankedItem */
/** @typedef {import('../src/core/types.ts').Vitrine} Vitrine */
/** @typedef {import('../src/client/feed-element.ts').VitrineFeedElement} FeedElement */

const SHOP_ORDER = 'In the shop’s order, the same for everybody.';

/** @type {FeedElement | null} */
const element = document.querySelector('vitrine-feed');

/** The feed last made, also while the shop's order is shown. @type {Feed | null} */
let latest = null;

/**
 * The feed last made on this page.
 *
 * @returns {Feed | null} Null before the first one, and on pages without a feed.
 */
export function currentFeed() {
  return latest;
}

/** Starts the feed; does nothing on pages without one. */
export async function startFeed() {
  if (element === null) return;
  addArrows(element);
  // In the capture phase, so that the question is not taken for a click on the item.
  document.addEventListener('click', askWhy, { capture: true });
  element.addEventListener('vitrine:feed', (event) =>
    showFeed(/** @type {CustomEvent<Feed>} */ (event).detail),
  );
  startSwitch();
  const instance = await vitrine();
  if (instance === null) {
    say(reasonInWords('WORKER_UNAVAILABLE'));
    return;
  }
  // Its file comes after the library's; a property set before would hide the element's own.
  await customElements.whenDefined('vitrine-feed');
  if (!isShopOrder()) connect(instance);
}

/** Ranks anew after something about the visitor changed; the shop's order, when chosen, stays. */
export async function refreshFeed() {
  if (element !== null && !isShopOrder()) await element.refresh();
}

/** Brings the server's list back, as after an erasure. */
export function clearFeed() {
  latest = null;
  showShopOrder('In the shop’s order: everything about you is erased.');
}

/**
 * Gives the element its engine; on an item's page with that item as context.
 *
 * @param {Vitrine} instance - The page's instance.
 */
function connect(instance) {
  if (element === null) return;
  const itemId = document.querySelector('[data-testid="product"]')?.getAttribute('data-item-id');
  element.vitrine =
    itemId === null || itemId === undefined
      ? instance
      : {
          ...instance,
          rerank: (candidates, options) =>
            instance.rerank(candidates, { ...options, context: { itemId } }),
        };
}

/**
 * Marks rows and cards for styles and tests, and says why they stand there.
 *
 * @param {Feed} feed - The feed that the element shows now.
 */
function showFeed(feed) {
  latest = feed;
  say(reasonInWords(feed.reason));
  document.documentElement.dataset['feed'] = feed.personalized ? 'visitor' : 'shop';
  if (element === null) return;
  element.dataset['reason'] = feed.reason;
  const rows = new Map(feed.rows.flatMap((row) => row.items.map((item) => [item.itemId, row])));
  addArrows(element);
  if (!feed.personalized) return;
  for (const section of element.querySelectorAll('section')) markRow(section, rows);
}

/**
 * @param {HTMLElement} section - A drawn row.
 * @param {ReadonlyMap<string, Row>} rows - Rows by the ids of their items.
 */
function markRow(section, rows) {
  for (const entry of section.querySelectorAll('li')) {
    const card = entry.querySelector('.card');
    const id = entry.dataset['vitrineItem'] ?? card?.getAttribute('data-vitrine-item') ?? '';
    card?.setAttribute('data-item-id', id);
    const row = rows.get(id);
    if (row === undefined || section.dataset['rowId'] !== undefined) continue;
    Object.assign(section.dataset, { testid: 'feed-row', rowId: row.id, rowKind: row.kind });
  }
}

/** Wires "Shop's order / Your window"; the choice is remembered. */
function startSwitch() {
  const group = byRole('switch');
  if (group === null || element === null) return;
  for (const input of group.querySelectorAll('input')) {
    input.checked = (input.value === 'shop') === isShopOrder();
    input.addEventListener('change', () => void choose(input.value));
  }
}

/** @param {string} order - `shop` or `visitor`. */
async function choose(order) {
  writeNote('alder-order', order);
  if (element === null) return;
  if (order === 'shop') {
    showShopOrder(SHOP_ORDER);
    return;
  }
  const instance = await vitrine();
  if (instance === null) say(reasonInWords('WORKER_UNAVAILABLE'));
  else if (element.vitrine === undefined) connect(instance);
  else await element.refresh();
}

/** @param {string} sentence - Why the server's list stands. */
function showShopOrder(sentence) {
  if (element === null) return;
  element.feed = undefined;
  delete element.dataset['reason'];
  document.documentElement.dataset['feed'] = 'shop';
  say(sentence);
}

/** @returns {boolean} Whether the visitor asked for the shop's order; only home has the switch. */
function isShopOrder() {
  return byRole('switch') !== null && readNote('alder-order') === 'shop';
}

/** @param {string} sentence - What the line above the feed says. */
function say(sentence) {
  const line = byRole('status');
  if (line !== null) line.textContent = sentence;
}

/** @param {Event} event - A click anywhere. */
function askWhy(event) {
  const button = /** @type {Element} */ (event.target).closest('[data-action="why"]');
  const card = button?.closest('.card');
  if (card === null || card === undefined) return;
  event.stopPropagation();
  const itemId = card.getAttribute('data-item-id') ?? '';
  const title = card.querySelector('.card-title')?.textContent ?? itemId;
  const rows = element?.feed?.rows ?? [];
  const names = new Map(rows.map((row) => [row.segmentId ?? row.id, row.title]));
  void openWhy({ itemId, title, ranked: shownItem(itemId), names });
}

/**
 * @param {string} itemId - Item id.
 * @returns {RankedItem | null} Its place in the feed on the page; null while the server's list stands.
 */
function shownItem(itemId) {
  const feed = element?.feed;
  if (feed === undefined || !feed.personalized) return null;
  return feed.rows.flatMap((row) => row.items).find((item) => item.itemId === itemId) ?? null;
}
