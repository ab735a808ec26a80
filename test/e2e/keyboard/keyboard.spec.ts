/** A whole shopping trip without a mouse: every key goes to what has the focus, and the focus shows. */
import type { Page } from '@playwright/test';
import {
  expectRecorded,
  itemsOf,
  lookAt,
  openOwnWindow,
  windowReason,
} from '../../helpers/e2e-shop.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

/** Farther than any control of a page. */
const MOST_TABS = 90;

/** What has the focus, by its test id, its text, and whether a ring is drawn round it or its like. */
async function focused(page: Page): Promise<{ id: string; text: string; hasRing: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    // Radio buttons are hidden behind their words, which have the ring.
    const ringed = element.matches('input') ? (element.nextElementSibling ?? element) : element;
    const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
    return {
      id: element.dataset['testid'] ?? '',
      text: element.textContent.trim(),
      hasRing: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0,
    };
  });
}

/** Presses Tab until something has the focus; every stop on the way shows it. */
async function tabTo(
  page: Page,
  isThere: (at: { id: string; text: string }) => boolean,
): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    expect(at.hasRing, `a ring round “${at.text}” ${at.id}`).toBe(true);
    if (isThere(at)) return;
  }
  throw new Error('Tab does not lead there');
}

test('a shopper with a keyboard looks around, asks why, buys, and turns the switch @plain', async ({
  page,
  shop,
}) => {
  test.slow();
  const items = itemsOf(shop, 'Frying pans');
  await lookAt(page, shop, items.slice(0, 5));
  await openOwnWindow(page, shop);

  await tabTo(page, ({ text }) => text === 'Skip to the content');
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
  await tabTo(page, ({ id }) => id === 'order-visitor');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('order-shop')).toBeChecked();
  await expect(page.locator('html')).toHaveAttribute('data-feed', 'shop');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-feed', 'visitor');

  // “Why this?” and back to where one was.
  await tabTo(page, ({ id }) => id === 'why-button');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('why-sentence')).not.toBeEmpty();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('why')).toHaveCount(0);
  expect((await focused(page)).id).toBe('why-button');

  // Into the next item, into the cart, to the checkout.
  await tabTo(page, ({ id, text }) => id === '' && text.includes('Pan'));
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('product')).toBeVisible();
  const id = (await page.getByTestId('product').getAttribute('data-item-id')) ?? '';
  await windowReason(page);
  await tabTo(page, (at) => at.id === 'add-to-cart');
  await page.keyboard.press('Enter');
  await expectRecorded(page, 'add_to_cart', id);
  await page.goto(`${shop.url}/cart`);
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await tabTo(page, (at) => at.id === 'checkout');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('order-placed')).toBeVisible();
  await expectRecorded(page, 'purchase', id);
});
