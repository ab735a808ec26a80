/**
 * Faults of storage (FAULTS.md 2.2 and S5, S6, S10, S13, S14; goal R3): the feed comes, nothing hangs,
 * and whatever is lost is told.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killBrowser, newProfile, openProfile, removeProfile } from './profile.mjs';
import { databaseFolder, newestLog } from './torn-log.mjs';
import { LIBRARY } from './site.mjs';
import { handsOn, hardTimes } from './storage-hands.mjs';
import { LIMIT_MS, look, openCase, OPTIONS, placeOf, pump, untold } from './storage-page.mjs';
import { errorsOf, makeFeeds, takenAcks } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./runner.mjs').Case} Case */

/**
 * @param {Site} site
 * @param {string} name
 * @param {string} fault - Of test/faults/workers/storage-faults.js.
 * @returns {Case} IndexedDB breaks in the worker; the visitor is known all the same.
 */
function brokenCase(site, name, fault) {
  return openCase(site, name, async (_, { page }) => {
    const workerUrl = `${LIBRARY}storage-faults.worker.js?fault=${fault}`;
    const made = await makeFeeds(
      page,
      site,
      { ...OPTIONS, now: undefined, workerUrl },
      { feeds: 3 },
    );
    const ms = Math.max(...made.feeds.map((feed) => feed.ms));
    const wrong = made.hits.length > 0 ? [] : ['the fault did not strike'];
    for (const { reason } of made.feeds)
      if (reason !== 'PERSONALIZED') wrong.push(`feed: ${reason}`);
    const { mode, reason } = made.stats.storage;
    if (made.stats.events < site.looks.length) wrong.push(`${made.stats.events} events`);
    if (mode !== 'indexeddb' && reason === null) wrong.push(`${mode} without a reason`);
    if (ms > LIMIT_MS) wrong.push(`a feed took ${Math.round(ms)} ms`);
    return { wrong, ended: placeOf(made.stats), ms };
  });
}

/**
 * @param {Site} site
 * @param {string} name
 * @param {(database: string) => void} corrupt - Gets the folder of the origin's database.
 * @returns {Case} The disk is damaged between two visits.
 */
function corruptCase(site, name, corrupt) {
  const run = async () => {
    const folder = newProfile();
    try {
      takenAcks(site);
      const first = await openProfile(folder, site);
      await pump(first.visit, 'c', 24);
      await first.context.close();
      corrupt(databaseFolder(folder, site.url));
      const { context, visit } = await openProfile(folder, site);
      const found = await look(visit, 24);
      const wrong = [...untold(site, found), ...(await errorsOf(visit))];
      await context.close();
      return { wrong, ended: placeOf(found.stats), ms: found.ms };
    } finally {
      removeProfile(folder);
    }
  };
  return { id: '', name, run };
}

/**
 * @param {string} database - Its folder.
 * @param {RegExp} name
 * @returns {string} Path of the first file of that name.
 */
function fileIn(database, name) {
  const found = readdirSync(database).find((file) => name.test(file));
  if (found === undefined) throw new Error(`${database}: no ${name}.`);
  return join(database, found);
}

/** @param {string} path - Its every seventh byte is turned round. */
function garble(path) {
  writeFileSync(
    path,
    readFileSync(path).map((byte, i) => (i % 7 === 0 ? byte ^ 0xff : byte)),
  );
}

/** Rows of the log as they lie in the database, without our code. */
const RAW_ROWS = `new Promise((resolve, reject) => {
  const request = indexedDB.open('vitrine');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const count = request.result.transaction('log').objectStore('log').count();
    count.onsuccess = () => (request.result.close(), resolve(count.result));
  };
})`;

/** Erases, and says where the profile was and whether all was claimed to be gone. */
const ERASE = `(async () => {
  const vitrine = await window.faults.library.createVitrine(${JSON.stringify(OPTIONS)});
  const { reason } = await vitrine.rerank('/data/items.json');
  const said = await vitrine.profile.erase().then(() => 'erased', ({ code }) => code);
  const { events, storage } = await vitrine.stats();
  vitrine.dispose();
  return { said, events, reason, mode: storage.mode };
})()`;

/**
 * @param {Site} site
 * @returns {Case} The visitor erases while the database does not open, and the browser is killed at
 *   once; later the database opens.
 */
function healedCase(site) {
  const run = async () => {
    const folder = newProfile();
    try {
      const first = await openProfile(folder, site);
      await pump(first.visit, 'c', 24);
      await first.context.close();
      const current = join(databaseFolder(folder, site.url), 'CURRENT');
      const whole = readFileSync(current);
      writeFileSync(current, 'MANIFEST-999999\n');
      const second = await openProfile(folder, site);
      const erased = await second.visit.page.evaluate(ERASE);
      const wrong = await errorsOf(second.visit);
      if (erased.events > 0) wrong.push(`${erased.events} events after the erasure`);
      if (erased.said === 'erased') wrong.push('claimed that all is gone');
      await killBrowser(second.context, folder);
      writeFileSync(current, whole);
      const { context, visit } = await openProfile(folder, site);
      if ((await visit.page.evaluate(RAW_ROWS)) < 24) wrong.push('the database did not come back');
      const found = await look(visit);
      if (found.ids.length > 0) wrong.push(`${found.ids.length} events came back`);
      if (found.reason !== 'COLD_START') wrong.push(`feed: ${found.reason}`);
      const rows = await visit.page.evaluate(RAW_ROWS);
      if (rows > 0) wrong.push(`${rows} rows are left`);
      const notes = await visit.page.evaluate('caches.keys()');
      if (notes.some((/** @type {string} */ name) => name.includes('erased'))) {
        wrong.push('the note is left');
      }
      wrong.push(...(await errorsOf(visit)));
      await context.close();
      const ended = `${erased.mode}, ${erased.said}; healed: ${found.ids.length} of 24 came back`;
      return { wrong, ended, ms: found.ms };
    } finally {
      removeProfile(folder);
    }
  };
  return { id: '', name: 'erased while the database is broken, which then heals', run };
}

/**
 * @param {Site} site
 * @returns {Case[]} The eighteen of R3, and an erasure.
 */
export function storageCases(site) {
  const cases = [
    ...handsOn(site),
    brokenCase(site, '`open()` never settles', 'open-pending'),
    brokenCase(site, '`open()` throws SecurityError', 'open-throws'),
    brokenCase(site, '`indexedDB` is undefined', 'missing'),
    brokenCase(site, 'UnknownError in one of three transactions', 'unknown'),
    brokenCase(site, 'InvalidStateError in one of three transactions', 'invalid-state'),
    brokenCase(site, 'every writing transaction aborts', 'aborts'),
    corruptCase(site, 'CURRENT names a missing manifest', (database) => {
      writeFileSync(join(database, 'CURRENT'), 'MANIFEST-999999\n');
    }),
    corruptCase(site, 'MANIFEST is gone', (database) => rmSync(fileIn(database, /^MANIFEST-/u))),
    corruptCase(site, 'log is garbled', (database) => garble(newestLog(database))),
    ...hardTimes(site),
  ];
  return [...cases.map((test, i) => ({ ...test, id: `S${i + 1}` })), healedCase(site)];
}
