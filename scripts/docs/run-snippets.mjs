/**
 * Runs every `js` and `html` snippet in Chromium against dist/, each in a profile of its own. One
 * fails by an uncaught error, a console error, a file that is not there, or a feed that fell back.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { isException } from './exceptions.mjs';
import { faultAt } from './pages.mjs';
import { SCRIPT_PAGE, moduleOf, pageOf } from './snippet-pages.mjs';
import { startSnippetServer } from './snippet-server.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */
/** @typedef {{ page: Page, line: number, language: string, code: string, path: string }} Job */

const AT_ONCE = 2;
const WAIT_MS = 60_000;
/** Reasons of a feed that nothing went wrong with. */
const FINE = new Set([
  'PERSONALIZED',
  'COLD_START',
  'LOW_CONFIDENCE',
  'HOLDOUT',
  'CONSENT_UNKNOWN',
]);

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Job[]} What is run.
 */
function jobsOf(pages) {
  return pages.flatMap((page) =>
    page.snippets
      .filter(({ language }) => language === 'js' || language === 'html')
      .filter((snippet) => !isException(page, snippet))
      .map(({ code, language, line }) => {
        const name = `${page.path.replaceAll('/', '-')}-${line}`;
        return { page, line, language, code, path: `/snippet/${name}.${language}` };
      }),
  );
}

/**
 * @param {readonly Job[]} jobs - What is run.
 * @returns {ReadonlyMap<string, string>} What the shop serves for them.
 */
function textsOf(jobs) {
  return new Map([
    ['/snippet/start.html', SCRIPT_PAGE],
    ...jobs.map(
      ({ code, language, path }) =>
        /** @type {const} */ ([path, language === 'js' ? moduleOf(code) : pageOf(code)]),
    ),
  ]);
}

/**
 * @param {import('playwright').Page} tab - Empty.
 * @param {Job} job - A `js` snippet.
 * @param {string} url - Of the shop.
 */
async function runScript(tab, { path }, url) {
  await tab.goto(`${url}/snippet/start.html`);
  await tab.evaluate(async (script) => {
    const start = '/check/snippet-start.mjs';
    await import(start);
    await import(script);
  }, path);
}

/**
 * Opens a page, waits until its instance is there and, where the page has an element that knows its
 * candidates, for its feed.
 *
 * @param {import('playwright').Page} tab - Empty.
 * @param {Job} job - An `html` snippet.
 * @param {string} url - Of the shop.
 */
async function openPage(tab, { code, path }, url) {
  await tab.addInitScript(() => {
    const page = /** @type {any} */ (globalThis);
    page.firstReason = new Promise((resolve) => {
      page.addEventListener('vitrine:feed', (/** @type {any} */ { detail }) =>
        resolve(detail.reason),
      );
    });
  });
  await tab.goto(url + path);
  const wantsFeed = code.includes('<vitrine-feed') && !code.includes('mode="reorder"');
  const hasTag = !code.includes('<script type="module">') || wantsFeed;
  if (hasTag && !code.includes('createVitrine')) {
    await tab.evaluate(
      () =>
        new Promise((resolve) => {
          const page = /** @type {any} */ (globalThis);
          page.vitrine_queue = page.vitrine_queue ?? [];
          page.vitrine_queue.push(() => resolve(undefined));
        }),
    );
  }
  if (!wantsFeed) return;
  const reason = await Promise.race([
    tab.evaluate(() => /** @type {any} */ (globalThis).firstReason),
    wait(WAIT_MS, 'no feed was shown', { ref: false }),
  ]);
  if (!FINE.has(reason)) throw new Error(`the feed fell back: ${reason}`);
}

/**
 * @param {import('playwright').Browser} browser - Running.
 * @param {Job} job - What to run.
 * @param {string} url - Of the shop.
 * @returns {Promise<string[]>} What went wrong.
 */
async function tryJob(browser, job, url) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  tab.setDefaultTimeout(WAIT_MS);
  /** @type {string[]} */
  const faults = [];
  tab.on('pageerror', ({ message }) => faults.push(message));
  tab.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  tab.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()} ${response.url()}`);
  });
  try {
    await (job.language === 'js' ? runScript(tab, job, url) : openPage(tab, job, url));
  } catch (error) {
    faults.push(/** @type {Error} */ (error).message.split('\n', 2).join(' '));
  }
  await context.close();
  return faults;
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Promise<Finding>} Snippets that fail.
 */
export async function runSnippets(pages) {
  const jobs = jobsOf(pages);
  const server = await startSnippetServer(textsOf(jobs));
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  const waiting = jobs.values();
  /** @type {string[]} */
  const faults = [];
  const work = async () => {
    for (const job of waiting) {
      const found = await tryJob(browser, job, server.url);
      if (found.length > 0) faults.push(faultAt(job.page, job.line, found.join(' · ')));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await browser.close();
  server.close();
  return { checked: jobs.length, faults };
}
