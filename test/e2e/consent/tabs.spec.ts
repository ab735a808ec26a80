/** Consent and erasure in three tabs of one shop, as the browser's own storage shows it. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Consent, Feed, Item, ProfileExport, Vitrine } from '../../../src/core/types.ts';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

// The disk forgets by the real clock, so these tests run on it.
const { now: _still, ...OPTIONS } = { ...REPEATABLE, device: 'js' } as const;

declare global {
  interface Window {
    /** The instance of a tab. */
    tab: Vitrine;
    /** Consent that other tabs changed, in order. */
    told: Consent[];
  }
}

/** Everything that a page can leave on the device, but the HTTP cache. */
async function leftOn(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      files,
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      cookies: document.cookie,
    };
  });
}

const NOTHING = { databases: [], caches: [], files: [], local: [], session: [], cookies: '' };

async function openTab(
  context: BrowserContext,
  options: { consent: Consent; whenUnknown?: 'server'; globals?: string },
): Promise<Page> {
  const page = await context.newPage();
  await openLibrary(page);
  await page.evaluate(
    async (settings) => {
      window.tab = await window.library.createVitrine(settings);
      window.told = [];
      window.tab.on('consent', ({ consent }) => window.told.push(consent));
      await window.tab.profile.get();
    },
    { ...OPTIONS, ...options },
  );
  return page;
}

async function look(page: Page, items: readonly Item[]): Promise<void> {
  await page.evaluate(async (looks) => {
    for (const item of looks) await window.tab.track({ type: 'view_item', items: [{ ...item }] });
  }, items);
}

const rank = (page: Page): Promise<Pick<Feed, 'order' | 'reason'>> =>
  page.evaluate(async () => {
    const { order, reason } = await window.tab.rerank('/data/demo.json');
    return { order, reason };
  });

const exported = (page: Page): Promise<ProfileExport> =>
  page.evaluate(() => window.tab.profile.export());

function somePets(items: readonly Item[]): Item[] {
  return items.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 6);
}

test('a refusal in one tab empties all three, their memory and the disk', async ({
  context,
  demoItems,
}) => {
  const tabs = [
    await openTab(context, { consent: 'granted' }),
    await openTab(context, { consent: 'granted' }),
    await openTab(context, { consent: 'unknown' }),
  ];
  const [a, b, c] = tabs as [Page, Page, Page];
  const pets = somePets(demoItems);
  await look(a, pets.slice(0, 3));
  await look(b, pets.slice(3));
  await look(c, pets);
  for (const tab of tabs) expect((await rank(tab)).reason).toBe('PERSONALIZED');
  expect(await leftOn(a)).toMatchObject({ databases: ['vitrine'] });
  await a.evaluate(() => window.tab.setConsent('denied'));
  for (const tab of [b, c]) {
    await expect
      .poll(() => tab.evaluate(() => window.told), { timeout: 1_000 })
      .toEqual(['denied']);
  }
  for (const tab of tabs) {
    const { items, log } = await exported(tab);
    expect([items, log]).toEqual([[], []]);
    expect(await rank(tab)).toEqual({
      order: demoItems.map(({ id }) => id),
      reason: 'CONSENT_DENIED',
    });
    // What they do from now on is not written either.
    await look(tab, pets);
  }
  for (const tab of tabs) expect((await exported(tab)).log).toEqual([]);
  expect(await leftOn(c)).toEqual(NOTHING);
});

test('erasing in one tab empties all three, and what follows is recorded anew', async ({
  context,
  demoItems,
}) => {
  const tabs = [
    await openTab(context, { consent: 'granted' }),
    await openTab(context, { consent: 'granted' }),
    await openTab(context, { consent: 'granted' }),
  ];
  const [a, b, c] = tabs as [Page, Page, Page];
  await look(a, somePets(demoItems));
  for (const tab of tabs) expect((await rank(tab)).reason).toBe('PERSONALIZED');
  await a.evaluate(() => window.tab.profile.erase());
  for (const tab of tabs) {
    await expect.poll(async () => (await exported(tab)).log, { timeout: 1_000 }).toEqual([]);
    expect((await rank(tab)).reason).toBe('COLD_START');
  }
  expect(await leftOn(a)).toEqual(NOTHING);
  await look(b, somePets(demoItems).slice(0, 1));
  expect((await exported(c)).log).toHaveLength(1);
});

test('consent given in two tabs at once keeps every look once, and both tabs’ choices', async ({
  context,
  demoItems,
}) => {
  const [a, b] = [
    await openTab(context, { consent: 'unknown' }),
    await openTab(context, { consent: 'unknown' }),
  ];
  const pets = somePets(demoItems);
  await look(a, pets.slice(0, 4));
  await look(b, pets.slice(2));
  await rank(a);
  await rank(b);
  await a.evaluate(() => window.tab.segments.follow('home-cooks'));
  await b.evaluate(() => window.tab.segments.follow('gardeners'));
  expect(await leftOn(a)).toEqual(NOTHING);
  await Promise.all([a, b].map((tab) => tab.evaluate(() => window.tab.setConsent('granted'))));
  for (const tab of [a, b]) {
    const { log, settings } = await exported(tab);
    expect(log).toHaveLength(8);
    expect(new Set(log.map(({ eventId }) => eventId)).size).toBe(8);
    expect([...settings.followed].toSorted()).toEqual(['gardeners', 'home-cooks']);
  }
  expect(await leftOn(a)).toMatchObject({ databases: ['vitrine'], local: [], cookies: '' });
});

test('where the shop wants it, unknown consent observes nothing at all', async ({
  context,
  demoItems,
}) => {
  const page = await openTab(context, { consent: 'unknown', whenUnknown: 'server' });
  await look(page, somePets(demoItems));
  expect(await rank(page)).toEqual({
    order: demoItems.map(({ id }) => id),
    reason: 'CONSENT_UNKNOWN',
  });
  expect((await exported(page)).log).toEqual([]);
  expect(await leftOn(page)).toEqual(NOTHING);
});

test('a worker that is started anew knows what another tab has taken back', async ({
  context,
  demoItems,
}) => {
  const [a, b] = [
    await openTab(context, { consent: 'granted' }),
    await openTab(context, { consent: 'granted' }),
  ];
  await b.evaluate(() => window.tab.setConsent('denied'));
  await expect.poll(() => a.evaluate(() => window.told)).toEqual(['denied']);
  const { length } = a.workers();
  expect(length).toBe(1);
  // An error that nobody catches in the worker is how the page hears of its end.
  await a.workers()[0]?.evaluate(() => {
    setTimeout(() => {
      throw new Error('The worker dies.');
    });
  });
  await look(a, somePets(demoItems)).catch(() => undefined);
  await expect
    .poll(() => a.evaluate(async () => (await window.tab.profile.get()).consent))
    .toBe('denied');
  expect(await leftOn(a)).toEqual(NOTHING);
});
