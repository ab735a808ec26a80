/** Erasing, refusing and closing win over a disk that opens after its deadline (FAULTS S8). */
import { beforeEach, describe, expect, it } from 'vitest';
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
  rawRows,
} from './fixtures.ts';
import { type LateFactory, lateFactory } from './late-factory.ts';

let disk: IDBFactory;
let late: LateFactory;

beforeEach(() => {
  disk = newFactory();
  late = lateFactory(disk);
});

function open(factory: IDBFactory = late.factory): Promise<ProfileStore> {
  return openStore({
    name: 'vitrine',
    consent: 'granted',
    factory,
    deadlineMs: 8,
    now: () => NOW,
  });
}

/** Another tab, whose databases open at once. */
function otherTab(): Promise<ProfileStore> {
  return openStore({ name: 'vitrine', consent: 'granted', factory: disk, now: () => NOW });
}

/** Reads the disk so often that whoever opened it before this call could have written all he has. */
async function opened(): Promise<void> {
  for (let read = 0; read < 20; read++) await eventIdsOf(await otherTab());
}

describe('while a database is still being opened', () => {
  it('an erasure wins: nothing is written afterwards, and nothing is left', async () => {
    await (await otherTab()).append(batch(['old']));
    const store = await open();
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    await store.erase();
    await store.append(batch(['b']));
    late.release();
    await opened();
    expect([store.mode, store.adoptions]).toEqual(['memory', 0]);
    expect(await eventIdsOf(store)).toEqual(['b']);
    expect(await disk.databases()).toEqual([]);
  });

  it('an erasure wins over one that was asked for by an event', async () => {
    late.release();
    const store = await open();
    late.hold();
    await store.append(batch(['a']));
    await store.erase();
    late.release();
    await opened();
    expect(store.mode).toBe('memory');
    expect(await disk.databases()).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4])(
    'an erasure wins although transaction %i of the writing has begun',
    async (at) => {
      await (await otherTab()).append(batch(['old']));
      let erased: Promise<void> | undefined;
      const store = await open(
        factoryWithTransactions(late.factory, (index) => {
          if (index === at) erased = store.erase();
        }),
      );
      await store.append(batch(['a']));
      await store.saveSettings(SETTINGS);
      await store.removeEvents(['x']);
      late.release();
      await expect.poll(() => erased !== undefined).toBe(true);
      await erased;
      await opened();
      expect([store.mode, store.adoptions]).toEqual(['memory', 0]);
      expect(await eventIdsOf(store)).toEqual([]);
      expect(await disk.databases()).toEqual([]);
    },
  );

  it('refused consent wins: the database is deleted, and stays so', async () => {
    await (await otherTab()).append(batch(['old']));
    const store = await open();
    await store.append(batch(['a']));
    const denied = openStore({ name: 'vitrine', consent: 'denied', factory: late.factory });
    store.close();
    await denied;
    late.release();
    await opened();
    expect(await disk.databases()).toEqual([]);
  });

  it('closing wins: nothing is written, and the handle is let go of', async () => {
    await (await otherTab()).append(batch(['old']));
    const handles: IDBDatabase[] = [];
    const watched = hookedFactory(late.factory, { opened: (handle) => handles.push(handle) });
    const store = await open(watched);
    await store.append(batch(['a']));
    store.close();
    late.release();
    await expect.poll(() => handles.map(isClosed)).toEqual([true]);
    await expect(store.load()).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(await rawRows(disk, 'vitrine', 'log')).toHaveLength(1);
  });

  it('an erasure is not claimed when the browser cannot delete', async () => {
    const store = await open(
      hookedFactory(late.factory, { deleteDatabase: () => fail('UnknownError') }),
    );
    await expect(store.erase()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    late.release();
    await opened();
    expect(store.mode).toBe('memory');
  });

  it('an erasure that finds the handle gone is still asked for', async () => {
    const handles: IDBDatabase[] = [];
    late.release();
    const store = await open(
      hookedFactory(late.factory, { opened: (handle) => handles.push(handle) }),
    );
    await store.append(batch(['a']));
    late.hold();
    handles.at(-1)?.close();
    await store.erase();
    expect(await disk.databases()).toEqual([]);
    late.release();
    await opened();
    expect(await disk.databases()).toEqual([]);
    expect(await eventIdsOf(store)).toEqual([]);
  });
});
