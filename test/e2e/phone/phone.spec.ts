/** The demo shop on a phone: what lies beyond an edge is hinted at and reached, and nothing moves. */
import type { Locator } from '@playwright/test';
import { itemsOf, lookAt, openOwnWindow, shiftsOf } from '../../helpers/e2e-shop.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

test.use({ viewport: { width: 390, height: 844 } });

/** Where the line fades: a mask of the length zero hides nothing. */
async function fadesOf(line: Locator): Promise<readonly [string, string]> {
  return line.evaluate((element) => {
    const style = getComputedStyle(element);
    return [style.getPropertyValue('--from'), style.getPropertyValue('--to')];
  });
}

test('lines that go on beyond the edge fade there, and the tab key goes on to their end @plain', async ({
  page,
  shop,
}) => {
  await lookAt(page, shop, itemsOf(shop, 'Frying pans').slice(0, 5));
  await openOwnWindow(page, shop);
  const departments = page.getByRole('navigation', { name: 'Departments' });
  expect(await fadesOf(departments)).toEqual(['0px', '3.5rem']);
  const topics = page.getByRole('group', { name: 'Topics to follow' });
  await expect(topics.getByRole('button').first()).toBeVisible();
  await expect.poll(async () => fadesOf(topics)).toEqual(['0px', '3.5rem']);

  for (const line of [departments.getByRole('link'), topics.getByRole('button')]) {
    await line.first().focus();
    const count = await line.count();
    for (let step = 1; step < count; step += 1) await page.keyboard.press('Tab');
    await expect(line.last()).toBeFocused();
    await expect(line.last()).toBeInViewport({ ratio: 0.99 });
    await expect(line.first()).not.toBeInViewport();
  }
  await expect.poll(async () => fadesOf(departments)).toEqual(['3.5rem', '0px']);
  await expect.poll(async () => fadesOf(topics)).toEqual(['3.5rem', '0px']);
});

test('the current department is in view, wherever it stands in its line @plain', async ({
  page,
  shop,
}) => {
  await page.goto(shop.url);
  const links = page.getByRole('navigation', { name: 'Departments' }).getByRole('link');
  // The last leads to all departments.
  const far = links.nth((await links.count()) - 2);
  await expect(far).not.toBeInViewport();
  await page.goto(new URL((await far.getAttribute('href')) ?? '', shop.url).href);
  await expect(far).toHaveAttribute('aria-current', 'true');
  await expect(far).toBeInViewport({ ratio: 1 });
});

test('nothing moves on the first page, an item’s page and the cart @plain', async ({
  page,
  shop,
}) => {
  const [item, ...others] = itemsOf(shop, 'Frying pans').slice(0, 5);
  await lookAt(page, shop, others);
  await openOwnWindow(page, shop);
  await expect(page.getByTestId('difference')).toHaveText(/are new here/u);
  await expect(page.getByTestId('topics').getByRole('button').first()).toBeVisible();
  expect(await shiftsOf(page), 'first page').toBe(0);
  await page.goto(`${shop.url}/p/${item?.id}`);
  await expect(page.locator('vitrine-feed[data-reason]')).toBeVisible();
  await expect(page.getByTestId('impression')).toBeVisible();
  expect(await shiftsOf(page), 'item').toBe(0);
  await page.getByTestId('add-to-cart').click();
  await page.goto(`${shop.url}/cart`);
  await expect(page.getByTestId('cart-line')).toBeVisible();
  expect(await shiftsOf(page), 'cart').toBe(0);
});

test('no page is wider than the narrowest phone @plain', async ({ page, shop }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const [item] = itemsOf(shop, 'Frying pans');
  for (const path of [
    '/',
    '/c',
    '/c/kitchen',
    `/p/${item?.id}`,
    '/cart',
    '/laboratory',
    '/bring',
  ]) {
    await page.goto(shop.url + path);
    await expect(page.getByTestId('panel-open')).toBeEnabled();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, path).toBe(320);
  }
});
