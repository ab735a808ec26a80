/** JavaScript off: the shop is what its server sent. */
import { expect, test } from '../../helpers/e2e-site.ts';

test.use({ javaScriptEnabled: false });

test('home shows the server’s list', async ({ page, shop }) => {
  await page.goto(shop.url);
  const cards = page.getByTestId('card');
  await expect(cards).toHaveCount(24);
  for (const [index, item] of shop.items.slice(0, 3).entries()) {
    await expect(cards.nth(index)).toBeVisible();
    await expect(cards.nth(index).locator('.card-title')).toHaveText(item.title ?? '');
  }
  await expect(page.getByTestId('order-switch')).toBeHidden();
});

test('a category and a product page can be walked to by links', async ({ page, shop }) => {
  await page.goto(shop.url);
  await page.locator('nav.departments a').first().click();
  await expect(page.getByTestId('listing').getByTestId('card').first()).toBeVisible();
  const title = await page.getByTestId('card').first().locator('.card-title').textContent();
  await page.getByTestId('card').first().locator('a').click();
  await expect(page.locator('h1')).toHaveText(title ?? '');
  await expect(page.locator('vitrine-feed').getByTestId('card')).toHaveCount(24);
  await expect(page.locator('vitrine-feed').getByTestId('card').first()).toBeVisible();
});
