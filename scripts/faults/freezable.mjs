/**
 * A browser whose pages can be frozen. In those that Playwright starts they cannot: it keeps every
 * page in the focus, and of a page in the focus Chromium ignores `Page.setWebLifecycleState` without a
 * word (Chromium 156). So it is started here, and Playwright only takes a seat in it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';

/** @typedef {import('playwright').BrowserContext} BrowserContext */
/** @typedef {import('playwright').Page} Page */

/**
 * @typedef {object} Freezable
 * @property {BrowserContext} context - With a profile of its own.
 * @property {() => Promise<void>} close - Ends the browser and removes the profile.
 */

/**
 * @param {import('node:child_process').ChildProcess} browser
 * @returns {Promise<string>} Where it listens.
 */
function addressOf(browser) {
  return new Promise((resolve, reject) => {
    let said = '';
    browser.stderr?.on('data', (text) => {
      said += text;
      const address = /DevTools listening on (\S+)/u.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    browser.once('error', reject);
    browser.once('exit', () => reject(new Error(`Chromium did not start: ${said}`)));
  });
}

/** @returns {Promise<Freezable>} Without a page. */
export async function openFreezable() {
  const profile = mkdtempSync(join(tmpdir(), 'vitrine-freezing-'));
  const args = ['--headless=new', '--remote-debugging-port=0', '--no-first-run'];
  const browser = spawn(
    chromiumPath(),
    [...args, `--user-data-dir=${profile}`, ...CHROMIUM_ARGS, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => browser.once('exit', resolve));
  const close = async () => {
    browser.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 30 });
  };
  try {
    const connected = await chromium.connectOverCDP(await addressOf(browser), { noDefaults: true });
    const [context] = connected.contexts();
    if (context === undefined) throw new Error('The browser has no context.');
    return { context, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** In a page: notes whether it was really frozen. */
const WATCH = `window.lifecycle = [];
for (const name of ['freeze', 'resume']) {
  document.addEventListener(name, () => window.lifecycle.push(name));
}`;

/**
 * Freezes a page while something is done.
 *
 * @param {Page} page - Of a browser of {@link openFreezable}.
 * @param {() => Promise<void>} work - Done by other pages.
 * @returns {Promise<string[]>} What the page heard of it: `freeze` and `resume`, or nothing when the
 *   browser did not do it. The page is in front again then.
 */
export async function whileFrozen(page, work) {
  await page.evaluate(WATCH);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await work();
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.bringToFront();
  await session.detach();
  return page.evaluate('window.lifecycle');
}
