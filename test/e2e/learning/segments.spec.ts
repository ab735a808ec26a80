/** The model of segments on the built files: fine-tuned, opened after a reload, whole after a crash. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Item, VitrineOptions } from '../../../src/core/types.ts';
import { NOW, openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test as base } from '../../helpers/e2e-site.ts';

const PACK = fileURLToPath(new URL('../../../packs/default/', import.meta.url));

const test = base.extend<{ readonly choices: readonly Item[] }>({
  choices: async ({ siteRoot, demoItems }, use) => {
    const pack = join(siteRoot, 'data', 'segments-pack');
    cpSync(PACK, pack, { recursive: true });
    // Scores that come later change the space.
    rmSync(join(pack, 'attributes.bin'), { force: true });
    // Two makers' things from all shelves, sixty times.
    const wanted = demoItems.filter(({ brand = '' }) => ['Quorvex', 'Skarnvik'].includes(brand));
    await use(Array.from({ length: 60 }, (_, n) => wanted[(n * 7) % wanted.length] as Item));
  },
});

// Learns on WASM; busy machines need longer than the usual minute.
test.setTimeout(180_000);

const OPTIONS: VitrineOptions = {
  ...REPEATABLE,
  device: 'wasm',
  consent: 'granted',
  pack: '/data/segments-pack',
};

test(
  'is kept, and opened after a reload without any training',
  { tag: '@plain' },
  async ({ page, choices, workerAfter }) => {
    await openLibrary(page);
    const patient = { ...OPTIONS, workerUrl: workerAfter('slow-clock.js') };
    const data = { options: patient, choices, now: NOW };
    const learned = await page.evaluate(async (job) => {
      const vitrine = await window.library.createVitrine(job.options);
      for (const [n, item] of job.choices.entries()) {
        const time = job.now - (job.choices.length - n) * 60_000;
        await vitrine.track({ type: 'view_item', items: [{ ...item }], time });
      }
      await vitrine.rerank('/data/demo.json');
      const { tensors: before } = await vitrine.stats();
      const phases = new Set<string>();
      const result = await vitrine.learn.now({ onProgress: ({ phase }) => phases.add(phase) });
      const { tensors: after } = await vitrine.stats();
      vitrine.dispose();
      return { result, phases: [...phases], left: after - before };
    }, data);
    const { segments } = learned.result;
    expect(segments).toMatchObject({ verdict: 'kept', device: 'wasm', windows: 15 });
    expect(learned.phases).toContain('segments');
    expect(learned.left).toBe(0);
    await page.reload();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    const later = await page.evaluate(async (options) => {
      const vitrine = await window.library.createVitrine(options);
      await vitrine.rerank('/data/demo.json');
      const { versions } = await vitrine.learn.status();
      const { generator } = await vitrine.segments.generate({ seedId: 'interior-stylists' });
      vitrine.dispose();
      return { versions, generator };
    }, patient);
    const { windows, before, after } = segments as NonNullable<typeof segments>;
    expect(later.versions).toMatchObject([{ segments: { windows, before, after } }]);
    expect(later.generator).toBe('vae');
    // What trains it is a file of its own, which nobody has asked for.
    expect(fetched.some((url) => url.includes('segment-work'))).toBe(true);
    expect(fetched.filter((url) => url.includes('train-on-device'))).toEqual([]);
  },
);

test(
  'leaves nothing half done when the page is killed in the middle',
  { tag: '@plain' },
  async ({ page, context, choices, workerAfter }) => {
    await openLibrary(page);
    const workerUrl = workerAfter('slow-clock.js');
    const options = { ...OPTIONS, storageName: 'killed', workerUrl };
    const reached = page.evaluate(
      async (job) => {
        const vitrine = await window.library.createVitrine(job.options);
        for (const [n, item] of job.choices.entries()) {
          const time = job.now - (job.choices.length - n) * 60_000;
          await vitrine.track({ type: 'view_item', items: [{ ...item }], time });
        }
        await vitrine.rerank('/data/demo.json');
        const tuning = new Promise<void>((resolve) => {
          vitrine.on('learning', ({ phase, step }) => {
            if (phase === 'segments' && step > 10) resolve();
          });
        });
        void vitrine.learn.now();
        await tuning;
      },
      { options, choices, now: NOW },
    );
    await reached;
    const crashed = page.waitForEvent('crash');
    const session = await context.newCDPSession(page);
    // Nobody is left to answer.
    session.send('Page.crash').catch(() => undefined);
    await crashed;
    const next = await context.newPage();
    await openLibrary(next);
    const found = await next.evaluate(async (settings) => {
      const vitrine = await window.library.createVitrine(settings);
      await vitrine.rerank('/data/demo.json');
      const { version, versions } = await vitrine.learn.status();
      const { events } = await vitrine.stats();
      vitrine.dispose();
      return { version, versions, events };
    }, options);
    expect(found).toEqual({ version: 0, versions: [], events: 60 });
  },
);
