/** Broken browsers, handed in as a factory: the store ends on disk or in memory, never in an error. */
import { forceCloseDatabase } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { Connection } from '../../../src/store/connection.ts';
import { type OpenStoreOptions, openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import {
  NOW,
  batch,
  eventIdsOf,
  expectWorking,
  factoryWithTransactions,
  fail,
  hookedFactory,
  isClosed,
  newFactory,
  rawRows,
  silentRequest,
} from './fixtures.ts';

let disk: IDBFactory;
let codes: VitrineErrorCode[];

beforeEach(() => {
  disk = newFactory();
  codes = [];
});

function open(options: Partial<OpenStoreOptions> = {}): Promise<ProfileStore> {
  return openStore({
    name: 'vitrine',
    consent: 'granted',
    factory: disk,
    deadlineMs: 50,
    onFallback: (code) => codes.push(code),
    now: () => NOW,
    ...options,
  });
}

describe('opening', () => {
  it.each(['SecurityError', 'VersionError', 'UnknownError', 'InvalidStateError'])(
    'keeps the profile in memory when it throws %s',
    async (name) => {
      const store = await open({ factory: hookedFactory(disk, { open: () => fail(name) }) });
      expect([store.mode, store.reason]).toEqual(['memory', 'STORE_BLOCKED']);
      expect(codes).toEqual(['STORE_BLOCKED']);
      await expectWorking(store);
    },
  );

  it('keeps the profile in memory when it never settles', async () => {
    const store = await open({ factory: hookedFactory(disk, { open: silentRequest }) });
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    expect(codes).toEqual(['STORE_TIMEOUT']);
    await expectWorking(store);
  });

  it('makes no database when one that was being deleted opens late', async () => {
    const handles: IDBDatabase[] = [];
    const factory = hookedFactory(disk, { opened: (database) => handles.push(database) });
    const stubborn = await openRaw(disk);
    disk.deleteDatabase('vitrine'); // waits for the stubborn handle, and our open waits for it
    const store = await open({ factory });
    expect([store.reason, handles.length]).toEqual(['STORE_TIMEOUT', 0]);
    stubborn.close();
    await expect.poll(() => store.mode).toBe('indexeddb');
    expect(await disk.databases()).toEqual([]);
    expect(handles.every(isClosed)).toBe(true);
  });

  it('makes no database before there is something to keep', async () => {
    const store = await open();
    await store.load();
    await store.readLogAfter(0);
    await store.removeEvents(['a']);
    await store.erase();
    expect(await store.estimateBytes()).toBe(0);
    expect([store.mode, await disk.databases()]).toEqual(['indexeddb', []]);
    await store.append(batch(['a']));
    expect(await disk.databases()).toHaveLength(1);
  });

  it('makes no database anew after an erase, until there is something to keep', async () => {
    const store = await open();
    await store.append(batch(['a']));
    await store.erase();
    expect(await eventIdsOf(store)).toEqual([]);
    expect(await disk.databases()).toEqual([]);
  });

  it('keeps the profile in memory without IndexedDB', async () => {
    const store = await open({ factory: null });
    expect([store.mode, store.reason, codes]).toEqual([
      'memory',
      'STORE_BLOCKED',
      ['STORE_BLOCKED'],
    ]);
    await expectWorking(store);
  });

  it('keeps the profile in memory when the getter of indexedDB throws', async () => {
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => fail('SecurityError'),
    });
    try {
      const store = await openStore({ name: 'vitrine', consent: 'granted' });
      expect([store.mode, store.reason]).toEqual(['memory', 'STORE_BLOCKED']);
      await expectWorking(store);
    } finally {
      Reflect.deleteProperty(globalThis, 'indexedDB');
    }
  });

  it('keeps its hands off a database of somebody else', async () => {
    await new Promise((resolve, reject) => {
      const request = disk.open('vitrine', 1);
      request.addEventListener('upgradeneeded', () => request.result.createObjectStore('theirs'));
      request.addEventListener('error', reject);
      request.addEventListener('success', () => resolve(request.result.close()));
    });
    const store = await open();
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_BLOCKED']);
    expect(await rawRows(disk, 'vitrine', 'theirs')).toEqual([]);
  });

  it('tries three times', async () => {
    let opened = 0;
    const factory = hookedFactory(disk, {
      open: () => {
        opened += 1;
        if (opened < 3) fail('UnknownError');
      },
    });
    const store = await open({ factory });
    expect([store.mode, opened, codes]).toEqual(['indexeddb', 3, []]);
  });

  it('shares one request between callers at the same time', async () => {
    let opened = 0;
    const factory = hookedFactory(disk, { open: () => void (opened += 1) });
    const connection = new Connection('vitrine', { factory, openMs: 1_000, transactionMs: 1_000 });
    const [first, second] = await Promise.all([connection.open(), connection.open()]);
    expect(first).toBe(second);
    expect(opened).toBe(1);
  });

  it('survives a listener that throws', async () => {
    const store = await open({ factory: null, onFallback: () => fail('Error') });
    await expectWorking(store);
  });
});

describe('a handle that goes away', () => {
  it('is replaced after the browser took it', async () => {
    const handles: IDBDatabase[] = [];
    const factory = hookedFactory(disk, { opened: (database) => handles.push(database) });
    const store = await open({ factory });
    await store.append(batch(['a']));
    forceClose(handles[0]);
    await store.append(batch(['b']));
    expect([store.mode, handles.length]).toEqual(['indexeddb', 2]);
    expect(await eventIdsOf(store)).toEqual(['a', 'b']);
  });

  it('is replaced when it was closed without a word', async () => {
    const handles: IDBDatabase[] = [];
    const factory = hookedFactory(disk, { opened: (database) => handles.push(database) });
    const store = await open({ factory });
    await store.append(batch(['a']));
    handles[0]?.close();
    await store.append(batch(['b']));
    expect([store.mode, handles.length]).toEqual(['indexeddb', 2]);
  });

  it('makes way for a tab that deletes the database', async () => {
    const store = await open();
    await store.append(batch(['a']));
    const blocked = await new Promise<boolean>((resolve) => {
      const request = disk.deleteDatabase('vitrine');
      request.addEventListener('blocked', () => resolve(true));
      request.addEventListener('success', () => resolve(false));
    });
    expect(blocked).toBe(false);
  });

  it.each(['InvalidStateError', 'UnknownError'])(
    'costs nothing when one transaction in three fails with %s',
    async (name) => {
      const factory = factoryWithTransactions(disk, (index) => {
        if (index % 3 === 0) fail(name);
      });
      const store = await open({ factory });
      for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) await store.append(batch([id]));
      expect(store.mode).toBe('indexeddb');
      expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    },
  );
});

/** A handle that does not make way for anybody. */
function openRaw(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open('vitrine', 1);
    request.addEventListener('error', () => reject(request.error));
    request.addEventListener('success', () => resolve(request.result));
  });
}

/** The package types its argument as the class instead of an instance. */
function forceClose(database: unknown): void {
  (forceCloseDatabase as (handle: unknown) => void)(database);
}
