/** The built files on a plain host, in a folder of the shop's choice, in every way to include them. */
import type { Page } from '@playwright/test';
import type { Feed, Vitrine } from '../../../src/core/types.ts';
import { LIBRARY, expect, test } from '../../helpers/e2e-site.ts';
import { startStaticServer } from '../../helpers/static-server.mjs';

declare global {
  interface Window {
    vitrine_queue?: ((vitrine: Vitrine) => void)[];
    before: Element[];
    feed?: Feed;
    instances: Set<Vitrine>;
    feeds: number;
  }
}

async function resultOf(page: Page): Promise<Feed> {
  const result = page.locator('#result');
  await expect(result).not.toBeEmpty();
  return JSON.parse((await result.textContent()) ?? '') as Feed;
}

/** A feed that a worker made from the whole catalog. */
function expectPersonal(feed: Feed, numItems: number): void {
  expect(feed.reason).toBe('PERSONALIZED');
  expect(new Set(feed.order).size).toBe(numItems);
  expect(feed.rows.length).toBeGreaterThan(1);
}

for (const name of ['es-import', 'iife']) {
  test(`${name}: ranks with worker and files from a nested folder`, async ({
    page,
    server,
    demoItems,
  }) => {
    await page.goto(`/pages/static-pages/${name}.html`);
    expectPersonal(await resultOf(page), demoItems.length);
    const paths = server.requests.map(({ path }) => path);
    expect(paths).toContain(`${LIBRARY}vitrine.worker.js`);
    const outside = paths.filter((path) => !/^\/(pages|data|some\/folder\/vitrine)\//.test(path));
    expect(outside).toEqual([]);
  });
}

test('a script tag with attributes fills the shop’s own template', async ({ page, demoItems }) => {
  await page.goto('/pages/static-pages/script-tag.html');
  await expect(page.locator('#server-list')).toBeVisible();
  // The queue waits for the instance that the tag makes.
  await page.evaluate(
    async (looks) => {
      const vitrine = await new Promise<Vitrine>((resolve) => {
        (window.vitrine_queue ??= []).push(resolve);
      });
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
    },
    demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5),
  );
  await page.reload();
  const sections = page.locator('vitrine-feed section');
  await expect(sections.first()).toBeVisible();
  await expect(page.locator('#server-list')).toHaveCount(0);
  const entry = sections.first().locator('li').first();
  const id = await entry.getAttribute('data-vitrine-item');
  const item = demoItems.find((other) => other.id === id);
  await expect(entry.locator('b')).toHaveText(item?.title ?? '');
  await expect(entry.locator('a.own-card')).toHaveAttribute('href', new RegExp(`${item?.url}$`));
  await expect(entry.locator('img')).toHaveAttribute('alt', item?.title ?? '');
  await expect(entry.locator('span')).toContainText('€');
});

test('existing cards change places and stay the same elements', async ({ page }) => {
  await page.goto('/pages/static-pages/cards.html');
  await page.waitForFunction(() => window.feed !== undefined);
  const { feed, ids, areSame } = await page.evaluate(() => {
    const after = [...document.querySelectorAll<HTMLElement>('#cards > li')];
    return {
      feed: window.feed,
      ids: after.map((card) => card.dataset['vitrineItem']),
      areSame: new Set([...after, ...window.before]).size === window.before.length,
    };
  });
  expect(feed?.reason).toBe('PERSONALIZED');
  expect(ids).toEqual(feed?.order);
  expect(areSame).toBe(true);
  await expect(page.locator('vitrine-feed section')).toHaveCount(0);
});

test('files on another origin work by CORS, worker included', async ({
  page,
  siteRoot,
  demoItems,
}) => {
  const headers = { 'access-control-allow-origin': '*' };
  const other = await startStaticServer({ root: siteRoot, rules: [{ path: '', headers }] });
  await page.goto('/pages/static-pages/unload-next.html');
  const work = async ([source, last]: [string, string]): Promise<Feed> => {
    const library = (await import(source)) as Window['library'];
    const vitrine = await library.createVitrine({
      seed: 7,
      timeoutMs: 30_000,
      device: 'wasm',
      consent: 'granted',
    });
    const response = await fetch('/data/demo.json');
    const items = (await response.json()) as Record<string, unknown>[];
    const item = items.find(({ id }) => id === last);
    await vitrine.track({ type: 'add_to_cart', items: [{ ...item }] });
    const feed = await vitrine.rerank(items);
    // The model of segments is trained by TensorFlow.js on its WASM file; what it makes may be refused.
    await vitrine.segments.generate({ seedId: 'tech-early-adopters' }).catch(() => undefined);
    return feed;
  };
  const source = `${other.url}${LIBRARY}vitrine.js`;
  const feed = await page.evaluate(work, [source, demoItems.at(-1)?.id ?? ''] as [string, string]);
  expectPersonal(feed, demoItems.length);
  // Chunks and WASM came from there too, and the profile belongs to the shop's own origin.
  expect(feed.device).toBe('wasm');
  expect(other.requests.some(({ path }) => path.endsWith('.wasm'))).toBe(true);
  const databases = await page.evaluate(() => indexedDB.databases());
  expect(databases.map(({ name }) => name)).toEqual(['vitrine']);
  await other.close();
});

for (const [file, claim] of [
  ['twice', 'the script twice and the module besides make one instance and one feed'],
  ['module-first', 'candidates of a script tag are used though another copy came first'],
] as const) {
  test(claim, async ({ page }) => {
    await page.goto(`/pages/static-pages/${file}.html`);
    await page.waitForFunction(() => window.feeds > 0);
    await page.waitForLoadState('networkidle');
    const { feeds, instances } = await page.evaluate(() => ({
      feeds: window.feeds,
      instances: window.instances.size,
    }));
    expect({ feeds, instances }).toEqual({ feeds: 1, instances: 1 });
  });
}

test('a page that is left at once leaves no error behind', async ({ page, server }) => {
  for (let visit = 0; visit < 5; visit++) {
    await page.goto('/pages/static-pages/unload.html');
    await page.waitForURL('**/unload-next.html');
  }
  const paths = server.requests.map(({ path }) => path);
  expect(paths.filter((path) => path.includes('/unload-next'))).toHaveLength(5);
  expect(paths.filter((path) => path === '/an-error' || path === '/a-rejection')).toEqual([]);
});
