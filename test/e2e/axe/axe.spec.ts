/** axe-core finds nothing to object to on any page of the demo shop, by day and by night. */
import type { Page } from '@playwright/test';
import { axeFaults } from '../../helpers/e2e-axe.ts';
import { exampleCatalog } from '../../../demo/bring-example.js';
import { itemsOf, lookAt, openOwnWindow, windowReason } from '../../helpers/e2e-shop.ts';
import type { Shop } from '../../helpers/e2e-site.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const KIND = 'Frying pans';

/**
 * Asks by day, and by night of colours, all else being the same; rules that are not of WCAG but of
 * good practice are asked as well.
 */
async function expectNothing(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expectNothingNow(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await expectNothingNow(page, `${where}, dark`, ['color-contrast']);
}

async function expectNothingNow(
  page: Page,
  where: string,
  runOnly?: readonly string[],
): Promise<void> {
  // What moves into place has other colours on its way there.
  await page.evaluate(async () => {
    const moving = (): Animation[] =>
      document.getAnimations().filter(({ playState }) => playState === 'running');
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    } while (moving().length > 0);
  });
  // Rows out of sight keep the colours that they had: nobody sees them, but axe would.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.vitrine-row { content-visibility: visible !important }');
    document.adoptedStyleSheets.push(sheet);
  });
  const found = await axeFaults(page, undefined, runOnly);
  expect(found, where).toEqual([]);
}

async function openWindow(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await windowReason(page);
}

async function putInCart(page: Page, shop: Shop, id: string): Promise<void> {
  await openWindow(page, `${shop.url}/p/${id}`);
  await page.getByTestId('add-to-cart').click();
}

test('axe finds nothing on any page, in light or dark colours @plain', async ({ page, shop }) => {
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const items = itemsOf(shop, KIND);
  await lookAt(page, shop, items.slice(0, 5));

  await openOwnWindow(page, shop);
  await expect(page.getByTestId('card-mark').first()).toBeVisible();
  await expectNothing(page, 'home');
  await page.getByTestId('why-button').first().click();
  await expect(page.getByTestId('why-sentence')).not.toBeEmpty();
  await expectNothing(page, 'why');
  await page.getByTestId('less').click();
  await expect(page.getByTestId('toast')).toBeVisible();
  await expectNothing(page, 'less');
  await page.getByTestId('persona').first().click();
  await page.getByTestId('watch-step').click();
  await expect(page.getByTestId('watch')).toHaveAttribute('data-steps', '1');
  await expectNothing(page, 'watching');

  const department = items[0]?.categoryPath?.[0]?.toLowerCase() ?? '';
  for (const path of ['/c', `/c/${department}`]) {
    await page.goto(shop.url + path);
    await expect(page.getByTestId('panel-open')).toBeEnabled();
    await expectNothing(page, path);
  }
  await putInCart(page, shop, items[6]?.id ?? '');
  await expectNothing(page, 'product');
  await page.goto(`${shop.url}/cart`);
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await expectNothing(page, 'cart');
  await page.goto(`${shop.url}/laboratory`);
  await expect(page.locator('html')).toHaveAttribute('data-laboratory', 'open');
  await expectNothing(page, 'laboratory');
  await page.goto(`${shop.url}/bring`);
  await page.getByTestId('file').setInputFiles({
    name: 'own.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`${exampleCatalog(200)}bad line\n`),
  });
  await expect(page.locator('html')).toHaveAttribute('data-brought', '1');
  for (const part of ['mapping', 'problems']) {
    await page.getByTestId(part).locator('summary').click();
  }
  await expectNothing(page, 'bring');
  await page.getByTestId('feed').getByTestId('card').first().getByRole('button').click();
  await expect(page.getByTestId('look')).toBeVisible();
  await expectNothing(page, 'look');
});
