/** What the cases of limits do in the page of the fault tests: see scripts/faults/limit-cases.mjs. */

/** @typedef {typeof import('../../src/index.ts')} Library */
/** @typedef {import('../../src/index.ts').Vitrine} Vitrine */
/** @typedef {import('../../src/index.ts').VitrineOptions} VitrineOptions */

const QUIET = /** @type {const} */ ({ logLevel: 'silent', device: 'js', timeoutMs: 60_000 });

/**
 * Watches how long the page cannot begin a task.
 *
 * @returns {() => number} Ends it; milliseconds of the longest wait.
 */
function watchTasks() {
  const channel = new MessageChannel();
  let longest = 0;
  let last = performance.now();
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  channel.port1.addEventListener('message', () => {
    look();
    channel.port2.postMessage(0);
  });
  channel.port1.start();
  channel.port2.postMessage(0);
  return () => {
    look();
    channel.port1.close();
    return longest;
  };
}

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {IDBDatabase} database @returns {Promise<unknown[]>} All rows of all stores. */
async function rowsOf(database) {
  const rows = [...database.objectStoreNames].map((name) => {
    const request = database.transaction(name).objectStore(name).getAll();
    return new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  });
  return Promise.all(rows);
}

/** @param {FileSystemDirectoryHandle} folder @returns {Promise<string>} Names and texts of all files. */
async function filesOf(folder) {
  let text = '';
  for await (const [name, handle] of folder.entries()) {
    const inside =
      handle instanceof FileSystemDirectoryHandle
        ? await filesOf(handle)
        : await (await handle.getFile()).text();
    text += `${name} ${inside} `;
  }
  return text;
}

/** @returns {Promise<string>} Everything that is kept for this origin, as text. */
async function allKept() {
  let text = await filesOf(await navigator.storage.getDirectory());
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      text += `${request.url} ${await (await cache.match(request))?.text()} `;
    }
  }
  for (const { name = '' } of await indexedDB.databases()) {
    const request = indexedDB.open(name);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    text += JSON.stringify(await rowsOf(request.result));
    request.result.close();
  }
  const kept = [localStorage, sessionStorage].flatMap((storage) => Object.entries(storage));
  return `${text}${JSON.stringify(kept)}${document.cookie}`;
}

/** @param {Vitrine} vitrine @returns {Promise<Map<string, number>>} What the visitor likes, by category. */
async function tasteOf(vitrine) {
  const { categories } = await vitrine.profile.get();
  return new Map(categories.map(({ name, affinity }) => [name, affinity]));
}

/**
 * @param {Map<string, number>} from - Weights by name.
 * @param {Map<string, number>} to - Others.
 * @returns {number} Euclidean distance.
 */
function distance(from, to) {
  const ids = new Set([...from.keys(), ...to.keys()]);
  return Math.hypot(...[...ids].map((id) => (from.get(id) ?? 0) - (to.get(id) ?? 0)));
}

/**
 * @param {Library} library - As built.
 * @param {string | number} list - Its address, or the number of items that the page makes.
 */
async function rankLong(library, list) {
  const vitrine = await library.createVitrine(QUIET);
  await vitrine.stats();
  const items =
    typeof list === 'string'
      ? list
      : Array.from({ length: list }, (_, index) => ({ id: `i${index}` }));
  await pause(500);
  const endIdle = watchTasks();
  await pause(2_000);
  const idle = endIdle();
  // A busy machine holds every page up now and then: the best of five is what we do to it.
  let longest = Infinity;
  let feed = await vitrine.rerank(items);
  for (let time = 0; time < 5; time++) {
    const end = watchTasks();
    feed = await vitrine.rerank(items);
    longest = Math.min(longest, end());
  }
  const { order, reason, warnings } = feed;
  vitrine.dispose();
  const told = warnings.map(({ code }) => code);
  return { ids: order.length, first: order[0], reason, told, longest, idle };
}

/**
 * @param {Library} library - As built.
 * @param {number} count - Clicks of a script on one item, after twenty of the visitor's own.
 */
async function flood(library, count) {
  /** @type {import('../../src/index.ts').Item[]} */
  const items = await (await fetch('/data/items.json')).json();
  const own = items.filter(({ categoryPath }) => categoryPath?.[0] === 'Kitchen').slice(0, 20);
  const other = items.find(({ categoryPath }) => categoryPath?.[0] === 'Pets');
  if (other === undefined) throw new Error('The catalog has no pets.');
  const now = Date.now();
  const begin = async () => {
    const vitrine = await library.createVitrine(QUIET);
    for (const [i, item] of own.entries()) {
      await vitrine.track({ type: 'view_item', items: [{ ...item }], time: now - 6e5 + i * 2e4 });
    }
    return vitrine;
  };
  const [flooded, honest] = [await begin(), await begin()];
  const before = await tasteOf(flooded);
  const start = Date.now();
  for (let sent = 0; sent < count; sent += 500) {
    const clicks = Array.from({ length: 500 }, () =>
      flooded.track({ type: 'view_item', items: [{ ...other }] }),
    );
    await Promise.all(clicks);
  }
  const seconds = (Date.now() - start) / 1_000;
  for (let second = 0; second <= seconds; second += 10) {
    const time = start + second * 1_000;
    await honest.track({ type: 'view_item', items: [{ ...other }], time });
  }
  const { log } = await flooded.profile.export();
  const kept = log.filter(({ itemId }) => itemId === other.id).length;
  const drift = distance(before, await tasteOf(flooded));
  const honestly = distance(before, await tasteOf(honest));
  const codes = /** @type {string[]} */ ([]);
  flooded.on('error', ({ code }) => codes.push(code));
  await flooded.rerank(items);
  const { eventsDropped = 0 } = await flooded.stats();
  const history = log.length - kept;
  return { kept, seconds, drift, honest: honestly, history, dropped: eventsDropped, codes };
}

/**
 * @param {Library} library - As built.
 * @param {string[]} hits - What strange hardware tells.
 * @param {VitrineOptions} options - With consent.
 * @returns What an instance tells and keeps, all of it.
 */
async function tellAll(library, hits, options) {
  const vitrine = await library.createVitrine({ ...options, timeoutMs: 60_000 });
  const errors = /** @type {unknown[]} */ ([]);
  vitrine.on('error', (error) => errors.push(error));
  const items = await (await fetch('/data/items.json')).json();
  for (const item of items.slice(0, 5)) await vitrine.track({ type: 'view_item', items: [item] });
  const feed = await vitrine.rerank(items);
  const outputs = [
    feed,
    await vitrine.stats(),
    await vitrine.profile.get(),
    await vitrine.profile.export(),
    await vitrine.explain(feed.order[0] ?? ''),
    await vitrine.segments.list(),
    await vitrine.audit(),
    errors,
  ];
  await pause(3_000);
  const told = `${JSON.stringify(outputs)} ${await allKept()}`;
  return { hits: hits.splice(0), device: feed.device, told };
}

/** @returns {Promise<number>} Bytes of the page and its workers, after the rubbish is gone. */
async function heap() {
  const { performance: measuring } = /** @type {any} */ (window);
  return (await measuring.measureUserAgentSpecificMemory()).bytes;
}

/**
 * @param {Library} library - As built.
 * @param {string[]} hits - What strange hardware tells.
 * @returns What goes into the page's `faults`.
 */
export function limitsOf(library, hits) {
  const left = /** @type {Vitrine[]} */ ([]);

  /**
   * Leaves an interaction, and a copy of it, behind.
   *
   * @param {NonNullable<VitrineOptions['consent']>} consent - Of the visitor.
   * @param {string} id - Of the item.
   */
  async function leave(consent, id) {
    const vitrine = await library.createVitrine({ ...QUIET, consent });
    left.push(vitrine);
    await vitrine.track({ type: 'view_item', items: [{ id, title: id }] });
    await vitrine.rerank([{ id }, { id: 'other' }]);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await pause(1_000);
  }

  /** @returns {Promise<number>} Interactions that this tab knows, a second after the last call. */
  async function eventsLeft() {
    await pause(1_000);
    return (await left[0]?.profile.export())?.log.length ?? -1;
  }

  return {
    left,
    leave,
    eventsLeft,
    heap,
    rankLong: (/** @type {string | number} */ list) => rankLong(library, list),
    flood: (/** @type {number} */ count) => flood(library, count),
    tellAll: (/** @type {VitrineOptions} */ options) => tellAll(library, hits, options),
  };
}
