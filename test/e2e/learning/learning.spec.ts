/** Learning on the built files: the same on every device, kept over a reload, whole after a crash. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { Device, Item, VitrineOptions } from '../../../src/core/types.ts';
import type { LearnResult, LearnStatus } from '../../../src/core/learn.ts';
import { shop } from '../../../scripts/learning/visitors.mjs';
import { createRandom } from '../../../src/core/rng.ts';
import { createPopulation } from '../../../src/simulate/population.ts';
import { NOW, openLibrary, REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test as base } from '../../helpers/e2e-site.ts';

const PACK = fileURLToPath(new URL('../../../packs/default/', import.meta.url));

const test = base.extend<{ readonly choices: readonly Item[] }>({
  choices: async ({ siteRoot, demoItems }, use) => {
    const pack = join(siteRoot, 'data', 'learned-pack');
    cpSync(PACK, pack, { recursive: true });
    // Scoring the candidates would keep SwiftShader busy for minutes.
    rmSync(join(pack, 'attributes.bin'), { force: true });
    await use(byMaker(demoItems));
  },
});

/** What a simulated visitor chooses who shops by maker, which the pack's visitors did not. */
function byMaker(items: readonly Item[]): Item[] {
  const tools = { createPopulation, createRandom };
  const [shopper] = shop(tools, items, { world: 'maker', visitors: 1, seed: 2 });
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const chosen = shopper?.log.filter(({ type }) => type === 'view_item') ?? [];
  return chosen.flatMap(({ itemId }) => itemOf.get(itemId) ?? []);
}

// Each learns a few times; SwiftShader and busy machines need longer than the usual minute.
test.setTimeout(240_000);

const optionsOf = (device: Device, storageName = `learning-${device}`): VitrineOptions => ({
  ...REPEATABLE,
  device,
  storageName,
  consent: 'granted',
  pack: '/data/learned-pack',
});

/** Chooses, makes a feed, and learns before that begins by itself; on the page. */
function learnOn(
  page: Page,
  options: VitrineOptions,
  choices: readonly Item[],
): Promise<{ readonly result: LearnResult; readonly phases: readonly string[] }> {
  const data = { options, choices, now: NOW };
  return page.evaluate(async (job) => {
    const vitrine = await window.library.createVitrine(job.options);
    for (const [n, item] of job.choices.entries()) {
      const time = job.now - (job.choices.length - n) * 60_000;
      await vitrine.track({ type: 'view_item', items: [{ ...item }], time });
    }
    await vitrine.rerank('/data/demo.json');
    const phases = new Set<string>();
    const result = await vitrine.learn.now({ onProgress: ({ phase }) => phases.add(phase) });
    vitrine.dispose();
    return { result, phases: [...phases] };
  }, data);
}

/** What a new page finds: status, number of events, and places of some items. */
function look(
  page: Page,
  options: VitrineOptions,
): Promise<{ readonly status: LearnStatus; readonly events: number; readonly order: string }> {
  return page.evaluate(async (settings) => {
    const vitrine = await window.library.createVitrine(settings);
    const feed = await vitrine.rerank('/data/demo.json', { layout: 'list' });
    const status = await vitrine.learn.status();
    const { events } = await vitrine.stats();
    vitrine.dispose();
    return { status, events, order: JSON.stringify(feed.order.slice(0, 50)) };
  }, options);
}

test('learns the same on every device', async ({ page, choices }, { project }) => {
  const devices: readonly Device[] =
    project.name === 'webgpu' ? ['js', 'webgpu'] : ['js', 'wasm', 'cpu'];
  await openLibrary(page);
  const results = new Map<Device, LearnResult>();
  for (const device of devices) {
    // Few, for SwiftShader's sake: whether they are enough to be kept is not the question here. So
    // few leave the segments out too, which learn on WASM whatever the device is.
    const { result, phases } = await learnOn(page, optionsOf(device), choices.slice(0, 12));
    expect(result.device).toBe(device);
    expect(result.loss.at(-1)).toBeLessThan(result.loss[0] as number);
    expect(phases).toEqual(expect.arrayContaining(['lists', 'training', 'checking']));
    results.set(device, result);
  }
  const plain = results.get('js') as LearnResult;
  for (const { verdict, before, after, loss } of results.values()) {
    expect(verdict).toBe(plain.verdict);
    expect(before.ndcg).toBe(plain.before.ndcg);
    expect(after.ndcg).toBeCloseTo(plain.after.ndcg, 2);
    for (const [pass, value] of loss.entries()) {
      expect(value).toBeCloseTo(plain.loss[pass] as number, 3);
    }
  }
});

test(
  'ranks by what was learned after a reload, and as before after a rollback',
  { tag: '@plain' },
  async ({ page, choices }) => {
    const options = optionsOf('js');
    await openLibrary(page);
    await learnOn(page, options, choices);
    await page.reload();
    const learned = await look(page, options);
    expect(learned.status).toMatchObject({ version: 1, fresh: 0, isLearning: false });
    const back = await page.evaluate(async (settings) => {
      const vitrine = await window.library.createVitrine(settings);
      await vitrine.rerank('/data/demo.json');
      await vitrine.learn.rollback(0);
      const { order } = await vitrine.rerank('/data/demo.json', { layout: 'list' });
      const refused = await vitrine.learn
        .rollback(7)
        .catch((error: unknown) => (error as { code: string }).code);
      vitrine.dispose();
      return { order: JSON.stringify(order.slice(0, 50)), refused };
    }, options);
    expect(back.order).not.toBe(learned.order);
    expect(back.refused).toBe('OPTION_INVALID');
    await page.reload();
    const later = await look(page, options);
    expect(later.status).toMatchObject({ version: 0, versions: [{ version: 1 }] });
    expect(later.order).toBe(back.order);
  },
);

test(
  'ends when its signal says so, and changes nothing',
  { tag: '@plain' },
  async ({ page, choices }) => {
    await openLibrary(page);
    const data = { options: optionsOf('js'), choices };
    const made = await page.evaluate(async (job) => {
      const vitrine = await window.library.createVitrine(job.options);
      await vitrine.rerank('/data/demo.json');
      for (const item of job.choices)
        await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      const stop = new AbortController();
      // Learning rests while a feed is made, so it cannot be over before the page has answered.
      const onProgress = (): void => {
        void vitrine.rerank('/data/demo.json');
        stop.abort();
      };
      const result = await vitrine.learn.now({ onProgress, signal: stop.signal });
      const gone = await vitrine.learn.now({ signal: AbortSignal.abort() });
      const status = await vitrine.learn.status();
      vitrine.dispose();
      return { verdicts: [result.verdict, gone.verdict], status };
    }, data);
    expect(made.verdicts).toEqual(['aborted', 'aborted']);
    expect(made.status).toMatchObject({ version: 0, versions: [], isLearning: false });
  },
);

test('learns in one tab at a time', { tag: '@plain' }, async ({ page, context, choices }) => {
  const options = optionsOf('js');
  await openLibrary(page);
  await learnOn(page, options, choices);
  const other = await context.newPage();
  await openLibrary(other);
  const start = (where: Page): Promise<void> =>
    where.evaluate(async (settings) => {
      const vitrine = await window.library.createVitrine(settings);
      await vitrine.rerank('/data/demo.json');
      window.learner = vitrine;
    }, options);
  await Promise.all([start(page), start(other)]);
  const first = page.evaluate(() => {
    const begun = new Promise((resolve) => window.learner.on('learning', resolve));
    window.ended = window.learner.learn.now();
    return begun;
  });
  await first;
  const second = await other.evaluate(() => window.learner.learn.now());
  const { verdict } = await page.evaluate(() => window.ended);
  expect(second.verdict).toBe('busy');
  expect(['kept', 'discarded']).toContain(verdict);
});

/** Kills the page's process, as a phone that needs the memory does. */
async function kill(context: BrowserContext, page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  const session = await context.newCDPSession(page);
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

test(
  'leaves log and checkpoint whole when the page is killed in the middle',
  { tag: '@plain' },
  async ({ page: first, context, choices }) => {
    const options = optionsOf('js');
    await openLibrary(first);
    await learnOn(first, options, choices);
    await first.reload();
    const before = await look(first, options);
    let page = first;
    for (const wanted of ['lists', 'training', 'checking'] as const) {
      await page.evaluate(
        async ({ settings, phase }) => {
          const vitrine = await window.library.createVitrine(settings);
          await vitrine.rerank('/data/demo.json');
          const reached = new Promise<void>((resolve) => {
            vitrine.on('learning', (progress) => {
              if (progress.phase === phase) resolve();
            });
          });
          void vitrine.learn.now();
          await reached;
        },
        { settings: options, phase: wanted },
      );
      await kill(context, page);
      page = await context.newPage();
      await openLibrary(page);
      const { status, events, order } = await look(page, options);
      expect(events).toBe(before.events);
      // The checkpoint of before, or a whole new one: the kill may have come after the end.
      expect(status.versions.map(({ version }) => version)).toContain(1);
      expect(status.versions.map(({ version }) => version)).toContain(status.version);
      if (status.version === 1) expect(order).toBe(before.order);
    }
  },
);

declare global {
  interface Window {
    /** Of a test with two tabs. */
    learner: Awaited<ReturnType<typeof window.library.createVitrine>>;
    /** What the first tab waits for. */
    ended: Promise<LearnResult>;
  }
}
