/** A catalog as an index: built by the built command line, served as files, searched in the worker. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { VitrineFeed } from '../../../src/client/start-script.ts';
import type { Feed, Item, VitrineOptions } from '../../../src/core/types.ts';
import { openLibrary, rankedOf, REPEATABLE, shareOf } from '../../helpers/e2e-feeds.ts';
import { expect, test as base } from '../../helpers/e2e-site.ts';
import { writeData } from '../../unit/cli/data-folder.ts';

const CLI = fileURLToPath(new URL('../../../dist/vitrine.cli.js', import.meta.url));
const INDEX = '/data/index/manifest.json';
const HEAD = 200;

const test = base.extend<object, { readonly indexFolder: string }>({
  indexFolder: [
    async ({ demoItems, siteRoot }, use) => {
      const data = writeData(join(siteRoot, 'catalog'), { catalog: demoItems });
      const folder = join(siteRoot, 'data', 'index');
      execFileSync(process.execPath, [CLI, 'index', '--data', data, '--out', folder], {
        stdio: 'pipe',
      });
      await use(folder);
    },
    { scope: 'worker' },
  ],
});

test.describe('an index', { tag: '@plain' }, () => {
  /** Items of a category that the head of the catalog has few of. */
  const wantedOf = (
    items: readonly Item[],
  ): { isWanted: (item: Item) => boolean; looks: Item[] } => {
    const category = items.at(-1)?.categoryPath?.at(-1) as string;
    const isWanted = (item: Item): boolean => item.categoryPath?.includes(category) === true;
    return { isWanted, looks: items.filter(isWanted).slice(0, 3) };
  };

  /** Looks at items, then ranks until the index is there: a slow machine may need a second feed. */
  async function rank(
    page: Page,
    job: { looks?: readonly Item[]; options?: VitrineOptions; url?: string },
  ): Promise<Feed> {
    const settings = { ...REPEATABLE, ...job.options };
    return page.evaluate(
      async ({ looks, options, url }) => {
        const vitrine = await window.library.createVitrine(options);
        for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
        let feed = await vitrine.rerank(url);
        const isLate = (): boolean => feed.warnings.some(({ code }) => code === 'INDEX_TIMEOUT');
        for (let time = 0; isLate() && time < 20; time++) feed = await vitrine.rerank(url);
        vitrine.dispose();
        return feed;
      },
      { looks: job.looks ?? [], options: settings, url: job.url ?? INDEX },
    );
  }

  test('gives rows from all over the catalog, as good as those of all items', async ({
    page,
    demoItems,
    indexFolder: _index,
  }) => {
    await openLibrary(page);
    const { isWanted, looks } = wantedOf(demoItems);
    const found = await rank(page, { looks });
    const whole = await rank(page, { looks, url: '/data/demo.json' });
    expect(found).toMatchObject({ reason: 'PERSONALIZED', warnings: [] });
    const share = (feed: Feed): number =>
      shareOf(feed.rows[0]?.items.map(({ itemId }) => itemId) ?? [], demoItems, isWanted);
    expect(found.rows[0]?.title).toBe(whole.rows[0]?.title);
    expect(share(found)).toBeGreaterThanOrEqual(share(whole) - 0.1);
    const head = new Set(demoItems.slice(0, HEAD).map(({ id }) => id));
    const beyond = rankedOf(found).filter(({ itemId }) => !head.has(itemId));
    expect(beyond.length).toBeGreaterThan(5);
    for (const { item, itemId } of rankedOf(found)) expect(item?.id).toBe(itemId);
  });

  test('is asked for alike by all visitors, and only once with consent', async ({
    browser,
    demoItems,
    indexFolder,
    server,
  }) => {
    const { looks } = wantedOf(demoItems);
    const files = JSON.parse(readFileSync(join(indexFolder, 'manifest.json'), 'utf8')) as {
      rows: unknown[];
      details: unknown[];
    };
    const total = 2 + files.rows.length + files.details.length;
    const all: string[][] = [];
    for (const own of [[], looks, demoItems.slice(30, 33)]) {
      const context = await browser.newContext({ baseURL: server.url });
      const page = await context.newPage();
      const asked: string[] = [];
      context.on('request', (request) => {
        const { pathname, search } = new URL(request.url());
        if (pathname.startsWith('/data/')) asked.push(pathname + search);
      });
      await openLibrary(page);
      await page.evaluate(
        async ({ options, items, url }) => {
          const vitrine = await window.library.createVitrine({ ...options, consent: 'granted' });
          for (const item of items) await vitrine.track({ type: 'view_item', items: [item] });
          await vitrine.rerank(url);
        },
        { options: REPEATABLE, items: own.map((item) => ({ ...item })), url: INDEX },
      );
      await expect.poll(() => asked.length).toBe(total);
      all.push(asked.toSorted());
      await expect
        .poll(() =>
          page.evaluate(async () => {
            const cache = await caches.open('vitrine-index');
            return (await cache.keys()).length;
          }),
        )
        .toBe(total - 1);
      asked.length = 0;
      await openLibrary(page);
      const again = await rank(page, { looks, options: { consent: 'granted' } });
      expect(again.reason).toBe('PERSONALIZED');
      expect(asked).toEqual([INDEX]);
      await context.close();
    }
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  test('is kept with consent only, and goes with it', async ({
    page,
    demoItems,
    indexFolder: _index,
  }) => {
    await openLibrary(page);
    const { looks } = wantedOf(demoItems);
    const left = await page.evaluate(
      async ({ options, items, url }) => {
        const names: string[][] = [];
        const note = async (): Promise<unknown> => names.push(await caches.keys());
        const without = await window.library.createVitrine(options);
        for (const item of items) await without.track({ type: 'view_item', items: [item] });
        await without.rerank(url);
        await note();
        without.dispose();
        for (const end of ['erase', 'deny'] as const) {
          const vitrine = await window.library.createVitrine({ ...options, consent: 'granted' });
          for (const item of items) await vitrine.track({ type: 'view_item', items: [item] });
          let feed = await vitrine.rerank(url);
          while (feed.warnings.length > 0) feed = await vitrine.rerank(url);
          await note();
          await (end === 'erase' ? vitrine.profile.erase() : vitrine.setConsent('denied'));
          await note();
          vitrine.dispose();
        }
        return names;
      },
      { options: REPEATABLE, items: looks.map((item) => ({ ...item })), url: INDEX },
    );
    const kept = ['vitrine-index', 'vitrine-encodings'];
    expect(left).toEqual([[], kept, [], kept, []]);
  });

  test('draws cards of items that the page was never sent', async ({
    page,
    demoItems,
    indexFolder: _index,
  }) => {
    const { isWanted, looks } = wantedOf(demoItems);
    await page.goto('/pages/index/page.html');
    await page.waitForFunction(() => 'library' in window);
    await page.evaluate(
      async ({ options, items }) => {
        const vitrine = await window.library.createVitrine(options);
        for (const item of items) await vitrine.track({ type: 'view_item', items: [item] });
        await customElements.whenDefined('vitrine-feed');
        const element = document.querySelector('vitrine-feed') as VitrineFeed;
        element.vitrine = vitrine;
        for (let time = 0; time < 20; time++) {
          await element.refresh();
          if (element.feed?.warnings.length === 0) break;
        }
      },
      { options: REPEATABLE, items: looks.map((item) => ({ ...item })) },
    );
    const titles = new Map(demoItems.map((item) => [item.title, item]));
    const drawn = await page.locator('.vitrine-row').first().locator('b').allTextContents();
    expect(drawn.length).toBeGreaterThan(3);
    const items = drawn.map((title) => titles.get(title) as Item);
    expect(items.filter(isWanted).length).toBeGreaterThan(drawn.length / 2);
    await expect(page.locator('#server-list')).toHaveCount(0);
  });

  test('leaves the server’s order for one changed byte', async ({
    page,
    demoItems,
    indexFolder,
    siteRoot,
  }) => {
    const bad = join(siteRoot, 'data', 'bad-index');
    cpSync(indexFolder, bad, { recursive: true });
    const path = join(bad, 'rows-000.bin');
    const bytes = readFileSync(path);
    bytes[99] = (bytes[99] as number) ^ 1;
    writeFileSync(path, bytes);
    await openLibrary(page);
    const { looks } = wantedOf(demoItems);
    const feed = await rank(page, { looks, url: '/data/bad-index/manifest.json' });
    expect(feed).toMatchObject({ personalized: false, reason: 'INDEX_INTEGRITY' });
    expect(feed.order).toEqual(demoItems.slice(0, HEAD).map(({ id }) => id));
  });

  test('leaves the server’s order when a file is missing, and when the worker is', async ({
    page,
    demoItems,
    indexFolder: _index,
    server,
  }) => {
    server.rules.push({ path: 'rows-000.bin', status: 404 });
    await openLibrary(page);
    const { looks } = wantedOf(demoItems);
    const order = demoItems.slice(0, HEAD).map(({ id }) => id);
    expect(await rank(page, { looks })).toMatchObject({ reason: 'INDEX_FETCH', order });
    const lost = await rank(page, { looks, options: { workerUrl: '/nowhere.js' } });
    expect(lost).toMatchObject({ reason: 'WORKER_UNAVAILABLE', order });
  });
});
