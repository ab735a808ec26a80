/** Pages without a build: the script tag, and one that learns from its data layer. */
import { expect, recorded, test } from '../../helpers/e2e-examples.ts';

/** The page's own globals. */
interface Shop {
  readonly gtag: (...command: unknown[]) => void;
  readonly dataLayer: { readonly event?: string }[];
}

test('plain: rows after two products were looked at @plain', async ({ open, page }) => {
  const { url } = await open('plain');
  await page.goto(`${url}/plain/`);
  const list = page.locator('vitrine-feed > ul');
  await expect(list).toBeVisible();
  for (const id of ['kettle-01', 'kettle-14']) {
    await page.goto(`${url}/plain/product.html#${id}`);
    await page.reload();
    await expect(page.locator('body')).toHaveAttribute('data-told', 'view_item');
  }
  await page.goto(`${url}/plain/`);
  const row = page.locator('vitrine-feed section').first();
  await expect(row.locator('h2')).not.toBeEmpty();
  await expect(row.locator('.card b').first()).not.toBeEmpty();
  await expect(list).toHaveCount(0);
});

test('data layer: learns from what is there, once, and beside its own rows @plain', async ({
  open,
  page,
}) => {
  const { url } = await open('data-layer');
  await page.goto(`${url}/data-layer/`);
  await page.locator('body[data-listening]').waitFor();
  await page.evaluate(() => {
    const { dataLayer: layer, gtag } = window as unknown as Shop;
    const items = [{ item_id: 'kettle-01' }];
    // In both shapes: one look.
    gtag('event', 'view_item', { items });
    const added = { event: 'add_to_cart', ecommerce: { items: [{ item_id: 'kettle-14' }] } };
    layer.push({ event: 'view_item', ecommerce: { items } } as object, added);
    gtag('consent', 'default', { analytics_storage: 'granted' });
  });
  const learned = ['view_item from-before', 'view_item kettle-01', 'add_to_cart kettle-14'];
  await expect.poll(() => recorded(page)).toEqual(learned);

  await page.reload();
  const card = page.locator('vitrine-feed section li').first();
  await card.waitFor();
  const id = await card.getAttribute('data-vitrine-item');
  // The element tells the data layer of the click, and so does the shop's own tag.
  await page.evaluate(() => {
    const { gtag } = window as unknown as Shop;
    gtag('consent', 'default', { analytics_storage: 'granted' });
    document.addEventListener('click', (event) => {
      event.preventDefault();
      const chosen = (event.target as Element).closest<HTMLElement>('[data-vitrine-item]');
      gtag('event', 'select_item', { items: [{ item_id: chosen?.dataset['vitrineItem'] }] });
    });
  });
  await card.locator('b').click();
  const chosen = async (): Promise<string[]> =>
    (await recorded(page)).filter((entry) => entry.startsWith('select_item'));
  await expect.poll(chosen).toEqual([`select_item ${id}`]);
  // Back from the back/forward cache, or loaded anew: nothing that was told is told again.
  await page.goto('about:blank');
  await page.goBack();
  await expect.poll(chosen).toEqual([`select_item ${id}`]);
});
