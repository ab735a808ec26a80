/** The copy beside a real database: the browser loses that one, and it comes back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { openStore } from '../../../src/store/open-store.ts';
import { findPlaces, keyOf } from '../../../src/store/places.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { batch, eventIdsOf } from './one-event.ts';

const stores: ProfileStore[] = [];
const codes: string[] = [];
let name: string;

beforeEach(() => {
  name = `t-${crypto.randomUUID().slice(0, 8)}`;
  codes.length = 0;
});

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await openStore({ name, consent: 'denied' });
});

type Options = Partial<Parameters<typeof openStore>[0]>;

async function open(options: Options = {}): Promise<ProfileStore> {
  const onFallback = (code: string): void => void codes.push(code);
  const store = await openStore({ name, consent: 'granted', onFallback, ...options });
  stores.push(store);
  return store;
}

/** What eviction and "clear site data" do to the databases of a page that is open. */
async function clearDatabases(): Promise<void> {
  const session = cdp() as unknown as { send(method: string, params: object): Promise<unknown> };
  await session.send('Storage.clearDataForOrigin', {
    origin: location.origin,
    storageTypes: 'indexeddb',
  });
}

/** Names of what lies in the private file system, folder by folder. */
async function fileNames(): Promise<string[]> {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const [folder, handle] of root.entries()) {
    if (folder !== keyOf(name)) continue;
    for await (const [file] of (handle as FileSystemDirectoryHandle).entries()) names.push(file);
  }
  return names;
}

describe('a database that the browser has cleared', () => {
  it('comes back on the next visit', async () => {
    const store = await open();
    for (const id of ['a', 'b', 'c']) await store.append(batch(id));
    await store.saveSettings({ seed: 7, followed: ['tech'], blocked: [] });
    await store.flush();
    expect(await fileNames()).toHaveLength(1);
    await clearDatabases();
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
    const next = await open();
    await next.load();
    await next.flush();
    expect([next.mode, next.reason, next.restored, codes]).toEqual([
      'indexeddb',
      null,
      { events: 3, lostUpTo: 8 },
      ['STORE_RESTORED'],
    ]);
    expect(await next.load()).toMatchObject({
      log: [{ eventId: 'a' }, { eventId: 'b' }, { eventId: 'c' }],
      items: [{ id: 'i-a' }, { id: 'i-b' }, { id: 'i-c' }],
      settings: { seed: 7, followed: ['tech'], blocked: [] },
    });
  });

  it('comes back in the middle of a visit', async () => {
    const store = await open();
    await store.append(batch('a'));
    await store.flush();
    await clearDatabases();
    await store.append(batch('b'));
    await store.flush();
    expect(await eventIdsOf(await open())).toEqual(['a', 'b']);
  });

  it('does not come back after it was erased', async () => {
    const store = await open();
    await store.append(batch('a'));
    await store.flush();
    await store.erase();
    expect(await fileNames()).toEqual([]);
    const next = await open();
    await next.load();
    await next.flush();
    expect(await eventIdsOf(next)).toEqual([]);
  });
});

describe('a copy', () => {
  it('is made by itself after a while without events', async () => {
    const store = await open();
    await store.append(batch('a'));
    await expect.poll(fileNames).toEqual(['a']);
  });

  it('lies in a bucket where there are no files', async () => {
    const places = { ...findPlaces(), directory: null };
    const store = await open({ places });
    await store.append(batch('a'));
    await store.flush();
    expect(await places.buckets?.keys()).toContain(`${keyOf(name)}-backup`);
    await store.erase();
    expect(await places.buckets?.keys()).not.toContain(`${keyOf(name)}-backup`);
  });
});

describe('a rung below', () => {
  it.each(['bucket', 'opfs'])('%s gives the database what it kept', async (mode) => {
    const { buckets, caches, directory, locks } = findPlaces();
    const places = { caches, directory, locks, buckets: mode === 'bucket' ? buckets : null };
    const store = await open({ factory: null, places });
    expect(store.mode).toBe(mode);
    await store.append(batch('a'));
    await store.flush();
    store.close();
    const next = await open();
    await next.load();
    await next.flush();
    expect([next.mode, await eventIdsOf(next)]).toEqual(['indexeddb', ['a']]);
    expect(await buckets?.keys()).not.toContain(keyOf(name));
  });
});
