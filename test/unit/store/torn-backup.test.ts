/** A copy that is not whole, or not ours. */
import { describe, expect, it } from 'vitest';
import { batch, eventIdsOf } from './fixtures.ts';
import { browser, nextVisit, open, visit, wipe } from './visits.ts';

describe('a torn copy', () => {
  /** Two copies: the newer one holds `b` as well. */
  async function twoCopies(): Promise<string[]> {
    const store = await nextVisit();
    await store.append(batch(['a']));
    await store.flush();
    await store.append(batch(['b']));
    await store.flush();
    store.close();
    expect([...browser.places.files.keys()].toSorted()).toEqual([
      'vitrine-vitrine/a',
      'vitrine-vitrine/b',
    ]);
    wipe();
    return [...browser.places.files.keys()].toSorted();
  }

  it.each([0, 1, 40, 200])('gives way to the older one when cut to %i bytes', async (length) => {
    const [, newer = ''] = await twoCopies();
    browser.places.files.set(
      newer,
      (browser.places.files.get(newer) as Uint8Array).slice(0, length),
    );
    expect(await eventIdsOf(await nextVisit())).toEqual(['a']);
  });

  it('gives way to the older one when any one byte is another', async () => {
    const [, newer = ''] = await twoCopies();
    const whole = browser.places.files.get(newer) as Uint8Array;
    for (let at = 0; at < whole.length; at += 7) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] as number) ^ 1;
      browser.places.files.set(newer, bytes);
      wipe();
      const store = await nextVisit();
      // A changed name of a field that is not needed is the same copy.
      expect([['a'], ['a', 'b']]).toContainEqual(await eventIdsOf(store));
      const files = new Map(browser.places.files);
      store.close();
      expect(files.size).toBe(2);
    }
  });

  it('is written over, never the whole one', async () => {
    const [, newer = ''] = await twoCopies();
    browser.places.files.set(newer, new Uint8Array([1, 2, 3]));
    const store = await nextVisit();
    await store.append(batch(['c']));
    await store.flush();
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual(['a', 'c']);
  });

  it('of two leaves an empty profile', async () => {
    for (const path of await twoCopies()) browser.places.files.set(path, new Uint8Array(100));
    const store = await nextVisit();
    expect(await eventIdsOf(store)).toEqual([]);
    await store.append(batch(['c']));
    await store.flush();
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual(['c']);
  });

  it('of a later release is neither read nor written', async () => {
    const [older = '', newer = ''] = await twoCopies();
    const text = new TextDecoder().decode(browser.places.files.get(newer));
    const later = new TextEncoder().encode(text.replace('"schema":1', '"schema":2'));
    browser.places.files.set(newer, later);
    const before = browser.places.files.get(older);
    const store = await nextVisit();
    await store.append(batch(['c']));
    await store.flush();
    expect([browser.places.files.get(newer), browser.places.files.get(older)]).toEqual([
      later,
      before,
    ]);
    expect(await eventIdsOf(store)).toEqual(['c']);
  });

  it('of another database is left alone', async () => {
    await visit((store) => store.append(batch(['a'])));
    const other = await open({ name: 'other' });
    await other.append(batch(['b']));
    await other.flush();
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual(['a']);
  });
});
