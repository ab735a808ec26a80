/** Two handles on one database: nothing is lost, nothing forgotten comes back. */
import { beforeEach, describe, expect, it } from 'vitest';
import { openIndexedDbStore } from '../../../src/store/indexeddb-store.ts';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { batch, eventIdsOf, newFactory, rawRows } from './fixtures.ts';

let factory: IDBFactory;
let here: ProfileStore;
let there: ProfileStore;

beforeEach(async () => {
  factory = newFactory();
  here = await openIndexedDbStore('vitrine', { factory });
  there = await openIndexedDbStore('vitrine', { factory });
});

describe('two tabs', () => {
  it('lose nothing when they append at the same time', async () => {
    const ids = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all([
      ...ids.map((id) => here.append(batch([`here-${id}`]))),
      ...ids.map((id) => there.append(batch([`there-${id}`]))),
    ]);
    const wanted = [...ids.map((id) => `here-${id}`), ...ids.map((id) => `there-${id}`)];
    expect((await eventIdsOf(here)).toSorted()).toEqual(wanted.toSorted());
  });

  it('throw away derived state that leaves out the other tab', async () => {
    await here.append(batch(['a'], 'of a'));
    expect((await there.append(batch(['b'], 'of b alone'))).missed).toBe('appended');
    expect((await there.load()).derived).toBeNull();
  });

  it('keep derived state again once the tail was read', async () => {
    await here.append(batch(['a'], 'of a'));
    await there.append(batch(['b'], 'of b alone'));
    const tail = await there.readLogAfter(0);
    expect(tail.records.map(({ record }) => record.eventId)).toEqual(['a', 'b']);
    expect((await there.append(batch(['c'], 'of a, b, c'))).missed).toBe('nothing');
    expect((await there.load()).derived).toBe('of a, b, c');
  });

  it('do not bring a forgotten event back inside derived state', async () => {
    await here.append(batch(['a', 'b']));
    await there.load();
    await here.removeEvents(['a']);
    expect((await there.append(batch(['c'], 'with a'))).missed).toBe('removed');
    expect(await there.load()).toMatchObject({ derived: null });
    expect((await there.append(batch(['d'], 'without a'))).missed).toBe('nothing');
    expect((await there.load()).derived).toBe('without a');
  });

  it('learn of a removal even when the newest sequence is the same', async () => {
    await here.append(batch(['a', 'b']));
    await there.load();
    await here.removeEvents(['a']);
    expect((await there.append(batch([], 'with a'))).missed).toBe('removed');
  });

  it('learn of a removal although they removed something, too', async () => {
    await here.append(batch(['a', 'b', 'c']));
    await there.load();
    await here.removeEvents(['a']);
    await there.removeEvents(['b']);
    expect((await there.append(batch(['d'], 'with a'))).missed).toBe('removed');
  });

  it('learn of an append although they removed something since', async () => {
    await here.append(batch(['a']));
    await there.load();
    await here.append(batch(['b']));
    await there.removeEvents(['a']);
    expect((await there.append(batch(['c'], 'without b'))).missed).toBe('appended');
  });

  it('learn of an erase, and start a new log', async () => {
    await here.append(batch(['a', 'b']));
    await there.load();
    await here.erase();
    expect(await factory.databases()).toEqual([]);
    expect((await there.append(batch(['c'], 'with a, b, c'))).missed).toBe('removed');
    expect(await here.load()).toMatchObject({ derived: null });
    expect(await eventIdsOf(here)).toEqual(['c']);
  });

  it('write each event once when both deliver it', async () => {
    await Promise.all([here.append(batch(['a'])), there.append(batch(['a']))]);
    expect(await rawRows(factory, 'vitrine', 'log')).toHaveLength(1);
  });
});
