/** A disk that opens after its deadline (FAULTS S8): the session moves to it, whole and once. */
import { forceCloseDatabase } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import {
  NOW,
  SETTINGS,
  batch,
  eventIdsOf,
  factoryWithTransactions,
  fail,
  hookedFactory,
  isClosed,
  newFactory,
} from './fixtures.ts';
import { type LateFactory, lateFactory } from './late-factory.ts';

let disk: IDBFactory;
let late: LateFactory;
let codes: VitrineErrorCode[];

beforeEach(() => {
  disk = newFactory();
  late = lateFactory(disk);
  codes = [];
});

function open(factory: IDBFactory = late.factory): Promise<ProfileStore> {
  return openStore({
    name: 'vitrine',
    consent: 'granted',
    factory,
    deadlineMs: 8,
    onFallback: (code) => codes.push(code),
    now: () => NOW,
  });
}

/** Another tab, whose databases open at once. */
function otherTab(): Promise<ProfileStore> {
  return openStore({ name: 'vitrine', consent: 'granted', factory: disk, now: () => NOW });
}

async function onDisk(): Promise<string[]> {
  return eventIdsOf(await otherTab());
}

async function adoption(store: ProfileStore): Promise<void> {
  await expect.poll(() => store.mode).toBe('indexeddb');
}

/** Waits until a database that was asked for before this call has opened, or was found absent. */
async function opened(): Promise<void> {
  await openIndexedDbStore('vitrine', { factory: disk });
}

describe('a database that opens late', () => {
  it('takes the session over, with what earlier visits left there', async () => {
    await (await otherTab()).append(batch(['a', 'b']));
    const store = await open();
    await store.append(batch(['b', 'c']));
    await store.append(batch(['d']));
    expect([store.mode, store.reason, store.adoptions]).toEqual(['memory', 'STORE_TIMEOUT', 0]);
    expect(await eventIdsOf(store)).toEqual(['b', 'c', 'd']);
    late.release();
    await adoption(store);
    expect([store.reason, store.adoptions, codes]).toEqual([null, 1, ['STORE_TIMEOUT']]);
    const profile = await store.load();
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c', 'd']);
    expect(profile.items.map(({ id }) => id)).toEqual(['item-a', 'item-b', 'item-c', 'item-d']);
    expect(profile).toMatchObject({ derived: null, lastSequence: 4 });
    expect(await onDisk()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is used from then on, also together with another tab', async () => {
    const store = await open();
    await store.append(batch(['a']));
    late.release();
    await adoption(store);
    expect((await store.append(batch(['b'], 'of a and b'))).missed).toBe('nothing');
    const other = await otherTab();
    await other.append(batch(['c']));
    expect((await store.readLogAfter(2)).records.map(({ record }) => record.eventId)).toEqual([
      'c',
    ]);
    expect(await onDisk()).toEqual(['a', 'b', 'c']);
  });

  it('is not made when there was none and nothing happened', async () => {
    const store = await open();
    late.release();
    await adoption(store);
    expect(await disk.databases()).toEqual([]);
    await store.append(batch(['a']));
    expect(await onDisk()).toEqual(['a']);
  });

  it('leaves derived state alone when nothing happened', async () => {
    await (await otherTab()).append(batch(['a'], 'derived'));
    const store = await open();
    late.release();
    await adoption(store);
    expect((await store.load()).derived).toBe('derived');
  });

  it('keeps its seed and follows, and the session’s choices win', async () => {
    await (await otherTab()).saveSettings({ seed: 1, followed: ['a', 'b'], blocked: ['c'] });
    const store = await open();
    await store.saveSettings({ seed: 2, followed: ['c'], blocked: ['a'] });
    late.release();
    await adoption(store);
    const settings = { seed: 1, followed: ['b', 'c'], blocked: ['a'] };
    expect((await store.load()).settings).toEqual(settings);
  });

  it('gets what happens while it is being written', async () => {
    await (await otherTab()).append(batch(['old']));
    const during = [
      (store: ProfileStore) => store.append(batch(['c'])),
      (store: ProfileStore) => store.removeEvents(['a']),
      (store: ProfileStore) => store.saveSettings({ seed: 2, followed: ['x'], blocked: [] }),
      (store: ProfileStore) => store.saveSettings({ seed: 2, followed: [], blocked: ['y'] }),
    ];
    const done: Promise<unknown>[] = [];
    const store = await open(
      factoryWithTransactions(late.factory, () => {
        const next = store.mode === 'memory' ? during.shift() : undefined;
        if (next !== undefined) done.push(next(store));
      }),
    );
    await store.append(batch(['a', 'b']));
    late.release();
    await adoption(store);
    await Promise.all(done);
    expect(during).toHaveLength(0);
    const profile = await store.load();
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['old', 'b', 'c']);
    expect(profile.settings).toEqual({ seed: 2, followed: [], blocked: ['y'] });
    expect(await onDisk()).toEqual(['old', 'b', 'c']);
  });

  it('gets an unfollow that comes while the follow is being written', async () => {
    const store = await open(
      factoryWithTransactions(late.factory, (_, mode) => {
        // The settings' own transaction: what it writes was read before.
        if (mode === 'readwrite') unfollow ??= store.saveSettings(unfollowed);
      }),
    );
    let unfollow: Promise<void> | undefined;
    const unfollowed = { seed: 7, followed: [], blocked: [] };
    await store.saveSettings({ ...unfollowed, followed: ['x'] });
    late.release();
    await adoption(store);
    await unfollow;
    expect((await store.load()).settings).toEqual(unfollowed);
  });

  it('never gets an event that was removed before', async () => {
    const written: unknown[] = [];
    const store = await open(
      factoryWithTransactions(late.factory, (_, mode, transaction) => {
        if (mode === 'readwrite') recordAdds(transaction(), written);
      }),
    );
    await store.append(batch(['a', 'b']));
    expect(await store.removeEvents(['a'])).toBe(1);
    late.release();
    await adoption(store);
    expect(await eventIdsOf(store)).toEqual(['b']);
    expect(new Set(written)).toEqual(new Set(['b']));
  });

  it('leaves the session in memory when it cannot be opened after all', async () => {
    const store = await open();
    await store.append(batch(['a']));
    late.refuse();
    await opened();
    expect([store.mode, store.reason, store.adoptions]).toEqual(['memory', 'STORE_TIMEOUT', 0]);
    await store.append(batch(['b']));
    expect(await eventIdsOf(store)).toEqual(['a', 'b']);
    expect(await disk.databases()).toEqual([]);
  });

  it('leaves the session in memory, whole, when it fails while it is being written', async () => {
    await (await otherTab()).append(batch(['old']));
    const handles: IDBDatabase[] = [];
    const watched = hookedFactory(late.factory, { opened: (handle) => handles.push(handle) });
    const store = await open(
      factoryWithTransactions(watched, (_, mode) => {
        if (mode === 'readwrite') fail('NotFoundError');
      }),
    );
    await store.append(batch(['a']));
    late.release();
    await expect.poll(() => handles.map(isClosed)).toEqual([true]);
    await store.append(batch(['b']));
    expect([store.mode, await eventIdsOf(store)]).toEqual(['memory', ['a', 'b']]);
    expect(await onDisk()).toEqual(['old']);
  });

  it('may fail later like any other: everything stays, in memory', async () => {
    await (await otherTab()).append(batch(['old']));
    let isBroken = false;
    const store = await open(
      factoryWithTransactions(late.factory, () => {
        if (isBroken) fail('NotFoundError');
      }),
    );
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    late.release();
    await adoption(store);
    isBroken = true;
    await store.append(batch(['b']));
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_FAILED']);
    expect(await eventIdsOf(store)).toEqual(['old', 'a', 'b']);
    expect((await store.load()).settings).toEqual(SETTINGS);
    expect(codes).toEqual(['STORE_TIMEOUT', 'STORE_FAILED']);
  });
});

describe('a database that opens late again', () => {
  /** A store on disk with event `a`, whose handle the browser took; no new one opens. */
  async function interrupted(): Promise<ProfileStore> {
    const handles: IDBDatabase[] = [];
    late.release();
    const factory = hookedFactory(late.factory, { opened: (handle) => handles.push(handle) });
    const store = await open(factory);
    await store.append(batch(['a']));
    late.hold();
    // The package types its argument as the class instead of an instance.
    (forceCloseDatabase as (handle: unknown) => void)(handles.at(-1));
    return store;
  }

  it('when it is first made, takes the event that it was made for', async () => {
    const store = await interruptedBeforeFirst();
    await store.append(batch(['a']));
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    late.release();
    await adoption(store);
    expect(await onDisk()).toEqual(['a']);
  });

  it('takes what happened meanwhile, calls that failed together included', async () => {
    const store = await interrupted();
    await Promise.all(['b', 'c', 'd'].map((id) => store.append(batch([id]))));
    expect(await store.removeEvents(['a', 'c'])).toBe(2);
    expect([store.mode, codes]).toEqual(['memory', ['STORE_TIMEOUT']]);
    expect(await eventIdsOf(store)).toEqual(['b', 'd']);
    late.release();
    await adoption(store);
    expect(await eventIdsOf(store)).toEqual(['b', 'd']);
    expect(await onDisk()).toEqual(['b', 'd']);
  });

  it('does not bring back what another tab has erased', async () => {
    const store = await interrupted();
    await store.append(batch(['b']));
    expect(await eventIdsOf(store)).toEqual(['a', 'b']);
    await (await otherTab()).erase();
    late.release();
    await adoption(store);
    expect(await eventIdsOf(store)).toEqual(['b']);
    expect(await onDisk()).toEqual(['b']);
  });

  it('is waited for once more when it is lost while the session is being written', async () => {
    let isTaken = false;
    const store = await open(
      factoryWithTransactions(late.factory, (_, mode) => {
        if (mode === 'readonly' || isTaken) return;
        isTaken = true;
        late.hold();
        fail('InvalidStateError');
      }),
    );
    await (await otherTab()).append(batch(['old']));
    await store.append(batch(['a']));
    late.release();
    await expect.poll(() => isTaken).toBe(true);
    await expect.poll(() => late.numHeld()).toBe(1);
    expect(store.mode).toBe('memory');
    late.release();
    await adoption(store);
    expect(await onDisk()).toEqual(['old', 'a']);
  });

  /** A store that found no database, and cannot make one in time. */
  async function interruptedBeforeFirst(): Promise<ProfileStore> {
    late.release();
    const store = await open();
    late.hold();
    return store;
  }
});

/** Notes the event id of every row that is added to the log. */
function recordAdds(transaction: IDBTransaction, into: unknown[]): void {
  const original = transaction.objectStore.bind(transaction);
  transaction.objectStore = (name) => {
    const store = original(name);
    if (name !== 'log') return store;
    const add = store.add.bind(store);
    store.add = (value: { eventId: unknown }, key?: IDBValidKey) => {
      into.push(value.eventId);
      return add(value, key);
    };
    return store;
  };
}
