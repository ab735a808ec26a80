/** An erasure holds, also where it could not be carried out when it was asked for. */
import { describe, expect, it } from 'vitest';
import type { OpenStoreOptions } from '../../../src/store/open-store.ts';
import type { Places } from '../../../src/store/places.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { SETTINGS, batch, eventIdsOf, fail, hookedFactory, silentRequest } from './fixtures.ts';
import { NO_PLACES, browser, nextVisit, open, visit } from './visits.ts';

type Options = Partial<OpenStoreOptions>;

const refuse = (): never => fail('UnknownError');

/** Nothing about the origin's databases works, as with a broken backing store (FAULTS 9). */
function broken(): Options {
  return { factory: hookedFactory(browser.disk, { open: refuse, deleteDatabase: refuse }) };
}

/** Neither opening nor deleting ever answers (WebKit bug 226547). */
function silent(): Options {
  const hooks = { open: silentRequest, deleteDatabase: silentRequest };
  return { factory: hookedFactory(browser.disk, hooks), deadlineMs: 30 };
}

/** A profile that opens opens, and then every writing and every deletion fails. */
function readOnly(): Options {
  const factory = hookedFactory(browser.disk, {
    deleteDatabase: refuse,
    opened: (database) => {
      const original = database.transaction.bind(database);
      database.transaction = (stores, mode, options) =>
        mode === 'readwrite' ? refuse() : original(stores, mode, options);
    },
  });
  return { factory };
}

/** Its page takes IndexedDB away altogether. */
const missing = (): Options => ({ factory: null });

const inFiles = (options: Options): Options => ({
  ...options,
  places: { ...browser.places, buckets: null },
});

/** Files do not open either. */
const inMemory = (options: Options): Options => ({
  ...options,
  places: { ...browser.places, buckets: null, directory: async () => refuse() },
});

/** Erases, and says whether it was claimed that all is gone. */
async function isErased(store: ProfileStore): Promise<boolean> {
  try {
    await store.erase();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ name: 'VitrineError' });
    return false;
  }
}

/** A visitor who is known, with choices and a copy. */
function knownVisitor(): Promise<void> {
  return visit(async (store) => {
    await store.saveSettings(SETTINGS);
    await store.append(batch(['a', 'b', 'c']));
  });
}

/** Of the next visits nobody finds anything. */
async function expectNobody(): Promise<void> {
  const store = await nextVisit();
  expect(await store.load()).toMatchObject({ log: [], items: [], settings: null, derived: null });
  expect([store.mode, store.reason, store.restored]).toEqual(['indexeddb', null, null]);
  expect(await store.loadCheckpoints()).toMatchObject({ checkpoints: [] });
  store.close();
}

const CASES: [string, () => Options][] = [
  ['broken, in a bucket', broken],
  ['broken, in files', () => inFiles(broken())],
  ['broken, in memory', () => inMemory(broken())],
  ['silent, in memory', silent],
  ['read-only', readOnly],
  ['missing', missing],
];

describe.each(CASES)('a profile that was erased while the database was %s', (_, options) => {
  it('does not come back when that works again', async () => {
    await knownVisitor();
    const store = await open(options());
    await store.load();
    await isErased(store);
    expect(await eventIdsOf(store)).toEqual([]);
    store.close();
    await expectNobody();
    await expectNobody();
    expect(browser.places.cacheNames.size).toBe(0);
  });

  it('does not come back after consent was refused', async () => {
    await knownVisitor();
    (await open({ ...options(), consent: 'denied' })).close();
    // Deleting goes on past the deadline that the page waits for.
    await expect.poll(() => browser.places.cacheNames.size).toBeGreaterThan(0);
    await expectNobody();
  });

  it('leaves what was done afterwards alone', async () => {
    await knownVisitor();
    const store = await open(options());
    await store.load();
    await isErased(store);
    store.close();
    await visit((next) => next.append(batch(['d'])));
    await visit((next) => next.append(batch(['e'])));
    expect(await eventIdsOf(await nextVisit())).toEqual(['d', 'e']);
  });
});

it('what is done after the erasure, on another rung, is found when the database works', async () => {
  await knownVisitor();
  const store = await open(broken());
  await store.load();
  expect(await isErased(store)).toBe(false);
  await store.append(batch(['d']));
  store.close();
  const later = await open(broken());
  expect(await eventIdsOf(later)).toEqual(['d']);
  await later.append(batch(['e']));
  await later.flush();
  later.close();
  expect(await eventIdsOf(await nextVisit())).toEqual(['d', 'e']);
});

it('two tabs that open it at once wipe it once, and lose nothing of what they write', async () => {
  await knownVisitor();
  const store = await open(broken());
  await isErased(store);
  store.close();
  const tabs = await Promise.all([open(), open(), open()]);
  await Promise.all(tabs.map((tab, n) => tab.append(batch([`new-${n}`]))));
  expect((await eventIdsOf(await nextVisit())).toSorted()).toEqual(['new-0', 'new-1', 'new-2']);
});

it('a tab that has it open hears of nothing and opens it again: it finds nothing either', async () => {
  await knownVisitor();
  const handles: IDBDatabase[] = [];
  const factory = hookedFactory(browser.disk, { opened: (database) => handles.push(database) });
  const other = await open({ factory });
  expect(await eventIdsOf(other)).toEqual(['a', 'b', 'c']);
  const store = await open(broken());
  await isErased(store);
  // The browser takes the handle away.
  for (const handle of handles) handle.close();
  expect(await eventIdsOf(other)).toEqual([]);
});

it('a database that cannot be emptied is not read', async () => {
  await knownVisitor();
  const store = await open(broken());
  await isErased(store);
  store.close();
  const next = await open(readOnly());
  expect([next.mode, await eventIdsOf(next)]).toEqual(['bucket', []]);
  next.close();
  await expectNobody();
});

it('a note that cannot be made is told as what it is, as one where there are no caches', async () => {
  for (const caches of [null, { ...browser.places.caches, open: refuse } as Places['caches']]) {
    await knownVisitor();
    const store = await open({ ...broken(), places: { ...browser.places, caches } });
    await store.load();
    expect(await isErased(store)).toBe(false);
    store.close();
    expect(await eventIdsOf(await nextVisit())).toEqual(['a', 'b', 'c']);
  }
});

it('a copy that could not be deleted does not bring the profile back', async () => {
  await knownVisitor();
  const root = await browser.places.directory();
  const stuck = Object.assign(Object.create(root) as FileSystemDirectoryHandle, {
    removeEntry: async () => fail('NoModificationAllowedError'),
  });
  const store = await open({ places: { ...browser.places, directory: async () => stuck } });
  await store.load();
  expect(await isErased(store)).toBe(false);
  store.close();
  expect(browser.places.files.size).toBeGreaterThan(0);
  await expectNobody();
  expect([browser.places.files.size, browser.places.cacheNames.size]).toEqual([0, 0]);
});

it('a bucket that could not be deleted does not bring the profile back', async () => {
  const away = await open(broken());
  await away.append(batch(['a', 'b']));
  away.close();
  const buckets = { ...browser.places.buckets, delete: async () => fail('UnknownError') };
  const store = await open({
    factory: null,
    places: { ...browser.places, buckets, directory: null },
  });
  expect(await eventIdsOf(store)).toEqual(['a', 'b']);
  store.close();
  const memory = await open({ consent: 'unknown', places: { ...browser.places, buckets } });
  expect(await isErased(memory)).toBe(false);
  expect(browser.places.bucketNames()).not.toEqual([]);
  await expectNobody();
  expect(browser.places.bucketNames()).toEqual([]);
});

it('an erasure that was carried out in the end leaves no note', async () => {
  await knownVisitor();
  const store = await open(broken());
  expect(await isErased(store)).toBe(false);
  expect([...browser.places.cacheNames]).toEqual(['vitrine-erased-database']);
  const again = await open({ consent: 'unknown' });
  expect(await isErased(again)).toBe(true);
  expect(browser.places.cacheNames.size).toBe(0);
});

it('asks nothing of caches where the visitor has no profile', async () => {
  const asked: string[] = [];
  const caches = {
    ...browser.places.caches,
    has: async (name: string) => {
      asked.push(name);
      return false;
    },
  } as Places['caches'];
  await eventIdsOf(await open({ places: { ...NO_PLACES, caches } }));
  expect(asked).toEqual([]);
});
