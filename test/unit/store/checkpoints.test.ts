/** What was learned, on every rung: kept in its order, gone with what it was learned from. */
import { describe, expect, it } from 'vitest';
import type { CheckpointPointer, StoredCheckpoint } from '../../../src/store/checkpoints.ts';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { promote } from '../../../src/store/promote.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { batch, DAY_MS, inRaw, newFactory, NOW, rawRows } from './fixtures.ts';

const now = (): number => NOW;

function checkpoint(version: number, lastSequence: number): StoredCheckpoint {
  const body = Uint8Array.of(version, 2, 3);
  return { version, packId: 'pack', time: NOW, lastSequence, body, checksum: `seal ${version}` };
}

function pointer(version: number): CheckpointPointer {
  return { version, highest: version, decidedAt: `event ${version}` };
}

async function versionsOf(store: ProfileStore): Promise<number[]> {
  const { checkpoints } = await store.loadCheckpoints();
  return checkpoints.map(({ version }) => version);
}

const RUNGS: [string, (factory: IDBFactory) => Promise<ProfileStore>][] = [
  ['memory', async () => new MemoryStore({ now })],
  ['indexeddb', (factory) => openIndexedDbStore('vitrine', { factory, now })],
  [
    'resilient on disk',
    (factory) => openStore({ name: 'vitrine', consent: 'granted', factory, now }),
  ],
  [
    'resilient in memory',
    () => openStore({ name: 'vitrine', consent: 'granted', factory: null, now }),
  ],
];

describe.each(RUNGS)('checkpoints in %s', (_, open) => {
  it('are none at first, and none are kept that nothing was learned from', async () => {
    const store = await open(newFactory());
    expect(await store.saveCheckpoint(checkpoint(1, 0), pointer(1))).toBe(false);
    expect(await store.loadCheckpoints()).toEqual({
      checkpoints: [],
      pointer: { version: 0, highest: 0, decidedAt: '' },
    });
  });

  it('come back as they were, oldest first, with what is in use', async () => {
    const store = await open(newFactory());
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    await store.saveCheckpoint(checkpoint(10, 1), pointer(10));
    await store.saveCheckpoint(checkpoint(2, 1), pointer(2));
    const { checkpoints, pointer: found } = await store.loadCheckpoints();
    expect(checkpoints).toEqual([checkpoint(1, 1), checkpoint(2, 1), checkpoint(10, 1)]);
    expect(found).toEqual(pointer(2));
  });

  it('are at most five; the one in use is not among those that go', async () => {
    const store = await open(newFactory());
    await store.append(batch(['a']));
    for (let version = 1; version <= 4; version++) {
      await store.saveCheckpoint(checkpoint(version, 1), pointer(version));
    }
    await store.saveCheckpoint(null, { ...pointer(1), highest: 4 });
    await store.saveCheckpoint(checkpoint(5, 1), pointer(5));
    await store.saveCheckpoint(checkpoint(6, 1), { ...pointer(6), version: 2 });
    expect(await versionsOf(store)).toEqual([2, 3, 4, 5, 6]);
    await store.saveCheckpoint(checkpoint(7, 1), { ...pointer(7), version: 2 });
    expect(await versionsOf(store)).toEqual([2, 4, 5, 6, 7]);
  });

  it('go with an event that they were learned from; older ones stay', async () => {
    const store = await open(newFactory());
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    await store.append(batch(['b']));
    await store.saveCheckpoint(checkpoint(2, 2), pointer(2));
    await store.removeEvents(['b']);
    expect(await versionsOf(store)).toEqual([1]);
    // It is to be decided anew what to use.
    expect((await store.loadCheckpoints()).pointer.decidedAt).toBe('');
    await store.removeEvents(['a']);
    expect(await versionsOf(store)).toEqual([]);
  });

  it('stay when an event goes that is none', async () => {
    const store = await open(newFactory());
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    await store.removeEvents(['nobody']);
    expect(await versionsOf(store)).toEqual([1]);
  });

  it('go with the profile', async () => {
    const store = await open(newFactory());
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    await store.erase();
    await store.append(batch(['b']));
    expect(await versionsOf(store)).toEqual([]);
  });

  it('move to the disk with the session, and go there with its events', async () => {
    const memory = new MemoryStore({ now });
    await memory.append(batch(['a', 'b']));
    await memory.saveCheckpoint(checkpoint(1, 2), pointer(1));
    const disk = await open(newFactory());
    await promote(memory, disk);
    expect(await versionsOf(disk)).toEqual([1]);
    await disk.removeEvents(['b']);
    expect(await versionsOf(disk)).toEqual([]);
  });

  it('of a session do not join those of another visit', async () => {
    const memory = new MemoryStore({ now });
    await memory.append(batch(['a']));
    await memory.saveCheckpoint(checkpoint(1, 1), pointer(1));
    const disk = await open(newFactory());
    await disk.append(batch(['earlier']));
    await promote(memory, disk);
    expect(await versionsOf(disk)).toEqual([]);
  });
});

describe('checkpoints on disk', () => {
  it('outlive the worker', async () => {
    const factory = newFactory();
    const store = await openIndexedDbStore('vitrine', { factory, now });
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    store.close();
    const next = await openIndexedDbStore('vitrine', { factory, now });
    expect((await next.loadCheckpoints()).checkpoints).toEqual([checkpoint(1, 1)]);
  });

  it('are not written over events that another tab has removed', async () => {
    const factory = newFactory();
    const store = await openIndexedDbStore('vitrine', { factory, now });
    await store.append(batch(['a', 'b']));
    await store.load();
    const other = await openIndexedDbStore('vitrine', { factory, now });
    await other.load();
    await other.removeEvents(['a']);
    expect(await store.saveCheckpoint(checkpoint(1, 2), pointer(1))).toBe(false);
    expect(await versionsOf(store)).toEqual([]);
  });

  it.each([
    ['no checkpoint', { schema: 1, value: 'junk' }],
    ['of a later release', { schema: 2, value: checkpoint(1, 1) }],
    ['under another version’s key', { schema: 1, value: checkpoint(9, 1) }],
    ['without a body', { schema: 1, value: { ...checkpoint(1, 1), body: [1, 2] } }],
  ])('count as none when a row is %s', async (_, row) => {
    const factory = newFactory();
    const store = await openIndexedDbStore('vitrine', { factory, now });
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(2, 1), pointer(2));
    await inRaw(factory, 'vitrine', 'checkpoints', (rows) => rows.put(row, 'v1'));
    expect(await versionsOf(store)).toEqual([2]);
  });

  it('go once all that they were learned from is past the retention', async () => {
    const factory = newFactory();
    const store = await openIndexedDbStore('vitrine', { factory, now });
    await store.append(batch(['a']));
    await store.saveCheckpoint(checkpoint(1, 1), pointer(1));
    const later = { ...batch(['b']), derived: null };
    const fresh = later.records.map((record) => ({ ...record, time: NOW + 100 * DAY_MS }));
    await store.append({ ...later, records: fresh });
    await store.saveCheckpoint(checkpoint(2, 2), pointer(2));
    store.close();
    const then = (): number => NOW + 200 * DAY_MS;
    const next = await openIndexedDbStore('vitrine', { factory, now: then });
    await next.load();
    expect(await versionsOf(next)).toEqual([2]);
    expect(await rawRows(factory, 'vitrine', 'checkpoints')).toHaveLength(2);
  });
});
