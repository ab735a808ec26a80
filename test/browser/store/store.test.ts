/** The store on a real IndexedDB. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../src/core/types.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { findPlaces } from '../../../src/store/places.ts';
import type { AppendBatch, ProfileStore } from '../../../src/store/profile-store.ts';

const stores: ProfileStore[] = [];
let name: string;

beforeEach(() => {
  name = `vitrine-test-${crypto.randomUUID()}`;
});

const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');

afterEach(async () => {
  if (original !== undefined) Object.defineProperty(globalThis, 'indexedDB', original);
  for (const store of stores.splice(0)) store.close();
  await openStore({ name, consent: 'denied' });
});

async function open(): Promise<ProfileStore> {
  const store = await openStore({ name, consent: 'granted' });
  stores.push(store);
  return store;
}

function record(eventId: string): LogRecord {
  return { eventId, time: Date.now(), type: 'view_item', itemId: `item-${eventId}` };
}

function batch(eventId: string, derived: unknown = null): AppendBatch {
  const added = record(eventId);
  return { records: [added], items: [{ id: added.itemId, title: 'Lamp' }], derived };
}

async function eventIdsOf(store: ProfileStore): Promise<string[]> {
  return (await store.load()).log.map(({ eventId }) => eventId);
}

async function databaseNames(): Promise<(string | undefined)[]> {
  return (await indexedDB.databases()).map((database) => database.name);
}

/** The module once more, as after a reload of the page: no state of this one. */
async function reloadedModule(): Promise<{ openStore: typeof openStore }> {
  const url = `../../../src/store/open-store.ts?reload=${crypto.randomUUID()}`;
  return (await import(/* @vite-ignore */ url)) as { openStore: typeof openStore };
}

describe('a profile in the browser', () => {
  it('is there again after the module was loaded anew', async () => {
    const store = await open();
    const derived = { vector: new Float32Array([1, 2]), byItem: new Map([['a', 1]]) };
    await store.append(batch('a', derived));
    await store.saveSettings({ seed: 7, followed: ['tech'], blocked: [] });
    store.close();

    const reloaded = await reloadedModule();
    expect(reloaded.openStore).not.toBe(openStore);
    const again = await reloaded.openStore({ name, consent: 'granted' });
    stores.push(again);
    expect([again.mode, again.reason]).toEqual(['indexeddb', null]);
    expect(await again.load()).toMatchObject({
      log: [{ eventId: 'a', itemId: 'item-a' }],
      items: [{ id: 'item-a', title: 'Lamp' }],
      derived,
      settings: { seed: 7, followed: ['tech'], blocked: [] },
      quarantined: 0,
    });
  });

  it('loses nothing of 2 × 200 events appended over two handles at once', async () => {
    const [here, there] = [await open(), await open()];
    const ids = Array.from({ length: 200 }, (_, index) => String(index));
    await Promise.all([
      ...ids.map((id) => here.append(batch(`here-${id}`))),
      ...ids.map((id) => there.append(batch(`there-${id}`))),
    ]);
    const wanted = ids.flatMap((id) => [`here-${id}`, `there-${id}`]).toSorted();
    expect((await eventIdsOf(await open())).toSorted()).toEqual(wanted);
    expect([here.mode, there.mode]).toEqual(['indexeddb', 'indexeddb']);
  });

  it('stores an event once however often it is delivered', async () => {
    const [here, there] = [await open(), await open()];
    const times = Array.from({ length: 20 }, () => [here, there]).flat();
    await Promise.all(times.map((store) => store.append(batch('a'))));
    expect(await eventIdsOf(here)).toEqual(['a']);
  });

  it('leaves no database after an erase with another handle open', async () => {
    const [here, there] = [await open(), await open()];
    await here.append(batch('a', 'of a'));
    await there.load();
    await here.erase();
    expect(await databaseNames()).not.toContain(name);
    expect((await there.append(batch('b', 'of a and b'))).missed).toBe('removed');
    expect(await there.load()).toMatchObject({ log: [{ eventId: 'b' }], derived: null });
  });

  it('deletes the database when consent is withdrawn elsewhere', async () => {
    const store = await open();
    await store.append(batch('a'));
    const denied = await openStore({ name, consent: 'denied' });
    expect([denied.mode, denied.reason]).toEqual(['memory', 'CONSENT']);
    expect(await databaseNames()).not.toContain(name);
  });

  it('writes nothing before consent is known', async () => {
    const store = await openStore({ name, consent: 'unknown' });
    await store.append(batch('a'));
    expect(await eventIdsOf(store)).toEqual(['a']);
    expect(await databaseNames()).not.toContain(name);
  });
});

describe('a browser that blocks storage', () => {
  function stub(get: () => unknown): void {
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, get });
  }

  function refuse(): never {
    throw new DOMException('made to fail', 'SecurityError');
  }

  it.each<[string, () => unknown]>([
    ['has no indexedDB', () => undefined],
    ['throws in the getter', refuse],
    ['throws in open', () => ({ open: refuse, deleteDatabase: refuse })],
  ])('keeps the profile in the next place that opens when it %s', async (_, get) => {
    stub(get);
    const { buckets, caches, directory, locks } = findPlaces();
    const below = [
      ['bucket', { buckets, directory, locks, caches }],
      ['opfs', { buckets: null, directory, locks, caches }],
      ['memory', { buckets: null, directory: null, locks, caches }],
    ] as const;
    for (const [mode, places] of below) {
      const codes: string[] = [];
      const onFallback = (code: string): void => void codes.push(code);
      const store = await openStore({ name, consent: 'granted', onFallback, places });
      stores.push(store);
      await store.append(batch(mode));
      expect([store.mode, store.reason, codes]).toEqual([mode, 'STORE_BLOCKED', ['STORE_BLOCKED']]);
      expect(await eventIdsOf(store)).toContain(mode);
    }
  });

  it('keeps the profile in memory when open never settles', async () => {
    const request = indexedDB.open(name, 1);
    const swallowed = new Promise<void>((resolve) => {
      request.addEventListener('upgradeneeded', (event) => event.stopImmediatePropagation());
      request.addEventListener('success', (event) => {
        event.stopImmediatePropagation();
        resolve();
      });
    });
    stub(() => ({ open: () => request, deleteDatabase: refuse }));
    const store = await openStore({ name, consent: 'granted', deadlineMs: 20 });
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    await swallowed;
    request.result.close();
  });
});
