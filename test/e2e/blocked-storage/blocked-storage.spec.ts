/** A visitor who has blocked site data in the browser's own settings, not in a worker made for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { eraseAll, itemsOf } from '../../helpers/e2e-shop.ts';
import { test as base, expect } from '../../helpers/e2e-site.ts';

/** "Don't allow sites to save data on your device". */
const PREFERENCES = { profile: { default_content_setting_values: { cookies: 2 } } };

const test = base.extend<{ blocked: Page }>({
  blocked: async ({ playwright, server }, use, { project }) => {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-blocked-'));
    mkdirSync(join(folder, 'Default'));
    writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(PREFERENCES));
    const context = await playwright.chromium.launchPersistentContext(folder, {
      ...project.use.launchOptions,
      baseURL: server.url,
    });
    const errors: string[] = [];
    context.on('weberror', (error) => errors.push(String(error.error())));
    await use(await context.newPage());
    await context.close();
    rmSync(folder, { recursive: true, force: true });
    expect(errors, 'errors in the pages').toEqual([]);
  },
});

test('personalises from memory, and erases and refuses without complaint', async ({
  blocked: page,
  demoItems,
}) => {
  await openLibrary(page);
  const found = await page.evaluate(
    async ({ options, looks }) => {
      const vitrine = await window.library.createVitrine(options);
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      const reasons = [(await vitrine.rerank('/data/demo.json')).reason];
      const { storage } = await vitrine.stats();
      await vitrine.profile.erase();
      const events = [(await vitrine.stats()).events];
      reasons.push((await vitrine.rerank('/data/demo.json')).reason);
      for (const item of looks) await vitrine.track({ type: 'view_item', items: [{ ...item }] });
      await vitrine.setConsent('denied');
      events.push((await vitrine.stats()).events);
      reasons.push((await vitrine.rerank('/data/demo.json')).reason);
      vitrine.dispose();
      return { storage, reasons, events };
    },
    {
      options: { ...REPEATABLE, device: 'js', consent: 'granted' } as const,
      looks: demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 5),
    },
  );
  expect(found.storage).toMatchObject({ mode: 'memory', reason: 'STORE_BLOCKED' });
  expect(found.reasons).toEqual(['PERSONALIZED', 'COLD_START', 'CONSENT_DENIED']);
  expect(found.events).toEqual([0, 0]);
});

test('the demo shop works for the life of a page, and says why not longer', async ({
  blocked: page,
  shop,
}) => {
  const [item] = itemsOf(shop, 'Kettles');
  await page.goto(`${shop.url}/p/${item?.id}`);
  await page.getByTestId('add-to-cart').click();
  await page.getByTestId('add-to-cart').click();
  await expect(page.getByTestId('cart-count')).toHaveText('2');
  await expect(page.getByRole('status').filter({ hasText: 'cart' })).toContainText('keep nothing');

  await page.getByTestId('panel-open').click();
  const forget = page.getByTestId('panel').getByRole('button', { name: /^Forget/ });
  await expect(forget).toHaveCount(3);
  await expect(page.getByText('It is kept until you leave this page.')).toBeVisible();
  await eraseAll(page);
  await expect(forget).toHaveCount(0);
  await expect(page.getByTestId('feed-status')).toContainText('lets nothing be remembered');
  await page.getByTestId('consent-toggle').uncheck();
  await expect(page.getByTestId('feed-status')).toContainText('nothing may be remembered');
  // What is shown to shoppers has no codes in it.
  const drawer = page.getByRole('dialog', { name: 'Your window' });
  expect(await drawer.innerText()).not.toMatch(/[A-Z]{2,}_[A-Z]{2,}/);

  await page.goto(`${shop.url}/cart`);
  await expect(page.getByTestId('cart-empty')).toContainText('keep nothing from page to page');
  await page.goto(shop.url);
  await expect(page.getByTestId('feed-status')).toContainText('lets nothing be remembered');
});
