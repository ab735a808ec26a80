/** What lies on the device, how it comes back, and that it goes. */
import assert from 'node:assert/strict';
import { FAULTY_WORKER } from '../site.mjs';
import { OPTIONS, looksOf } from '../stage.mjs';

/** @typedef {import('../runner.mjs').Check} Check */
/** @typedef {import('../stage.mjs').Stage} Stage */
/** @typedef {import('../driver.mjs').Tab} Tab */
/** @typedef {import('../driver.mjs').Work} Work */
/** @typedef {import('../driver.mjs').Consent} Consent */
/** @typedef {import('../driver.mjs').VitrineOptions} VitrineOptions */

const NOTHING = { databases: [], caches: [], files: [], buckets: [], keys: [], cookies: '' };

/** @type {VitrineOptions} */
const GRANTED = { ...OPTIONS, consent: 'granted' };

/**
 * @param {Tab} tab
 * @param {Work} work
 */
const visit = (tab, work) => tab.evaluate((page, own) => page.visit(own), work);

/** @param {Tab} tab */
const leftovers = (tab) => tab.evaluate((page) => page.leftovers());

/** @param {Stage} stage */
async function reloaded(stage) {
  const tab = await stage.page();
  const first = await visit(tab, { options: GRANTED, looks: looksOf(stage.site) });
  await tab.reload();
  const { feed, stats } = await visit(tab, { options: GRANTED });
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.equal(stats.events, 5);
  assert.equal(feed.rows[0]?.id, first.feed.rows[0]?.id);
  return stats.storage.mode;
}

/** @param {Stage} stage */
async function restarted(stage) {
  await visit(await stage.page(), { options: GRANTED, looks: looksOf(stage.site) });
  await stage.restart();
  const { feed, stats } = await visit(await stage.page(), { options: GRANTED });
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.equal(stats.events, 5);
  return stats.storage.mode;
}

/**
 * @param {Tab} tab
 * @param {Consent} consent - Of an instance that goes on.
 */
async function keepOpen(tab, consent) {
  await tab.evaluate(
    async (page, options) => {
      page.shop = await page.library.createVitrine(options);
      await page.shop.rerank(page.items);
    },
    { ...OPTIONS, consent },
  );
}

/** @param {Tab} tab */
const eventsIn = (tab) => tab.evaluate(async (page) => (await page.shop.profile.get()).events);

/** @param {Stage} stage */
async function tabs(stage) {
  const looks = looksOf(stage.site);
  const [first, second, third] = [await stage.page(), await stage.page(), await stage.page()];
  for (const tab of [first, second, third]) await keepOpen(tab, 'granted');
  await first.evaluate((page, ids) => page.look(page.shop, ids), looks);
  await third.until(async (page) => {
    const { reason } = await page.shop.rerank(page.items);
    return reason === 'PERSONALIZED';
  });
  assert.equal(await eventsIn(second), 5);
  await second.evaluate((page) => page.shop.setConsent('denied'));
  for (const tab of [first, third]) {
    await tab.until(async (page) => (await page.shop.profile.get()).consent === 'denied');
    assert.equal(await eventsIn(tab), 0);
  }
  assert.deepEqual(await leftovers(first), NOTHING);
}

/** @param {Stage} stage */
async function unknown(stage) {
  const tab = await stage.page();
  const { feed, stats } = await visit(tab, { options: OPTIONS, looks: looksOf(stage.site) });
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.equal(stats.storage.mode, 'memory');
  assert.deepEqual(await leftovers(tab), NOTHING);
  await tab.reload();
  assert.equal((await visit(tab, { options: OPTIONS })).feed.reason, 'COLD_START');
}

/** @param {Stage} stage */
async function idle(stage) {
  const tab = await stage.page();
  await visit(tab, { options: GRANTED });
  assert.deepEqual((await leftovers(tab)).databases, []);
  await tab.reload();
  assert.equal((await visit(tab, { options: GRANTED })).feed.reason, 'COLD_START');
  assert.deepEqual((await leftovers(tab)).databases, []);
}

/** @param {Stage} stage */
async function granted(stage) {
  const tab = await stage.page();
  const looks = looksOf(stage.site);
  const { stats } = await visit(tab, { options: OPTIONS, looks, changes: ['granted'] });
  assert.equal(stats.storage.mode, 'indexeddb');
  assert.equal(stats.events, 5);
  await tab.reload();
  assert.equal((await visit(tab, { options: GRANTED })).feed.reason, 'PERSONALIZED');
}

/** @param {Stage} stage */
async function denied(stage) {
  const tab = await stage.page();
  const looks = looksOf(stage.site);
  const options = /** @type {VitrineOptions} */ ({ ...OPTIONS, consent: 'denied' });
  const { feed, stats } = await visit(tab, { options, looks });
  assert.equal(feed.reason, 'CONSENT_DENIED');
  assert.equal(stats.events, 0);
  assert.deepEqual(await leftovers(tab), NOTHING);
}

/** @param {Stage} stage */
async function withdrawn(stage) {
  const tab = await stage.page();
  await visit(tab, { options: GRANTED, looks: looksOf(stage.site) });
  const before = await leftovers(tab);
  assert.ok(before.databases.includes('vitrine'), 'nothing was written');
  await tab.reload();
  const { feed } = await visit(tab, { options: GRANTED, changes: ['denied'] });
  assert.equal(feed.reason, 'CONSENT_DENIED');
  assert.deepEqual(
    feed.order,
    stage.site.items.map(({ id }) => id),
  );
  assert.deepEqual(await leftovers(tab), NOTHING);
}

/** @param {Stage} stage */
async function erased(stage) {
  const tab = await stage.page();
  const work = { options: { ...GRANTED, pack: '/pack' }, looks: looksOf(stage.site) };
  const { audit, kept } = await tab.evaluate(async (page, { looks, options }) => {
    page.shop = await page.library.createVitrine(options);
    await page.look(page.shop, looks);
    await page.shop.rerank(page.items);
    await page.shop.segments.follow('home-cooks');
    return { audit: await page.shop.audit(), kept: await page.leftovers() };
  }, work);
  const told = audit.storage.map(({ kind, name }) => `${kind} ${name}`).toSorted();
  const found = [
    ...kept.databases.map((name) => `indexeddb ${name}`),
    ...kept.caches.map((name) => `cache ${name}`),
    ...kept.files.map((name) => `opfs ${name}`),
    ...kept.buckets.map((name) => `bucket ${name}`),
  ];
  assert.deepEqual(told, found.toSorted(), 'the audit tells of all that is kept');
  await tab.evaluate((page) => page.shop.profile.erase());
  assert.deepEqual(await leftovers(tab), NOTHING);
  await tab.evaluate((page) => page.shop.dispose());
  await tab.reload();
  assert.deepEqual(await leftovers(tab), NOTHING);
  assert.equal((await visit(tab, { options: GRANTED })).feed.reason, 'COLD_START');
  const kinds = new Set(audit.storage.map(({ kind }) => kind));
  return [...kinds].join(', ');
}

/** @param {Stage} stage */
async function measuredLate(stage) {
  const tab = await stage.page();
  const work = { options: GRANTED, looks: looksOf(stage.site) };
  await tab.evaluate(async (page, { looks, options }) => {
    page.shop = await page.library.createVitrine(options);
    await page.look(page.shop, looks);
    await page.shop.rerank(page.items);
    await page.shop.profile.erase();
  }, work);
  await tab.until(async (page) => {
    const { tiers } = await page.shop.stats();
    return tiers?.costs.js !== undefined;
  });
  await tab.evaluate((page) => page.shop.profile.get());
  assert.deepEqual(await leftovers(tab), NOTHING);
}

/** @param {Stage} stage */
async function inPrivate(stage) {
  const looks = looksOf(stage.site);
  const { offers, place, signal } = await stage.inPrivate(async (session) => {
    const tab = await stage.page(undefined, session);
    const first = await visit(tab, { options: GRANTED, looks });
    assert.equal(first.feed.reason, 'PERSONALIZED');
    await tab.reload();
    const { feed, stats } = await visit(tab, { options: GRANTED });
    assert.equal(feed.reason, stats.storage.mode === 'memory' ? 'COLD_START' : 'PERSONALIZED');
    await visit(tab, { options: GRANTED, changes: ['denied'] });
    assert.deepEqual(await leftovers(tab), NOTHING);
    return {
      offers: await tab.evaluate((page) => page.probe()),
      place: stats.storage.mode,
      signal: await tab.evaluate(() => Reflect.get(navigator, 'globalPrivacyControl') === true),
    };
  });
  const files = offers['origin private file system'] ? '' : ', no file system';
  return `${place}${files}${signal ? ', sends Global Privacy Control' : ''}`;
}

/**
 * What comes when the origin's database is broken, by what the browser has.
 *
 * @param {Stage} stage
 * @param {string} fault - Of test/faults/workers/storage-faults.js.
 */
async function nextRung(stage, fault) {
  const tab = await stage.page();
  const offers = await tab.evaluate((page) => page.probe());
  const second = offers['origin private file system'] ? 'opfs' : 'memory';
  const expected = offers['storage buckets'] ? 'bucket' : second;
  const options = { ...GRANTED, workerUrl: `${FAULTY_WORKER}?fault=${fault}` };
  const { feed, stats } = await visit(tab, { options, looks: looksOf(stage.site) });
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.deepEqual([stats.storage.mode, stats.storage.reason], [expected, 'STORE_BLOCKED']);
  await tab.reload();
  const { feed: later } = await visit(tab, { options });
  assert.equal(later.reason, expected === 'memory' ? 'COLD_START' : 'PERSONALIZED');
  return `${expected}, \`STORE_BLOCKED\``;
}

/** @param {Stage} stage */
async function silentDatabase(stage) {
  const tab = await stage.page();
  const options = { ...GRANTED, workerUrl: `${FAULTY_WORKER}?fault=open-pending` };
  const { feed, stats } = await visit(tab, { options, looks: looksOf(stage.site) });
  assert.equal(feed.reason, 'PERSONALIZED');
  assert.equal(stats.storage.reason, 'STORE_TIMEOUT');
  return `${stats.storage.mode}, \`STORE_TIMEOUT\``;
}

/** @param {Stage} stage */
async function broughtBack(stage) {
  const tab = await stage.page();
  await visit(tab, { options: GRANTED, looks: looksOf(stage.site) });
  const { buckets, files } = await leftovers(tab);
  const hasCopy = buckets.length + files.length > 0;
  await tab.reload();
  await tab.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('vitrine');
        request.addEventListener('success', () => resolve(null));
        request.addEventListener('error', () => reject(request.error));
      }),
  );
  await tab.evaluate(async (page, options) => {
    page.shop = await page.library.createVitrine(options);
    await page.shop.rerank(page.items);
  }, GRANTED);
  if (!hasCopy) {
    assert.equal(await eventsIn(tab), 0);
    return 'no place for a copy here: lost';
  }
  await tab.until(async (page) => (await page.shop.profile.get()).events > 0);
  const { restored } = await tab.evaluate(async (page) => (await page.shop.stats()).storage);
  assert.ok(restored, 'it is not told that something came back');
  assert.ok(restored.events > 0 && restored.events + restored.lostUpTo >= 5);
  return `${restored.events} of 5 interactions, from ${buckets.length > 0 ? 'a bucket' : 'the file system'}`;
}

/** @type {readonly Check[]} */
export const STORAGE_CHECKS = [
  { name: 'the profile survives a reload', run: reloaded },
  { name: 'the profile survives a restart of the browser', run: restarted },
  { name: 'three tabs share one profile, and a refusal in one empties all', run: tabs },
  { name: 'consent unknown: personal, and nothing on the disk', run: unknown },
  { name: 'who does nothing leaves no database, even with consent', run: idle },
  { name: 'consent granted later: the session moves to the disk', run: granted },
  { name: 'consent denied: nothing is recorded', run: denied },
  { name: 'consent taken back: the disk is empty', run: withdrawn },
  { name: 'the audit tells of all that is kept, and erasing leaves nothing', run: erased },
  { name: 'what is measured after erasing is not kept', run: measuredLate },
  { name: 'a private window works, and a refusal there leaves nothing', run: inPrivate },
  { name: 'no IndexedDB: the next place', run: (stage) => nextRung(stage, 'missing') },
  { name: 'IndexedDB forbidden: the next place', run: (stage) => nextRung(stage, 'open-throws') },
  { name: 'IndexedDB never answers: the feed comes all the same', run: silentDatabase },
  { name: 'a database that was wiped comes back from its copy', run: broughtBack },
];
