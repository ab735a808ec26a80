/** A profile that nobody used for half a year is erased (FAULTS V7). */
import { describe, expect, it } from 'vitest';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import { MemoryStore } from '../../../src/store/memory-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { DAY_MS, NOW, SETTINGS, batch, newFactory } from './fixtures.ts';

type Open = (now: () => number) => Promise<ProfileStore>;

const factory = newFactory();
const RUNGS: [string, Open][] = [
  ['memory', async (now) => new MemoryStore({ now })],
  ['indexeddb', (now) => openIndexedDbStore('vitrine', { factory, now })],
];

describe.each(RUNGS)('a profile in %s', (_, open) => {
  it('loses its choices with its last interaction after 180 days', async () => {
    let now = NOW;
    const store = await open(() => now);
    await store.append(batch(['a', 'b']));
    await store.saveSettings(SETTINGS);
    now = NOW + 180 * DAY_MS;
    expect(await store.load()).toMatchObject({ settings: SETTINGS });
    now += 1;
    const empty = { log: [], items: [], settings: null, derived: null };
    expect(await store.load()).toMatchObject(empty);
    now = NOW;
    expect(await store.load()).toMatchObject(empty);
    await store.erase();
  });

  it('keeps them while one interaction is younger', async () => {
    let now = NOW;
    const store = await open(() => now);
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    now = NOW + 181 * DAY_MS;
    const { records, ...rest } = batch(['b']);
    await store.append({ ...rest, records: records.map((record) => ({ ...record, time: now })) });
    const { log, settings } = await store.load();
    expect([log.map(({ eventId }) => eventId), settings]).toEqual([['b'], SETTINGS]);
    await store.erase();
  });

  it('keeps choices that were made without any interaction: they have no date', async () => {
    const store = await open(() => NOW + 400 * DAY_MS);
    await store.saveSettings(SETTINGS);
    expect(await store.load()).toMatchObject({ settings: SETTINGS });
    await store.erase();
  });
});
