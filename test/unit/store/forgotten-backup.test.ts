/** What the visitor wants gone is in no copy, and does not come back. */
import { describe, expect, it } from 'vitest';
import { batch, eventIdsOf } from './fixtures.ts';
import { browser, closeGate, nextVisit, open, visit, wipe } from './visits.ts';

describe('what the visitor wants gone', () => {
  it('is not in any copy after it was forgotten, and does not come back', async () => {
    await visit(async (store) => {
      await store.append(batch(['a', 'secret']));
      await store.flush();
      await store.append(batch(['b']));
      await store.flush();
      expect(await store.removeEvents(['secret'])).toBe(1);
    });
    for (const bytes of browser.places.files.values()) {
      expect(new TextDecoder().decode(bytes)).not.toContain('secret');
    }
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual(['a', 'b']);
  });

  it('does not come back when all was forgotten', async () => {
    await visit((store) => store.append(batch(['a'])));
    const store = await open();
    await store.removeEvents(['a']);
    store.close();
    wipe();
    expect(await eventIdsOf(await nextVisit())).toEqual([]);
  });

  it('does not come back when the code that copies cannot be loaded', async () => {
    await visit((store) => store.append(batch(['a', 'b'])));
    const faults = {
      at(point: string): void {
        if (point === 'backup.load') throw new TypeError('Failed to fetch');
      },
    };
    const store = await open({ faults });
    expect(await store.removeEvents(['a'])).toBe(1);
    expect(browser.places.files.size).toBe(0);
  });

  it('is nowhere after it was erased', async () => {
    await visit((store) => store.append(batch(['a'])));
    const store = await open();
    await store.erase();
    expect([
      browser.places.files.size,
      await browser.disk.databases(),
      browser.places.bucketNames(),
    ]).toEqual([0, [], []]);
    await store.flush();
    expect(await eventIdsOf(await nextVisit())).toEqual([]);
  });

  it('is nowhere after consent was denied', async () => {
    await visit((store) => store.append(batch(['a'])));
    await open({ consent: 'denied' });
    expect([
      browser.places.files.size,
      await browser.disk.databases(),
      browser.places.bucketNames(),
    ]).toEqual([0, [], []]);
  });

  it('is not brought back by another tab that is about to copy it', async () => {
    const [here, there] = [await open(), await open()];
    await there.append(batch(['a']));
    await Promise.all([there.flush(), here.erase(), there.flush()]);
    await there.flush();
    expect(await eventIdsOf(await nextVisit())).toEqual([]);
    expect(browser.places.files.size).toBe(0);
  });

  it('is not brought back by a tab that was frozen while it copied', async () => {
    const frozen = await nextVisit();
    await frozen.append(batch(['a']));
    const gate = closeGate();
    const copying = frozen.flush();
    await gate.isReached;
    // Whose patience is short: it takes the lock that the frozen tab holds.
    await open({ consent: 'denied', deadlineMs: 200 });
    gate.open();
    await copying;
    expect([...browser.places.files.keys()]).toEqual([]);
    expect(await eventIdsOf(await nextVisit())).toEqual([]);
  });

  it('is not claimed to be gone while the copy cannot be removed', async () => {
    await visit((store) => store.append(batch(['a'])));
    const root = await browser.places.directory();
    root.removeEntry = () => Promise.reject(new DOMException('x', 'NoModificationAllowedError'));
    const store = await open();
    await expect(store.erase()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    // What can be reached is.
    expect(await browser.disk.databases()).toEqual([]);
  });
});
