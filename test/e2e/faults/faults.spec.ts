/** What breaks in the field, broken on purpose: the server's list stands, or the profile is kept in memory. */
import type { Feed, Item, Stats, VitrineErrorCode } from '../../../src/index.ts';
import { NOW, REPEATABLE, makeFeed, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

declare global {
  interface Window {
    /** Workers that the page started. */
    workers: Worker[];
  }
}

const CHEAP = { ...REPEATABLE, device: 'js' } as const;

function kindOf(items: readonly Item[], department: string): Item[] {
  return items.filter(({ categoryPath }) => categoryPath?.[0] === department).slice(0, 5);
}

/** The server's order in full, with nothing lost and nothing claimed. */
function expectServerOrder(feed: Feed, items: readonly Item[], reason: VitrineErrorCode): void {
  const ids = items.map(({ id }) => id);
  expect(feed.reason).toBe(reason);
  expect(feed.personalized).toBe(false);
  expect(feed.order).toEqual(ids);
  const shown = feed.rows.flatMap((row) => row.items.map(({ itemId }) => itemId));
  expect(shown).toEqual(ids.slice(0, 72));
}

for (const how of ['throws', 'missing'] as const) {
  test(`personalises from a bucket when indexedDB ${how}`, async ({
    page,
    demoItems,
    workerAfter,
  }) => {
    await openLibrary(page);
    const { feed, stats } = await makeFeed(page, {
      candidates: '/data/demo.json',
      looks: kindOf(demoItems, 'Kitchen'),
      options: {
        consent: 'granted',
        device: 'js',
        workerUrl: workerAfter(`blocked-storage.js?how=${how}`),
      },
    });
    expect(feed.reason).toBe('PERSONALIZED');
    expect(stats.storage).toMatchObject({ mode: 'bucket', reason: 'STORE_BLOCKED' });
    expect(stats.events).toBe(5);
  });
}

test('keeps the server’s order when the worker file is missing', async ({
  page,
  server,
  demoItems,
}) => {
  server.rules.push({ path: 'vitrine.worker.js', status: 404 });
  await openLibrary(page);
  const { feed, stats } = await page.evaluate(
    async ({ options, items }): Promise<{ feed: Feed; stats: Stats }> => {
      const vitrine = await window.library.createVitrine(options);
      // Interactions are lost in peace.
      await vitrine.track({ type: 'view_item', itemId: 'lamp' });
      return { feed: await vitrine.rerank(items), stats: await vitrine.stats() };
    },
    { options: CHEAP, items: demoItems },
  );
  expectServerOrder(feed, demoItems, 'WORKER_UNAVAILABLE');
  expect(stats.worker).toBe('unavailable');
});

test('fetches the server’s list by itself when the worker file is missing', async ({
  page,
  server,
  demoItems,
}) => {
  server.rules.push({ path: 'vitrine.worker.js', status: 404 });
  await openLibrary(page);
  const feed = await page.evaluate(async (options) => {
    const vitrine = await window.library.createVitrine(options);
    return vitrine.rerank('/data/demo.json');
  }, CHEAP);
  expectServerOrder(feed, demoItems, 'WORKER_UNAVAILABLE');
});

test('keeps the server’s order when the worker crashes in a call, then starts another', async ({
  page,
  demoItems,
  workerAfter,
}) => {
  await openLibrary(page);
  const { during, after } = await page.evaluate(
    async ({ options, looks, items }): Promise<{ during: Feed; after: Feed }> => {
      const vitrine = await window.library.createVitrine(options);
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      const channel = new BroadcastChannel('crash');
      const armed = new Promise((resolve) => channel.addEventListener('message', resolve));
      channel.postMessage('arm');
      await armed;
      const broken = await vitrine.rerank(items);
      return { during: broken, after: await vitrine.rerank(items) };
    },
    {
      // The disk forgets by the real clock, so this test runs on it.
      options: {
        ...CHEAP,
        now: Date.now(),
        consent: 'granted',
        workerUrl: workerAfter('crash.js'),
      } as const,
      looks: kindOf(demoItems, 'Kitchen'),
      items: demoItems,
    },
  );
  expectServerOrder(during, demoItems, 'WORKER_LOST');
  // The profile was on the disk, so the new worker knows it.
  expect(after.reason).toBe('PERSONALIZED');
});

test('keeps the server’s order when the worker is killed without a word', async ({
  page,
  demoItems,
}) => {
  await page.addInitScript(() => {
    window.workers = [];
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        window.workers.push(this);
      }
    };
  });
  await openLibrary(page);
  const feeds = await page.evaluate(
    async ({ options, items }): Promise<Feed[]> => {
      const vitrine = await window.library.createVitrine(options);
      const first = await vitrine.rerank(items);
      const second = vitrine.rerank(items);
      for (const worker of window.workers) worker.terminate();
      return [first, await second, await vitrine.rerank(items), await vitrine.rerank(items)];
    },
    { options: CHEAP, items: demoItems },
  );
  // It had nothing to do and did not say that it lives: it is given up and replaced.
  expect(feeds.map(({ reason }) => reason)).toEqual([
    'COLD_START',
    'WORKER_LOST',
    'COLD_START',
    'COLD_START',
  ]);
  expectServerOrder(feeds[1] as Feed, demoItems, 'WORKER_LOST');
});

test('the demo shop stands and works without the worker file', async ({ page, shop }) => {
  await page.route('**/vitrine.worker.js', (route) => route.fulfill({ status: 404 }));
  await page.goto(shop.url);
  const element = page.locator('vitrine-feed');
  await expect(element).toHaveAttribute('data-reason', 'WORKER_UNAVAILABLE');
  const ids = await page.locator('[data-testid=card]').evaluateAll((cards) => {
    return cards.map((card) => card.getAttribute('data-item-id'));
  });
  expect(ids).toEqual(shop.items.slice(0, 24).map(({ id }) => id));
  await page.getByTestId('card').first().locator('a').click();
  await page.getByTestId('add-to-cart').click();
  await expect(page.getByTestId('cart-count')).toHaveText('1');
  await page.getByTestId('panel-open').click();
  await expect(page.getByText('Your window cannot be arranged')).toBeVisible();
});

test('ranks, and loses no item, on a clock that is years off', async ({ page, demoItems }) => {
  await openLibrary(page);
  for (const now of [0, NOW * 10]) {
    const { feed } = await makeFeed(page, {
      candidates: '/data/demo.json',
      looks: kindOf(demoItems, 'Pets'),
      options: { device: 'js', now },
    });
    expect(new Set(feed.order).size).toBe(demoItems.length);
  }
});
