/** The theme block, rendered by Liquid, with what Shopify puts on the page. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { ROOT } from '../../scripts/run.mjs';
import type { Item } from '../../src/core/types.ts';
import { expect, test } from '../helpers/e2e.ts';
import { type LiquidProduct, renderBlock, toProduct } from '../helpers/liquid-theme.ts';
import { startStaticServer } from '../helpers/static-server.mjs';

const ASSETS = `${ROOT}examples/shopify/extensions/vitrine/assets`;
/** Of the package; the README of the example names them. */
const COPIED = [
  'vitrine.js',
  'vitrine-feed.js',
  'vitrine-consent.js',
  'vitrine-events.js',
  'vitrine.whole.worker.js',
];
/** Shopify's limit for the script of an app block. */
const MAX_BYTES = 10_000;

const items = JSON.parse(readFileSync(`${ROOT}examples/products.json`, 'utf8')) as Item[];
const products = items.map(toProduct);
const KETTLES = products.filter(({ type }) => type === 'Kettles');
const [first, second] = KETTLES as [LiquidProduct, LiquidProduct];

let site = '';

/** A page of the theme. `consent` is what Shopify's own banner was told. */
function themePage(block: string, consent: 'yes' | 'no' | ''): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Theme</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets/vitrine-block.css">
    <script>
      const consent = ${JSON.stringify(consent)};
      window.Shopify = { customerPrivacy: {
        preferencesProcessingAllowed: () => consent === 'yes',
        currentVisitorConsent: () => ({ preferences: consent }),
      } };
    </script>
    <h1>A theme</h1>${block}
    <form action="/cart/add" onsubmit="event.preventDefault()">
      <input type="hidden" name="id" value=""><input name="quantity" value="2"><button>Add</button>
    </form>
    <script src="/assets/vitrine-block.js" defer></script></html>`;
}

test.beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'vitrine-shopify-'));
  cpSync(ASSETS, join(site, 'assets'), { recursive: true });
  for (const name of COPIED) cpSync(`${ROOT}dist/${name}`, join(site, 'assets', name));
  for (const [folder, consent] of [
    ['yes', 'yes'],
    ['no', 'no'],
  ] as const) {
    mkdirSync(join(site, folder));
    const collection = await renderBlock({ collection: { products } });
    writeFileSync(join(site, folder, 'index.html'), themePage(collection, consent));
    for (const product of KETTLES) {
      const block = await renderBlock({ collection: { products }, product });
      writeFileSync(join(site, folder, `${product.id}.html`), themePage(block, consent));
    }
  }
});
test.afterAll(() => rmSync(site, { recursive: true, force: true }));

/** What the page's instance knows of the visitor, oldest first. */
async function known(page: Page): Promise<string[]> {
  return page.locator('vitrine-feed').evaluate(async (feed) => {
    const { vitrine } = feed as unknown as {
      vitrine?: {
        profile: {
          export: () => Promise<{ log: { type: string; itemId: string; quantity?: number }[] }>;
        };
      };
    };
    const log = vitrine ? (await vitrine.profile.export()).log : [];
    return log.map(
      ({ itemId, quantity, type }) => `${type} ${itemId}${quantity ? ` ×${quantity}` : ''}`,
    );
  });
}

test('each script of the page is below Shopify’s limit', () => {
  const scripts = [
    ...readdirSync(ASSETS)
      .filter((name) => name.endsWith('.js'))
      .map((name) => `${ASSETS}/${name}`),
    ...COPIED.slice(0, 4).map((name) => `${ROOT}dist/${name}`),
  ];
  const sizes = scripts.map((file) => gzipSync(readFileSync(file)).length);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_BYTES);
  const block = brotliCompressSync(readFileSync(`${ASSETS}/vitrine-block.js`)).length;
  expect(block).toBeLessThan(1_000);
});

test('rows of the theme’s own cards, learned from the storefront’s events', async ({ page }) => {
  const server = await startStaticServer({ root: site });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${server.url}/yes/`);
  const cards = page.locator('vitrine-feed .grid__item');
  await expect(cards).toHaveCount(products.length);
  await expect(cards.first().locator('.price__regular')).toHaveText(/^€\d+\.\d\d$/u);

  await page.goto(`${server.url}/yes/${first.id}.html`);
  await expect.poll(() => known(page)).toEqual([`view_item ${first.id}`]);
  // The theme tells of the same by a standard event, and then of what goes into the cart.
  await page.evaluate((id) => {
    const event = (name: string, fields: object): Event =>
      Object.assign(new Event(name, { bubbles: true }), fields);
    const product = { id: `gid://shopify/Product/${id}` };
    document.body.dispatchEvent(event('shopify:product:view', { context: 'page', product }));
  }, first.id);
  await page.goto(`${server.url}/yes/${second.id}.html`);
  await expect.poll(() => known(page)).toContain(`view_item ${second.id}`);
  const [variant] = second.variants;
  await page.locator('input[name="id"]').evaluate((input, id) => {
    (input as HTMLInputElement).value = `${id}`;
  }, variant?.id);
  await page.getByRole('button', { name: 'Add' }).click();
  const learned = [
    `view_item ${first.id}`,
    `view_item ${second.id}`,
    `add_to_cart ${second.id} ×2`,
  ];
  await expect.poll(() => known(page)).toEqual(learned);

  await page.goto(`${server.url}/yes/`);
  const row = page.locator('vitrine-feed section').first();
  await expect(row.locator('h2')).not.toBeEmpty();
  // The theme's own cards, moved: none is there twice, none is lost.
  await expect(row.locator('.grid__item .card__heading').first()).toBeVisible();
  await expect(cards).toHaveCount(products.length);
  const paths = server.requests.map(({ path }) => path);
  expect(paths.filter((path) => !/^\/(?:assets|yes)\//u.test(path))).toEqual([]);
  expect(errors).toEqual([]);
  await server.close();
});

test('nothing is learned of visitors who refused', async ({ page }) => {
  const server = await startStaticServer({ root: site });
  for (const product of [first, second]) {
    await page.goto(`${server.url}/no/${product.id}.html`);
    await page.locator('vitrine-feed').evaluate(async (feed) => {
      while (!(feed as unknown as { feed?: object }).feed) await new Promise(requestAnimationFrame);
    });
    expect(await known(page)).toEqual([]);
  }
  await page.goto(`${server.url}/no/`);
  await expect(page.locator('vitrine-feed > ul .grid__item')).toHaveCount(products.length);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await server.close();
});
