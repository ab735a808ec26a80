/** Pages that take candidates from schema.org, or are bundled by Vite. */
import { expect, recorded, test } from '../helpers/e2e-examples.ts';

test('json-ld: the list for search engines gives the candidates', async ({ open, page }) => {
  const { url } = await open('json-ld');
  await page.goto(`${url}/json-ld/`);
  const cards = page.locator('vitrine-feed li');
  await expect(cards).toHaveCount(54);
  // Clicks on cards in the shop's own order, which a feed has left to stand.
  await page.locator('vitrine-feed').evaluate(async (feed) => {
    await (feed as unknown as { refresh: () => Promise<void> }).refresh();
  });
  for (const id of ['kettle-01', 'kettle-14', 'kettle-10']) {
    await page.locator(`[data-vitrine-item="${id}"] a`).click();
  }
  await expect.poll(async () => (await recorded(page)).length).toBe(3);
  // Their pages tell of the looks.
  await page.locator('vitrine-feed').evaluate(async (feed) => {
    const { vitrine } = feed as unknown as { vitrine: { track: (told: object) => Promise<void> } };
    for (const itemId of ['kettle-01', 'kettle-14'])
      await vitrine.track({ type: 'view_item', itemId });
  });
  await page.reload();
  const row = page.locator('vitrine-feed section').first();
  await expect(row.locator('h2')).not.toBeEmpty();
  await expect(row.locator('li').first()).toHaveAttribute('data-vitrine-item', /./u);
});

test('vite: the bundle finds the worker that vitrine copy hosts', async ({ open, page }) => {
  const { requests, url } = await open('vite');
  await page.goto(url);
  const main = page.locator('main');
  await expect(main).toHaveAttribute('data-personalized', 'false');
  for (const id of ['kettle-01', 'kettle-14']) {
    await page.locator(`[data-item="${id}"]`).click({ timeout: 15_000 });
  }
  await expect.poll(async () => (await recorded(page)).length).toBe(2);
  await page.locator('#again').click();
  await expect(main).toHaveAttribute('data-personalized', 'true');
  await expect(main.locator('h2').first()).not.toBeEmpty();
  expect(requests.map(({ path }) => path)).toContain('/vitrine/vitrine.worker.js');
});
