/** What may be written to the device, and when. */
import type { Page } from '@playwright/test';
import type { Consent, Item } from '../../../src/core/types.ts';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

// The disk forgets by the real clock, so these tests run on it.
const { now: _still, ...OPTIONS } = { ...REPEATABLE, device: 'js' } as const;

interface Found {
  readonly reason: string;
  readonly order: readonly string[];
  readonly events: number;
  readonly storage: string;
}

/** Everything that a page can leave on the device, but the HTTP cache. */
async function leftOn(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookies: document.cookie,
  }));
}

const NOTHING = { databases: [], caches: [], local: [], session: [], cookies: '' };

/** Starts with a consent, looks at items, then goes through changes of consent, then ranks. */
async function visit(
  page: Page,
  job: { consent: Consent; looks?: readonly Item[]; changes?: readonly Consent[] },
): Promise<Found> {
  const options = { ...OPTIONS, consent: job.consent };
  return page.evaluate(
    async ({ settings, looks = [], changes = [] }): Promise<Found> => {
      const vitrine = await window.library.createVitrine(settings);
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      for (const consent of changes) await vitrine.setConsent(consent);
      const { reason, order } = await vitrine.rerank('/data/demo.json');
      const { events, storage } = await vitrine.stats();
      vitrine.dispose();
      return { reason, order, events, storage: storage.mode };
    },
    { settings: options, ...job },
  );
}

function somePets(items: readonly Item[]): Item[] {
  return items.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5);
}

test('unknown consent personalises the page and leaves nothing on the device', async ({
  page,
  demoItems,
}) => {
  await openLibrary(page);
  const found = await visit(page, { consent: 'unknown', looks: somePets(demoItems) });
  expect(found).toMatchObject({ reason: 'PERSONALIZED', events: 5, storage: 'memory' });
  expect(await leftOn(page)).toEqual(NOTHING);
  await openLibrary(page);
  expect(await visit(page, { consent: 'unknown' })).toMatchObject({ reason: 'COLD_START' });
});

test('consent given later puts the session on the disk', async ({ page, demoItems }) => {
  await openLibrary(page);
  const looks = somePets(demoItems);
  const found = await visit(page, { consent: 'unknown', looks, changes: ['granted'] });
  expect(found).toMatchObject({ reason: 'PERSONALIZED', events: 5, storage: 'indexeddb' });
  expect(await leftOn(page)).toEqual({ ...NOTHING, databases: ['vitrine'] });
  await openLibrary(page);
  const after = await visit(page, { consent: 'granted' });
  expect(after).toMatchObject({ reason: 'PERSONALIZED', events: 5, storage: 'indexeddb' });
});

test('consent denied wipes the disk and the server’s order stands', async ({ page, demoItems }) => {
  await openLibrary(page);
  const looks = somePets(demoItems);
  const found = await visit(page, { consent: 'granted', looks, changes: ['denied'] });
  expect(found).toMatchObject({ reason: 'CONSENT_DENIED', events: 0, storage: 'memory' });
  expect(found.order).toEqual(demoItems.map(({ id }) => id));
  expect(await leftOn(page)).toEqual(NOTHING);
  await openLibrary(page);
  expect(await visit(page, { consent: 'granted' })).toMatchObject({
    reason: 'COLD_START',
    events: 0,
  });
});

test('a visitor who does nothing leaves nothing, even with consent', async ({ page }) => {
  await openLibrary(page);
  const found = await visit(page, { consent: 'granted' });
  expect(found).toMatchObject({ reason: 'COLD_START', events: 0 });
  expect(await leftOn(page)).toEqual(NOTHING);
});

test('what the page tells of a row while it is being erased is not written again', async ({
  page,
  demoItems,
}) => {
  await openLibrary(page);
  await page.evaluate(
    async ({ settings, looks }) => {
      const vitrine = await window.library.createVitrine({ ...settings, consent: 'granted' });
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      const { rows } = await vitrine.rerank('/data/demo.json');
      const { id = '', items = [] } = rows[0] ?? {};
      const erased = vitrine.profile.erase();
      // The row is still on the screen, and its second of being seen is over just now.
      const seen = {
        type: 'view_item_list',
        items: items.map(({ itemId }) => itemId),
        rowId: id,
      } as const;
      await Promise.all([erased, vitrine.track(seen)]);
    },
    { settings: OPTIONS, looks: somePets(demoItems) },
  );
  expect(await leftOn(page)).toEqual(NOTHING);
});
