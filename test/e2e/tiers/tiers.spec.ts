/** Devices chosen by measurement, on the built files: what is loaded for it, and what is kept. */
import type { Page } from '@playwright/test';
import type { Consent, Stats } from '../../../src/core/types.ts';
import { NOW, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

/** Chunks that only TensorFlow.js brings. */
const TENSORFLOW = /\/(?:open-webgpu|open-wasm|open-cpu|similarity-webgpu|tf-similarity)-/u;

/** Ranks the demo's whole catalog and waits until its tiers were measured. */
async function figures(page: Page, consent: Consent): Promise<Stats> {
  return page.evaluate(
    async ({ options }) => {
      const vitrine = await window.library.createVitrine(options);
      await vitrine.rerank('/data/demo.json');
      for (;;) {
        const stats = await vitrine.stats();
        if (stats.tiers?.costs.wasm) {
          vitrine.dispose();
          return stats;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    { options: { seed: 7, now: NOW, logLevel: 'silent', consent } as const },
  );
}

/** Files that the cache of measurements holds. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    if (!(await caches.has('vitrine-tiers'))) return [];
    const requests = await (await caches.open('vitrine-tiers')).keys();
    return requests.map(({ url }) => new URL(url).pathname);
  });
}

test.describe('tiers', { tag: '@plain' }, () => {
  test('are measured after a long list, without TensorFlow.js, and kept', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await openLibrary(page);
    const { gpuMs, tiers } = await figures(page, 'granted');
    expect(Object.keys(tiers?.costs ?? {}).sort((a, b) => (a < b ? -1 : 1))).toEqual([
      'js',
      'wasm',
    ]);
    expect(tiers?.crossovers.wasm).toBeGreaterThan(0);
    expect(gpuMs).toBeNull();
    expect(asked.filter((url) => TENSORFLOW.test(url))).toEqual([]);
    await expect.poll(() => kept(page)).toHaveLength(1);
    // What is kept is what the next page goes by.
    await page.reload();
    await page.waitForFunction(() => 'library' in window);
    expect((await figures(page, 'granted')).tiers).toEqual(tiers);
  });

  test('are not kept without consent', async ({ page }) => {
    await openLibrary(page);
    await figures(page, 'unknown');
    expect(await kept(page)).toEqual([]);
  });

  test('cost a small list nothing', async ({ page, demoItems }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await openLibrary(page);
    const stats = await page.evaluate(
      async ({ items, now }) => {
        const vitrine = await window.library.createVitrine({ seed: 7, now, logLevel: 'silent' });
        await vitrine.rerank(items);
        const told = await vitrine.stats();
        vitrine.dispose();
        return told;
      },
      { items: demoItems.slice(0, 100), now: NOW },
    );
    expect(stats).toMatchObject({ device: 'js', tiers: { costs: {} } });
    expect(asked.filter((url) => url.includes('device-ports'))).toEqual([]);
  });
});
