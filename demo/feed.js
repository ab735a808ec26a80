/**
 * The feed of a page: joins `<vitrine-feed>` to the engine, marks its rows and cards, says why it
 * looks as it does, and switches between the shop's order and the visitor's.
 */
import { candidateOf, fetchCandidates } from './candidates.js';
import { byRole, nextTask } from './dom.js';
import { vitrine } from './engine.js';
import { canKeep, readNote, writeNote } from './memory.js';
import { pictureOf } from './pictures.js';
import { addArrows } from './shelf.js';
import { showDone } from './toast.js';
import { openWhy } from './why.js';
import { reasonInWords } from './words.js';

/** @typedef {import('../src/core/types.ts').Feed} Feed */
/** @typedef {import('../src/core/types.ts').Row} Row */
/** @typedef {import('../src/core/types.ts').RankedItem} RankedItem */
/** @typedef {import('../src/client/feed-element.ts').VitrineFeedElement} FeedElement */

const PICTURE = 400;
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
  element.addEventListener('click', askWhy);
  element.addEventListener(
    'vitrine:feed',
    (event) => void showFeed(/** @type {CustomEvent<Feed>} */ (event).detail),
  );
  startSwitch();
  const address = element.getAttribute('candidates') ?? '';
  const [instance, candidates] = await Promise.all([vitrine(), fetchCandidates(address)]);
  if (instance === null) {
    say(reasonInWords('WORKER_UNAVAILABLE'));
    return;
  }
  if (candidates !== null) element.candidates = candidates;
  // Also with the shop's order: what was chosen here must not be seen in what is asked for.
  element.vitrine = instance;
}

/** Ranks anew after something about the visitor changed; the shop's order, when chosen, stays. */
export async function refreshFeed() {
  // The element's file may still be on its way; it ranks when it comes.
  await element?.refresh?.();
}

/**
 * Marks rows and cards for styles and tests, draws their pictures, and says why they stand there; a
 * row in a task, from the top.
 *
 * @param {Feed} feed - The feed that the element shows now.
 */
async function showFeed(feed) {
  latest = feed;
  if (isShopOrder()) {
    showShopOrder();
    return;
  }
  say(reasonInWords(feed.reason, canKeep()));
  if (element === null) return;
  const rows = new Map(feed.rows.flatMap((row) => row.items.map((item) => [item.itemId, row])));
  for (const section of element.querySelectorAll('section')) {
    addArrows(section);
    if (feed.personalized) markRow(section, rows);
    await nextTask();
    if (latest !== feed || isShopOrder()) return;
  }
  element.dataset['reason'] = feed.reason;
  document.documentElement.dataset['feed'] = feed.personalized ? 'visitor' : 'shop';
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
    card?.querySelector('.card-picture')?.replaceChildren(pictureOf(candidateOf(id), PICTURE));
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
  if (order === 'shop') showShopOrder();
  else if (latest !== null) element.feed = latest;
  else if ((await vitrine()) === null) say(reasonInWords('WORKER_UNAVAILABLE'));
}

/** Brings the server's list back; the latest feed is kept for the way back. */
function showShopOrder() {
  if (element === null) return;
  // Before the first feed the server's list stands as it is.
  if (latest !== null) element.feed = undefined;
  delete element.dataset['reason'];
  document.documentElement.dataset['feed'] = 'shop';
  say(SHOP_ORDER);
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

/** @param {Event} event - A click in the feed. */
function askWhy(event) {
  const button = /** @type {Element} */ (event.target).closest('[data-action="why"]');
  const card = button?.closest('.card');
  if (card === null || card === undefined) return;
  const itemId = card.getAttribute('data-item-id') ?? '';
  const title = card.querySelector('.card-title')?.textContent ?? itemId;
  const rows = element?.feed?.rows ?? [];
  const names = new Map(rows.map((row) => [row.segmentId ?? row.id, row.title]));
  const row = mutableRow(itemId, rows);
  const onDone = (/** @type {import('./why.js').Deed} */ deed) => void tellDone(deed);
  void openWhy({ itemId, title, ranked: shownItem(itemId), names, row, onDone });
}

/**
 * @param {string} itemId - An item.
 * @param {readonly Row[]} rows - Of the feed on the page.
 * @returns {import('./why.js').MutableRow | null} Its row, if a segment's; null for the shop's own.
 */
function mutableRow(itemId, rows) {
  const row = rows.find(({ items }) => items.some((item) => item.itemId === itemId));
  return row?.segmentId === undefined ? null : { segmentId: row.segmentId, title: row.title };
}

/** @param {import('./why.js').Deed} deed - What the visitor did to the window. */
async function tellDone({ undo, words }) {
  await refreshFeed();
  showDone(words, async () => {
    const instance = await vitrine();
    try {
      if (instance !== null) await undo(instance);
    } catch {
      // No worker: it stays as it is.
    }
    await refreshFeed();
  });
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
