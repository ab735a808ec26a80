/** A real database that opens after its deadline. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consent } from '../../../src/core/types.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { batch, eventIdsOf } from './one-event.ts';
import { lateFactory } from '../../unit/store/late-factory.ts';

const stores: ProfileStore[] = [];
let name: string;

beforeEach(() => {
  name = `vitrine-test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await openStore({ name, consent: 'denied' });
});

async function open(
  options: { factory?: IDBFactory; deadlineMs?: number; consent?: Consent } = {},
): Promise<ProfileStore> {
  const store = await openStore({ name, consent: 'granted', ...options });
  stores.push(store);
  return store;
}

async function databaseNames(): Promise<(string | undefined)[]> {
  return (await indexedDB.databases()).map((database) => database.name);
}

async function adoption(store: ProfileStore): Promise<void> {
  await expect.poll(() => store.mode).toBe('indexeddb');
}

/** A frozen tab in the middle of an upgrade: until it is let go, the browser opens nothing. */
async function frozenTab(): Promise<{ thaw: () => Promise<void> }> {
  const handle = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error as DOMException));
  });
  const upgrade = indexedDB.open(name, 2);
  const undone = new Promise<void>((resolve) => {
    // Given back, so that the database stays what it was.
    upgrade.addEventListener('upgradeneeded', () => upgrade.transaction?.abort());
    upgrade.addEventListener('error', (event) => {
      event.preventDefault();
      resolve();
    });
  });
  await new Promise((resolve) => {
    upgrade.addEventListener('blocked', resolve);
  });
  return {
    thaw() {
      handle.close();
      return undone;
    },
  };
}

describe('a database that opens late', () => {
  it('takes the session over, with what an earlier visit left', async () => {
    const earlier = await open();
    await earlier.append(batch('a'));
    const late = lateFactory(indexedDB);
    const store = await open({ factory: late.factory, deadlineMs: 8 });
    await store.append(batch('a'));
    await store.append(batch('b'));
    await store.saveSettings({ seed: 7, followed: ['tech'], blocked: [] });
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    late.release();
    await adoption(store);
    expect([store.reason, await eventIdsOf(store)]).toEqual([null, ['a', 'b']]);
    expect(await earlier.load()).toMatchObject({
      log: [{ eventId: 'a' }, { eventId: 'b' }],
      items: [{ id: 'i-a' }, { id: 'i-b' }],
      settings: { seed: 7, followed: ['tech'], blocked: [] },
    });
  });

  it('takes the session over after a frozen tab held every opening up', async () => {
    const earlier = await open();
    await earlier.append(batch('a'));
    earlier.close();
    const frozen = await frozenTab();
    const store = await open({ deadlineMs: 40 });
    await store.append(batch('b'));
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    await frozen.thaw();
    await adoption(store);
    expect(await eventIdsOf(store)).toEqual(['a', 'b']);
    expect(await eventIdsOf(await open())).toEqual(['a', 'b']);
  });

  it('is made late for the event that it was to be made for', async () => {
    const late = lateFactory(indexedDB);
    late.release();
    const store = await open({ factory: late.factory, deadlineMs: 40 });
    late.hold();
    await store.append(batch('a'));
    expect(store.mode).toBe('memory');
    expect(await databaseNames()).not.toContain(name);
    late.release();
    await adoption(store);
    expect(await eventIdsOf(await open())).toEqual(['a']);
  });
});

describe('while a frozen tab holds the opening up', () => {
  /** A store with an event in memory, whose database with another event does not open. */
  async function waitingStore(): Promise<{ store: ProfileStore; thaw: () => Promise<void> }> {
    const earlier = await open();
    await earlier.append(batch('a'));
    earlier.close();
    const { thaw } = await frozenTab();
    const store = await open({ deadlineMs: 40 });
    await store.append(batch('b'));
    return { store, thaw };
  }

  it('an erasure wins as soon as the browser can delete, and is not claimed before', async () => {
    const { store, thaw } = await waitingStore();
    await expect(store.erase()).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    await store.append(batch('c'));
    await thaw();
    await expect.poll(databaseNames).not.toContain(name);
    expect(await eventIdsOf(await open())).toEqual([]);
    expect(await databaseNames()).not.toContain(name);
    expect([store.mode, await eventIdsOf(store)]).toEqual(['memory', ['c']]);
  });

  it('refused consent wins as soon as the browser can delete', async () => {
    const { store, thaw } = await waitingStore();
    store.close();
    const denied = await open({ consent: 'denied', deadlineMs: 40 });
    await denied.append(batch('c'));
    await thaw();
    await expect.poll(databaseNames).not.toContain(name);
    expect(await eventIdsOf(await open())).toEqual([]);
    expect(await databaseNames()).not.toContain(name);
  });
});
