/** Memory of the device: what one feed takes, the next gives back. */
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

test('20 feeds of changing candidates leave no tensor behind', async ({
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
      // Two lists of different lengths, one of them twice in a row.
      const lists = [items.slice(0, 200), items.slice(200, 280), items.slice(200, 280)];
      const found = { counts: [] as number[], devices: new Set<string>() };
      for (let round = 0; round < 20; round++) {
        if (round % 5 === 1) {
          await vitrine.track({ type: 'view_item', items: [{ ...items[round] }] });
        }
        const feed = await vitrine.rerank(lists[round % 3] ?? []);
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
