/** How pages hold the library: workers, policies, the element, banners, and what the server hears. */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { LIBRARY } from '../site.mjs';
import { OPTIONS, looksOf } from '../stage.mjs';

/** @typedef {import('../runner.mjs').Check} Check */
/** @typedef {import('../stage.mjs').Stage} Stage */
/** @typedef {import('../driver.mjs').Tab} Tab */
/** @typedef {import('../driver.mjs').Feed} Feed */
/** @typedef {Feed['rows'][number]} Row */
/** @typedef {import('../driver.mjs').VitrineOptions} VitrineOptions */

/** @type {VitrineOptions} */
const ON_WASM = { ...OPTIONS, consent: 'granted', device: 'wasm' };

/**
 * @param {Stage} stage
 * @param {{ path?: string, options?: VitrineOptions }} [how]
 * @returns {Promise<Feed>} Of a visitor who has looked at five items.
 */
async function feedAt(stage, { options = ON_WASM, path } = {}) {
  const tab = await stage.page(path);
  const work = { options, looks: looksOf(stage.site) };
  const { feed } = await tab.evaluate((page, own) => page.visit(own), work);
  return feed;
}

/** @param {Stage} stage */
async function ownWorker(stage) {
  const { device, reason } = await feedAt(stage);
  assert.equal(reason, 'PERSONALIZED');
  assert.equal(device, 'wasm');
  const paths = stage.server.requests.map(({ path }) => path);
  assert.ok(paths.includes(`${LIBRARY}vitrine.worker.js`));
}

/** @param {Stage} stage */
async function blobWorker(stage) {
  const { cdn } = stage.site;
  cdn.requests.length = 0;
  const from = encodeURIComponent(`${cdn.url}${LIBRARY}vitrine.js`);
  const { device, reason } = await feedAt(stage, { path: `/browsers/page.html?from=${from}` });
  assert.equal(reason, 'PERSONALIZED');
  assert.equal(device, 'wasm');
  assert.ok(cdn.requests.some(({ path }) => path === `${LIBRARY}vitrine.worker.js`));
}

/** @param {Stage} stage */
async function hashedWorker(stage) {
  const { cdn, wholeIntegrity } = stage.site;
  const workerUrl = `${cdn.url}${LIBRARY}vitrine.whole.worker.js#`;
  const options = { ...ON_WASM, workerUrl: workerUrl + wholeIntegrity };
  assert.equal((await feedAt(stage, { options })).reason, 'PERSONALIZED');
  const wrong = { ...ON_WASM, workerUrl: `${workerUrl}sha384-${'A'.repeat(64)}` };
  assert.equal((await feedAt(stage, { options: wrong })).reason, 'WORKER_UNAVAILABLE');
}

/**
 * @param {string} policy
 * @param {{ device?: Feed['device'], reason?: Feed['reason'] }} expected
 * @returns {(stage: Stage) => Promise<string>} Under it, page and worker.
 */
function under(policy, { device, reason = 'PERSONALIZED' }) {
  return async (stage) => {
    stage.server.rules.push({ path: '', headers: { 'content-security-policy': policy } });
    const feed = await feedAt(stage);
    assert.equal(feed.reason, reason);
    if (device !== undefined) assert.equal(feed.device, device);
    return feed.reason === 'PERSONALIZED' ? `ranks on \`${feed.device}\`` : `\`${feed.reason}\``;
  };
}

const STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:";

/** @param {Stage} stage */
async function scriptTag(stage) {
  const path = '/pages/static-pages/script-tag.html';
  const tab = await stage.tab(path);
  const pets = stage.site.items.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets');
  await tab.evaluate(
    async (page, looks) => {
      const vitrine = await new Promise((resolve) => {
        const scope = /** @type {any} */ (page);
        (scope.vitrine_queue ??= []).push(resolve);
      });
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [item] });
    },
    pets.slice(0, 5),
  );
  await tab.open(stage.server.url + path);
  await tab.until((page) => page.document.querySelector('vitrine-feed section li b') !== null);
  const { card, isServers } = await tab.evaluate((page) => {
    const entry = page.document.querySelector('vitrine-feed section li');
    return {
      card: { id: entry.dataset.vitrineItem, title: entry.querySelector('b').textContent },
      isServers: page.document.querySelector('#server-list') !== null,
    };
  });
  assert.equal(isServers, false);
  assert.equal(card.title, stage.site.items.find(({ id }) => id === card.id)?.title);
}

/** @param {Stage} stage */
async function ownCards(stage) {
  const tab = await stage.page();
  const work = { options: OPTIONS, looks: looksOf(stage.site) };
  const { feed, rows } = await tab.evaluate(async (page, { looks, options }) => {
    const { document } = page;
    const items = page.items.slice(0, 300);
    const element = document.createElement('vitrine-feed');
    const list = element.appendChild(document.createElement('ul'));
    for (const { id, title } of items) {
      const card = list.appendChild(document.createElement('li'));
      card.dataset.vitrineItem = id;
      card.textContent = title;
    }
    document.body.append(element);
    await page.library.loadFeedElement();
    const vitrine = await page.library.createVitrine(options);
    await page.look(vitrine, looks);
    const made = new Promise((resolve) => {
      element.addEventListener('vitrine:feed', (/** @type {any} */ { detail }) => resolve(detail));
    });
    element.candidates = items;
    element.vitrine = vitrine;
    const shown = await made;
    const sections = [...element.querySelectorAll('section')];
    const idsOf = (/** @type {any} */ section) =>
      [...section.querySelectorAll('[data-vitrine-item]')].map((card) => card.dataset.vitrineItem);
    return { feed: shown, rows: sections.map(idsOf) };
  }, work);
  assert.equal(feed.reason, 'PERSONALIZED');
  const ids = (/** @type {readonly Row[]} */ some) =>
    some.flatMap(({ items }) => items.map(({ itemId }) => itemId));
  const all = /** @type {Feed} */ (feed).rows;
  const personal = all.filter(({ kind }) => kind !== 'server').map((row) => ids([row]));
  // What is in the shop's own order is one row there.
  const expected = [...personal, ids(all.filter(({ kind }) => kind === 'server'))];
  assert.deepEqual(rows, expected);
}

/** @param {Stage} stage */
async function reordered(stage) {
  const tab = await stage.tab('/pages/static-pages/cards.html');
  await tab.until((page) => /** @type {any} */ (page).feed !== undefined);
  const { feed, ids } = await tab.evaluate((page) => ({
    feed: /** @type {any} */ (page).feed,
    ids: [...page.document.querySelectorAll('#cards > li')].map((card) => card.dataset.vitrineItem),
  }));
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.deepEqual(ids, feed.order);
}

/** @param {Stage} stage */
async function clicked(stage) {
  const tab = await stage.page();
  const clickedId = await tab.evaluate(async (page, options) => {
    const { document } = page;
    const element = document.createElement('vitrine-feed');
    const template = element.appendChild(document.createElement('template'));
    const link = template.content.appendChild(document.createElement('a'));
    link.dataset.vitrineText = 'title';
    link.href = '#';
    document.body.append(element);
    await page.library.loadFeedElement();
    const vitrine = await page.library.createVitrine(options);
    await page.look(vitrine, [page.items[0]?.id ?? '', page.items[1]?.id ?? '']);
    const drawn = new Promise((resolve) => element.addEventListener('vitrine:feed', resolve));
    element.candidates = page.items;
    element.vitrine = vitrine;
    await drawn;
    page.shop = vitrine;
    return element.querySelector('section li').dataset.vitrineItem;
  }, OPTIONS);
  await tab.click('vitrine-feed section li a');
  await tab.until(async (page, id) => {
    const { recent } = await page.shop.profile.get();
    return recent.some(({ itemId, type }) => itemId === id && type === 'select_item');
  }, clickedId);
}

/**
 * @param {Tab} tab
 * @param {string} state - Waited for.
 */
const heard = (tab, state) =>
  tab.until(async (page, expected) => (await page.shop.profile.get()).consent === expected, state);

/** @param {Stage} stage */
async function banners(stage) {
  for (const name of ['shopifyConsent', 'googleConsent', 'tcfConsent']) {
    const tab = await stage.tab('/pages/consent/banners.html');
    await tab.until((page) => page.consent !== undefined);
    const work = { name, options: OPTIONS };
    await tab.evaluate(async (page, { name: source, options }) => {
      page.shop = await page.library.createVitrine(options);
      page.consent.connectConsent(page.shop, [page.consent[source]()]);
    }, work);
    for (const isYes of [true, false]) {
      await tab.evaluate(
        (page, { choice, name: source }) => {
          const scope = /** @type {any} */ (page);
          const word = choice ? 'granted' : 'denied';
          if (source === 'shopifyConsent') scope.shopifySay(choice ? 'yes' : 'no');
          else if (source === 'tcfConsent') scope.tcfSay({ 1: choice, 5: choice, 6: choice });
          else scope.gtag('consent', 'update', { personalization_storage: word });
        },
        { choice: isYes, name },
      );
      await heard(tab, isYes ? 'granted' : 'denied');
    }
  }
}

/** @param {Stage} stage */
async function logout(stage) {
  const tab = await stage.tab('/pages/consent/banners.html');
  await tab.until((page) => page.consent !== undefined);
  await tab.evaluate(async (page, options) => {
    const vitrine = await page.library.createVitrine(options);
    await vitrine.track({ type: 'view_item', itemId: 'lamp-1' });
    page.consent.eraseOnLogout(vitrine);
  }, ON_WASM);
  const databases = () => tab.evaluate(async () => (await indexedDB.databases()).length);
  assert.equal(await databases(), 1);
  // Not waited for: the page goes while the click is answered.
  await tab.evaluate((page) => {
    setTimeout(() => page.document.querySelector('a[data-vitrine-logout]').click());
  });
  await tab.until((page) => page.document?.title.startsWith('A page with the library'));
  assert.equal(await databases(), 0);
}

/** How long a server must hear nothing until a page counts as done: what is preloaded comes after 2 s. */
const QUIET_MS = 3_000;

/** @param {Stage} stage @returns {Promise<string[]>} Requests of a page that is done, sorted. */
async function requestsOf({ server: { requests } }) {
  for (let before = -1; before !== requests.length;) {
    before = requests.length;
    await wait(QUIET_MS);
  }
  return requests.map(({ method, path }) => `${method} ${path}`).toSorted();
}

/** @param {Stage} stage */
async function silence(stage) {
  const options = { ...ON_WASM, pack: '/pack' };
  const lists = [];
  for (const looks of [looksOf(stage.site), []]) {
    stage.server.requests.length = 0;
    const tab = await stage.page();
    await tab.evaluate(
      async (page, own) => {
        page.shop = await page.library.createVitrine({ ...own.options, storageName: own.name });
        await page.shop.rerank(page.items);
        await page.look(page.shop, own.looks);
        const { rows } = await page.shop.rerank(page.items);
        const [first] = rows[0]?.items ?? [];
        if (first === undefined || own.looks.length === 0) return;
        await page.shop.explain(first.itemId);
        await page.shop.segments.follow('home-cooks');
        await page.shop.profile.export();
      },
      { looks, options, name: `of-${looks.length}` },
    );
    lists.push(await requestsOf(stage));
    await tab.open('about:blank');
  }
  const [keen = [], idle = []] = lists;
  assert.deepEqual(keen, idle, 'the server hears the same of both');
  assert.deepEqual(
    keen.filter((request) => !request.startsWith('GET /')),
    [],
  );
  return `${keen.length} GETs each`;
}

/** @type {readonly Check[]} */
export const PAGE_CHECKS = [
  { name: 'the worker from the page’s own origin', run: ownWorker },
  { name: 'the worker from another origin, by a blob', run: blobWorker },
  { name: 'the worker by its hash; with another hash the shop’s order', run: hashedWorker },
  { name: 'a strict policy without WebAssembly', run: under(STRICT, { device: 'cpu' }) },
  {
    name: 'a strict policy with `wasm-unsafe-eval`',
    run: under(STRICT.replace('; connect', " 'wasm-unsafe-eval'; connect"), { device: 'wasm' }),
  },
  {
    name: '`worker-src none`: the shop’s order',
    run: under("worker-src 'none'", { reason: 'WORKER_UNAVAILABLE' }),
  },
  {
    name: 'Trusted Types with the policy `vitrine`',
    run: under("require-trusted-types-for 'script'; trusted-types vitrine", { device: 'wasm' }),
  },
  { name: '`<vitrine-feed>` by a script tag, with a template', run: scriptTag },
  { name: '`<vitrine-feed>` with the shop’s cards in rows', run: ownCards },
  { name: '`<vitrine-feed>` that reorders in place', run: reordered },
  { name: 'a click on a card is learnt from', run: clicked },
  { name: 'banners of Shopify, Google and IAB TCF are followed', run: banners },
  { name: 'who logs out leaves nothing', run: logout },
  { name: 'the server hears the same of opposite visitors, GETs alone', run: silence },
];
