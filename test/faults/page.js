/**
 * The page of the fault tests: makes feeds when it is told to, and tells of what went wrong. Served
 * beside the built files by scripts/faults/site.mjs; a file of its own, since policies forbid scripts
 * inside the page.
 */

import { limitsOf } from './limits.js';

/** @typedef {typeof import('../../src/index.ts')} Library */
/** @typedef {import('../../src/index.ts').Feed} Feed */
/** @typedef {import('../../src/index.ts').Stats} Stats */
/** @typedef {import('../../src/index.ts').Vitrine} Vitrine */
/** @typedef {import('../../src/index.ts').VitrineOptions} VitrineOptions */

/**
 * One instance's work.
 *
 * @typedef {object} Work
 * @property {VitrineOptions} options
 * @property {string} candidates - Their address.
 * @property {readonly string[]} looks - Ids of items that were looked at, oldest first.
 * @property {number} feeds - How many are made, one after the other.
 * @property {boolean} [keep] - Whether the instance goes on.
 */

/** @typedef {{ visible: string, order: readonly string[], reason: string, device: string, ms: number }} Shown */
/** @typedef {{ feeds: Shown[], stats: Stats, codes: string[], hits: string[] }} Made */

/** What hears of errors first, as a shop's own monitoring would. */
const errors = /** @type {string[]} */ ([]);
window.addEventListener('error', (event) => errors.push(`error: ${event.message}`));
window.addEventListener('unhandledrejection', (event) => {
  errors.push(`unhandledrejection: ${event.reason}`);
});

/** Faults tell that they happened: one that did not would prove nothing. */
const hits = /** @type {string[]} */ ([]);
try {
  new BroadcastChannel('faults').addEventListener('message', ({ data }) => hits.push(data));
} catch {
  // Sandboxed documents may have no channel; their faults are not told by it.
}

const source = new URL('vitrine.js', import.meta.url).href;
const library = /** @type {Library} */ (await import(source));

/** @typedef {import('../../src/index.ts').Item[]} Items */

const kept = /** @type {{ vitrine: Vitrine, items: Items }[]} */ ([]);

/**
 * @param {Feed} feed - Just made.
 * @param {number} ms - From the call to the feed.
 * @returns {Shown} What a shopper sees, and what is told beside it.
 */
function shown({ device, order, personalized, reason, rows }, ms) {
  const visible = JSON.stringify({ rows, order, personalized, reason });
  return { visible, order, reason, device, ms };
}

/**
 * @param {Work} work - What is to be done.
 * @returns {Promise<Made>} What came of it.
 */
async function make({ candidates, feeds: count, keep = false, looks, options }) {
  const response = await fetch(candidates);
  const items = /** @type {Items} */ (await response.json());
  const vitrine = await library.createVitrine(options);
  const codes = /** @type {string[]} */ ([]);
  vitrine.on('error', ({ code }) => codes.push(code));
  for (const [index, id] of looks.entries()) {
    const item = items.find((one) => one.id === id);
    const time = Number(options.now ?? Date.now()) - (looks.length - index) * 60_000;
    await vitrine.track({ type: 'view_item', items: [{ ...item, id }], time });
  }
  const feeds = [await feedOf(vitrine, items)];
  for (let made = 1; made < count; made++) {
    // Something new, so that nothing of the feed before will do.
    const id = looks[made % looks.length];
    await vitrine.track({ type: 'view_item', itemId: `${id}`, time: timeOf(options, made) });
    feeds.push(await feedOf(vitrine, items));
  }
  const stats = await vitrine.stats();
  if (keep) kept.push({ vitrine, items });
  else vitrine.dispose();
  return { feeds, stats, codes, hits: hits.splice(0) };
}

/**
 * @param {VitrineOptions} options - Of the instance.
 * @param {number} made - Feeds so far.
 * @returns {number} Of the last hour, and no sooner than a visitor looks again.
 */
function timeOf({ now = Date.now() }, made) {
  return Number(now) - 3_600_000 + made * 20_000;
}

/**
 * @param {Vitrine} vitrine - What makes it.
 * @param {Items} items - Candidates.
 * @returns {Promise<Shown>} Of the next feed.
 */
async function feedOf(vitrine, items) {
  const start = performance.now();
  return shown(await vitrine.rerank(items), performance.now() - start);
}

/** @returns {Promise<{ feed: Shown, stats: Stats }>} Of the instance that was kept last. */
async function again() {
  const last = kept.at(-1);
  if (last === undefined) throw new Error('No instance was kept.');
  const feed = await feedOf(last.vitrine, last.items);
  return { feed, stats: await last.vitrine.stats() };
}

const DAY_MS = 86_400_000;

/** Eight tabs at once are still one visitor. */
const APART_MS = 20_000;

/** Set when what is done next breaks the worker: what was under way then is not kept. */
let isOver = false;

/** Acknowledged from then on is nothing. */
function stop() {
  isOver = true;
}

/**
 * Tells of one look after the other, and tells the server of each that was kept, without an end.
 *
 * @param {VitrineOptions} options - Of the instance.
 * @param {string} prefix - Of the items' ids.
 * @param {number} [most] - How many, default without an end.
 * @returns {Promise<Stats | undefined>} Figures at the end.
 */
async function pump(options, prefix, most = Infinity) {
  const vitrine = await library.createVitrine(options);
  const told = [];
  // Some day of the last months, and no more often than visitors look at items.
  const start = Date.now() - DAY_MS * (30 + 120 * Math.random());
  for (let n = 0; n < most; n++) {
    const id = `${prefix}-${n}`;
    const time = start + n * APART_MS;
    await vitrine.track({ type: 'view_item', items: [{ id, title: `Item ${id}` }], time });
    if (isOver) return undefined;
    // The server's list of requests is what was acknowledged; its answer does not matter.
    told.push(fetch(`/ack/${id}`).catch(() => undefined));
  }
  await Promise.all(told);
  return vitrine.stats();
}

/** A profile that is restored is there by then. */
const RESTORED_MS = 10_000;

/**
 * What is kept.
 *
 * @param {VitrineOptions} options - Of the instance.
 * @param {number} [atLeast] - Waits for so many interactions, if need be.
 * @returns {Promise<{ ids: string[], stats: Stats, codes: string[], reason: string, ms: number }>} Items of
 *   the log, figures, codes that were told, and how a feed ends.
 */
async function look(options, atLeast = 0) {
  const start = performance.now();
  const vitrine = await library.createVitrine(options);
  const codes = /** @type {string[]} */ ([]);
  vitrine.on('error', ({ code }) => codes.push(code));
  const response = await fetch('/data/items.json');
  const { reason } = await vitrine.rerank(await response.json());
  const ms = performance.now() - start;
  let { log } = await vitrine.profile.export();
  // What was lost comes back behind the first feed.
  const end = performance.now() + RESTORED_MS;
  while (log.length < atLeast && performance.now() < end) {
    await vitrine.profile.get();
    ({ log } = await vitrine.profile.export());
  }
  const stats = await vitrine.stats();
  vitrine.dispose();
  return { ids: log.map(({ itemId }) => itemId), stats, codes, reason, ms };
}

Object.assign(window, {
  faults: {
    again,
    errors,
    hits,
    kept,
    library,
    look,
    make,
    pump,
    stop,
    ...limitsOf(library, hits),
  },
});
