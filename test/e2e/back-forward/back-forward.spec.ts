/** A page that the browser keeps as it is when it is left, or freezes, goes on as if nothing had been. */
import type { BrowserContext, Page } from '@playwright/test';
import { openFreezable, whileFrozen } from '../../../scripts/faults/freezable.mjs';
import type { Feed, Vitrine } from '../../../src/core/types.ts';
import { test as base, expect } from '../../helpers/e2e-site.ts';
import type { StaticServer } from '../../helpers/static-server.mjs';

/** What the page tells of itself. */
interface State {
  readonly reason: string;
  readonly titles: readonly string[];
  readonly eventIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly storage: string;
  readonly worker: string;
}

/** What it tells when it is back. */
interface Back {
  readonly before: State;
  readonly after: State;
}

declare global {
  interface Window {
    look: () => Promise<void>;
    state: () => Promise<State>;
    vitrine: Vitrine;
    /** What was asked for before the page was frozen. */
    underWay: Promise<Feed>;
  }
}

const test = base.extend<{ keeping: BrowserContext; freezing: BrowserContext }>({
  /** A browser that keeps pages: Playwright's own do not. */
  keeping: async ({ playwright, server }, use, { project }) => {
    // Of what may not be stored browsers keep nothing either.
    server.rules.push({ path: '/page.html', headers: { 'cache-control': 'max-age=60' } });
    const browser = await playwright.chromium.launch({
      ...project.use.launchOptions,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    });
    const context = await browser.newContext({ baseURL: server.url });
    await use(context);
    await browser.close();
    expect(toldOf(server, 'error'), 'errors in the pages').toEqual([]);
  },
  freezing: async ({ server }, use) => {
    const { close, context } = await openFreezable();
    await use(context);
    await close();
    expect(toldOf(server, 'error'), 'errors in the pages').toEqual([]);
  },
});

/** All that pages told under a name, oldest first. */
function toldOf<T>({ requests }: StaticServer, what: string): T[] {
  return requests
    .map(({ path }) => new URL(path, 'http://localhost'))
    .filter(({ pathname }) => pathname === `/told/${what}`)
    .map(({ search }) => JSON.parse(decodeURIComponent(search.slice(1))) as T);
}

/** The first thing that is told under a name. */
async function told<T>(server: StaticServer, what: string): Promise<T> {
  await expect.poll(() => toldOf(server, what)).toHaveLength(1);
  return toldOf<T>(server, what)[0] as T;
}

const each = (ids: readonly string[]): number => new Set(ids).size;

/** Opens the page and looks at five things. */
async function openPage(context: BrowserContext, server: StaticServer): Promise<[Page, State]> {
  const page = await context.newPage();
  await page.goto(`${server.url}/pages/back-forward/page.html`);
  const first = await told<State>(server, 'first');
  expect(first).toMatchObject({ reason: 'PERSONALIZED', storage: 'indexeddb' });
  expect(first.eventIds).toHaveLength(5);
  return [page, first];
}

const leave = (page: Page, search = ''): Promise<void> =>
  page.evaluate((to) => {
    location.href = to;
  }, `away.html${search}`);

/** What another tab finds on the disk. */
async function foundBy(
  context: BrowserContext,
  server: StaticServer,
): Promise<{ eventIds: string[]; reason: string }> {
  const page = await context.newPage();
  await page.goto(`${server.url}/pages/blank/page.html`);
  await page.waitForFunction(() => 'library' in window);
  return page.evaluate(async () => {
    const vitrine = await window.library.createVitrine({ consent: 'granted', device: 'js' });
    const { reason } = await vitrine.rerank('/data/demo.json');
    const { log } = await vitrine.profile.export();
    vitrine.dispose();
    return { eventIds: log.map(({ eventId }) => eventId), reason };
  });
}

test('a page out of the browser’s cache knows its visitor, and keeps what is done next @plain', async ({
  keeping,
  server,
}) => {
  const [page, first] = await openPage(keeping, server);
  await leave(page);
  // Told by a page that was kept alone; one that is loaded anew tells why it was not.
  const { after, before } = await told<Back>(server, 'back');
  expect(toldOf(server, 'loaded')).toEqual([]);
  expect(before).toEqual(first);
  expect(after).toMatchObject({ reason: 'PERSONALIZED', storage: 'indexeddb', worker: 'running' });
  expect(after.eventIds.slice(0, 5)).toEqual(first.eventIds);
  expect([each(after.eventIds), each(after.itemIds)]).toEqual([6, 6]);
  expect(await foundBy(keeping, server)).toEqual({
    eventIds: after.eventIds,
    reason: 'PERSONALIZED',
  });
});

test('what was told while the page was being left is kept once @plain', async ({
  keeping,
  server,
}) => {
  const [page, first] = await openPage(keeping, server);
  await page.evaluate(() => {
    for (let n = 0; n < 3; n += 1) void window.look();
    void window.state();
    location.href = 'away.html';
  });
  const { after, before } = await told<Back>(server, 'back');
  expect(before.eventIds.slice(0, 5)).toEqual(first.eventIds);
  expect([before.reason, before.eventIds.length, each(before.itemIds)]).toEqual([
    'PERSONALIZED',
    8,
    8,
  ]);
  expect([each(after.eventIds), each(after.itemIds)]).toEqual([9, 9]);
  expect(await foundBy(keeping, server)).toEqual({
    eventIds: after.eventIds,
    reason: 'PERSONALIZED',
  });
});

test('what is erased in another tab meanwhile is not known to a page that comes back @plain', async ({
  keeping,
  server,
}) => {
  const [page] = await openPage(keeping, server);
  await leave(page, '?held');
  await page.waitForURL('**/away.html?held');
  const other = await keeping.newPage();
  await other.goto('/pages/blank/page.html');
  await other.waitForFunction(() => 'library' in window);
  await other.evaluate(async () => {
    const vitrine = await window.library.createVitrine({ consent: 'granted', device: 'js' });
    await vitrine.profile.erase();
    vitrine.dispose();
  });
  server.rules.push({ path: '/go-back.txt', status: 204 });
  // Browsers may give a page up that is told of something: then it is loaded anew.
  const all = (): Pick<Back, 'before'>[] => [
    ...toldOf<Back>(server, 'back'),
    ...toldOf<Back>(server, 'loaded'),
  ];
  await expect.poll(all).toHaveLength(1);
  expect(all()[0]?.before).toMatchObject({ reason: 'COLD_START', eventIds: [], itemIds: [] });
});

test('a frozen page goes on with what was under way, and with what other tabs did @plain', async ({
  freezing,
  server,
}) => {
  const [page, first] = await openPage(freezing, server);
  // In the middle of a feed. Browsers freeze no page in the middle of a transaction.
  server.rules.push({ path: '/demo.json', delayMs: 1_500 });
  await page.evaluate(() => {
    window.underWay = window.vitrine.rerank('/data/demo.json');
  });
  await expect.poll(() => server.requests.at(-1)?.path).toBe('/data/demo.json');
  const lifecycle = await whileFrozen(page, async () => {
    const other = await freezing.newPage();
    await other.goto(`${server.url}/pages/blank/page.html`);
    await other.waitForFunction(() => 'library' in window);
    await other.evaluate(async () => {
      const vitrine = await window.library.createVitrine({ consent: 'granted', device: 'js' });
      await vitrine.track({ type: 'view_item', items: [{ id: 'elsewhere', title: 'Cat tree' }] });
      vitrine.dispose();
    });
    await other.close();
  });
  expect(lifecycle).toEqual(['freeze', 'resume']);
  const { after, underWay } = await page.evaluate(async () => {
    const { reason } = await window.underWay;
    await window.look();
    return { after: await window.state(), underWay: reason };
  });
  expect(underWay).toBe('PERSONALIZED');
  expect(after).toMatchObject({ reason: 'PERSONALIZED', storage: 'indexeddb', worker: 'running' });
  expect([each(after.eventIds), after.eventIds.length]).toEqual([7, 7]);
  expect(after.itemIds).toEqual(expect.arrayContaining([...first.itemIds, 'elsewhere']));
  const found = await foundBy(freezing, server);
  expect(found.eventIds.toSorted()).toEqual(after.eventIds.toSorted());
});
