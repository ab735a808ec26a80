/** A profile carried from one device to another, in the browser's own cryptography. */
import type { Page } from '@playwright/test';
import type { ProfileExport, Vitrine } from '../../../src/core/types.ts';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { expect, test } from '../../helpers/e2e-site.ts';

const { now: _still, ...REST } = { ...REPEATABLE, device: 'js' } as const;
const OPTIONS = { ...REST, consent: 'granted' } as const;
const passphrase = 'ein längerer Satz';

declare global {
  interface Window {
    /** The instance of a device. */
    device: Vitrine;
  }
}

async function openDevice(page: Page): Promise<void> {
  await openLibrary(page);
  await page.evaluate(async (options) => {
    window.device = await window.library.createVitrine(options);
  }, OPTIONS);
}

const exported = (page: Page): Promise<ProfileExport> =>
  page.evaluate(() => window.device.profile.export());

const takeOver = (page: Page, capsule: string, options: object): Promise<number | string> =>
  page.evaluate(
    ([text, request]) =>
      window.device.profile
        .import(text, request)
        .catch((error: unknown) => (error as { code: string }).code),
    [capsule, options] as const,
  );

test('a capsule moves a taste to another device, and nobody else can read it', async ({
  browser,
  demoItems,
  page,
  server,
}) => {
  const looks = demoItems.filter(({ categoryPath }) => categoryPath?.[0] === 'Pets').slice(0, 4);
  await openDevice(page);
  const capsule = await page.evaluate(
    async ([items, secret]) => {
      for (const item of items) {
        await window.device.track({ type: 'view_item', items: [{ ...item }] });
      }
      return window.device.profile.export({ passphrase: secret });
    },
    [looks, passphrase] as const,
  );
  expect(capsule).toMatch(/^vitrine-capsule:1:600000:/u);
  expect(capsule).not.toContain(looks[0]?.id);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await context.newPage();
  await openDevice(other);
  expect(await takeOver(other, capsule, {})).toBe('CAPSULE_PASSPHRASE');
  expect(await takeOver(other, capsule, { passphrase: 'another sentence' })).toBe(
    'CAPSULE_PASSPHRASE',
  );
  expect(await takeOver(other, capsule.slice(0, -8), { passphrase })).toBe('CAPSULE_PASSPHRASE');
  expect(await takeOver(other, 'no capsule', { passphrase })).toBe('CAPSULE_INVALID');
  expect((await exported(other)).log).toEqual([]);
  expect(await takeOver(other, capsule, { passphrase })).toBe(4);
  expect(await takeOver(other, capsule, { passphrase })).toBe(0);
  expect((await exported(other)).log).toEqual((await exported(page)).log);
  const reason = await other.evaluate(
    async () => (await window.device.rerank('/data/demo.json')).reason,
  );
  expect(reason).toBe('PERSONALIZED');
  expect(await other.evaluate(() => window.device.profile.undo())).toBe(4);
  await context.close();
});

test('what cannot be sent to the worker is refused by its code', async ({ page }) => {
  await openDevice(page);
  const codes = await page.evaluate(async () => {
    const revocable = Proxy.revocable({}, {});
    revocable.revoke();
    const hostile: unknown[] = [
      revocable.proxy,
      () => 0,
      Symbol('x'),
      { format: 'vitrine-profile', version: 1, log: [() => 0], items: document.body },
      null,
    ];
    const refused = hostile.map((value) =>
      window.device.profile.import(value as never).then(
        (count) => count,
        (error: unknown) => (error as { code?: string }).code,
      ),
    );
    return Promise.all(refused);
  });
  expect(codes).toEqual(codes.map(() => 'CAPSULE_INVALID'));
});

test('a page without https cannot encrypt, and says so', async ({ page, server }) => {
  // Chromium trusts localhost, but not a name that leads there.
  const insecure = server.url.replace('127.0.0.1', 'shop.test');
  await page.route(`${insecure}/**`, async (route) => {
    const response = await route.fetch({
      url: route.request().url().replace(insecure, server.url),
    });
    await route.fulfill({ response });
  });
  await page.goto(`${insecure}/pages/blank/page.html`);
  await page.waitForFunction(() => 'library' in window);
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false);
  const code = await page.evaluate(
    async ([options, secret]) => {
      const vitrine = await window.library.createVitrine(options);
      return vitrine.profile
        .export({ passphrase: secret })
        .catch((error: unknown) => (error as { code: string }).code);
    },
    [OPTIONS, passphrase] as const,
  );
  expect(code).toBe('CAPSULE_UNAVAILABLE');
});
