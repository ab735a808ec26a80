import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Consent, Item, LogRecord } from '../../../src/core/types.ts';
import type { IndexKeeper } from '../../../src/engine/index-keeper.ts';
import type { IndexVisitor } from '../../../src/engine/index-queries.ts';
import type { SourcedCandidates } from '../../../src/engine/index-source.ts';
import { buildLibrary } from '../../../src/engine/library.ts';
import { NOW } from './fixtures.ts';
import { BASE, createIndexShop, FakeCache, type IndexShop, ITEMS } from './index-shop.ts';

let shop: IndexShop;
beforeAll(async () => {
  shop = await createIndexShop();
}, 60_000);
afterAll(() => shop.remove());

const HEAD = ITEMS.slice(0, 200);
const { segments } = buildLibrary(null, true);
const settings = { seed: 1, followed: [], blocked: [] };

/** A visitor who looked at items. */
function visitorOf(items: readonly Item[], type: LogRecord['type'] = 'view_item'): IndexVisitor {
  const log = items.map(({ id }, n) => ({
    eventId: `e${n}`,
    time: NOW - 1000 * n,
    type,
    itemId: id,
  }));
  return {
    log,
    items: new Map(items.map((item) => [item.id, item])),
    settings,
    segments,
    now: NOW,
  };
}

const inCategory = (name: string): Item[] =>
  ITEMS.filter(({ categoryPath }) => categoryPath?.includes(name) === true);

/** The rarest categories are the ones that the head of the catalog has least of. */
const TENTS = ITEMS.at(-1)?.categoryPath?.at(-1) as string;
const nobody = visitorOf([]);
const somebody = (): IndexVisitor => visitorOf(inCategory(TENTS).slice(0, 3));

/** Asks on behalf of a visitor. */
async function ask(
  keeper: IndexKeeper,
  { items, log, now, segments: own, settings: chosen }: IndexVisitor,
  more: { readonly index?: unknown; readonly consent?: Consent } = {},
): Promise<SourcedCandidates> {
  const { consent = 'granted', index = shop.manifest } = more;
  const sent = { index, items: [...HEAD], overflow: [], warnings: [] };
  const profile = { consent, items, log, settings: chosen };
  return keeper.candidates(sent, BASE, { profile, segments: own, now });
}

describe('candidates of an index', () => {
  it('are the head of the catalog and all that is like what the visitor looked at', async () => {
    const { items, code, warnings } = await ask(shop.open().keeper, somebody());
    expect({ code, warnings }).toEqual({ code: undefined, warnings: [] });
    const ids = items.map(({ id }) => id);
    expect(ids.slice(0, 200)).toEqual(HEAD.map(({ id }) => id));
    for (const { id } of inCategory(TENTS)) expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(700);
  });

  it('stand in the shop’s order', async () => {
    const { items } = await ask(shop.open().keeper, somebody());
    const places = items.map(({ id }) => ITEMS.findIndex((item) => item.id === id));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('have all that cards show', async () => {
    const { items } = await ask(shop.open().keeper, somebody());
    const last = items.at(-1);
    const known = ITEMS.find(({ id }) => id === last?.id);
    expect(last).toMatchObject({ title: known?.title, price: known?.price, url: known?.url });
  });

  it('bring both of two tastes', async () => {
    const other = ITEMS[900]?.categoryPath?.at(-1) as string;
    expect(other).not.toBe(TENTS);
    const visitor = visitorOf([...inCategory(TENTS).slice(0, 2), ...inCategory(other).slice(0, 2)]);
    const ids = (await ask(shop.open().keeper, visitor)).items.map(({ id }) => id);
    for (const { id } of inCategory(TENTS)) expect(ids).toContain(id);
    for (const { id } of inCategory(other)) expect(ids).toContain(id);
  });

  it('bring some of every segment that the catalog has anything of, but not of blocked ones', async () => {
    const visitor = somebody();
    const search = async (blocked: readonly string[]): Promise<number> => {
      const own = { ...visitor, settings: { ...settings, blocked } };
      return (await ask(shop.open().keeper, own)).items.length;
    };
    const all = segments.map(({ id }) => id);
    expect(await search(all)).toBeLessThan(await search([]));
  });

  it('are looked for on behalf of who follows a segment and looked at nothing', async () => {
    const own = { ...nobody, settings: { ...settings, followed: [segments[0]?.id as string] } };
    expect((await ask(shop.open().keeper, own)).items.length).toBeGreaterThan(200);
  });

  it('are the head alone for a visitor of whom nothing is known', async () => {
    expect((await ask(shop.open().keeper, nobody)).items).toEqual(HEAD);
    const seen = visitorOf(ITEMS.slice(0, 9), 'view_item_list');
    expect((await ask(shop.open().keeper, seen)).items).toEqual(HEAD);
  });
});

describe('what is requested', () => {
  /** The last file that is fetched. */
  const arrived = (requests: readonly string[]): Promise<void> =>
    vi.waitFor(() => expect(requests).toContain('details-000.bin'));

  it('is the same for all visitors, whatever they did', async () => {
    const all: string[][] = [];
    for (const visitor of [nobody, somebody(), visitorOf(ITEMS.slice(40, 44))]) {
      const { keeper, requests } = shop.open();
      await ask(keeper, visitor);
      await ask(keeper, visitor);
      await arrived(requests);
      all.push(requests.toSorted());
    }
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(all[0]?.length).toBeGreaterThan(2);
  });

  it('is nothing without consent to be known, and while data is saved', async () => {
    const denied = shop.open();
    expect((await ask(denied.keeper, somebody(), { consent: 'denied' })).items).toEqual(HEAD);
    const saving = shop.open({ isSaving: true });
    expect((await ask(saving.keeper, somebody())).items).toEqual(HEAD);
    await new Promise(setImmediate);
    expect([...denied.requests, ...saving.requests]).toEqual([]);
  });

  it('is nothing that the cache has, and the same items are found', async () => {
    const cache = new FakeCache();
    const first = shop.open({ cache });
    const before = await ask(first.keeper, somebody());
    const second = shop.open({ cache });
    const after = await ask(second.keeper, somebody());
    expect(first.requests.length).toBeGreaterThan(2);
    expect(second.requests).toEqual([]);
    expect(after.items).toEqual(before.items);
  });

  it('is all again when the cache was emptied meanwhile', async () => {
    const cache = new FakeCache();
    await ask(shop.open({ cache }).keeper, somebody());
    const { keeper, requests } = shop.open({ cache });
    cache.looks = 0;
    await ask(keeper, nobody);
    // Lists and rows are read; details wait for somebody who needs them.
    await vi.waitFor(() => expect(cache.looks).toBe(2));
    cache.entries.clear();
    const { items } = await ask(keeper, somebody());
    expect(items.length).toBeGreaterThan(200);
    expect(requests.length).toBeGreaterThan(2);
  });

  it('goes on from memory where the disk is full', async () => {
    const cache = new FakeCache();
    cache.isFull = true;
    const { keeper } = shop.open({ cache });
    expect((await ask(keeper, somebody())).items.length).toBeGreaterThan(200);
    expect(cache.entries.size).toBe(0);
  });

  it('leaves nothing of an earlier index in the cache', async () => {
    const cache = new FakeCache();
    await cache.put('https://shop.test/index/rows-000.bin?v=old', new Response('old'));
    await ask(shop.open({ cache }).keeper, somebody());
    expect([...cache.entries.keys()].filter((url) => url.includes('old'))).toEqual([]);
  });
});

describe('an index that fails', () => {
  const flip = (bytes: Buffer): Buffer => {
    const changed = Buffer.from(bytes);
    changed[changed.length >> 1] = (changed[changed.length >> 1] as number) ^ 1;
    return changed;
  };

  it.each(['lists.bin', 'rows-000.bin', 'details-000.bin'])(
    'is refused for one changed bit in %s',
    async (file) => {
      const { keeper } = shop.open({ change: (name, b) => (name === file ? flip(b) : b) });
      const found = await ask(keeper, somebody());
      expect(found).toMatchObject({ code: 'INDEX_INTEGRITY', warnings: [] });
      expect(found.items).toEqual(HEAD);
    },
  );

  it.each(['lists.bin', 'rows-000.bin', 'details-000.bin'])(
    'is mended where the cache has a damaged %s',
    async (file) => {
      const cache = new FakeCache();
      await ask(shop.open({ cache }).keeper, somebody());
      for (const [url, bytes] of cache.entries) {
        if (url.includes(file)) cache.entries.set(url, Uint8Array.from(flip(Buffer.from(bytes))));
      }
      // Which details are wanted tells of the visitor: only another page asks for them again.
      await ask(shop.open({ cache }).keeper, somebody());
      const { code, items } = await ask(shop.open({ cache }).keeper, somebody());
      expect(code).toBeUndefined();
      expect(items.length).toBeGreaterThan(200);
    },
  );

  it('is told, and asked for again by the next feed, when a file cannot be fetched', async () => {
    let isDown = true;
    const { keeper } = shop.open({
      change: (name, bytes) => (isDown && name.startsWith('rows') ? null : bytes),
    });
    expect(await ask(keeper, somebody())).toMatchObject({ code: 'INDEX_FETCH', items: HEAD });
    isDown = false;
    const { code, items } = await ask(keeper, somebody());
    expect(code).toBeUndefined();
    expect(items.length).toBeGreaterThan(200);
  });

  it('is done without while it is late, and told as a warning', async () => {
    const { keeper } = shop.open({ pause: async () => undefined });
    const { code, items, warnings } = await ask(keeper, somebody());
    expect(code).toBeUndefined();
    expect(items).toEqual(HEAD);
    expect(warnings).toEqual([{ code: 'INDEX_TIMEOUT', count: 1, first: 'index' }]);
  });

  it.each<[string, object]>([
    ['of another version', { vitrineIndex: 2 }],
    ['without files', { rows: undefined }],
    ['with a row file too few', { rows: [] }],
    ['with a file of details too few', { details: [] }],
    ['that names its lists as details', { swap: true }],
  ])('%s is refused', async (_, change) => {
    const { manifest } = shop;
    const index =
      'swap' in change
        ? { ...manifest, lists: (manifest['details'] as unknown[])[0] }
        : { ...manifest, ...change };
    const { keeper } = shop.open();
    expect(await ask(keeper, somebody(), { index })).toMatchObject({ code: 'INDEX_FORMAT' });
  });
});
