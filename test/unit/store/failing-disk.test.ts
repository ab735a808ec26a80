/** A disk that fails after it was opened: everything loaded or written stays, in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import { type OpenStoreOptions, openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import {
  NOW,
  SETTINGS,
  batch,
  eventIdsOf,
  expectWorking,
  factoryWithTransactions,
  fail,
  hookedFactory,
  inRaw,
  isClosed,
  newFactory,
  rawRows,
  record,
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

describe('a disk that fails for good', () => {
  /** Every method once, then what must be there. */
  async function useAll(store: ProfileStore): Promise<void> {
    await store.load();
    await store.append(batch(['a', 'b']));
    await store.saveSettings(SETTINGS);
    await store.append(batch(['c']));
    await store.readLogAfter(1);
    await store.removeEvents(['b']);
    await store.append(batch(['d'], 'derived'));
    const profile = await store.load();
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['a', 'c', 'd']);
    expect(profile.items.map(({ id }) => id).toSorted()).toEqual(['item-a', 'item-c', 'item-d']);
    expect(profile).toMatchObject({ settings: SETTINGS, derived: 'derived' });
  }

  it.each([0, 1, 2, 3, 4, 5, 6])(
    'loses nothing that was loaded or written when transaction %i and all after it are refused',
    async (first) => {
      const factory = factoryWithTransactions(disk, (index) => {
        if (index >= first) fail('NotFoundError');
      });
      const store = await open({ factory });
      await useAll(store);
      expect([store.mode, store.reason, codes]).toEqual([
        'memory',
        'STORE_FAILED',
        ['STORE_FAILED'],
      ]);
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'loses nothing when writing transaction %i and all after it abort',
    async (first) => {
      let writing = 0;
      const factory = factoryWithTransactions(disk, (_, mode, transaction) => {
        if (mode === 'readonly') return;
        if (writing >= first) queueMicrotask(() => transaction().abort());
        writing += 1;
      });
      const store = await open({ factory });
      await useAll(store);
      const isOnDisk = writing <= first;
      expect([store.mode, codes]).toEqual(
        isOnDisk ? ['indexeddb', []] : ['memory', ['STORE_FAILED']],
      );
    },
  );

  it('does not keep derived state that leaves out what another tab wrote', async () => {
    let isBroken = false;
    const factory = factoryWithTransactions(disk, () => {
      if (isBroken) fail('NotFoundError');
    });
    const store = await open({ factory });
    await store.append(batch(['a'], 'of a'));
    const other = await open();
    await other.append(batch(['b']));
    await store.readLogAfter(1);
    isBroken = true;
    expect(await store.load()).toMatchObject({ log: [record('a'), record('b')], derived: null });
  });

  it('tells once when many calls fail together', async () => {
    const factory = factoryWithTransactions(disk, () => fail('NotFoundError'));
    const store = await open({ factory });
    await Promise.all(['a', 'b', 'c'].map((id) => store.append(batch([id]))));
    expect(codes).toEqual(['STORE_FAILED']);
    expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c']);
  });

  it('says STORE_FAILED by itself, with the reason of the aborted transaction', async () => {
    const factory = factoryWithTransactions(disk, (_, mode, transaction) => {
      if (mode === 'readwrite') queueMicrotask(() => transaction().abort());
    });
    const store = await openIndexedDbStore('vitrine', { factory });
    await expect(store.append(batch(['a']))).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  it('takes an append for written only when its transaction is complete', async () => {
    const factory = factoryWithTransactions(disk, (_, mode, transaction) => {
      if (mode === 'readwrite') abortAfterLastRequest(transaction());
    });
    const store = await openIndexedDbStore('vitrine', { factory });
    await expect(store.append(batch(['a']))).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await eventIdsOf(store)).toEqual([]);
  });

  it('keeps what an earlier visit stored, and lets go of the handle', async () => {
    await (await open()).append(batch(['a'], 'derived'));
    const handles: IDBDatabase[] = [];
    let isBroken = false;
    const factory = factoryWithTransactions(
      hookedFactory(disk, { opened: (database) => handles.push(database) }),
      () => {
        if (isBroken) fail('NotFoundError');
      },
    );
    const store = await open({ factory });
    const before = await store.load();
    isBroken = true;
    expect(await store.load()).toEqual(before);
    expect([store.mode, before.log, handles.length]).toEqual(['memory', [record('a')], 1]);
    expect(isClosed(handles[0])).toBe(true);
  });

  it('writes event and derived state together or not at all', async () => {
    const store = await openIndexedDbStore('vitrine', { factory: disk });
    await store.append(batch(['a'], 'good'));
    const unclonable = { records: [record('b')], items: [], derived: () => 0 };
    await expect(store.append(unclonable)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await store.load()).toMatchObject({ log: [record('a')], derived: 'good' });
  });

  it('gives a transaction up that never ends', async () => {
    const store = await openIndexedDbStore('vitrine', { factory: disk, transactionMs: 20 });
    await store.append(batch(['a']));
    const blocker = await holdOpen(disk);
    await expect(store.append(batch(['b']))).rejects.toMatchObject({ code: 'STORE_TIMEOUT' });
    await blocker.release();
    expect(await eventIdsOf(store)).toEqual(['a']);
  });

  it('loads what is there although waste cannot be deleted', async () => {
    const good = await open();
    await good.append(batch(['a']));
    await inRaw(disk, 'vitrine', 'log', (rows) => rows.put({ schema: 1, eventId: 'x' }));
    const factory = factoryWithTransactions(disk, (_, mode) => {
      if (mode === 'readwrite') fail('NotFoundError');
    });
    const store = await open({ factory });
    expect(await store.load()).toMatchObject({ log: [record('a')], quarantined: 1 });
    expect(store.mode).toBe('indexeddb');
  });
});

describe('erasing', () => {
  it('leaves no database', async () => {
    const store = await open();
    await store.append(batch(['a']));
    await store.erase();
    expect(await disk.databases()).toEqual([]);
  });

  it('also deletes what lies on disk after the fall to memory', async () => {
    const broken = { now: false };
    const factory = factoryWithTransactions(disk, () => {
      if (broken.now) fail('NotFoundError');
    });
    const store = await open({ factory });
    await store.append(batch(['a']));
    broken.now = true;
    await store.append(batch(['b']));
    expect(store.mode).toBe('memory');
    await store.erase();
    expect(await disk.databases()).toEqual([]);
    expect(await eventIdsOf(store)).toEqual([]);
  });

  it('empties a database that cannot be deleted', async () => {
    const factory = hookedFactory(disk, { deleteDatabase: silentRequest });
    const store = await open({ factory });
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    await store.erase();
    for (const name of ['log', 'items', 'derived']) {
      expect(await rawRows(disk, 'vitrine', name)).toEqual([]);
    }
    expect(await store.load()).toMatchObject({ log: [], settings: null });
  });

  it('does not claim it when the disk refuses everything', async () => {
    await (await open()).append(batch(['a']));
    const factory = factoryWithTransactions(
      hookedFactory(disk, { deleteDatabase: () => fail('UnknownError') }),
      () => fail('NotFoundError'),
    );
    const store = await open({ factory });
    await expect(store.erase()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect([store.mode, codes]).toEqual(['memory', ['STORE_FAILED']]);
  });

  it.each([
    ['SecurityError', 'made to fail'],
    // Chromium where the visitor blocks site data.
    ['UnknownError', 'The user denied permission to access the database.'],
  ])('succeeds where nothing may be stored: %s', async (name, message) => {
    const refuse = (): never => {
      throw new DOMException(message, name);
    };
    const factory = hookedFactory(disk, { open: refuse, deleteDatabase: refuse });
    const store = await open({ factory });
    await expectWorking(store);
    await store.erase();
    expect(await eventIdsOf(store)).toEqual([]);
  });

  it('does not claim it when the disk was written before storage was blocked', async () => {
    const blocked = { now: false };
    const refuse = (): void => {
      if (blocked.now) fail('SecurityError');
    };
    const factory = factoryWithTransactions(
      hookedFactory(disk, { deleteDatabase: refuse }),
      refuse,
    );
    const store = await open({ factory });
    await store.append(batch(['a']));
    blocked.now = true;
    for (const _time of ['first', 'second']) {
      await expect(store.erase()).rejects.toMatchObject({ name: 'VitrineError' });
    }
    expect(await rawRows(disk, 'vitrine', 'log')).toHaveLength(1);
  });
});

/** Aborts a transaction once its last request, the derived state's, has succeeded. */
function abortAfterLastRequest(transaction: IDBTransaction): void {
  const original = transaction.objectStore.bind(transaction);
  transaction.objectStore = (name) => {
    const store = original(name);
    if (name !== 'derived') return store;
    const put = store.put.bind(store);
    store.put = (value: unknown, key?: IDBValidKey) => {
      const request = put(value, key);
      request.addEventListener('success', () => transaction.abort());
      return request;
    };
    return store;
  };
}

/** Holds a writing transaction open by asking again and again, until released. */
async function holdOpen(factory: IDBFactory): Promise<{ release(): Promise<void> }> {
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = factory.open('vitrine', 1);
    request.addEventListener('success', () => resolve(request.result));
  });
  const transaction = database.transaction('log', 'readwrite');
  const held = { isHeld: true };
  const ask = (): void => {
    const request = transaction.objectStore('log').count();
    request.addEventListener('success', () => {
      if (held.isHeld) ask();
    });
  };
  ask();
  return {
    release: () =>
      new Promise((resolve) => {
        held.isHeld = false;
        transaction.addEventListener('complete', () => resolve(database.close()));
      }),
  };
}
