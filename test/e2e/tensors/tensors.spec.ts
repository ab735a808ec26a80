/** Memory of the device: what one feed takes, the next gives back. */
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

test('50 feeds of changing candidates leave no tensor behind', async ({
  page,
  demoItems,
  workerAfter,
}, { project }) => {
  // On `wasm` our own kernels work, which have no tensors.
  const device = project.name === 'webgpu' ? 'webgpu' : 'cpu';
  const options = { ...REPEATABLE, device, workerUrl: workerAfter('patient.js') } as const;
  await openLibrary(page);
  const { counts, devices } = await page.evaluate(
    async ({ settings, items }) => {
      const vitrine = await window.library.createVitrine(settings);
      const found = { counts: [] as number[], devices: new Set<string>() };
      for (let round = 0; round < 50; round++) {
        if (round % 5 === 1) {
          await vitrine.track({ type: 'view_item', items: [{ ...items[round] }] });
        }
        // Other items in other numbers, and each third time the list of before.
        const start = 20 * (round - (round % 3 === 2 ? 1 : 0));
        const length = round % 3 === 0 ? 200 : 80;
        const feed = await vitrine.rerank(items.slice(start, start + length));
        found.devices.add(feed.device);
        found.counts.push((await vitrine.stats()).tensors);
      }
      vitrine.dispose();
      return { counts: found.counts, devices: [...found.devices] };
    },
    { settings: options, items: demoItems },
  );
  expect(devices).toEqual([device]);
  expect(counts[2]).toBeGreaterThan(0);
  expect(counts.at(-1)).toBe(counts[2]);
  expect(Math.max(...counts)).toBe(counts[2]);
});
