/**
 * Playwright's `test` with a static server per test: `server` serves the repository (dist/, the
 * pages under test/e2e/), is the base URL, keeps the list of requests and takes rules.
 *
 * @example
 * test('keeps the server’s order when the worker is missing', async ({ page, server }) => {
 *   server.rules.push({ path: 'vitrine.worker.js', status: 404 });
 *   await page.goto('/test/e2e/fallback/page.html');
 * });
 */
import { test as base } from '@playwright/test';
import { startStaticServer } from './static-server.mjs';
import type { StaticServer } from './static-server.mjs';

export { expect } from '@playwright/test';

/** See the module's header. */
export const test = base.extend<{ server: StaticServer }>({
  server: async ({ browserName: _unused }, use) => {
    const server = await startStaticServer();
    await use(server);
    await server.close();
  },
  baseURL: async ({ server }, use) => use(server.url),
});
