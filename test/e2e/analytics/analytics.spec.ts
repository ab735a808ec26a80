/** Rows in the shop's own analytics, from the built files: who is told, of what, and who is not. */
import type { Page } from '@playwright/test';
import type { Vitrine } from '../../../src/core/types.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

declare global {
  interface Window {
    vitrine_queue?: ((vitrine: Vitrine) => void)[];
    shopLayer?: unknown[];
    isExposed?: boolean;
  }
}

interface Pushed {
  readonly event: string;
  readonly experiment?: string;
  readonly ecommerce: {
    readonly item_list_id: string;
    readonly item_list_name: string;
    readonly items: readonly { readonly item_id: string; readonly index: number }[];
  };
}

/**
 * A visitor who looked at five pet things opens the page; `attributes` are the script tag's,
 * consent as the shop's tool says it.
 */
async function open(
  page: Page,
  attributes: string,
  looks: readonly object[],
  storage = 'granted',
): Promise<void> {
  await page.addInitScript((state) => {
    window.shopLayer = [['consent', 'default', { analytics_storage: state }]];
    window.vitrine_queue = [
      (vitrine) => void vitrine.on('exposure', () => (window.isExposed = true)),
    ];
  }, storage);
  await page.goto(`/pages/analytics/page.html?${attributes}`);
  await page.evaluate(async (items) => {
    const vitrine = await new Promise<Vitrine>((resolve) => {
      (window.vitrine_queue ??= []).push(resolve);
    });
    for (const item of items) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
  }, looks);
  await page.reload();
}

/** What stands in the data layer beside the consent. */
const pushed = (page: Page): Promise<Pushed[]> =>
  page.evaluate(() =>
    (window.shopLayer ?? []).filter((entry) => 'event' in (entry as object)),
  ) as Promise<Pushed[]>;

const isTeller = ({ path }: { readonly path: string }): boolean => path.includes('ga4-tell');

test('a row that was seen and an item that is chosen are told', async ({
  page,
  demoItems,
  server,
}) => {
  const pets = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5);
  await open(page, 'analytics=shopLayer', pets);
  const section = page.locator('vitrine-feed section').first();
  await expect(section).toBeVisible();
  await expect.poll(async () => (await pushed(page)).length).toBeGreaterThan(0);
  const [seen] = await pushed(page);
  expect(seen).toMatchObject({ event: 'view_item_list', experiment: 'exposed' });
  const title = await section.locator('h2').textContent();
  const entry = section.locator('li').nth(1);
  const id = await entry.getAttribute('data-vitrine-item');
  const item = demoItems.find((other) => other.id === id);
  expect(seen?.ecommerce.item_list_name).toBe(title);
  expect(seen?.ecommerce.items[1]).toMatchObject({
    item_id: id,
    index: 1,
    item_name: item?.title,
    price: item?.price,
  });
  await entry.locator('b').click();
  await expect.poll(async () => (await pushed(page)).at(-1)?.event).toBe('select_item');
  expect((await pushed(page)).at(-1)).toMatchObject({
    experiment: 'exposed',
    ecommerce: { item_list_id: seen?.ecommerce.item_list_id, items: [{ item_id: id, index: 1 }] },
  });
  expect(server.requests.some(isTeller)).toBe(true);
});

test('nothing is told without consent', async ({ page, demoItems }) => {
  const pets = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5);
  await open(page, 'analytics=shopLayer', pets, 'denied');
  await expect(page.locator('vitrine-feed section').first()).toBeVisible();
  await page.waitForFunction(() => window.isExposed === true);
  expect(await pushed(page)).toEqual([]);
});

test('visitors who are held out see the server’s list, and are told apart', async ({
  page,
  demoItems,
}) => {
  const pets = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5);
  await open(page, 'analytics=shopLayer&holdout=1', pets);
  await expect.poll(async () => (await pushed(page)).length).toBe(1);
  await expect(page.locator('#server-list')).toBeVisible();
  await expect(page.locator('vitrine-feed section')).toHaveCount(0);
  const [seen] = await pushed(page);
  expect(seen).toMatchObject({
    event: 'view_item_list',
    experiment: 'held-out',
    ecommerce: { item_list_id: 'server' },
  });
});

test('a shop that did not ask for it does not even load it', async ({
  page,
  demoItems,
  server,
}) => {
  const pets = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5);
  await open(page, '', pets);
  await expect(page.locator('vitrine-feed section').first()).toBeVisible();
  await page.waitForFunction(() => window.isExposed === true);
  expect(await pushed(page)).toEqual([]);
  expect(server.requests.some(isTeller)).toBe(false);
});
