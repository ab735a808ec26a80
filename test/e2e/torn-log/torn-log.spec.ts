/** Chromium deletes a database whose log is torn, at the second restart, and tells nobody. We do. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { databaseFolder, tearLog } from '../../../scripts/faults/torn-log.mjs';
import { countCopied } from '../../helpers/count-copied.mjs';
import { REPEATABLE, openLibrary } from '../../helpers/e2e-feeds.ts';
import { test as base, expect } from '../../helpers/e2e-site.ts';

/** A browser that is closed and opened again on the same profile. */
interface Browser {
  readonly profile: string;
  visit(work: (page: Page) => Promise<void>): Promise<void>;
}

const test = base.extend<{ browserOf: Browser }>({
  browserOf: async ({ playwright, server }, use, { project }) => {
    const profile = mkdtempSync(join(tmpdir(), 'vitrine-torn-'));
    const errors: string[] = [];
    const open = (): Promise<BrowserContext> =>
      playwright.chromium.launchPersistentContext(profile, {
        ...project.use.launchOptions,
        baseURL: server.url,
      });
    await use({
      profile,
      async visit(work) {
        const context = await open();
        context.on('weberror', (error) => errors.push(String(error.error())));
        const page = await context.newPage();
        await openLibrary(page);
        await work(page);
        await context.close();
      },
    });
    rmSync(profile, { recursive: true, force: true });
    expect(errors, 'errors in the pages').toEqual([]);
  },
});

/** Looks at items, and says what the engine then knows. */
function look(page: Page, from: number, count: number) {
  return page.evaluate(
    async ({ options, ids }) => {
      const vitrine = await window.library.createVitrine(options);
      for (const id of ids) {
        await vitrine.track({ type: 'view_item', items: [{ id, title: `Lamp ${id}` }] });
      }
      const { events, storage } = await vitrine.stats();
      return { events, storage };
    },
    {
      options: { ...REPEATABLE, device: 'js', consent: 'granted' } as const,
      ids: Array.from({ length: count }, (_, index) => `lamp-${from + index}`),
    },
  );
}

/** What the engine knows once it has looked into the copy; the test ends by its own timeout if it does not. */
function know(page: Page) {
  return page.evaluate(
    async (options) => {
      const vitrine = await window.library.createVitrine(options);
      const settled = async (): Promise<{ events: number; restored: number }> => {
        await vitrine.profile.get(); // refreshes
        const { events, storage } = await vitrine.stats();
        return { events, restored: storage.restored?.events ?? 0 };
      };
      let found = await settled();
      while (found.restored === 0) found = await settled();
      return found;
    },
    { ...REPEATABLE, device: 'js', consent: 'granted' } as const,
  );
}

test(
  'a profile whose database was deleted for its torn log comes back',
  { tag: '@plain' },
  async ({ browserOf, server }) => {
    await browserOf.visit(async (page) => {
      expect(await look(page, 0, 20)).toMatchObject({ events: 20 });
      await expect.poll(() => page.evaluate(countCopied, 'vitrine')).toBe(20);
    });
    tearLog(databaseFolder(browserOf.profile, server.url), 40);
    await browserOf.visit(async (page) => {
      const { events, storage } = await look(page, 20, 5);
      expect(storage.mode).toBe('indexeddb');
      expect(events).toBeGreaterThan(20);
      await expect.poll(() => page.evaluate(countCopied, 'vitrine')).toBe(25);
    });
    await browserOf.visit(async (page) => {
      // All of it: that the browser had deleted everything is what Chromium does until it is mended.
      expect(await know(page)).toEqual({ events: 25, restored: 25 });
    });
  },
);
