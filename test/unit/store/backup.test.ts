/** What the browser loses of a database comes back from the copy beside it. */
import { describe, expect, it } from 'vitest';
import type { ProfileStore } from '../../../src/store/profile-store.ts';
import { DAY_MS, NOW, SETTINGS, batch, eventIdsOf, inRaw, item, record } from './fixtures.ts';
import {
  NO_PLACES,
  browser,
  closeGate,
  nextVisit,
  open,
  resetBrowser,
  visit,
  wipe,
} from './visits.ts';

const ids = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `e${from + index}`);

/** How many events are acknowledged before one has to wait for a copy that is never finished. */
async function acknowledged(store: ProfileStore, prefix: string): Promise<number> {
  let count = 0;
  for (let isWaiting = false; !isWaiting;) {
    const appended = store.append(batch([`${prefix}${count}`])).then(() => false);
    // Whose turn comes after that event is written, and before anything that it waits for is over.
    const written = store.estimateBytes().then(async () => {
      await new Promise(setImmediate);
      return true;
    });
    isWaiting = await Promise.race([appended, written]);
    if (!isWaiting) count += 1;
  }
  return count;
}

describe('a wiped database', () => {
  it('comes back with log, items and settings, and says so', async () => {
    await visit(async (store) => {
      await store.saveSettings(SETTINGS);
      await store.append(batch(['a', 'b']));
    });
    wipe();
    const store = await nextVisit();
    expect(await store.load()).toMatchObject({
      log: [record('a'), record('b')],
      items: [item('item-a'), item('item-b')],
      settings: SETTINGS,
      derived: null,
    });
    expect([store.mode, store.reason, store.adoptions]).toEqual(['indexeddb', null, 1]);
    expect(store.restored).toEqual({ events: 2, lostUpTo: 8 });
    expect(browser.codes).toEqual(['STORE_RESTORED']);
  });

  it('comes back before the events that came since', async () => {
    await visit((store) => store.append(batch(['a', 'b'])));
    wipe();
    await visit(async (store) => store.append(batch(['c'])));
    expect(await eventIdsOf(await nextVisit())).toEqual(['a', 'b', 'c']);
  });

  it('comes back although a page with a new event went before it was noticed', async () => {
    await visit((store) => store.append(batch(['a'])));
    wipe();
    const gone = await open({ places: NO_PLACES });
    await gone.saveSettings({ ...SETTINGS, seed: 9, followed: ['home'] });
    await gone.append(batch(['b']));
    gone.close();
    const store = await open();
    await store.load();
    await store.append(batch(['c']));
    await store.flush();
    expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c']);
  });

  it('comes back in part when a part was lost', async () => {
    await visit((store) => store.append(batch(['a', 'b', 'c'])));
    await inRaw(browser.disk, 'vitrine', 'log', (rows) => rows.delete(2));
    const store = await open();
    await store.append(batch(['d']));
    await store.flush();
    expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c', 'd']);
    expect(store.restored?.events).toBe(1);
  });

  it('comes back in the middle of a visit, also when other tabs write', async () => {
    const store = await open();
    await store.append(batch(['a', 'b']));
    await store.flush();
    await new Promise((resolve) => {
      browser.disk.deleteDatabase('vitrine').addEventListener('success', resolve);
    });
    await store.append(batch(['c']));
    await store.flush();
    expect(await eventIdsOf(await open())).toEqual(['a', 'b', 'c']);
    expect(store.adoptions).toBe(1);
  });

  it('tells other tabs to read everything anew', async () => {
    await visit((store) => store.append(batch(['a'])));
    wipe();
    const other = await open({ places: NO_PLACES });
    await other.append(batch(['b'], 'of b'));
    await (await nextVisit()).append(batch(['c']));
    const store = await open();
    await store.append(batch(['d']));
    await store.flush();
    expect((await other.append(batch(['e'], 'of b and e'))).missed).toBe('removed');
    expect(await eventIdsOf(other)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('loses at most eight events when the page dies without a word', async () => {
    for (const count of [1, 5, 6, 7, 8, 13, 29]) {
      resetBrowser();
      const store = await nextVisit();
      for (const id of ids(count)) await store.append(batch([id]));
      wipe();
      const after = await nextVisit();
      const { length } = await eventIdsOf(after);
      expect(count - length).toBeLessThanOrEqual(8);
      expect(length).toBeLessThanOrEqual(count);
    }
  });

  it('loses at most eight events of two pages that both die while a slow disk copies', async () => {
    const before = await nextVisit();
    await before.append(batch(['first']));
    await before.flush();
    const gate = closeGate();
    expect(await acknowledged(before, 'b')).toBe(4);
    before.close();
    expect(await acknowledged(await open(), 'c')).toBe(4);
    gate.open();
  });

  it('brings nothing back past the retention, nor counts it as lost', async () => {
    const old = record('old', { time: NOW - 181 * DAY_MS });
    const before = (): number => NOW - 2 * DAY_MS;
    const first = await open({ now: before });
    await first.append({ records: [old, record('new')], items: [], derived: null });
    await first.flush();
    first.close();
    wipe();
    const store = await nextVisit();
    expect(await eventIdsOf(store)).toEqual(['new']);
  });

  it('brings back not even the choices of a visitor who was away for too long', async () => {
    const first = await open({ now: () => NOW - 181 * DAY_MS });
    const records = [record('old', { time: NOW - 181 * DAY_MS })];
    await first.saveSettings(SETTINGS);
    await first.append({ records, items: [], derived: null });
    await first.flush();
    first.close();
    const store = await nextVisit();
    expect(await store.load()).toMatchObject({ log: [], settings: null });
    expect([store.restored, browser.places.files.size]).toEqual([null, 0]);
  });

  it('does not bring back what the cap has cut off, visit after visit', async () => {
    const retention = { maxAgeDays: 180, maxRecords: 2 };
    const store = await open({ retention });
    await store.append(batch(['a', 'b', 'c']));
    await store.flush();
    expect(await eventIdsOf(store)).toEqual(['b', 'c']);
    await store.append(batch(['d']));
    expect(await eventIdsOf(store)).toEqual(['c', 'd']);
    await store.flush();
    expect([store.adoptions, browser.codes]).toEqual([0, []]);
  });
});

describe('a copy', () => {
  it('is not made before there is consent, nor for a visitor who does nothing', async () => {
    const unknown = await open({ consent: 'unknown' });
    await unknown.append(batch(ids(20)));
    await unknown.flush();
    await visit(async () => undefined);
    expect([browser.places.files.size, browser.places.bucketNames()]).toEqual([0, []]);
  });

  it('is compared on every visit, and written only when something is another', async () => {
    await visit((store) => store.append(batch(['a'])));
    const before = [...browser.places.files];
    await visit(async () => undefined);
    expect([...browser.places.files]).toEqual(before);
    await visit((store) => store.saveSettings(SETTINGS));
    expect([...browser.places.files]).not.toEqual(before);
  });

  it('lies in a bucket where there are no files', async () => {
    browser.places = {
      ...browser.places,
      directory: async () => Promise.reject(new DOMException('', 'SecurityError')),
    };
    await visit((store) => store.append(batch(['a'])));
    expect(browser.places.bucketNames()).toEqual(['vitrine-vitrine-backup']);
    wipe();
    const store = await nextVisit();
    expect(await eventIdsOf(store)).toEqual(['a']);
    await store.erase();
    expect(browser.places.bucketNames()).toEqual([]);
  });

  it('holds no profile up where it cannot be written', async () => {
    const faults = {
      at(point: string): void {
        if (point === 'backup.close') throw new DOMException('', 'QuotaExceededError');
      },
    };
    const store = await open({ faults });
    for (const id of ids(40)) await store.append(batch([id]));
    await store.flush();
    expect([store.mode, browser.codes, (await eventIdsOf(store)).length]).toEqual([
      'indexeddb',
      [],
      40,
    ]);
  });
});
