/**
 * Two visitors ask for the same pages and behave in opposite ways: what the server hears must be the
 * same on every page, to the byte and the count of each address.
 */
import type { Page } from '@playwright/test';
import type { Vitrine } from '../../../src/core/types.ts';
import {
  cardIds,
  eraseAll,
  expectRecorded,
  itemsOf,
  profileOf,
  windowReason,
} from '../../helpers/e2e-shop.ts';
import type { Shop } from '../../helpers/e2e-site.ts';
import { expect, test } from '../../helpers/e2e-site.ts';
import { type Listener, listenBefore } from '../../helpers/e2e-traffic.ts';

/** What a visitor does on one page. */
type Deed = (page: Page) => Promise<void>;

/** A page of the walk, and what the keen and the wary visitor do there. */
interface Stop {
  readonly name: string;
  readonly path: string;
  readonly keen?: Deed;
  readonly wary?: Deed;
}

async function addToCart(page: Page): Promise<void> {
  const itemId = (await page.getByTestId('product').getAttribute('data-item-id')) ?? '';
  await page.getByTestId('add-to-cart').click();
  await expectRecorded(page, 'add_to_cart', itemId);
}

async function inPanel(page: Page, deed: Deed): Promise<void> {
  await page.getByTestId('panel-open').click();
  await expect(page.getByTestId('stats')).toBeVisible();
  await deed(page);
  await page.getByTestId('panel').getByRole('button', { name: 'Close' }).click();
}

/** Puts the item in the cart, and follows a segment. */
async function engage(page: Page): Promise<void> {
  await addToCart(page);
  await inPanel(page, async () => {
    await page.getByText('other things to follow').click();
    const segment = page.getByTestId('panel').locator('[data-segment-id=home-cooks]');
    const follow = segment.getByRole('button', { name: /^Follow/ });
    await follow.click();
    await expect(follow).toHaveAttribute('aria-pressed', 'true');
  });
}

/** Takes the consent back: everything is wiped and nothing more is learnt. */
async function refuse(page: Page): Promise<void> {
  await inPanel(page, async () => {
    await page.getByTestId('consent-toggle').uncheck();
    await expect(page.getByTestId('consent-toggle')).not.toBeChecked();
    await expect.poll(async () => (await profileOf(page)).consent).toBe('denied');
  });
}

/** Asks why, wants less like it, and puts another item in the cart. */
async function wantLess(page: Page): Promise<void> {
  const card = page.locator('vitrine-feed').getByTestId('card').first();
  const itemId = (await card.getAttribute('data-item-id')) ?? '';
  await card.getByTestId('why-button').click();
  await page.getByTestId('less').click();
  await expectRecorded(page, 'less_like_this', itemId);
  await addToCart(page);
}

/** Takes one item out of the cart and orders the other. */
async function buy(page: Page): Promise<void> {
  await page.getByTestId('cart-remove').first().click();
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await page.getByTestId('checkout').click();
  await expect(page.getByTestId('order-placed')).toBeVisible();
}

async function erase(page: Page): Promise<void> {
  await inPanel(page, eraseAll);
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
function walkOf(shop: Shop): Stop[] {
  const [first, second] = itemsOf(shop, 'Kettles').map(({ id }) => `/p/${id}`);
  return [
    { name: 'home', path: '/', keen: expectScoring, wary: expectScoring },
    { name: 'item', path: first ?? '', keen: engage, wary: refuse },
    { name: 'another item', path: second ?? '', keen: wantLess },
    { name: 'cart', path: '/cart', keen: buy },
    { name: 'arranged home', path: '/', keen: erase },
    { name: 'department', path: '/c/kitchen', keen: (page) => inPanel(page, async () => {}) },
    { name: 'home after all', path: '/' },
  ];
}

/** Every page has these, sooner or later: when the last is there, it was opened in full. */
const OPENED = ['GET /api/looks.json', 'GET /packs/default/manifest.json'];

/** Opens a page and waits until all that opening it asks for was asked for. */
async function open(page: Page, ears: Listener, { name, path }: Stop): Promise<void> {
  ears.turnTo(name);
  await page.goto(ears.url + path);
  if ((await page.locator('vitrine-feed').count()) > 0) await windowReason(page);
  await expect.poll(() => ears.heard.get(name)).toEqual(expect.arrayContaining(OPENED));
  await page.waitForLoadState('networkidle');
}

/** A file of the default pack, by its hash. */
const PACK_FILE = /^GET \/packs\/default\/[a-z]+\.bin\?v=[0-9a-f]{16}$/;

test('opposite shoppers make the same requests on every page', async ({ browser, shop }) => {
  // Two whole visits: on a busy machine more than the usual minute.
  test.slow();
  const found = [];
  for (const kind of ['keen', 'wary'] as const) {
    const ears = await listenBefore(shop.url);
    const context = await browser.newContext();
    const page = await context.newPage();
    const sockets: string[] = [];
    const elsewhere: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    context.on('request', (request) => {
      if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(`${ears.url}/`))
        elsewhere.push(request.url());
    });
    let cards: string[] = [];
    for (const stop of walkOf(shop)) {
      await open(page, ears, stop);
      if (stop.name === 'arranged home') cards = await cardIds(page.locator('vitrine-feed'));
      await stop[kind]?.(page);
    }
    const cookies = await context.cookies();
    await context.close();
    await ears.close();
    found.push({ heard: ears.heard, cards, outside: { sockets, elsewhere, cookies } });
  }
  const [keen, wary] = found;
  // They do see different windows, else the test would prove nothing.
  expect(keen?.cards).not.toEqual(wary?.cards);
  for (const { name } of walkOf(shop)) {
    const [requests = [], others = []] = [keen, wary].map((one) => one?.heard.get(name));
    expect(requests.toSorted(), `requests on: ${name}`).toEqual(others.toSorted());
    expect(requests.filter((request) => !request.startsWith('GET /'))).toEqual([]);
    // Files of the pack are named by what is in them, as the manifest says it to everybody.
    const asking = requests.filter((request) => request.includes('?'));
    expect(asking.filter((request) => !PACK_FILE.test(request))).toEqual([]);
  }
  for (const { outside } of found) {
    expect(outside).toEqual({ sockets: [], elsewhere: [], cookies: [] });
  }
});
