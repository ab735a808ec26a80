/** The bench's runs in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { assemble } from '../kernels/assemble.mjs';
import { CHROMIUM_ARGS, WEBGPU_ARGS, chromiumPath } from '../browser.mjs';
import { IMPLEMENTATIONS } from './implementations.mjs';
import { ratesText } from './rates-module.mjs';
import { quantile } from './rounds.mjs';

/** @typedef {import('playwright').Browser} Browser */
/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./worker.mjs').Answer} Answer */
/** @typedef {{ empty: number[], cold: number[], warm: number[] }} Times */
/** @typedef {{ emptyMs: number, firstFeedColdMs: number, firstFeedWarmMs: number }} Startup */

/** Segments and the visitor's own vector. */
const VECTORS = 16 + 1;
const TOP = 20;

/** Above it only our kernels and TensorFlow.js are measured, a few times. */
const LARGE = 1_000_000;

/** @param {boolean} webgpu @returns {Promise<Browser>} With a software adapter where asked for. */
export function launch(webgpu) {
  const args = [...CHROMIUM_ARGS, ...(webgpu ? WEBGPU_ARGS : [])];
  return chromium.launch({ executablePath: chromiumPath(), args });
}

/**
 * @template T
 * @param {Page} page
 * @param {'runSize' | 'startEmpty' | 'firstFeed' | 'lookAround'} name - Of a function of page.html.
 * @param {object} [job]
 * @returns {Promise<T>}
 */
function call(page, name, job = {}) {
  return page.evaluate(`window.${name}(${JSON.stringify(job)})`);
}

/**
 * @param {import('playwright').BrowserContext} context
 * @param {string} url
 * @returns {Promise<Page>} A new page of the site, ready.
 */
async function openPage(context, url) {
  const page = await context.newPage();
  await page.goto(`${url}/page.html`);
  await page.waitForFunction('"lookAround" in window');
  return page;
}

/**
 * Measures all sizes, one after the other.
 *
 * @param {Browser} browser
 * @param {string} url - Of the site.
 * @param {{ sizes: readonly number[], dims: readonly number[], webgpu: boolean,
 *   limits: import('./rounds.mjs').Limits, tell: (answer: Answer) => void }} options - `tell` is
 *   called after each size.
 * @returns {Promise<Answer[]>} One per size.
 */
export async function measureSizes(browser, url, { dims, limits, sizes, tell, webgpu }) {
  const rates = [...(await assemble(ratesText()))];
  const context = await browser.newContext();
  const page = await openPage(context, url);
  page.setDefaultTimeout(0);
  const answers = [];
  for (const n of sizes) {
    for (const d of dims) {
      const names = Object.entries(IMPLEMENTATIONS)
        .filter(([, { most, onlyWithWebgpu }]) => n <= most && (webgpu || !onlyWithWebgpu))
        .map(([name]) => name);
      const size = { n, d, s: VECTORS, top: TOP };
      const own = n < LARGE ? limits : { ...limits, rounds: Math.min(limits.rounds, 20) };
      /** @type {Answer} */
      const answer = await call(page, 'runSize', { size, names, limits: own, rates });
      tell(answer);
      answers.push(answer);
    }
  }
  await context.close();
  return answers;
}

/**
 * @param {import('playwright').BrowserContext} context - Of a visitor who is new.
 * @param {string} url
 * @param {number} visits - How often the visitor comes back.
 * @param {Times} times - Added to.
 */
async function oneVisitor(context, url, visits, times) {
  const first = await openPage(context, url);
  /** @type {{ ms: number }} */
  const cold = await call(first, 'firstFeed');
  times.cold.push(cold.ms);
  await call(first, 'lookAround');
  // The empty worker's first time fetches its file and makes its database.
  await call(first, 'startEmpty');
  await first.close();
  for (let visit = 0; visit < visits; visit++) {
    const beside = await openPage(context, url);
    times.empty.push(await call(beside, 'startEmpty'));
    await beside.close();
    const page = await openPage(context, url);
    /** @type {{ ms: number, personalized: boolean, reason: string }} */
    const { ms, personalized, reason } = await call(page, 'firstFeed');
    if (!personalized) throw new Error(`A warm feed was not personalised: ${reason}.`);
    times.warm.push(ms);
    await page.close();
  }
}

/**
 * Times first feeds beside an empty worker with a database, in turns, each on a page of its own. Each
 * visitor has a browser with a profile on the disk: one without would forget what it compiled.
 *
 * @param {string} url - Of the site.
 * @param {{ visitors: number, visits: number }} options - Each visitor has a cold visit and then warm ones.
 * @returns {Promise<Startup>} Medians.
 * @throws {Error} When a warm feed is not personalised: then it is not what was to be timed.
 */
export async function measureStartup(url, { visitors, visits }) {
  /** @type {Times} */
  const times = { empty: [], cold: [], warm: [] };
  for (let visitor = 0; visitor < visitors; visitor++) {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
    const options = { executablePath: chromiumPath(), args: [...CHROMIUM_ARGS], headless: true };
    const context = await chromium.launchPersistentContext(folder, options);
    try {
      await oneVisitor(context, url, visits, times);
    } finally {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const median = (/** @type {number[]} */ values) => quantile(values, 0.5);
  return {
    emptyMs: median(times.empty),
    firstFeedColdMs: median(times.cold),
    firstFeedWarmMs: median(times.warm),
  };
}
