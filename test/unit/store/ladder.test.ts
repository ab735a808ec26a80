/** The rungs below the origin's database: a bucket, a file, memory; each with what was kept before. */
import { describe, expect, it } from 'vitest';
import type { OpenStoreOptions } from '../../../src/store/open-store.ts';
import {
  SETTINGS,
  batch,
  eventIdsOf,
  expectWorking,
  fail,
  hookedFactory,
  record,
  silentRequest,
} from './fixtures.ts';
import { lateFactory } from './late-factory.ts';
import { NO_PLACES, browser, nextVisit, open, visit } from './visits.ts';

type Options = Partial<OpenStoreOptions>;

/** A browser whose backing store is broken: nothing about its databases works (FAULTS 9). */
function broken(): Options {
  const refuse = (): never => fail('UnknownError');
  return { factory: hookedFactory(browser.disk, { open: refuse, deleteDatabase: refuse }) };
}

/** The same without buckets, as in Firefox and Safari. */
function brokenWithoutBuckets(): Options {
  return { ...broken(), places: { ...browser.places, buckets: null } };
}

const BELOW: [string, () => Options][] = [
  ['bucket', broken],
  ['opfs', brokenWithoutBuckets],
];

describe.each(BELOW)('where no database opens, on the rung %s', (mode, options) => {
  it('says so, and works', async () => {
    const store = await open(options());
    expect([store.mode, store.reason, browser.codes]).toEqual([
      mode,
      'STORE_BLOCKED',
      ['STORE_BLOCKED'],
    ]);
    await expectWorking(store);
  });

  it.each(['SecurityError', 'VersionError', 'InvalidStateError'])(
    'stands after %s',
    async (name) => {
      const factory = hookedFactory(browser.disk, { open: () => fail(name) });
      const store = await open({ ...options(), factory });
      expect([store.mode, store.reason]).toEqual([mode, 'STORE_BLOCKED']);
    },
  );

  it('stands where there is no IndexedDB', async () => {
    expect((await open({ ...options(), factory: null })).mode).toBe(mode);
  });

  it('gives the next visit what this one stored', async () => {
    const store = await open(options());
    await store.append(batch(['a']));
    await store.saveSettings(SETTINGS);
    store.close();
    const next = await open(options());
    expect(await next.load()).toMatchObject({ log: [record('a')], settings: SETTINGS });
  });

  it('has the profile of before at once, from the copy', async () => {
    await visit(async (store) => {
      await store.saveSettings(SETTINGS);
      await store.append(batch(['a', 'b']));
    });
    const store = await open(options());
    expect(store.mode).toBe(mode);
    expect(await store.load()).toMatchObject({
      log: [record('a'), record('b')],
      settings: SETTINGS,
    });
  });

  it('gives the database what it kept when that opens again', async () => {
    await visit((store) => store.append(batch(['a'])));
    const between = await open(options());
    await between.append(batch(['b']));
    await between.flush();
    between.close();
    const store = await nextVisit();
    await store.append(batch(['c']));
    await store.flush();
    expect(store.mode).toBe('indexeddb');
    expect(await eventIdsOf(store)).toEqual(['a', 'b', 'c']);
    expect(browser.places.bucketNames()).toEqual([]);
  });

  it('keeps what was forgotten there from coming back out of the database', async () => {
    await visit((store) => store.append(batch(['a', 'b'])));
    const between = await open(options());
    await between.load();
    expect(await between.removeEvents(['a'])).toBe(1);
    between.close();
    const store = await nextVisit();
    await store.append(batch(['c']));
    await store.flush();
    expect(await eventIdsOf(store)).toEqual(['b', 'c']);
    for (const bytes of browser.places.files.values()) {
      expect(new TextDecoder().decode(bytes)).not.toContain('item-a');
    }
  });

  it('leaves nothing where it can be erased, and claims nothing of the broken database', async () => {
    await visit((store) => store.append(batch(['a'])));
    const store = await open(options());
    await store.append(batch(['b']));
    await expect(store.erase()).rejects.toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining('clearing the site’s data'),
    });
    expect(browser.places.files.size).toBe(0);
    expect(await eventIdsOf(store)).toEqual([]);
    expect(await eventIdsOf(await open(options()))).toEqual([]);
  });

  it('is erased without complaint where there was never a database', async () => {
    const store = await open({ ...options(), factory: null });
    await store.append(batch(['a']));
    await store.erase();
    expect(await eventIdsOf(await open({ ...options(), factory: null }))).toEqual([]);
    await open({ ...options(), factory: null, places: browser.places, consent: 'denied' });
    expect([browser.places.files.size, browser.places.bucketNames()]).toEqual([0, []]);
  });

  it('counts together what two tabs append', async () => {
    const [here, there] = [await open(options()), await open(options())];
    await Promise.all([
      ...['a', 'b', 'c'].map((id) => here.append(batch([`here-${id}`]))),
      ...['a', 'b', 'c'].map((id) => there.append(batch([`there-${id}`]))),
    ]);
    expect((await eventIdsOf(await open(options()))).toSorted()).toEqual([
      'here-a',
      'here-b',
      'here-c',
      'there-a',
      'there-b',
      'there-c',
    ]);
  });
});

describe('the ladder', () => {
  it('ends in memory where no place works', async () => {
    const refused = async (): Promise<never> => fail('SecurityError');
    const places = {
      ...browser.places,
      directory: refused,
      buckets: { open: refused, delete: refused, keys: refused },
    };
    const store = await open({ ...broken(), places });
    expect([store.mode, store.reason, browser.codes]).toEqual([
      'memory',
      'STORE_BLOCKED',
      ['STORE_BLOCKED'],
    ]);
    await expectWorking(store);
  });

  it('goes on to files, within the deadline, when a bucket’s database does not answer', async () => {
    const silent = hookedFactory(browser.disk, { open: silentRequest });
    const buckets = { ...browser.places.buckets, open: async () => ({ indexedDB: silent }) };
    const store = await open({ ...broken(), places: { ...browser.places, buckets } });
    expect(store.mode).toBe('opfs');
  });

  it('goes on to files when the bucket does not open', async () => {
    const buckets = { ...browser.places.buckets, open: async () => fail('UnknownError') };
    const store = await open({ ...broken(), places: { ...browser.places, buckets } });
    expect(store.mode).toBe('opfs');
  });

  it('does not wait for a rung beyond the deadline, and takes it when it comes', async () => {
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const buckets = {
      ...browser.places.buckets,
      async open(name: string) {
        await asked;
        return browser.places.buckets.open(name);
      },
    };
    const places = { ...browser.places, buckets };
    const store = await open({ ...broken(), places, deadlineMs: 40 });
    await store.append(batch(['a']));
    expect([store.mode, store.adoptions]).toEqual(['memory', 0]);
    answer?.();
    await expect.poll(() => store.mode).toBe('bucket');
    expect([store.reason, store.adoptions, await eventIdsOf(store)]).toEqual([
      'STORE_BLOCKED',
      1,
      ['a'],
    ]);
  });

  it('waits for a late database, which holds the profile, before it takes the next rung', async () => {
    await visit((store) => store.append(batch(['a'])));
    const late = lateFactory(browser.disk);
    const store = await open({ factory: late.factory, deadlineMs: 8 });
    await store.append(batch(['b']));
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_TIMEOUT']);
    late.release();
    await expect.poll(() => store.mode).toBe('indexeddb');
    expect([store.reason, await eventIdsOf(store)]).toEqual([null, ['a', 'b']]);
  });

  it('takes the next rung when a database never opens', async () => {
    await visit((store) => store.append(batch(['a'])));
    const factory = hookedFactory(browser.disk, { open: silentRequest });
    const store = await open({ factory, deadlineMs: 8, patienceMs: 8 });
    await store.append(batch(['b']));
    await expect.poll(() => store.mode).toBe('bucket');
    expect([store.reason, await eventIdsOf(store)]).toEqual(['STORE_TIMEOUT', ['a', 'b']]);
    store.close();
    expect(await eventIdsOf(await nextVisit())).toContain('a');
  });

  it('takes no rung for a store that was closed meanwhile', async () => {
    const factory = hookedFactory(browser.disk, { open: silentRequest });
    const store = await open({ factory, deadlineMs: 8, patienceMs: 8 });
    await store.append(batch(['b']));
    store.close();
    await nextVisit(broken());
    expect([store.mode, browser.places.files.size]).toEqual(['memory', 0]);
  });

  it('asks for no code and no place where the browser offers none', async () => {
    const store = await open({ ...broken(), places: NO_PLACES });
    expect([store.mode, store.reason]).toEqual(['memory', 'STORE_BLOCKED']);
  });
});

describe('where the visitor blocks site data', () => {
  it('stays in memory, and erases and refuses without complaint', async () => {
    // Chromium 156 opens a bucket all the same, whose database then never answers.
    const silent = hookedFactory(browser.disk, { open: silentRequest });
    const opened: string[] = [];
    const buckets = {
      ...browser.places.buckets,
      async open(name: string) {
        opened.push(name);
        return { indexedDB: silent };
      },
    };
    const directory = async (): Promise<never> => fail('SecurityError');
    const places = { ...browser.places, directory, buckets };
    const refuse = (): never => {
      throw new DOMException('The user denied permission to access the database.', 'UnknownError');
    };
    const factory = hookedFactory(browser.disk, { open: refuse, deleteDatabase: refuse });
    const store = await open({ factory, places });
    await expectWorking(store);
    expect([store.mode, store.reason, opened]).toEqual(['memory', 'STORE_BLOCKED', []]);
    await store.erase();
    expect(await eventIdsOf(store)).toEqual([]);
  });
});
