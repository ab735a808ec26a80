/** What consent banners say reaches the instance, and what logging out leaves behind. */
import type { Page } from '@playwright/test';
import type * as consentEntry from '../../../src/consent.ts';
import type { Audit } from '../../../src/core/privacy.ts';
import type { Consent, Vitrine } from '../../../src/core/types.ts';
import { REPEATABLE } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const { now: _still, ...OPTIONS } = { ...REPEATABLE, device: 'js' } as const;

declare global {
  interface Window {
    /** The consent entry, put here by banners.html. */
    consent: typeof consentEntry;
    /** The page's instance. */
    shop: Vitrine;
    /** Google's snippet. */
    gtag: (command: string, action: string, fields: object) => void;
    /** The visitor's choice in the banner of IAB TCF. */
    tcfSay: (consents: Readonly<Record<number, boolean>>) => void;
    /** The visitor's choice in Shopify's banner. */
    shopifySay: (preferences: 'yes' | 'no' | '') => void;
  }
}

type Source = 'shopifyConsent' | 'googleConsent' | 'tcfConsent';

async function open(page: Page, sources: readonly Source[], options = {}): Promise<void> {
  await page.goto('/pages/consent/banners.html');
  await page.waitForFunction(() => 'consent' in window);
  await page.evaluate(
    async ([settings, names, rest]) => {
      window.shop = await window.library.createVitrine(settings);
      const made = names.map((name) => window.consent[name]());
      window.consent.connectConsent(window.shop, made, rest);
    },
    [OPTIONS, sources, options] as const,
  );
}

const consentOf = (page: Page): Promise<Consent> =>
  page.evaluate(async () => (await window.shop.profile.get()).consent);

const say = (page: Page, preferences: 'yes' | 'no' | ''): Promise<void> =>
  page.evaluate((choice) => window.shopifySay(choice), preferences);

const update = (page: Page, personalization_storage: string): Promise<void> =>
  page.evaluate((fields) => window.gtag('consent', 'update', fields), { personalization_storage });

const purposes = (page: Page, ...allowed: readonly number[]): Promise<void> =>
  page.evaluate(
    (choice) => window.tcfSay(Object.fromEntries(choice.map((purpose) => [purpose, true]))),
    allowed,
  );

test('Shopify’s banner is followed', async ({ page }) => {
  await open(page, ['shopifyConsent']);
  expect(await consentOf(page)).toBe('unknown');
  await say(page, 'yes');
  await expect.poll(() => consentOf(page)).toBe('granted');
  await say(page, 'no');
  await expect.poll(() => consentOf(page)).toBe('denied');
});

test('consent changes in the order of the calls', async ({ page }) => {
  await open(page, []);
  const states = await page.evaluate(async () => {
    const found: string[] = [];
    for (let round = 0; round < 10; round++) {
      await Promise.all([window.shop.setConsent('unknown'), window.shop.setConsent('granted')]);
      found.push((await window.shop.profile.get()).consent);
      await Promise.all([window.shop.setConsent('granted'), window.shop.setConsent('denied')]);
      found.push((await window.shop.profile.get()).consent);
    }
    return new Set(found).size === 2 ? found.slice(0, 2) : found;
  });
  expect(states).toEqual(['granted', 'denied']);
});

test('Google’s Consent Mode is followed', async ({ page }) => {
  await open(page, ['googleConsent']);
  expect(await consentOf(page)).toBe('unknown');
  await update(page, 'granted');
  await expect.poll(() => consentOf(page)).toBe('granted');
  await update(page, 'denied');
  await expect.poll(() => consentOf(page)).toBe('denied');
});

test('a banner of IAB TCF is followed', async ({ page }) => {
  await open(page, ['tcfConsent']);
  expect(await consentOf(page)).toBe('unknown');
  await purposes(page, 1, 5, 6);
  await expect.poll(() => consentOf(page)).toBe('granted');
  await purposes(page, 1);
  await expect.poll(() => consentOf(page)).toBe('denied');
});

test('of several banners the strictest counts, and an audit says whose word it is', async ({
  page,
}) => {
  await open(page, ['shopifyConsent', 'googleConsent', 'tcfConsent']);
  await say(page, 'yes');
  await update(page, 'granted');
  expect(await consentOf(page)).toBe('unknown');
  await purposes(page, 1, 5, 6);
  await expect.poll(() => consentOf(page)).toBe('granted');
  await update(page, 'denied');
  await expect.poll(() => consentOf(page)).toBe('denied');
  const { consent } = await page.evaluate((): Promise<Audit> => window.shop.audit());
  expect(consent.by).toContain('Google Consent Mode: denied');
});

test('Global Privacy Control holds where the shop lets it', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true });
  });
  await open(page, ['googleConsent'], { globalPrivacyControl: 'session' });
  await update(page, 'granted');
  const { consent } = await page.evaluate((): Promise<Audit> => window.shop.audit());
  expect(consent).toMatchObject({ state: 'unknown', isObserving: true });
  await open(page, [], { globalPrivacyControl: 'deny' });
  await expect.poll(() => consentOf(page)).toBe('denied');
});

for (const [name, selector, end] of [
  ['a link', 'a', '/pages/blank/page.html'],
  ['a form', 'button', '/pages/blank/page.html?end=now'],
] as const) {
  test(`who logs out by ${name} leaves nothing, and gets where it leads`, async ({
    page,
    demoItems,
  }) => {
    await open(page, ['googleConsent']);
    await update(page, 'granted');
    await expect.poll(() => consentOf(page)).toBe('granted');
    await page.evaluate(async (item) => {
      window.consent.eraseOnLogout(window.shop);
      await window.shop.track({ type: 'view_item', items: [{ ...item }] });
    }, demoItems[0]);
    expect(await page.evaluate(() => indexedDB.databases())).toHaveLength(1);
    await page.click(selector);
    await page.waitForURL(`**${end}`);
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);
  });
}

test('an audit names every key and every address of a visit', async ({
  page,
  demoItems,
  server,
}) => {
  await open(page, ['googleConsent']);
  await update(page, 'granted');
  await expect.poll(() => consentOf(page)).toBe('granted');
  const audit = await page.evaluate(
    async (items): Promise<Audit> => {
      await window.shop.rerank('/data/demo.json');
      for (const item of items) {
        await window.shop.track({ type: 'view_item', items: [{ ...item }] });
      }
      await window.shop.profile.set({ gift: true });
      return window.shop.audit();
    },
    demoItems.slice(0, 3),
  );
  expect(audit.kept).toMatchObject({ events: 3, byType: { view_item: 3 } });
  const found = await page.evaluate(async () => {
    const names: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
    const databases = (await indexedDB.databases()).map(({ name }) => name ?? '');
    const notes = [...Object.keys(sessionStorage), ...Object.keys(localStorage)];
    return [...databases, ...(await caches.keys()), ...names, ...notes].toSorted();
  });
  expect(found).toContain('vitrine-gift');
  const places = audit.storage.filter(({ kind }) => kind !== 'bucket');
  expect(places.map((place) => place.name).toSorted()).toEqual(found);
  expect(places.find(({ kind }) => kind === 'indexeddb')?.bytes).toBeGreaterThan(100);
  const asked = new Set(audit.requests.map(({ url }) => new URL(url).pathname));
  // All that the server saw but what the page itself loads.
  const seen = server.requests
    .map(({ path }) => new URL(path, server.url).pathname)
    .filter((path) => !path.startsWith('/pages/') && !/\/vitrine(-consent)?\.js$/u.test(path));
  expect([...new Set(seen)].filter((path) => !asked.has(path))).toEqual([]);
  expect(audit.requests.find(({ url }) => url.endsWith('/data/demo.json'))?.why).toContain(
    'candidates',
  );
  expect(audit.text).toContain('3 × view_item');
  const after = await page.evaluate(async (): Promise<Audit> => {
    await window.shop.profile.set({ gift: false });
    return window.shop.audit();
  });
  expect(after.storage.map(({ name }) => name)).not.toContain('vitrine-gift');
});
