/** React and Vue: the server's order first, the visitor's rows then, and nothing left behind. */
import { readFileSync } from 'node:fs';
import type { Item } from '../../../src/core/types.ts';
import { expect, recorded, test } from '../../helpers/e2e-examples.ts';

const PRODUCTS = JSON.parse(
  readFileSync(new URL('../../../examples/products.json', import.meta.url), 'utf8'),
) as Item[];

for (const name of ['react', 'vue']) {
  test(`${name}: draws the server's order, then the visitor's rows @plain`, async ({
    open,
    page,
  }) => {
    const { url } = await open(name);
    const html = await (await fetch(url)).text();
    const sent = [...html.matchAll(/data-vitrine-item="(?<id>[^"]+)"/gu)].map(
      (match) => match.groups?.['id'],
    );
    expect(sent).toEqual(PRODUCTS.slice(0, 30).map(({ id }) => id));
    expect(html).toContain('data-personalized="false"');

    await page.goto(url);
    const main = page.locator('main');
    // The worker has answered, and everything stands as the server sent it.
    await expect(main).toHaveAttribute('data-vitrine-rows', '');
    const ids = (): Promise<(string | undefined)[]> =>
      page
        .locator('[data-vitrine-item]')
        .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset['vitrineItem']));
    expect(await ids()).toEqual(sent);

    const looks = PRODUCTS.filter(({ categoryPath }) => categoryPath?.includes('Kettles')).slice(
      0,
      2,
    );
    for (const { id } of looks) await page.locator(`[data-vitrine-item="${id}"] a`).click();
    await page.getByRole('button').click();
    await expect(main).toHaveAttribute('data-personalized', 'true');
    expect(await ids()).not.toEqual(sent);
    const row = page.locator('section').first();
    await expect(row.locator('h2')).not.toBeEmpty();
    const third = await row.locator('li').nth(1).getAttribute('data-vitrine-item');
    await row.locator('li a').nth(1).click();
    // A second of half a row in view is an impression.
    await expect
      .poll(
        async () =>
          (await recorded(page)).filter((entry) => entry.startsWith('view_item_list')).length,
      )
      .toBeGreaterThan(0);
    const told = (await recorded(page)).filter((entry) => !entry.startsWith('view_item_list'));
    const clicked = [...looks.map(({ id }) => id), third];
    expect(told.toSorted()).toEqual(
      clicked.flatMap((id) => [`select_item ${id}`, `view_item ${id}`]).toSorted(),
    );

    // One worker, and none once the shop is taken down: StrictMode's first one is gone, too.
    await expect.poll(() => page.workers().length).toBe(1);
    await page.evaluate(() => dispatchEvent(new Event('shop:close')));
    await expect.poll(() => page.workers().length).toBe(0);
  });
}
