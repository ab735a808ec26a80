/** A list of candidates is learned on the first page that shows it, and read on the next. */
import type { Page } from '@playwright/test';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const OPTIONS = { ...REPEATABLE, device: 'js', consent: 'granted' } as const;

/** Longer lists are not kept. */
const COUNT = 300;

const CACHE = 'vitrine-encodings';

/** Files kept; none without a cache. */
async function numKept(page: Page): Promise<number> {
  return page.evaluate(async (name) => {
    if (!(await caches.has(name))) return 0;
    return (await (await caches.open(name)).keys()).length;
  }, CACHE);
}

/** Ranks, then waits until the list is kept. */
async function shown(page: Page): Promise<string> {
  const feed = await page.evaluate(
    async ({ count, options }) => {
      const items = (await (await fetch('/data/demo.json')).json()) as unknown[];
      const vitrine = await window.library.createVitrine(options);
      const { order, reason, rows } = await vitrine.rerank(items.slice(0, count));
      return JSON.stringify({ order, reason, rows });
    },
    { count: COUNT, options: OPTIONS },
  );
  await expect.poll(() => numKept(page)).toBe(1);
  return feed;
}

test(
  'a kept encoding gives the same feed, and goes with the profile',
  { tag: '@plain' },
  async ({ page, demoItems }) => {
    await openLibrary(page);
    const looks = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 4);
    await page.evaluate(
      async ({ options, items }) => {
        const vitrine = await window.library.createVitrine(options);
        for (const item of items) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
        vitrine.dispose();
      },
      { options: OPTIONS, items: looks },
    );
    expect(await numKept(page)).toBe(0);
    const first = await shown(page);
    await openLibrary(page);
    expect(await shown(page)).toBe(first);
    expect(first).toContain('PERSONALIZED');

    await page.evaluate(async (options) => {
      const vitrine = await window.library.createVitrine(options);
      await vitrine.profile.erase();
      await vitrine.rerank('/data/demo.json');
    }, OPTIONS);
    expect(await page.evaluate((name) => caches.has(name), CACHE)).toBe(false);
  },
);
