import { webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import {
  KeptEncodings,
  type KeptEncodingsPorts,
  type KeptSegments,
} from '../../../src/engine/kept-encodings.ts';
import { buildLibrary, encodeLibrary } from '../../../src/engine/library.ts';
import type { Item } from '../../../src/core/types.ts';
import { catalogOf } from '../catalog/encode-fixtures.ts';
import { NOW, openTab, shownOf } from './fixtures.ts';
import { FakeCache } from './index-shop.ts';

const ITEMS = catalogOf(80);

const portsOf = (cache: FakeCache | null): KeptEncodingsPorts => ({
  openCache: async () => cache,
  digest: async (bytes) => webcrypto.subtle.digest('SHA-256', bytes),
  // Nobody is kept waiting for long here.
  pause: (ms) => (ms === 0 ? Promise.resolve() : new Promise(() => undefined)),
});

const pages = (cache: FakeCache | null): KeptEncodings => new KeptEncodings(portsOf(cache));

const encode = (items: readonly Item[]): ReturnType<typeof encodeItems> =>
  encodeItems(items, createTextCache());

const segmentsOf = (items: readonly Item[]): KeptSegments => {
  const { packId, segments } = buildLibrary(null, true);
  return { packId, vectors: encodeLibrary(segments, encode(items).model) };
};

async function keep(page: KeptEncodings, items: readonly Item[]): Promise<void> {
  await page.keep(encode(items), () => segmentsOf(items));
}

const recall = async (
  page: KeptEncodings,
  items: readonly Item[],
): ReturnType<typeof page.recall> => page.recall(items, createTextCache());

describe('encodings kept from page to page', () => {
  it('come back for the same list, with its segments', async () => {
    const cache = new FakeCache();
    expect(await recall(pages(cache), ITEMS)).toBeNull();
    await keep(pages(cache), ITEMS);
    const kept = await recall(pages(cache), structuredClone(ITEMS));
    expect(kept?.encoded.vectors).toEqual(encode(ITEMS).vectors);
    expect(kept?.segments).toEqual(segmentsOf(ITEMS));
  });

  it.each<readonly [string, (items: Item[]) => Item[]]>([
    ['fewer items', (items) => items.slice(1)],
    ['another order', (items) => items.toReversed()],
    ['another text', ([first, ...rest]) => [{ ...first!, description: 'New.' }, ...rest]],
    ['another price', ([first, ...rest]) => [{ ...first!, price: 1 }, ...rest]],
  ])('do not stand for a list with %s', async (_name, change) => {
    const cache = new FakeCache();
    await keep(pages(cache), ITEMS);
    expect(await recall(pages(cache), change([...ITEMS]))).toBeNull();
  });

  it('are not written where nothing may be kept, but once it may', async () => {
    let cache: FakeCache | null = null;
    const page = new KeptEncodings({ ...portsOf(null), openCache: async () => cache });
    const encoded = encode(ITEMS);
    await page.keep(encoded, () => segmentsOf(ITEMS));
    cache = new FakeCache();
    await page.keep(encoded, () => segmentsOf(ITEMS));
    expect(cache.entries.size).toBe(1);
  });

  it('are neither written nor read after an erasure', async () => {
    const cache = new FakeCache();
    const page = pages(cache);
    await keep(page, ITEMS);
    page.clear();
    await keep(page, ITEMS.slice(1));
    expect(cache.entries.size).toBe(1);
    expect(await recall(page, ITEMS)).toBeNull();
  });

  it('are those of the last six lists, none of them long', async () => {
    const cache = new FakeCache();
    cache.entries.set('https://vitrine.invalid/encodings/0/old', new Uint8Array(1));
    const page = pages(cache);
    for (let start = 0; start < 8; start++) await keep(page, ITEMS.slice(start, start + 20));
    await keep(page, catalogOf(601));
    expect(cache.entries.size).toBe(6);
    expect(await recall(page, ITEMS.slice(1, 21))).toBeNull();
    expect(await recall(page, ITEMS.slice(2, 22))).not.toBeNull();
  });

  it('say nothing of a list but its hash, and ask no server', async () => {
    const cache = new FakeCache();
    await keep(pages(cache), ITEMS);
    expect([...cache.entries.keys()]).toEqual([
      expect.stringMatching(/^https:\/\/vitrine\.invalid\/encodings\/1\/[0-9a-f]{64}$/),
    ]);
  });

  it('are not waited for where the disk does not answer', async () => {
    const waits: number[] = [];
    const stuck = new KeptEncodings({
      ...portsOf(null),
      openCache: () => new Promise(() => undefined),
      pause: async (ms) => void waits.push(ms),
    });
    expect(await recall(stuck, ITEMS)).toBeNull();
    expect(waits).toEqual([300]);
  });

  it('are done without where the disk is full, the file damaged or there is no digest', async () => {
    const cache = new FakeCache();
    cache.isFull = true;
    await keep(pages(cache), ITEMS);
    cache.isFull = false;
    await keep(pages(cache), ITEMS);
    const blunt = new KeptEncodings({
      ...portsOf(cache),
      digest: () => Promise.reject(new TypeError('no subtle')),
    });
    expect(await recall(blunt, ITEMS)).toBeNull();
    for (const [url, bytes] of cache.entries) cache.entries.set(url, bytes.slice(0, -9));
    expect(await recall(pages(cache), ITEMS)).toBeNull();
  });
});

describe('a feed from a kept encoding', () => {
  const stranger = { id: 'x', title: 'Leather hiking boots', categoryPath: ['Shoes'] };

  it('is the same as from a new one', async () => {
    const cache = new FakeCache();
    const first = await openTab({}, { encodings: portsOf(cache) });
    await first.engine.rerank(ITEMS, {}, NOW);
    await first.engine.track({ type: 'view_item', itemId: 'item-0' }, NOW + 1);
    await first.engine.track({ type: 'add_to_cart', itemId: 'item-4' }, NOW + 2);
    await first.engine.track({ type: 'view_item', items: [stranger] } as never, NOW + 3);
    await expect.poll(() => cache.entries.size).toBe(1);
    const shown = async (ports: KeptEncodingsPorts | undefined): Promise<string[]> => {
      const bench = ports ? { disk: first.disk, encodings: ports } : { disk: first.disk };
      const { engine } = await openTab({ seed: 3 }, bench);
      const feed = await engine.rerank(structuredClone(ITEMS), {}, NOW + 4);
      const why = await Promise.all(['item-8', 'item-9'].map((id) => engine.explain(id)));
      return [shownOf(feed), JSON.stringify(why), feed.reason];
    };
    const looks = cache.looks;
    const kept = await shown(portsOf(cache));
    expect(cache.looks).toBe(looks + 1);
    expect(kept).toEqual(await shown(undefined));
    expect(kept.at(-1)).toBe('PERSONALIZED');
  });

  it('needs a visitor who did something: others leave nothing, and nothing is looked for', async () => {
    let opened = 0;
    const openCache = async (): Promise<FakeCache> => {
      opened++;
      return new FakeCache();
    };
    const { engine } = await openTab({}, { encodings: { ...portsOf(null), openCache } });
    await engine.rerank(ITEMS, {}, NOW);
    await engine.rerank(ITEMS.slice(1), {}, NOW + 2);
    expect(opened).toBe(0);
    await engine.track({ type: 'view_item', itemId: 'item-1' }, NOW + 3);
    await expect.poll(() => opened).toBe(1);
    await engine.erase();
    await engine.rerank(ITEMS, {}, NOW + 4);
    await engine.track({ type: 'view_item', itemId: 'item-2' }, NOW + 5);
    await engine.rerank(ITEMS.slice(2), {}, NOW + 6);
    expect(opened).toBe(1);
  });
});
