/** A trained pack in the page: the ranking that `vitrine evaluate` measures is the one shown. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPackFolder } from '../../../src/cli/pack-folder.ts';
import { readDataset } from '../../../src/cli/read-data.ts';
import { splitData } from '../../../src/cli/split-data.ts';
import type { Feed } from '../../../src/core/types.ts';
import { decodePack } from '../../../src/pack/pack-codec.ts';
import { encodeSlice } from '../../../src/pack/slice-codec.ts';
import { createListRanker } from '../../../src/ranker/list-ranker.ts';
import { NOW, openLibrary, rankedOf, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test as base } from '../../helpers/e2e-site.ts';
import { TASTE_CATALOG, tasteInteractions, writeData } from '../../unit/cli/data-folder.ts';

const CLI = fileURLToPath(new URL('../../../dist/vitrine.cli.js', import.meta.url));
const VISITORS = 50;

/** One visitor: what happened, and in which order the pack puts the candidates. */
interface Visit {
  readonly history: readonly { readonly itemId: string; readonly time: number }[];
  readonly candidates: readonly string[];
  readonly ranked: readonly string[];
}

/** Ranks the test lists of the protocol with the pack, in Node, as `vitrine evaluate` does. */
async function rankInNode(data: string, folder: string): Promise<Visit[]> {
  const dataset = readDataset(data);
  const pack = await decodePack(readPackFolder(folder));
  const { rank } = createListRanker(pack.model, pack.ranker);
  const idOf = (row: number): string => pack.ids[row] as string;
  return splitData(dataset, 'leave-one-out')
    .test.slice(0, VISITORS)
    .map((list) => {
      const { scores } = rank(list);
      const scored = Array.from(list.candidates, (row, c) => ({
        id: idOf(row),
        score: scores[c] as number,
      }));
      const sorted = scored.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
      const last = list.step.at(-1) ?? 0;
      return {
        history: Array.from(list.items, (row, p) => ({
          itemId: idOf(row),
          time: NOW - (1 + last - (list.step[p] as number)) * 60_000,
        })),
        candidates: Array.from(list.candidates, idOf),
        ranked: sorted.map(({ id }) => id),
      };
    });
}

const test = base.extend<object, { readonly trained: { visits: Visit[]; folder: string } }>({
  trained: [
    async ({ siteRoot }, use) => {
      const catalog = TASTE_CATALOG;
      const interactions = tasteInteractions();
      const data = writeData(join(siteRoot, 'taste'), { catalog, interactions });
      const folder = join(siteRoot, 'data', 'pack');
      const args = ['--data', data, '--out', folder, '--protocol', 'leave-one-out'];
      execFileSync(process.execPath, [CLI, 'train', ...args], { stdio: 'pipe' });
      await use({ visits: await rankInNode(data, folder), folder });
    },
    { scope: 'worker' },
  ],
});

test('ranks 50 visitors exactly as evaluate does', async ({ page, trained }) => {
  await openLibrary(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const orders = await page.evaluate(
    async ({ options, visits, catalog }) => {
      const itemOf = new Map(catalog.map((item) => [item.id, item]));
      const vitrine = await window.library.createVitrine({ ...options, pack: '/data/pack' });
      const shown: string[][] = [];
      for (const { history, candidates } of visits) {
        await vitrine.profile.erase();
        for (const { itemId, time } of history) {
          await vitrine.track({
            type: 'view_item',
            itemId,
            items: [{ ...itemOf.get(itemId) }],
            time,
          });
        }
        const items = candidates.map((id) => itemOf.get(id));
        const feed = await vitrine.rerank(items, { layout: 'list' });
        shown.push(feed.rows.flatMap((row) => row.items.map(({ itemId }) => itemId)));
      }
      vitrine.dispose();
      return shown;
    },
    {
      options: REPEATABLE,
      visits: trained.visits,
      catalog: TASTE_CATALOG as { id: string }[],
    },
  );
  expect(orders).toHaveLength(VISITORS);
  expect(orders).toEqual(trained.visits.map(({ ranked }) => ranked));
  // Once for all visitors, and nothing that tells one from another.
  const fromPack = asked.filter((path) => path.startsWith('/data/pack/'));
  expect(new Set(fromPack).size).toBe(fromPack.length);
});

test('says why in words, from the very numbers', { tag: '@plain' }, async ({ page, trained }) => {
  await openLibrary(page);
  const { history } = trained.visits[0] as Visit;
  const told = await page.evaluate(
    async ({ options, looks, catalog }) => {
      const itemOf = new Map(catalog.map((item) => [item.id, item]));
      const vitrine = await window.library.createVitrine({ ...options, pack: '/data/pack' });
      for (const { itemId, time } of looks) {
        await vitrine.track({ type: 'view_item', items: [{ ...itemOf.get(itemId) }], time });
      }
      const feed = await vitrine.rerank(catalog, { rows: 4, rowSize: 6 });
      const ids = feed.rows.flatMap((row) => row.items.map(({ itemId }) => itemId));
      const explanations = await Promise.all(ids.map((id) => vitrine.explain(id)));
      vitrine.dispose();
      return { feed, explanations };
    },
    { options: REPEATABLE, looks: history, catalog: TASTE_CATALOG as { id: string }[] },
  );
  const { rows } = told.feed;
  // Above it may stand the kind of thing that was just looked at.
  const picked = rows.slice(0, 2).find(({ id }) => id === 'for-you');
  expect(picked).toMatchObject({ title: 'Picked for you', kind: 'inferred' });
  for (const { score, scoreParts } of [...rankedOf(told.feed), ...told.explanations]) {
    expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(score, 9);
  }
  const titles = new Set(history.map(({ itemId }) => itemId));
  const named = TASTE_CATALOG.map((item) => item as { id: string; title: string }).filter(
    ({ id }) => titles.has(id),
  );
  const sentences = picked?.items.map(({ why }) => why) ?? [];
  const spoken = sentences.filter((why) => named.some(({ title }) => why.includes(`“${title}”`)));
  expect(spoken.length).toBeGreaterThan(0);
});

test(
  'is refused as a whole when a byte of it is wrong',
  { tag: '@plain' },
  async ({ page, trained, siteRoot }) => {
    const bad = join(siteRoot, 'data', 'bad-pack');
    const { manifest, files } = readPackFolder(trained.folder);
    execFileSync('cp', ['-r', trained.folder, bad]);
    const name = manifest.files.at(-1)?.name as string;
    const bytes = Uint8Array.from(files.get(name) as Uint8Array);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    writeFileSync(join(bad, name), bytes);
    expect(readFileSync(join(bad, name))).toHaveLength(bytes.length);
    await openLibrary(page);
    const feed = await page.evaluate(
      async ({ options, catalog }): Promise<Feed> => {
        const vitrine = await window.library.createVitrine({ ...options, pack: '/data/bad-pack/' });
        for (const item of catalog.slice(0, 3)) {
          await vitrine.track({ type: 'view_item', items: [{ ...item }] });
        }
        return vitrine.rerank(catalog);
      },
      { options: REPEATABLE, catalog: TASTE_CATALOG as { id: string }[] },
    );
    expect(feed).toMatchObject({ personalized: false, reason: 'PACK_INTEGRITY' });
    expect(feed.order).toEqual(TASTE_CATALOG.map((item) => (item as { id: string }).id));
  },
);

test(
  'ranks by slices much as by the whole pack, and asks for nothing by what was looked at',
  { tag: '@plain' },
  async ({ page, trained, siteRoot }) => {
    const pack = await decodePack(readPackFolder(trained.folder));
    const items = TASTE_CATALOG.map((item) => item as { id: string });
    // What was looked at stands on another page than what is ranked.
    const [seen, ranked] = [items.slice(0, 20), items.slice(20)];
    for (const [name, list] of [['seen', seen] as const, ['ranked', ranked] as const]) {
      const slice = await encodeSlice(
        pack,
        'pack',
        list.map(({ id }) => id),
      );
      writeFileSync(join(siteRoot, 'data', `${name}.bin`), slice);
      const candidates = JSON.stringify({ items: list, slice: `${name}.bin` });
      writeFileSync(join(siteRoot, 'data', `${name}.json`), candidates);
    }
    await openLibrary(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const { whole, sliced } = await page.evaluate(
      async ({ options, looks, list }) => {
        const orderBy = async (folder: string | undefined): Promise<string[]> => {
          const vitrine = await window.library.createVitrine({
            ...options,
            ...(folder && { pack: folder }),
          });
          await vitrine.rerank('/data/seen.json');
          for (const item of looks) await vitrine.track({ type: 'view_item', items: [item] });
          const candidates = folder === undefined ? '/data/ranked.json' : list;
          const feed = await vitrine.rerank(candidates, { layout: 'list' });
          vitrine.dispose();
          return [feed.packId, ...feed.order];
        };
        return { whole: await orderBy('/data/pack'), sliced: await orderBy(undefined) };
      },
      { options: REPEATABLE, looks: seen.slice(4, 10), list: ranked },
    );
    expect(sliced[0]).toBe('pack');
    const top = (order: readonly string[]): string[] => order.slice(1, 11);
    const shared = top(whole).filter((id) => top(sliced).includes(id));
    expect(shared.length).toBeGreaterThanOrEqual(7);
    const data = asked.filter((path) => path.startsWith('/data/') && !path.includes('/pack/'));
    const expected = ['/data/seen.json', '/data/seen.bin', '/data/ranked.json', '/data/ranked.bin'];
    expect(new Set(data)).toEqual(new Set(expected));
  },
);
