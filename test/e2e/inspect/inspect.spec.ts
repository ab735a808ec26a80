/** The inspector, as who looks into a page opens it: on the demo shop and on a page of one's own. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { InspectionExport } from '../../../src/inspect/export-all.ts';
import type { Feed } from '../../../src/core/types.ts';
import type * as Library from '../../../src/index.ts';
import { axeFaults } from '../../helpers/e2e-axe.ts';
import { itemsOf, lookAt, profileOf, shiftsOf, windowReason } from '../../helpers/e2e-shop.ts';
import { LIBRARY, expect, test } from '../../helpers/e2e-site.ts';

/** Nothing may become a script, a style or markup. */
const STRICT = "style-src 'self'; require-trusted-types-for 'script'; trusted-types vitrine";

const PANEL = 'vitrine-inspector';

async function openTab(page: Page, name: string): Promise<Locator> {
  await page.getByRole('tab', { name }).click();
  return page.locator('vitrine-inspector').getByTestId('panel');
}

async function shownIds(page: Page): Promise<string[]> {
  return page.locator('vitrine-feed').evaluate((element) => {
    const { feed } = element as unknown as { readonly feed: Feed };
    return feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
  });
}

const numberOf = async (locator: Locator): Promise<number> =>
  Number(await locator.getAttribute('data-value'));

test('@plain shows what the feed is made of, makes it again, and puts others in its place', async ({
  page,
  shop,
}) => {
  test.slow();
  await lookAt(page, shop, itemsOf(shop, 'Frying pans').slice(0, 5));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${shop.url}/?vitrine=inspect`);
  expect(await windowReason(page)).toBe('PERSONALIZED');
  const panel = page.locator('vitrine-inspector[ready]');
  await expect(panel.getByTestId('entry').first()).toBeVisible();
  // Not the whole panel: a ring around all of it says nothing.
  await expect(page.getByRole('tab', { name: 'Feed' })).toBeFocused();
  expect(await shiftsOf(page)).toBe(0);
  expect(await panel.locator('[style]').count()).toBe(0);
  const own = await shownIds(page);

  // Score parts as bars that sum to the score.
  const entry = panel.getByTestId('entry').first();
  const itemId = (await entry.getAttribute('data-item')) ?? '';
  expect(itemId).toBe(own[0]);
  await entry.click();
  await expect(entry).toBeFocused();
  const parts = panel.getByTestId('parts').locator('td[data-value]');
  const score = await numberOf(panel.getByTestId('score'));
  const values = await Promise.all((await parts.all()).map(numberOf));
  const sum = values.slice(0, -1).reduce((total, value) => total + value, 0);
  expect(values.length).toBeGreaterThan(3);
  expect(sum).toBeCloseTo(score, 9);
  expect(await axeFaults(page, PANEL)).toEqual([]);

  // And why not: an item of the same kind that is on the page, but in no row of it.
  const other = shop.items.find(({ id }) => !own.includes(id))!;
  await panel.getByTestId('why-not').fill(other.id);
  await panel.getByTestId('why-not').press('Enter');
  const answer = panel.locator(`[data-testid="item"][data-item="${other.id}"]`);
  await expect(answer).toContainText('in no row');
  await expect(answer.getByTestId('chances').locator('tr').first()).toBeVisible();

  const visitor = await openTab(page, 'Visitor');
  await expect(
    visitor.getByTestId('vector-longTerm').locator('[data-block="category"]'),
  ).toContainText('Frying pans');
  await expect(visitor.getByTestId('segment').first()).toContainText('%');

  // The same rows from the seed, before and after the log has moved on.
  await openTab(page, 'Replay');
  const replay = panel.getByTestId('replay');
  await panel
    .getByRole('button', { name: /^Replay feed/u })
    .first()
    .click();
  await expect(replay).toHaveAttribute('data-same', 'true');
  await page.evaluate(
    async (looks) => {
      const source = '/assets/engine.js';
      const engine = (await import(source)) as { report: (interaction: object) => Promise<void> };
      for (const item of looks) await engine.report({ type: 'view_item', items: [item] });
    },
    itemsOf(shop, 'Desk lamps').slice(0, 3) as object[],
  );
  await panel
    .getByRole('button', { name: /^Replay feed/u })
    .first()
    .click();
  await expect(panel.getByTestId('replay-now')).toContainText(/[3-9] interactions more/u);
  await expect(replay).toHaveAttribute('data-same', 'true');
  expect(await axeFaults(page, PANEL)).toEqual([]);

  // A segment's page in the shop's own window, and back.
  await openTab(page, 'Try as');
  await panel.getByTestId('force-segment').selectOption('gardeners');
  await panel.getByRole('button', { name: 'Show its page' }).first().click();
  await expect(panel.getByTestId('forced')).toContainText('would see it');
  const forced = await shownIds(page);
  const { recent } = await profileOf(page);
  expect(forced).not.toEqual(own);
  await panel.getByTestId('force-persona').fill(itemsOf(shop, 'Desk lamps')[0]!.id);
  await panel.getByTestId('force-persona').press('Enter');
  await expect.poll(() => shownIds(page)).not.toEqual(forced);
  expect(await axeFaults(page, PANEL)).toEqual([]);
  await panel.getByTestId('back').click();
  await expect(panel.getByTestId('forced')).toHaveCount(0);
  expect(await shownIds(page)).toEqual(own);
  expect((await profileOf(page)).recent).toEqual(recent);

  // The page as it was after the second look, and back.
  await openTab(page, 'Log');
  const looks = panel.getByRole('button', { name: /^Page then, after view_item of/u });
  await looks.nth((await looks.count()) - 2).click();
  await expect(panel.getByTestId('status')).toContainText('The page after view_item');
  await expect(panel.getByTestId('forced')).toContainText('The page after view_item');
  expect((await shownIds(page)).length).toBeGreaterThan(10);
  expect(await shownIds(page)).not.toEqual(own);
  await panel.getByTestId('back').click();
  await expect(panel.getByTestId('forced')).toHaveCount(0);
  expect(await shownIds(page)).toEqual(own);

  const last = `Forget view_item of ${recent[0]?.title ?? ''}`;
  await panel.getByRole('button', { name: last, exact: true }).click();
  await expect(panel.getByTestId('status')).toContainText('Forgot 1 interaction');
  expect((await profileOf(page)).recent).toEqual(recent.slice(1));

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByTestId('export').click(),
  ]);
  const all = JSON.parse(readFileSync(await file.path(), 'utf8')) as InspectionExport;
  expect(all).toMatchObject({ format: 'vitrine-inspection', page: `${shop.url}/` });
  expect(all.replays.map(({ number }) => number)).toEqual(
    all.inspection.feeds.map(({ number }) => number),
  );
  // Rows that are seen meanwhile are recorded between the one question and the other.
  expect(all.stats.events).toBeGreaterThanOrEqual(8);
  expect(all.log.log.length).toBeGreaterThanOrEqual(all.stats.events);
  expect(all.inspection.feeds.length).toBeGreaterThan(0);

  // A narrow and dark screen.
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 390, height: 844 });
  await openTab(page, 'Visitor');
  expect(await axeFaults(page, PANEL)).toEqual([]);
  const box = (await panel.boundingBox())!;
  expect([box.x, box.width]).toEqual([0, 390]);
  const wide = await panel.getByTestId('panel').evaluate((el) => el.scrollWidth - el.clientWidth);
  expect(wide).toBe(0);
});

/** Ranks on a page that has no element for rows. */
async function rowsOfOwnPage(page: Page): Promise<number> {
  return page.evaluate(async (library) => {
    const source = `${library}vitrine.js`;
    const { createVitrine } = (await import(source)) as Pick<typeof Library, 'createVitrine'>;
    const vitrine = await createVitrine({ consent: 'granted', logLevel: 'silent' });
    const feed = await vitrine.rerank('/data/demo.json');
    // The second and third come too fast to be a visitor's.
    const itemId = feed.order[0]!;
    for (let n = 0; n < 3; n++) await vitrine.track({ type: 'view_item', itemId });
    return feed.rows.length;
  }, LIBRARY);
}

test('@plain opens by a bookmarklet, goes by keyboard, and is gone without a trace', async ({
  page,
  server,
}) => {
  const headers = { 'content-security-policy': STRICT };
  server.rules.push({ path: 'blank/page.html', headers });
  await page.goto(`${server.url}/pages/blank/page.html`);
  const rows = await rowsOfOwnPage(page);
  // As typed into the address, after `javascript:`.
  await page.evaluate(`import('${LIBRARY}vitrine-inspect.js').then(m=>m.openInspector())&&0`);
  const panel = page.locator('vitrine-inspector[ready]');
  await expect(panel.getByTestId('row')).toHaveCount(rows);
  await page.evaluate(`import('${LIBRARY}vitrine-inspect.js').then(m=>m.openInspector())&&0`);
  await expect(panel).toHaveCount(1);

  await page.getByRole('tab', { name: 'Feed' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Visitor' })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Visitor' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(panel.getByTestId('timings')).toBeVisible();
  await expect(panel.getByTestId('panel')).toContainText('2 interactions, too fast');
  for (const name of ['Engine', 'Rules', 'Log']) {
    await openTab(page, name);
    expect(await axeFaults(page, PANEL), name).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.lastElementChild?.tagName)).toBe(
    'BODY',
  );
});

test('@plain is silent where its file was not published', async ({ page, server }) => {
  server.rules.push({ path: 'vitrine-inspect.js', status: 404 });
  const missing = page.waitForResponse(/vitrine-inspect\.js/u);
  await page.goto(`${server.url}/pages/blank/page.html?a=1&vitrine=inspect`);
  expect((await missing).status()).toBe(404);
  const rows = await rowsOfOwnPage(page);
  expect(rows).toBeGreaterThan(0);
  await expect(page.locator('vitrine-inspector')).toHaveCount(0);
});
