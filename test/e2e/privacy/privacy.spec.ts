/**
 * Two visitors ask for the same pages and behave in opposite ways: what goes over the network must
 * be the same, to the byte of each address.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { Vitrine } from '../../../src/core/types.ts';
import {
  cardIds,
  expectRecorded,
  itemsOf,
  openHome,
  profileOf,
  windowReason,
} from '../../helpers/e2e-shop.ts';
import type { Shop } from '../../helpers/e2e-site.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

/** Everything that left a browser context. */
interface Traffic {
  /** Method, address and body of each request. */
  readonly requests: string[];
  readonly sockets: string[];
}

function listen(context: BrowserContext): Traffic {
  const traffic: Traffic = { requests: [], sockets: [] };
  context.on('request', (request) => {
    const body = request.postData() ?? '';
    traffic.requests.push(`${request.method()} ${request.url()} ${body}`.trim());
  });
  context.on('page', (page) => {
    page.on('websocket', (socket) => traffic.sockets.push(socket.url()));
  });
  return traffic;
}

/** Puts the item in the cart, follows a segment, and asks why. */
async function engage(page: Page, itemId: string): Promise<void> {
  await page.getByTestId('add-to-cart').click();
  await expectRecorded(page, 'add_to_cart', itemId);
  await page.getByTestId('panel-open').click();
  await page.getByTestId('other-segments').locator('summary').click();
  const follow = page.locator('[data-segment-id=home-cooks] [data-testid=segment-follow]');
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('panel-close').click();
}

/** Takes the consent back: everything is wiped and nothing more is learnt. */
async function refuse(page: Page): Promise<void> {
  await page.getByTestId('panel-open').click();
  await page.getByTestId('consent-toggle').uncheck();
  await expect(page.getByTestId('consent-toggle')).not.toBeChecked();
  await expect.poll(async () => (await profileOf(page)).consent).toBe('denied');
  await page.getByTestId('panel-close').click();
}

/**
 * Waits until items are being scored: what does that is fetched after a visitor's first feed, on
 * whichever page that is, and here it is to be before the ways part.
 */
async function expectScoring(page: Page): Promise<void> {
  const scored = (): Promise<number> =>
    page.evaluate(async () => {
      const source = '/assets/engine.js';
      const { vitrine } = (await import(source)) as { vitrine: () => Promise<Vitrine> };
      return (await (await vitrine()).stats()).scored;
    });
  await expect.poll(scored).toBeGreaterThan(0);
}

/** The same addresses for everybody; on the first product page the ways part. */
async function shopAround(page: Page, shop: Shop, isKeen: boolean): Promise<string[]> {
  const [first, ...others] = itemsOf(shop, 'Kettles').slice(0, 3);
  await openHome(page, shop);
  await expectScoring(page);
  for (const [index, item] of [first, ...others].entries()) {
    await page.goto(`${shop.url}/p/${item?.id}`);
    await windowReason(page);
    if (index === 0) await (isKeen ? engage(page, item?.id ?? '') : refuse(page));
  }
  await page.goto(`${shop.url}/cart`);
  await openHome(page, shop);
  await page.waitForLoadState('networkidle');
  return cardIds(page.locator('vitrine-feed'));
}

/** A file of the default pack, by its hash. */
const PACK_FILE = /\/packs\/default\/[a-z]+\.bin\?v=[0-9a-f]{16}$/;

test('opposite shoppers on the same pages make the same requests', async ({ browser, shop }) => {
  // Two whole visits: on a busy machine more than the usual minute.
  test.slow();
  const found = [];
  for (const isKeen of [true, false]) {
    const context = await browser.newContext();
    const traffic = listen(context);
    const page = await context.newPage();
    const cards = await shopAround(page, shop, isKeen);
    found.push({ ...traffic, cards, cookies: await context.cookies() });
    await context.close();
  }
  const [keen, wary] = found;
  // They do see different windows, else the test would prove nothing.
  expect(keen?.cards).not.toEqual(wary?.cards);
  const unique = (list: readonly string[] = []): string[] => [...new Set(list)].toSorted();
  expect(unique(keen?.requests)).toEqual(unique(wary?.requests));
  for (const { requests, sockets, cookies } of found) {
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.filter((request) => !request.startsWith(`GET ${shop.url}/`))).toEqual([]);
    // Files of the pack are named by what is in them, as the manifest says it to everybody.
    const asking = requests.filter((request) => request.includes('?'));
    expect(asking.filter((request) => !PACK_FILE.test(request))).toEqual([]);
    expect({ sockets, cookies }).toEqual({ sockets: [], cookies: [] });
  }
});
