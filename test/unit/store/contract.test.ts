/** What every rung of the ladder does alike. */
import { describe, expect, it } from 'vitest';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import type { Retention } from '../../../src/store/retention.ts';
import { createFakePlaces } from '../../helpers/fake-places.ts';
import { DAY_MS, NOW, SETTINGS, batch, eventIdsOf, item, newFactory, record } from './fixtures.ts';

type Open = (retention?: Retention) => Promise<ProfileStore>;
const now = (): number => NOW;
const limits = (retention?: Retention): { retention?: Retention } =>
  retention === undefined ? {} : { retention };

/** The rung that is left when others are not there. */
function openWithout(
  absent: { factory: null; buckets?: null },
  retention?: Retention,
): Promise<ProfileStore> {
  const { factory, ...rest } = absent;
  const places = { ...createFakePlaces(), ...rest };
  return openStore({
    name: 'vitrine',
    consent: 'granted',
    factory,
    places,
    now,
    ...limits(retention),
  });
}

const RUNGS: [string, Open][] = [
  ['memory', async (retention) => new MemoryStore({ now, ...limits(retention) })],
  [
    'indexeddb',
    (retention) =>
      openIndexedDbStore('vitrine', { factory: newFactory(), now, ...limits(retention) }),
  ],
  [
    'resilient on disk',
    (retention) =>
      openStore({
        name: 'vitrine',
        consent: 'granted',
        factory: newFactory(),
        now,
        ...limits(retention),
      }),
  ],
  ['a bucket', (retention) => openWithout({ factory: null }, retention)],
  ['a file', (retention) => openWithout({ factory: null, buckets: null }, retention)],
  [
    'resilient in memory',
    (retention) =>
      openStore({ name: 'vitrine', consent: 'granted', factory: null, now, ...limits(retention) }),
  ],
];

describe.each(RUNGS)('a store in %s', (_, open) => {
  it('is empty at first', async () => {
    const store = await open();
    expect(await store.load()).toEqual({
      log: [],
      items: [],
      derived: null,
      settings: null,
      quarantined: 0,
      lastSequence: 0,
    });
  });

  it('gives back what was appended, oldest first', async () => {
    const store = await open();
    await store.append(batch(['a', 'b'], { count: 2 }));
    await store.append(batch(['c'], { count: 3 }));
    const profile = await store.load();
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c']);
    expect(profile.items.map(({ id }) => id).toSorted()).toEqual(['item-a', 'item-b', 'item-c']);
    expect(profile.derived).toEqual({ count: 3 });
    expect(profile.lastSequence).toBe(3);
  });

  it('keeps all fields of a record and an item, and adds none', async () => {
    const store = await open();
    const full = record('a', { rowId: 'r', segmentId: 's', propensity: 0.1, quantity: 2 });
    const whole = item('item-a', { price: 9, categoryPath: ['home', 'lamps'], url: '/a' });
    await store.append({ records: [full], items: [whole], derived: null });
    const profile = await store.load();
    expect(profile.log).toEqual([full]);
    expect(profile.items).toEqual([whole]);
  });

  it('counts an event id once, in one batch and across batches', async () => {
    const store = await open();
    await store.append(batch(['a', 'a', 'b']));
    const { lastSequence } = await store.append(batch(['b', 'c']));
    expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c']);
    expect(lastSequence).toBe(3);
  });

  it('replaces the snapshot of an item by a newer one', async () => {
    const store = await open();
    await store.append({ records: [record('a')], items: [item('item-a')], derived: 1 });
    await store.append({ records: [], items: [item('item-a', { price: 5 })], derived: 1 });
    expect((await store.load()).items).toEqual([item('item-a', { price: 5 })]);
  });

  it('reads the log after a sequence with the items that it names', async () => {
    const store = await open();
    const { lastSequence } = await store.append(batch(['a']));
    await store.append(batch(['b', 'c']));
    const tail = await store.readLogAfter(lastSequence);
    expect(tail.records).toEqual([
      { sequence: 2, record: record('b') },
      { sequence: 3, record: record('c') },
    ]);
    expect(tail.items.map(({ id }) => id).toSorted()).toEqual(['item-b', 'item-c']);
    expect(await store.readLogAfter(3)).toEqual({ records: [], items: [] });
  });

  it('keeps the settings last saved', async () => {
    const store = await open();
    await store.saveSettings({ ...SETTINGS, seed: 1 });
    await store.saveSettings(SETTINGS);
    expect((await store.load()).settings).toEqual(SETTINGS);
  });

  it('removes events, their lonely items and the derived state', async () => {
    const store = await open();
    await store.append(batch(['a', 'b'], 'derived'));
    await store.append({
      records: [record('c', { itemId: 'item-a' })],
      items: [],
      derived: 'derived',
    });
    expect(await store.removeEvents(['a', 'b', 'unknown', 'a'])).toBe(2);
    const profile = await store.load();
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['c']);
    expect(profile.items.map(({ id }) => id)).toEqual(['item-a']);
    expect(profile.derived).toBeNull();
  });

  it('keeps the derived state when there was nothing to remove', async () => {
    const store = await open();
    await store.append(batch(['a'], 'derived'));
    expect(await store.removeEvents(['unknown'])).toBe(0);
    expect((await store.load()).derived).toBe('derived');
  });

  it('keeps the derived state of an append that follows a removal', async () => {
    const store = await open();
    await store.append(batch(['a', 'b']));
    await store.removeEvents(['b']);
    expect((await store.append(batch(['c'], 'new'))).missed).toBe('nothing');
    expect((await store.load()).derived).toBe('new');
  });

  it('drops records past 180 days on load, with items and derived state', async () => {
    const store = await open();
    const old = record('old', { time: NOW - 180 * DAY_MS - 1 });
    const edge = record('edge', { time: NOW - 180 * DAY_MS });
    await store.append({
      records: [old, edge],
      items: [item('item-old'), item('item-edge')],
      derived: 'both',
    });
    const first = await store.load();
    expect(first.log).toEqual([edge]);
    expect(first.items).toEqual([item('item-edge')]);
    expect(first.derived).toBeNull();
    expect(await store.load()).toEqual(first);
  });

  it('keeps the newest records beyond the cap', async () => {
    const store = await open({ maxAgeDays: 180, maxRecords: 2 });
    await store.append(batch(['a', 'b', 'c']));
    expect(await eventIdsOf(store)).toEqual(['b', 'c']);
    expect((await store.append(batch(['d'], 'derived'))).missed).toBe('nothing');
    expect(await eventIdsOf(store)).toEqual(['c', 'd']);
  });

  it('is empty after an erase, and can be used again', async () => {
    const store = await open();
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    await store.erase();
    expect(await store.load()).toMatchObject({ log: [], items: [], derived: null, settings: null });
    expect((await store.append(batch(['b'], 'derived'))).missed).toBe('nothing');
    expect(await store.load()).toMatchObject({ log: [record('b')], derived: 'derived' });
  });

  it('starts anew right after an erase', async () => {
    const store = await open();
    await store.append(batch(['a']));
    await store.erase();
    const result = await store.append(batch(['b'], 'derived'));
    expect(result).toEqual({ lastSequence: 1, missed: 'nothing' });
  });

  it('grows in bytes with its content', async () => {
    const store = await open();
    const before = await store.estimateBytes();
    await store.append(batch(['a', 'b', 'c']));
    expect(await store.estimateBytes()).toBeGreaterThan((before ?? Number.NaN) + 300);
  });
});

describe('a closed store', () => {
  it('rejects with DISPOSED on disk and behind the fallback', async () => {
    const factory = newFactory();
    const disk = await openIndexedDbStore('vitrine', { factory });
    const resilient = await openStore({ name: 'vitrine', consent: 'granted', factory });
    for (const store of [disk, resilient]) {
      store.close();
      await expect(store.load()).rejects.toMatchObject({ code: 'DISPOSED' });
      await expect(store.append(batch(['a']))).rejects.toMatchObject({ code: 'DISPOSED' });
    }
    expect(resilient.mode).toBe('indexeddb');
  });
});
