/**
 * Faults of storage (FAULTS.md 2.2 and S5, S6, S10, S13, S14; goal R3): the feed comes, nothing hangs,
 * and whatever is lost is told.
 */
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newProfile, openProfile, removeProfile } from './profile.mjs';
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

/**
 * @param {Site} site
 * @returns {Case[]} The eighteen of R3.
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
  return cases.map((test, i) => ({ ...test, id: `S${i + 1}` }));
}
