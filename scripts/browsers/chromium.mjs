/** Chromium by Playwright, as the other tests have it. */
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../browser.mjs';

/** @typedef {import('./driver.mjs').Browser} Browser */
/** @typedef {import('./driver.mjs').Session} Session */

/**
 * @param {string | null} profile
 * @returns {Promise<import('playwright').BrowserContext>}
 */
async function launch(profile) {
  const options = { executablePath: findChromium() ?? '', args: [...CHROMIUM_ARGS] };
  if (profile !== null) return chromium.launchPersistentContext(profile, options);
  const browser = await chromium.launch(options);
  const context = await browser.newContext();
  context.once('close', () => void browser.close());
  return context;
}

/** @param {string | null} profile @returns {Promise<Session>} */
async function open(profile) {
  const context = await launch(profile);
  const errors = /** @type {string[]} */ ([]);
  context.on('weberror', (error) => errors.push(`uncaught: ${String(error.error())}`));
  context.on('console', (message) => {
    // What the browser itself says of a file that is missing or forbidden has no arguments.
    if (message.type() === 'error' && message.args().length > 0) errors.push(message.text());
  });
  return {
    version: context.browser()?.version() ?? '',
    newTab: async () => {
      const page = await context.newPage();
      return {
        open: async (url) => void (await page.goto(url)),
        reload: async () => void (await page.reload()),
        evaluate: (expression) => page.evaluate(expression),
        click: (x, y) => page.mouse.click(x, y),
        close: () => page.close(),
      };
    },
    errors: async () => errors.splice(0),
    close: () => context.close(),
  };
}

/** @type {Browser} */
export const CHROMIUM = {
  name: 'chromium',
  title: 'Chromium',
  packages: ['chromium', 'fonts-liberation'],
  missing: () => (findChromium() === undefined ? ['chromium'] : []),
  open,
};
