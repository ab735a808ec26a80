/** Pictures of candidates in the built worker: a visitor who looks at red things is shown red ones. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { Item, Vitrine, VitrineOptions } from '../../../src/index.ts';
import { NOW, openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/pictures/', import.meta.url));
const PAIRS = 12;

/** Shirts that differ in nothing but their pictures; every second one is red. */
const ITEMS: readonly Item[] = Array.from({ length: 2 * PAIRS }, (_, i) => ({
  id: `shirt-${String(i).padStart(2, '0')}`,
  title: 'Cotton shirt',
  categoryPath: ['Clothing', 'Shirts'],
  price: 20,
  image: `/data/pictures/${i % 2 === 0 ? 'blue' : 'red'}-${i}.png`,
}));
const RED = ITEMS.filter((_, i) => i % 2 === 1);
const BLUE = ITEMS.filter((_, i) => i % 2 === 0);

declare global {
  interface Window {
    vitrine: Vitrine;
  }
}

test.beforeEach(async ({ page, siteRoot }) => {
  const folder = join(siteRoot, 'data', 'pictures');
  mkdirSync(folder, { recursive: true });
  for (const { image = '' } of ITEMS) {
    const colour = image.includes('red') ? 'red' : 'blue';
    cpSync(`${FIXTURES}${colour}-shirt.png`, join(siteRoot, image));
  }
  await openLibrary(page);
});

/** Opens an instance that has seen the visitor look at items, and makes its first feed. */
async function visit(page: Page, looks: readonly Item[], options: VitrineOptions): Promise<void> {
  await page.evaluate(
    async ([items, seen, settings, now]) => {
      window.vitrine = await window.library.createVitrine(settings);
      for (const [i, item] of seen.entries()) {
        const time = now - (seen.length - i) * 60_000;
        await window.vitrine.track({ type: 'view_item', items: [item], time });
      }
      await window.vitrine.rerank(items);
    },
    [ITEMS, looks, { ...REPEATABLE, ...options }, NOW] as const,
  );
}

/** How like the visitor's taste an item's picture is; null while pictures do not count. */
async function likeness(page: Page, item: Item | undefined): Promise<number | null> {
  return page.evaluate(
    async ([items, id]) => {
      await window.vitrine.rerank(items);
      const { similarities } = await window.vitrine.explain(id);
      const taste = similarities.find(({ to }) => to === 'session');
      return taste?.blocks.find(({ block }) => block === 'image')?.cosine ?? null;
    },
    [ITEMS, item?.id ?? ''] as const,
  );
}

/** Addresses of pictures that were asked for. */
function picturesIn(requests: readonly { readonly path: string }[]): string[] {
  return requests.map(({ path }) => path).filter((path) => path.startsWith('/data/pictures/'));
}

test('a visitor who looked at red shirts is near to the other red ones', async ({ page }) => {
  await visit(page, RED.slice(0, 3), { pictures: true });
  await expect.poll(() => likeness(page, RED[8])).not.toBeNull();
  await expect
    .poll(
      async () => ((await likeness(page, RED[8])) ?? 0) - ((await likeness(page, BLUE[8])) ?? 0),
    )
    .toBeGreaterThan(0.5);
});

test('the requests are the same whatever the visitor likes', async ({ page, server }) => {
  const asked: string[][] = [];
  for (const looks of [RED.slice(0, 3), BLUE.slice(4, 9)]) {
    server.requests.length = 0;
    await openLibrary(page);
    await visit(page, looks, { pictures: true });
    await expect.poll(() => picturesIn(server.requests).length).toBe(ITEMS.length);
    // Two are under way at a time, and the network may have them pass each other.
    asked.push(picturesIn(server.requests).toSorted());
  }
  expect(asked[0]).toEqual(ITEMS.map(({ image = '' }) => image).toSorted());
  expect(asked[1]).toEqual(asked[0]);
});

test('no picture is asked for unless the shop wants it', async ({ page, server }) => {
  await visit(page, RED.slice(0, 3), {});
  for (let i = 0; i < 3; i++) expect(await likeness(page, RED[8])).toBeNull();
  expect(picturesIn(server.requests)).toEqual([]);
});

test('what was read is kept with consent only, and goes with an erasure', async ({
  page,
  server,
}) => {
  const kept = (): Promise<number> =>
    page.evaluate(async () => {
      const file = await caches.match('https://vitrine.invalid/pictures.json');
      return file ? ((await file.json()) as { entries: unknown[] }).entries.length : 0;
    });
  await visit(page, [], { pictures: true });
  await expect.poll(() => picturesIn(server.requests).length).toBe(ITEMS.length);
  expect(await kept()).toBe(0);
  await openLibrary(page);
  await visit(page, RED.slice(0, 3), { pictures: true, consent: 'granted' });
  await expect.poll(kept).toBe(ITEMS.length);
  server.requests.length = 0;
  await openLibrary(page);
  await visit(page, [], { pictures: true, consent: 'granted' });
  await expect.poll(() => likeness(page, RED[8])).not.toBeNull();
  expect(picturesIn(server.requests)).toEqual([]);
  await page.evaluate(() => window.vitrine.profile.erase());
  await expect.poll(() => page.evaluate(() => caches.has('vitrine-pictures'))).toBe(false);
});
