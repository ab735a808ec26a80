/** Fuzzes what reaches the page's markup: in Chromium, one page for all runs, Trusted Types enforced. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { PAGE_FILE } from './build.mjs';
import { DEADLINE_MS, unfinished } from './thread.mjs';

/** @typedef {import('./thread.mjs').Job} Job */
/** @typedef {import('./thread.mjs').Outcome} Outcome */

const URL_OF_PAGE = 'https://shop.test/';

/** Nothing may run but our own file; a script in a sink is an error. */
const POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'";

/** Runs that the page is asked for at once; the deadline is for all of them. */
const AT_ONCE = 250;

/**
 * @param {Job} job
 * @returns {Promise<Outcome>}
 */
export async function fuzzMarkup(job) {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const faults = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => {
      faults.push('a dialog');
      void dialog.dismiss();
    });
    await page.route('**', (route) => answer(route));
    await page.goto(URL_OF_PAGE);
    await page.waitForFunction('"fuzzMarkup" in window');
    return await runAll(page, job, faults);
  } finally {
    await browser.close();
  }
}

/**
 * @param {import('playwright').Route} route
 * @returns {Promise<void>}
 */
function answer(route) {
  const { pathname, origin } = new URL(route.request().url());
  if (`${origin}/` !== URL_OF_PAGE) return route.abort();
  if (pathname === '/page.js') {
    return route.fulfill({ contentType: 'text/javascript', body: readFileSync(PAGE_FILE) });
  }
  if (pathname !== '/') return route.abort();
  return route.fulfill({
    contentType: 'text/html',
    headers: { 'content-security-policy': POLICY },
    body: '<!doctype html><title>Shop</title><script type="module" src="/page.js"></script>',
  });
}

/**
 * @param {import('playwright').Page} page
 * @param {Job} job
 * @param {readonly string[]} faults - Filled by the page's events.
 * @returns {Promise<Outcome>}
 */
async function runAll(page, { path, runs, seed }, faults) {
  let passed = 0;
  for (let part = 0; passed < runs; part++) {
    // Each part has a seed of its own, which its report names.
    const job = { runs: Math.min(AT_ONCE, runs - passed), seed: seed + part, path };
    /** @type {Promise<Outcome>} */
    const running = page.evaluate(`fuzzMarkup(${JSON.stringify(job)})`);
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((resolve) => {
      const what = `${job.runs} runs of seed ${job.seed} took more than ${DEADLINE_MS / 1000} s.`;
      timer = setTimeout(() => resolve(unfinished(passed, what)), DEADLINE_MS);
    });
    const outcome = await Promise.race([running, late]);
    clearTimeout(timer);
    const [fault] = faults;
    if (fault !== undefined) return unfinished(passed, `seed ${job.seed}: ${fault}`);
    passed += outcome.passed;
    if (outcome.failed > 0) return { ...outcome, passed };
    if (path !== undefined) break;
  }
  return { passed, failed: 0, report: '' };
}
