/** The main job on WebGPU: the shopper's walk and the catalog from outside, computed there. */
import type { Page } from '@playwright/test';
import type { Stats } from '../../../src/core/types.ts';
import { makeFeed, openLibrary, rankedOf, shareOf } from '../../helpers/e2e-feeds.ts';
import { cardIds, itemsOf, lookAt, openHome } from '../../helpers/e2e-shop.ts';
import type { Engine } from '../../helpers/e2e-shop.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const ELECTRONIC = /^(?:electronics|smartphones|laptops|tablets|mobile-accessories)$/;

/** The demo shop leaves the device to the library, which keeps short lists off the GPU. */
async function askForWebGpu(page: Page): Promise<void> {
  await page.route('**/assets/engine.js', async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(
      'pack: PACK,',
      "pack: PACK, device: 'webgpu', timeoutMs: 30_000,",
    );
    await route.fulfill({ response, body });
  });
}

/** The figures of the page's own instance. */
async function statsOf(page: Page): Promise<Stats> {
  return page.evaluate(async () => {
    const source = '/assets/engine.js';
    const { vitrine } = (await import(source)) as Engine;
    const instance = await vitrine();
    if (instance === null) throw new Error('The shop has no instance.');
    return instance.stats();
  });
}

test.describe('on WebGPU', { tag: '@webgpu' }, () => {
  test('five looks at one kind bring a row of that kind to the front', async ({ page, shop }) => {
    // The processor imitates the GPU.
    test.slow();
    const kind = 'Dog beds';
    await askForWebGpu(page);
    await lookAt(page, shop, itemsOf(shop, kind).slice(3, 8));
    expect(await openHome(page, shop)).toBe('PERSONALIZED');
    const first = await cardIds(page.getByTestId('feed-row').first());
    const share = shareOf(first, shop.items, ({ categoryPath }) => categoryPath?.at(-1) === kind);
    expect(share).toBeGreaterThanOrEqual(0.7);
    expect(await statsOf(page)).toMatchObject({ device: 'webgpu', devicesLeft: [] });
  });

  test('2,944 items come into rows on their subjects, none twice', async ({
    page,
    storefrontItems,
    workerAfter,
  }) => {
    test.skip(storefrontItems === null, 'no storefront catalog beside this checkout');
    test.slow();
    const items = storefrontItems ?? [];
    const isElectronic = ({ categoryPath }: { categoryPath?: readonly string[] }): boolean =>
      ELECTRONIC.test(categoryPath?.[0] ?? '');
    await openLibrary(page);
    const { feed, stats } = await makeFeed(page, {
      candidates: '/data/storefront.json',
      looks: items
        .filter(isElectronic)
        .filter((_, index) => index % 25 === 0)
        .slice(0, 5),
      options: { device: 'webgpu', workerUrl: workerAfter('patient.js') },
    });
    expect(feed.reason).toBe('PERSONALIZED');
    expect(stats).toMatchObject({ device: 'webgpu', devicesLeft: [] });
    expect(new Set(feed.order)).toEqual(new Set(items.map(({ id }) => id)));
    const ids = rankedOf(feed).map(({ itemId }) => itemId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rankedOf(feed).filter(({ why }) => why.trim() === '')).toEqual([]);
    const tech = feed.rows.find(({ id }) => id === 'tech-early-adopters')?.items ?? [];
    const share = shareOf(
      tech.map(({ itemId }) => itemId),
      items,
      isElectronic,
    );
    expect(share).toBeGreaterThanOrEqual(0.7);
  });
});
