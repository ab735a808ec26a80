import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import type { OpenPack } from '../../../src/engine/pack-keeper.ts';
import { createSliceRanker } from '../../../src/engine/pack-ranker.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import { decodeSlice, encodeSlice } from '../../../src/pack/slice-codec.ts';
import { encodedPack, trainedPack } from '../pack/pack-fixtures.ts';
import { DAY, NOW, openTab, type Tab } from './fixtures.ts';

const ITEMS: readonly Item[] = trainedPack().ids.map((id, i) => ({
  id,
  title: `${['Copper', 'Walnut', 'Linen'][i % 3]} ${['kettle', 'lamp', 'chair', 'bowl'][i % 4]} ${i}`,
  categoryPath: ['home', `shelf ${i % 4}`],
  price: 5 + i,
}));

describe('slices that come with the candidates', () => {
  const HALF = ITEMS.slice(0, 12);
  const REST = ITEMS.slice(12, 24);

  /** Serves a slice of each half; what is asked for is noted. */
  async function openSlices(): Promise<Tab & { asked: string[] }> {
    const pack = await decodePack(await encodedPack());
    const asked: string[] = [];
    const openSlice = async (url: string): Promise<OpenPack> => {
      asked.push(url);
      const items = url.endsWith('half.bin') ? HALF : REST;
      const ids = items.map(({ id }) => id);
      const slice = await decodeSlice(await encodeSlice(pack, 'whole', ids));
      const ranker = createSliceRanker(slice);
      return { packId: slice.packId, isKilled: false, ranker, openFile: async () => null };
    };
    const fetchText = async (): Promise<string> =>
      JSON.stringify({ items: HALF, slice: 'half.bin' });
    const tab = await openTab({}, { packs: { openSlice }, fetchText });
    return { ...tab, asked };
  }
  const list = { layout: 'list', rows: 1, rowSize: Infinity } as const;

  it('rank by the pack that they were cut from', async () => {
    const { engine, asked, ...tab } = await openSlices();
    await engine.rerank({ items: HALF, slice: '/slices/half.bin' }, list, NOW);
    await tab.track('view_item', HALF[3]?.id as string, HALF[4]?.id as string);
    const feed = await engine.rerank({ items: HALF, slice: '/slices/half.bin' }, list, NOW + DAY);
    expect(feed).toMatchObject({ packId: 'whole', personalized: true, warnings: [] });
    const names = feed.rows[0]?.items.flatMap(({ scoreParts }) =>
      scoreParts.map(({ name }) => name),
    );
    expect(new Set(names)).toContain('embed');
    expect(asked).toEqual(['http://localhost/slices/half.bin']);
  });

  it('lie where the candidates lie', async () => {
    const { engine, asked } = await openSlices();
    await engine.rerank('https://shop.test/lists/home.json', list, NOW);
    expect(asked).toEqual(['https://shop.test/lists/half.bin']);
  });

  it('keep with an item what later slices need of it', async () => {
    const [first, later] = [await openSlices(), await openSlices()];
    await first.engine.rerank({ items: HALF, slice: '/half.bin' }, list, NOW);
    const ids = [HALF[2]?.id as string, HALF[5]?.id as string, HALF[7]?.id as string];
    // One visitor saw them among candidates with a slice, the other without.
    await later.engine.rerank({ items: HALF }, list, NOW);
    for (const tab of [first, later]) await tab.track('view_item', ...ids);
    const embedOf = async ({ engine }: Tab): Promise<number[]> => {
      const { rows } = await engine.rerank({ items: REST, slice: '/rest.bin' }, list, NOW + DAY);
      const items = rows[0]?.items.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1)) ?? [];
      return items.map(
        ({ scoreParts }) => scoreParts.find(({ name }) => name === 'embed')?.value ?? 0,
      );
    };
    const kept = await embedOf(first);
    expect(kept).toHaveLength(REST.length);
    expect(kept).not.toEqual(await embedOf(later));
    // And they outlive the slice they came from.
    await first.engine.rerank({ items: REST, slice: '/rest.bin' }, list, NOW + DAY);
    await first.track('view_item', ids[0] as string);
    const { items } = await first.engine.exportProfile();
    expect(items.every(({ traits }) => (traits ?? '').length > 100)).toBe(true);
  });

  it('that cannot be found are done without', async () => {
    const tab = await openTab();
    await tab.track('view_item', HALF[3]?.id as string, HALF[4]?.id as string);
    for (const slice of ['/slices/gone.bin', 'https://[']) {
      const feed = await tab.engine.rerank({ items: HALF, slice }, {}, NOW + DAY);
      expect(feed.warnings).toContainEqual({ code: 'PACK_FETCH', count: 1, first: 'pack' });
    }
  });
});
