/** Consent decides, and a session in memory can move to disk. */
import type { GeneratedSegment } from '../../../src/core/generated.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Consent } from '../../../src/core/types.ts';
import { openStore, promote } from '../../../src/store/open-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { NOW, SETTINGS, batch, eventIdsOf, hookedFactory, newFactory } from './fixtures.ts';

let factory: IDBFactory;

beforeEach(() => {
  factory = newFactory();
});

function open(consent: Consent, from: IDBFactory = factory): Promise<ProfileStore> {
  return openStore({ name: 'vitrine', consent, factory: from, now: () => NOW, deadlineMs: 100 });
}

describe('openStore', () => {
  it('stands on disk with consent', async () => {
    const store = await open('granted');
    expect([store.mode, store.reason]).toEqual(['indexeddb', null]);
  });

  it('neither reads nor writes the disk before consent is known', async () => {
    const touched: string[] = [];
    const watched = hookedFactory(factory, {
      open: () => void touched.push('open'),
      deleteDatabase: () => void touched.push('deleteDatabase'),
    });
    const store = await open('unknown', watched);
    await store.append(batch(['a']));
    expect([store.mode, store.reason, touched]).toEqual(['memory', 'CONSENT', []]);
    expect(await factory.databases()).toEqual([]);
  });

  it('deletes what lies on disk when consent is denied', async () => {
    const before = await open('granted');
    await before.append(batch(['a']));
    const store = await open('denied');
    expect([store.mode, store.reason]).toEqual(['memory', 'CONSENT']);
    expect(await factory.databases()).toEqual([]);
    expect(await eventIdsOf(store)).toEqual([]);
  });

  it('opens in memory when the deletion fails', async () => {
    const refusing = hookedFactory(factory, {
      deleteDatabase: () => {
        throw new DOMException('made to fail', 'UnknownError');
      },
    });
    expect((await open('denied', refusing)).reason).toBe('CONSENT');
  });

  it('gives a second visit what the first one stored', async () => {
    const first = await open('granted');
    await first.append(batch(['a', 'b'], { count: 2 }));
    await first.saveSettings(SETTINGS);
    first.close();
    const second = await open('granted');
    expect(await second.load()).toMatchObject({ derived: { count: 2 }, settings: SETTINGS });
    expect(await eventIdsOf(second)).toEqual(['a', 'b']);
    expect((await second.append(batch(['c']))).missed).toBe('nothing');
  });

  it('keeps databases of different names apart', async () => {
    await (await open('granted')).append(batch(['a']));
    const other = await openStore({ name: 'other', consent: 'granted', factory });
    expect(await eventIdsOf(other)).toEqual([]);
  });
});

describe('promote', () => {
  it('moves a session to an empty disk with its derived state', async () => {
    const memory = await open('unknown');
    await memory.append(batch(['a', 'b'], 'derived'));
    await memory.saveSettings(SETTINGS);
    const profile = await promote(memory, await open('granted'));
    expect(profile).toMatchObject({ derived: 'derived', settings: SETTINGS, lastSequence: 2 });
    expect(await eventIdsOf(await open('granted'))).toEqual(['a', 'b']);
    expect(profile.items.map(({ id }) => id)).toEqual(['item-a', 'item-b']);
  });

  it('adds a session to an older log without doubling', async () => {
    const disk = await open('granted');
    await disk.append(batch(['a', 'b'], 'old'));
    const memory = await open('unknown');
    await memory.append(batch(['b', 'c'], 'new'));
    await promote(memory, disk);
    const profile = await promote(memory, disk);
    expect(profile.log.map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c']);
    expect(profile.derived).toBeNull();
  });

  it('keeps the older seed, and lets the session decide on follows and blocks', async () => {
    const disk = await open('granted');
    await disk.saveSettings({ seed: 1, followed: ['a', 'b'], blocked: ['c', 'd'] });
    const memory = await open('unknown');
    await memory.saveSettings({ seed: 2, followed: ['c', 'e'], blocked: ['a'] });
    expect((await promote(memory, disk)).settings).toEqual({
      seed: 1,
      followed: ['b', 'c', 'e'],
      blocked: ['d', 'a'],
    });
  });

  it('keeps the segments that both sides generated, as the session has them', async () => {
    const made = (id: string, name: string): GeneratedSegment => ({
      id,
      name,
      origin: 'generated',
      description: '',
      describes: { keywords: ['wool'] },
      version: 1,
      generator: 'linear',
      state: 'born',
      isAutomatic: false,
      born: NOW,
      evidence: [],
    });
    const choices = { seed: 1, followed: [], blocked: [] };
    const disk = await open('granted');
    await disk.saveSettings({ ...choices, generated: [made('a', 'Old a'), made('b', 'Old b')] });
    const memory = await open('unknown');
    await memory.saveSettings({ ...choices, generated: [made('b', 'New b'), made('c', 'New c')] });
    const { settings } = await promote(memory, disk);
    expect(settings?.generated?.map(({ name }) => name)).toEqual(['Old a', 'New b', 'New c']);
  });

  it('writes nothing for a session without events and settings', async () => {
    const disk = await open('granted');
    await disk.append(batch(['a'], 'derived'));
    expect((await promote(await open('unknown'), disk)).derived).toBe('derived');
  });
});
