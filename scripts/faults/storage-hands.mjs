/** Faults of storage that come from elsewhere: other tabs, other code, full disks (FAULTS.md 2.2, S5-S14). */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFreezable, whileFrozen } from './freezable.mjs';
import { openProfile } from './profile.mjs';
import { LIMIT_MS, look, openCase, OPTIONS, placeOf, pump, untold } from './storage-page.mjs';
import { errorsOf, openVisit, takenAcks } from './visit.mjs';

/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {import('./runner.mjs').Case} Case */

/** @param {Site} site @returns {Case[]} Other hands on the same database. */
export function handsOn(site) {
  const raise = `new Promise((resolve, reject) => {
    const request = indexedDB.open('vitrine', 2);
    request.onsuccess = () => (request.result.close(), resolve());
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  })`;
  return [
    openCase(site, 'site data cleared while open, next write', async (context, visit) => {
      await pump(visit, 'a', 10);
      const session = await context.newCDPSession(visit.page);
      await session.send('Storage.clearDataForOrigin', {
        origin: site.url,
        storageTypes: 'indexeddb',
      });
      await visit.page.waitForTimeout(200);
      const during = await pump(visit, 'b', 3);
      const found = await look(visit, 13);
      return { wrong: untold(site, found, [during]), ended: placeOf(found.stats), ms: found.ms };
    }),
    openCase(site, 'newer version opens while ours is open', async (context, visit) => {
      await pump(visit, 'a', 5);
      const other = await openVisit(context, `${site.url}/page.html`);
      await other.page.evaluate(raise);
      const found = await look(visit, 5);
      return { wrong: untold(site, found), ended: placeOf(found.stats), ms: found.ms };
    }),
    openCase(site, 'old tab writes after that', async (context, visit) => {
      await visit.page.evaluate(
        `window.faults.make(${JSON.stringify({
          options: OPTIONS,
          candidates: '/data/items.json',
          looks: site.looks,
          feeds: 1,
          keep: true,
        })})`,
      );
      const other = await openVisit(context, `${site.url}/page.html`);
      await other.page.evaluate(raise);
      const wrong = [];
      const track = "window.faults.kept[0].vitrine.track({ type: 'view_item', itemId: 'late' })";
      await visit.page.evaluate(track);
      const { feed, stats } = await visit.page.evaluate('window.faults.again()');
      if (feed.reason !== 'PERSONALIZED') wrong.push(`feed: ${feed.reason}`);
      if (stats.events < site.looks.length + 1) wrong.push(`${stats.events} events`);
      return { wrong, ended: placeOf(stats), ms: feed.ms };
    }),
    openCase(site, 'old code meets a newer database', async (_, visit) => {
      await visit.page.evaluate(raise);
      await pump(visit, 'a', 5);
      const found = await look(visit, 5);
      return { wrong: untold(site, found), ended: placeOf(found.stats), ms: found.ms };
    }),
  ];
}

/** Interactions of which the newest must be kept where room is short: older ones make room. */
const NEWEST = 20;

/** @param {Site} site @returns {Case} S5: the quota is used up. */
function quotaCase(site) {
  return openCase(site, 'S5 quota exceeded', async (context, visit) => {
    const session = await context.newCDPSession(visit.page);
    // Before anything is opened: later it is not noticed.
    await session.send('Storage.overrideQuotaForOrigin', { origin: site.url, quotaSize: 100_000 });
    const { storage } = await pump(visit, 'q', 400);
    const found = await look(visit, 1);
    const there = new Set(found.ids);
    const acks = takenAcks(site);
    const gone = acks.filter((id) => !there.has(id));
    const wrong = found.ms > LIMIT_MS ? [`the feed took ${Math.round(found.ms)} ms`] : [];
    if (gone.length === 0) wrong.push('there was room for all');
    const late = gone.filter((id) => acks.indexOf(id) >= acks.length - NEWEST);
    if (late.length > 0 && storage.reason === null) {
      wrong.push(`${late.length} of the newest ${NEWEST} are gone`);
    }
    const ended = `${acks.length - gone.length} of ${acks.length} kept; meanwhile ${storage.mode}, ${storage.reason}`;
    return { wrong, ended, ms: found.ms };
  });
}

/**
 * S6: the disk is full; a small one is made for it. What Chromium does then to all that an origin has
 * kept, files and buckets too, cannot be undone: it is told while it lasts, and ends with it.
 *
 * @param {Site} site
 * @returns {Case}
 */
function fullDiskCase(site) {
  const run = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder]);
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    try {
      const first = await openProfile(profile, site);
      await pump(first.visit, 'a', 16);
      fill(join(folder, 'filler'));
      const { storage } = await pump(first.visit, 'b', 200);
      const full = await look(first.visit);
      const wrong = [...(await errorsOf(first.visit))];
      if (full.ms > LIMIT_MS) wrong.push(`the feed took ${Math.round(full.ms)} ms`);
      const reason = storage.reason ?? full.stats.storage.reason;
      if (reason === null) wrong.push('said nothing of the full disk');
      await first.context.close();
      rmSync(join(folder, 'filler'));
      const { context, visit } = await openProfile(profile, site);
      takenAcks(site);
      await pump(visit, 'c', 10);
      const found = await look(visit, 10);
      wrong.push(...untold(site, found), ...(await errorsOf(visit)));
      await context.close();
      const ended = `${reason}; with room again ${placeOf(found.stats)}`;
      return { wrong, ended, ms: full.ms };
    } finally {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { id: '', name: 'S6 disk full', run };
}

/** @param {string} path - Written until there is no room. */
function fill(path) {
  try {
    execFileSync('dd', ['if=/dev/zero', `of=${path}`, 'bs=64k'], { stdio: 'ignore' });
  } catch {
    // That is how it ends: the disk is full.
  }
}

/** Interactions of each of eight tabs; every one makes the others read again. */
const PER_TAB = 500;

/** Each reads all that the others wrote, again and again. */
const TABS_MS = 600_000;

/** @param {Site} site @returns {Case} S10: eight tabs write at once. */
function tabsCase(site) {
  const test = openCase(site, 'S10 eight tabs write at once', async (context, visit) => {
    const others = await Promise.all(
      Array.from({ length: 7 }, () => openVisit(context, `${site.url}/page.html`)),
    );
    const tabs = [visit, ...others];
    const before = await Promise.all(tabs.map((tab, i) => pump(tab, `t${i}`, PER_TAB)));
    // A tab that says that it is in memory has kept nothing.
    const numKept = before.filter(({ storage }) => storage.reason === null).length * PER_TAB;
    const found = await look(visit, 8 * PER_TAB);
    const there = new Set(found.ids);
    const wrong = untold(site, found, before);
    if (there.size < numKept || found.ids.length !== there.size) {
      wrong.push(`${there.size} different ones, ${found.ids.length} in all, of ${numKept}`);
    }
    for (const other of others) wrong.push(...(await errorsOf(other)));
    return { wrong, ended: `${there.size} of ${8 * PER_TAB}; ${placeOf(found.stats)}` };
  });
  return { ...test, limitMs: TABS_MS };
}

/** Records that no version of ours ever wrote. */
const GARBAGE = `new Promise((resolve, reject) => {
  const request = indexedDB.open('vitrine');
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const database = request.result;
    const transaction = database.transaction('log', 'readwrite');
    const store = transaction.objectStore('log');
    const odd = [null, 7, 'x', [], { schema: -1 }, { schema: 999, record: {} }, { record: { time: NaN } },
      { schema: 1, eventId: 5, record: null }, { __proto__: null, constructor: 1 }, new Date(NaN), new Map()];
    for (const value of odd) {
      try {
        if (store.keyPath === null || store.autoIncrement) store.add(value);
        else store.add({ [store.keyPath]: 'odd-' + odd.indexOf(value), ...Object(value) });
      } catch { /* not even the database takes it */ }
    }
    transaction.onabort = () => reject(transaction.error);
    transaction.oncomplete = () => (database.close(), resolve());
  };
})`;

/** @param {Site} site @returns {Case} S13: records that are none. */
function recordsCase(site) {
  return openCase(site, 'S13 foreign and future records', async (_, visit) => {
    await pump(visit, 'a', 12);
    const acks = takenAcks(site);
    await visit.page.evaluate(GARBAGE);
    const found = await look(visit, 12);
    const there = new Set(found.ids);
    const lost = acks.filter((id) => !there.has(id));
    const wrong = lost.length > 0 ? [`lost ${lost.length} of 12`] : [];
    if (there.size > 12) wrong.push(`took ${there.size - 12} foreign ones`);
    return {
      wrong,
      ended: `${12 - lost.length} of 12 kept; ${placeOf(found.stats)}`,
      ms: found.ms,
    };
  });
}

/** @param {Site} site @returns {Case} S14: a frozen tab keeps nobody from writing, and goes on itself. */
function freezeCase(site) {
  const run = async () => {
    const { close, context } = await openFreezable();
    try {
      takenAcks(site);
      const visit = await openVisit(context, `${site.url}/page.html`);
      await pump(visit, 'a', 10);
      const other = await openVisit(context, `${site.url}/page.html`);
      let meanwhile = 0;
      const heard = await whileFrozen(visit.page, async () => {
        await pump(other, 'b', 10);
        meanwhile = (await look(other, 20)).ids.length;
      });
      await pump(visit, 'c', 10);
      const found = await look(visit, 30);
      const wrong = [
        ...untold(site, found),
        ...(await errorsOf(visit)),
        ...(await errorsOf(other)),
      ];
      if (heard.join() !== 'freeze,resume') wrong.push('the browser did not freeze it');
      if (meanwhile !== 20) wrong.push(`${meanwhile} of 20 while it was frozen`);
      if (found.ids.length !== 30) wrong.push(`${found.ids.length} of 30 afterwards`);
      const ended = `${found.ids.length} of 30; ${placeOf(found.stats)}`;
      return { wrong, ended, ms: found.ms };
    } finally {
      await close();
    }
  };
  return { id: '', name: 'S14 tab frozen while another writes', run };
}

/**
 * @param {Site} site
 * @returns {Case[]} Little room, many tabs, foreign records, a frozen tab.
 */
export function hardTimes(site) {
  return [quotaCase(site), fullDiskCase(site), tabsCase(site), recordsCase(site), freezeCase(site)];
}
