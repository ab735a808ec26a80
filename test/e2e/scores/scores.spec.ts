/** Synthetic scores in the built worker: made after the first feed, kept for the next page. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { GeneratedFeatures } from '../../../src/core/generated-features.ts';
import type { DeviceOption, Item } from '../../../src/core/types.ts';
import type { Vitrine } from '../../../src/index.ts';
import { openScorer } from '../../../src/models/attributes/open-scorer.ts';
import { openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test as base } from '../../helpers/e2e-site.ts';

const PACK = fileURLToPath(new URL('../../../packs/default/', import.meta.url));
const COUNT = 24;
/** Devices differ in the last bits of long sums; scores come with four digits. */
const TOLERANCE = 2e-3;

declare global {
  interface Window {
    vitrine: Vitrine;
  }
}

const test = base.extend<{ readonly items: readonly Item[] }>({
  items: async ({ demoItems, siteRoot, page }, use) => {
    cpSync(PACK, join(siteRoot, 'data', 'default'), { recursive: true });
    await openLibrary(page);
    // Every tenth: things of many kinds.
    await use(demoItems.filter((_, i) => i % 10 === 0).slice(0, COUNT));
  },
});

/** Makes a feed; resolves with how many of its candidates had scores. */
async function feed(page: Page, items: readonly Item[], device: DeviceOption): Promise<number> {
  return page.evaluate(
    async ([list, options]) => {
      window.vitrine ??= await window.library.createVitrine(options);
      await window.vitrine.rerank(list);
      return (await window.vitrine.stats()).scored;
    },
    [
      items,
      { ...REPEATABLE, device, consent: 'granted', pack: '/data/default', storageName: 'scores' },
    ] as const,
  );
}

/** What the page says of each item. */
async function explained(page: Page, items: readonly Item[]): Promise<GeneratedFeatures[]> {
  return page.evaluate(
    async (ids) => {
      const found: GeneratedFeatures[] = [];
      for (const id of ids) {
        const { generated } = (await window.vitrine.explain(id)).features;
        if (generated) found.push(generated);
      }
      return found;
    },
    items.map(({ id }) => id),
  );
}

for (const device of ['js', 'wasm', 'webgpu'] as const) {
  const tag = device === 'webgpu' ? '@webgpu' : '@plain';
  test(
    `are made after the feed, on ${device}, as Node makes them`,
    { tag },
    async ({ page, items }) => {
      test.slow(device === 'webgpu', 'a software adapter compiles its shaders for seconds');
      expect(await feed(page, items, device)).toBe(0);
      await expect.poll(() => feed(page, items, device), { timeout: 60_000 }).toBe(COUNT);
      const file = Uint8Array.from(readFileSync(`${PACK}attributes.bin`));
      const scorer = await openScorer(file, { devices: [], wasmBaseUrl: '' });
      const wanted = (await scorer?.score(items, 0)) ?? [];
      const got = await explained(page, items);
      expect(got).toHaveLength(COUNT);
      for (const [n, { modelId, scores }] of wanted.entries()) {
        expect(got[n]?.modelId).toBe(modelId);
        for (const [name, value] of Object.entries(scores)) {
          expect(Math.abs(value - (got[n]?.scores[name] ?? 9))).toBeLessThan(TOLERANCE);
        }
      }
      // Words are looked for when somebody asks.
      expect(got.some(({ evidence }) => evidence.length > 0)).toBe(true);
    },
  );
}

test(
  'are there at the first feed of the next page, until the profile is erased',
  { tag: '@plain' },
  async ({ page, items }) => {
    await feed(page, items, 'js');
    await expect.poll(() => feed(page, items, 'js')).toBe(COUNT);
    await expect.poll(() => page.evaluate(() => caches.has('scores-scores'))).toBe(true);
    await openLibrary(page);
    expect(await feed(page, items, 'js')).toBe(COUNT);
    await page.evaluate(() => window.vitrine.profile.erase());
    expect(await page.evaluate(() => caches.has('scores-scores'))).toBe(false);
  },
);

test('change what a visitor is shown', { tag: '@plain' }, async ({ page, items, demoItems }) => {
  const many = demoItems.filter((_, i) => i % 10 === 0);
  await feed(page, many, 'js');
  await page.evaluate(
    async (looks) => {
      for (const { id } of looks) await window.vitrine.track({ type: 'view_item', itemId: id });
    },
    items.slice(0, 4),
  );
  const order = (): Promise<string> =>
    page.evaluate(async (list) => (await window.vitrine.rerank(list)).order.join(' '), many);
  const before = await order();
  await expect.poll(() => feed(page, many, 'js')).toBe(many.length);
  expect(await order()).not.toBe(before);
});
