/** What others wrote into our database: left out and counted, never thrown (FAULTS S13). */
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import {
  SCRIPT_URL,
  SETTINGS,
  batch,
  eventIdsOf,
  inRaw,
  item,
  newFactory,
  rawRows,
  record,
} from './fixtures.ts';

let factory: IDBFactory;
let store: ProfileStore;

beforeEach(async () => {
  factory = newFactory();
  store = await openIndexedDbStore('vitrine', { factory });
  await store.append(batch(['a'], 'derived'));
});

const put = (name: string, row: unknown, key?: IDBValidKey): Promise<IDBValidKey> =>
  inRaw(factory, 'vitrine', name, (rows) => rows.put(row, key));

describe('a tampered log', () => {
  it.each([
    ['no schema number', { ...record('x') }],
    ['schema number -1', { ...record('x'), schema: -1 }],
    ['schema number that is a text', { ...record('x'), schema: '1' }],
    ['a wrong field', { ...record('x'), schema: 1, type: 'click' }],
    ['no object', 'text'],
  ])('loses a row with %s, once', async (_, row) => {
    await put('log', row);
    expect(await store.load()).toMatchObject({
      log: [record('a')],
      derived: null,
      quarantined: 1,
    });
    expect(await store.load()).toMatchObject({ log: [record('a')], quarantined: 0 });
    expect(await rawRows(factory, 'vitrine', 'log')).toHaveLength(1);
  });

  it('deletes a row in the middle of appends without losing track of the log', async () => {
    await put('log', { ...record('x') });
    await Promise.all([store.load(), store.append(batch(['b']))]);
    expect((await store.append(batch(['c'], 'derived'))).missed).toBe('nothing');
    expect(await store.load()).toMatchObject({ derived: 'derived', quarantined: 0 });
  });

  it('leaves rows of a later release where they are', async () => {
    await put('log', { ...record('x'), schema: 999 });
    expect(await store.load()).toMatchObject({ log: [record('a')], quarantined: 1 });
    expect(await store.load()).toMatchObject({ log: [record('a')], quarantined: 1 });
    expect(await rawRows(factory, 'vitrine', 'log')).toHaveLength(2);
  });

  it('goes on after a row under a key that is no sequence', async () => {
    await put('log', { ...record('x'), schema: 1 }, 'text');
    await store.append(batch(['b']));
    const profile = await store.load();
    expect(profile).toMatchObject({ log: [record('a'), record('b')], quarantined: 1 });
    expect(profile.lastSequence).toBe(2);
  });

  it('removes an event whose row names no item', async () => {
    await put('log', { schema: 1, eventId: 'x' });
    expect(await store.removeEvents(['x'])).toBe(1);
    expect(await eventIdsOf(store)).toEqual(['a']);
  });
});

describe('tampered state', () => {
  it('takes derived state for missing when it belongs to another log', async () => {
    await put('derived', { schema: 1, value: 'other', lastSequence: 7 }, 'derived');
    expect((await store.load()).derived).toBeNull();
  });

  it('takes derived state of a later release for missing', async () => {
    await put('derived', { schema: 2, value: 'other', lastSequence: 1 }, 'derived');
    expect((await store.load()).derived).toBeNull();
  });

  it('counts settings that are not right', async () => {
    await put('meta', { schema: 1, value: { ...SETTINGS, seed: 'x' } }, 'settings');
    expect(await store.load()).toMatchObject({ settings: null, quarantined: 1 });
  });

  it('leaves settings and items of a later release as they are', async () => {
    const settings = { schema: 2, value: { ...SETTINGS, more: 'fields' } };
    const lamp = { ...item('item-a'), schema: 2, more: 'fields' };
    await put('meta', settings, 'settings');
    await put('items', lamp);
    await store.saveSettings({ ...SETTINGS, seed: 9 });
    await store.append({
      records: [record('b', { itemId: 'item-a' })],
      items: [item('item-a')],
      derived: 1,
    });
    expect(await rawRows(factory, 'vitrine', 'items')).toEqual([lamp]);
    expect(await rawRows(factory, 'vitrine', 'meta')).toContainEqual(settings);
    expect(await store.load()).toMatchObject({ items: [], settings: null, quarantined: 2 });
  });

  it('goes on without its generation mark', async () => {
    await put('meta', 'text', 'generation');
    await store.append(batch(['b']));
    expect(await eventIdsOf(store)).toEqual(['a', 'b']);
  });

  it('deletes an item that no event names and mends one that is named', async () => {
    await put('items', { ...item('lonely'), schema: 1 });
    await put('items', { ...item('item-a'), schema: 1, price: 'dear', url: SCRIPT_URL });
    expect((await store.load()).items).toEqual([item('item-a')]);
    expect(await rawRows(factory, 'vitrine', 'items')).toHaveLength(1);
  });
});

describe('any row at all', () => {
  it('never makes a load reject, nor a good event disappear', async () => {
    // JSON values: what fake-indexeddb and a browser can both clone.
    const rows = fc.array(fc.oneof(fc.jsonValue(), fc.constant({ schema: 1, eventId: 'a' })), {
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(rows, async (values) => {
        for (const value of values) {
          // The unique index refuses a second 'a': that row never gets onto the disk.
          await put('log', value).catch(() => undefined);
          await put('meta', value, 'settings');
          await put('derived', value, 'derived');
        }
        const profile = await store.load();
        expect(profile.log).toEqual([record('a')]);
        await store.append(batch(['a']));
      }),
      { numRuns: 50 },
    );
  });
});
