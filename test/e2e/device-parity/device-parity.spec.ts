/** One feed on every device: the same rows, scores, parts and sentences, to the last bit. */
import type { Device, Item } from '../../../src/core/types.ts';
import type { Job } from '../../helpers/e2e-feeds.ts';
import { makeFeed, openLibrary, rankedOf, visibleOf } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

/** Each against plain JavaScript. */
const DEVICES: readonly Device[] = ['cpu', 'wasm', 'webgpu'];

declare global {
  interface Window {
    /** How often the worker lost its GPU. */
    losses: number;
  }
}

/** Every seventh of a kind: varied prices and makers. */
function someOf(items: readonly Item[], department: string): Item[] {
  const kind = items.filter(({ categoryPath }) => categoryPath?.[0] === department);
  return kind.filter((_, index) => index % 7 === 0).slice(0, 5);
}

test.describe('the same feed on every device', { tag: '@webgpu' }, () => {
  for (const catalog of ['demo', 'storefront'] as const) {
    test(`of the ${catalog} catalog`, async ({ page, demoItems, storefrontItems, workerAfter }) => {
      test.skip(catalog === 'storefront' && storefrontItems === null, 'no storefront catalog here');
      const items = catalog === 'demo' ? demoItems : (storefrontItems ?? []);
      const looks = someOf(items, catalog === 'demo' ? 'Electronics' : 'electronics');
      const job: Job = { candidates: `/data/${catalog}.json`, looks };
      const workerUrl = workerAfter('patient.js');
      await openLibrary(page);
      const expected = await makeFeed(page, { ...job, options: { device: 'js' } });
      expect(expected.feed).toMatchObject({ personalized: true, device: 'js' });
      expect(rankedOf(expected.feed).length).toBeGreaterThan(40);
      for (const device of DEVICES) {
        const { feed } = await makeFeed(page, { ...job, options: { device, workerUrl } });
        expect(feed.device).toBe(device);
        expect(visibleOf(feed), `rows on ${device}`).toBe(visibleOf(expected.feed));
      }
    });
  }
});

test(
  'falls from webgpu to wasm, with the same rows, and says why where there is no WebGPU',
  { tag: '@plain' },
  async ({ page, demoItems }) => {
    await openLibrary(page);
    const job: Job = { candidates: '/data/demo.json', looks: someOf(demoItems, 'Kitchen') };
    const expected = await makeFeed(page, { ...job, options: { device: 'js' } });
    const { feed, stats } = await makeFeed(page, { ...job, options: { device: 'webgpu' } });
    expect(feed.device).toBe('wasm');
    expect(stats.devicesLeft).toEqual([{ device: 'webgpu', code: 'DEVICE_UNAVAILABLE' }]);
    expect(visibleOf(feed)).toBe(visibleOf(expected.feed));
  },
);

test.describe('a GPU that is lost in the middle of a job', { tag: '@webgpu' }, () => {
  for (const [losses, worked, left] of [
    [1, 'webgpu', []],
    [2, 'wasm', [{ device: 'webgpu', code: 'DEVICE_LOST' }]],
  ] as const) {
    test(`${losses === 1 ? 'once' : 'twice'}: the job is done again on ${worked}, with the same rows`, async ({
      page,
      demoItems,
      workerAfter,
    }) => {
      await openLibrary(page);
      const job: Job = { candidates: '/data/demo.json', looks: someOf(demoItems, 'Kitchen') };
      const expected = await makeFeed(page, { ...job, options: { device: 'js' } });
      const workerUrl = workerAfter('patient.js', `lose-gpu.js?times=${losses}`);
      await page.evaluate(() => {
        window.losses = 0;
        new BroadcastChannel('lose-gpu').addEventListener('message', () => (window.losses += 1));
      });
      const { feed, stats } = await makeFeed(page, {
        ...job,
        options: { device: 'webgpu', workerUrl },
      });
      await expect.poll(() => page.evaluate(() => window.losses)).toBe(losses);
      expect(feed.device).toBe(worked);
      expect(stats.devicesLeft).toEqual(left);
      expect(visibleOf(feed)).toBe(visibleOf(expected.feed));
    });
  }
});
