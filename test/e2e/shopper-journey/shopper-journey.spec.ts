/** A shopper in the demo shop, on the built files: what is looked at decides what stands in front. */
import type { Page } from '@playwright/test';
import { shareOf } from '../../helpers/e2e-feeds.ts';
import {
  cardIds,
  eraseAll,
  expectRecorded,
  itemsOf,
  lookAt,
  openHome,
  openOwnWindow,
  profileOf,
  shiftsOf,
  windowReason,
} from '../../helpers/e2e-shop.ts';
import type { Shop } from '../../helpers/e2e-site.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const KIND = 'Frying pans';

/** What the server sent: the same for everybody. */
function serverIds(shop: Shop): string[] {
  return shop.items.slice(0, 24).map(({ id }) => id);
}

async function firstRow(page: Page): Promise<string[]> {
  const row = page.getByTestId('feed-row').first();
  await expect(row).toBeVisible();
  return cardIds(row);
}

function shareOfKind(shop: Shop, ids: readonly string[], leaf: string): number {
  return shareOf(ids, shop.items, ({ categoryPath }) => categoryPath?.at(-1) === leaf);
}

async function openPanel(page: Page): Promise<void> {
  await page.getByTestId('panel-open').click();
  await expect(page.getByTestId('stats')).toBeVisible();
}

test('a shopper who looks at five items of one kind sees a row of that kind first', async ({
  page,
  context,
  shop,
}) => {
  // Fifteen pages: on a busy machine more than the usual minute.
  test.slow();
  expect(await openHome(page, shop)).toBe('COLD_START');
  expect(await cardIds(page.locator('vitrine-feed'))).toEqual(serverIds(shop));

  // Through the shop's own pages, as a shopper walks.
  const { categoryPath = [] } = itemsOf(shop, KIND)[0] ?? {};
  await page
    .locator('nav.departments')
    .getByRole('link', { name: categoryPath[0] ?? '' })
    .click();
  for (const name of categoryPath.slice(1)) {
    await page.locator('.page-head .chip', { hasText: name }).click();
  }
  await expect(page.locator('h1')).toHaveText(KIND);
  for (const index of [0, 2, 4, 6, 8]) {
    const card = page.getByTestId('listing').getByTestId('card').nth(index);
    const id = (await card.getAttribute('data-item-id')) ?? '';
    await card.locator('a').click();
    await expect(page.getByTestId('product')).toHaveAttribute('data-item-id', id);
    await expectRecorded(page, 'view_item', id);
    await page.goBack();
  }
  await page.locator('a.wordmark').click();
  expect(await windowReason(page)).toBe('PERSONALIZED');
  const first = await firstRow(page);
  expect(shareOfKind(shop, first, KIND)).toBeGreaterThanOrEqual(0.7);
  const all = await cardIds(page.locator('vitrine-feed'));
  expect(new Set(all).size).toBe(all.length);

  // Its items may change places: what was seen and not chosen makes room for the next.
  await page.reload();
  expect(await windowReason(page), 'after a reload').toBe('PERSONALIZED');
  expect(shareOfKind(shop, await firstRow(page), KIND)).toBeGreaterThanOrEqual(0.7);

  const tab = await context.newPage();
  expect(await openHome(tab, shop), 'in a new tab').toBe('PERSONALIZED');
  expect(shareOfKind(shop, await firstRow(tab), KIND)).toBeGreaterThanOrEqual(0.7);
});

for (const kind of ['Headphones', 'Dog beds']) {
  test(`the first row follows a shopper to ${kind.toLowerCase()}`, async ({ page, shop }) => {
    const items = itemsOf(shop, kind);
    expect(items.length).toBeGreaterThan(9);
    await lookAt(page, shop, items.slice(3, 8));
    expect(await openHome(page, shop)).toBe('PERSONALIZED');
    expect(shareOfKind(shop, await firstRow(page), kind)).toBeGreaterThanOrEqual(0.7);
  });
}

test('what is in the cart, and what was bought, stands in no row', async ({ page, shop }) => {
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  const [wanted = ''] = await firstRow(page);
  await page.goto(`${shop.url}/p/${wanted}`);
  await page.getByTestId('add-to-cart').click();
  await expectRecorded(page, 'add_to_cart', wanted);
  expect(await openHome(page, shop)).toBe('PERSONALIZED');
  expect(await firstRow(page)).not.toContain(wanted);
  expect(await cardIds(page.locator('vitrine-feed'))).not.toContain(wanted);

  await page.locator('.cart-link').click();
  await page.getByTestId('checkout').click();
  await expect(page.getByTestId('order-placed')).toBeVisible();
  await expectRecorded(page, 'purchase', wanted);
  await page.getByTestId('order-placed').getByRole('link').click();
  expect(await windowReason(page)).toBe('PERSONALIZED');
  expect(await cardIds(page.locator('vitrine-feed'))).not.toContain(wanted);
});

test('“Why this?” shows parts that add up to the score', async ({ page, shop }) => {
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  const rows = page.getByTestId('feed-row');
  for (const row of await rows.all()) {
    const kind = await row.getAttribute('data-row-kind');
    await row.getByTestId('why-button').first().click();
    const dialog = page.getByTestId('why');
    await expect(dialog.getByTestId('why-sentence')).not.toBeEmpty();
    const parts = await dialog.getByTestId('score-part').evaluateAll((lines) => {
      return lines.map((line) => Number((line as HTMLElement).dataset['value']));
    });
    const total = dialog.getByTestId('score-parts').locator('xpath=following-sibling::*[1]');
    const shown = ((await total.locator('.number').textContent()) ?? '').replace('−', '-');
    const sum = parts.reduce((all, part) => all + part, 0);
    expect(parts.length, `parts in a row of kind ${kind}`).toBeGreaterThan(0);
    // Shown with three decimals.
    expect(Math.abs(sum - Number(shown))).toBeLessThanOrEqual(0.000_5 + 1e-9);
    await dialog.getByTestId('why-close').click();
    await expect(dialog).toHaveCount(0);
  }
  expect(await rows.count()).toBeGreaterThan(2);
});

test('a new shopper picks a topic, and its row stands first until it is let go of', async ({
  page,
  shop,
}) => {
  expect(await openHome(page, shop)).toBe('COLD_START');
  const topics = page.getByTestId('topics').getByRole('button');
  await expect(topics).not.toHaveCount(0);
  const topic = topics.nth(2);
  await topic.click();
  await expect(topic).toHaveAttribute('aria-pressed', 'true');
  const heading = page.getByTestId('feed-row').first().getByRole('heading');
  await expect(heading).toHaveText((await topic.textContent()) ?? '');
  await topic.click();
  await expect(heading).toHaveText('Featured');
  expect(await cardIds(page.locator('vitrine-feed'))).toEqual(serverIds(shop));
});

test('“Less like this” takes an item out of the window, and undoing brings it back', async ({
  page,
  shop,
}) => {
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  const row = page.getByTestId('feed-row').first();
  const [unwanted = ''] = await firstRow(page);
  await row.getByTestId('why-button').first().click();
  await page.getByTestId('less').click();
  await expect(page.getByTestId('why')).toHaveCount(0);
  await expect.poll(() => cardIds(page.locator('vitrine-feed'))).not.toContain(unwanted);
  await openPanel(page);
  await page.getByRole('button', { name: 'Undo the last' }).click();
  await expect.poll(() => cardIds(page.locator('vitrine-feed'))).toContain(unwanted);
});

test('a row is muted from “Why this?”, and brought back by its undo or by the panel', async ({
  page,
  shop,
}) => {
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openOwnWindow(page, shop);
  const own = page.locator('[data-row-id^="visitor:"]');
  const title = (await own.getByRole('heading').textContent()) ?? '';
  const mute = async (): Promise<void> => {
    await own.getByTestId('why-button').first().click();
    await page.getByTestId('mute-row').press('Enter');
    await expect(page.getByTestId('why')).toHaveCount(0);
    await expect(own).toHaveCount(0);
    await expect(page.getByTestId('toast')).toContainText(`Muted: ${title}.`);
  };
  await mute();
  // The button that opened the dialog is gone with its row.
  await expect(page.getByTestId('toast-undo')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(own.getByRole('heading')).toHaveText(title);
  await expect(page.getByTestId('toast')).toHaveCount(0);
  await mute();
  await openPanel(page);
  await page.getByRole('button', { name: `Mute: ${title}` }).click();
  await page.keyboard.press('Escape');
  await expect(own.getByRole('heading')).toHaveText(title);
  expect(await shiftsOf(page)).toBe(0);
});

test('erasing leaves no database, and the server’s order returns', async ({ page, shop }) => {
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  await firstRow(page);
  const databases = (): Promise<(string | undefined)[]> =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await databases()).toEqual(['vitrine']);

  await openPanel(page);
  await eraseAll(page);
  await expect.poll(() => cardIds(page.locator('vitrine-feed'))).toEqual(serverIds(shop));
  expect(await databases()).toEqual([]);
  const left = await page.evaluate(async () => ({
    caches: await caches.keys(),
    cookies: document.cookie,
    notOfTheShop: Object.keys(localStorage).filter((key) => !key.startsWith('alder-')),
    session: Object.keys(sessionStorage),
  }));
  expect(left).toEqual({ caches: [], cookies: '', notOfTheShop: [], session: [] });

  expect(await openHome(page, shop)).toBe('COLD_START');
  expect(await cardIds(page.locator('vitrine-feed'))).toEqual(serverIds(shop));
  expect((await profileOf(page)).events).toBe(0);
});

test('a followed segment comes first, a blocked one not at all', async ({ page, shop }) => {
  const id = 'outdoor-explorers';
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  await openPanel(page);
  const segment = page.getByTestId('panel').locator(`[data-segment-id="${id}"]`);
  await page.getByText('other things to follow').click();
  await segment.getByRole('button', { name: /^Follow/ }).click();
  const first = page.getByTestId('feed-row').first();
  await expect(first).toHaveAttribute('data-row-id', id);
  await expect(first).toHaveAttribute('data-row-kind', 'followed');

  const mute = segment.getByRole('button', { name: /^Mute/ });
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator(`[data-row-id="${id}"]`)).toHaveCount(0);
  await openHome(page, shop);
  await firstRow(page);
  await expect(page.locator(`[data-row-id="${id}"]`)).toHaveCount(0);
});

test('the switch shows the shop’s order and brings the visitor’s window back', async ({
  page,
  shop,
}) => {
  // While the browser takes its pictures of cards that glide, it gives presses to nobody.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await lookAt(page, shop, itemsOf(shop, KIND).slice(0, 5));
  await openHome(page, shop);
  await firstRow(page);
  await page.getByTestId('order-shop').check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-feed', 'shop');
  expect(await cardIds(page.locator('vitrine-feed'))).toEqual(serverIds(shop));
  await page.getByTestId('order-visitor').check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-feed', 'visitor');
  expect(shareOfKind(shop, await firstRow(page), KIND)).toBeGreaterThanOrEqual(0.7);
});
