/** A browser and its pages, watched for every error that a shop's own monitoring would hear. */
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, WEBGPU_ARGS, chromiumPath } from '../browser.mjs';

/** @typedef {import('playwright').Browser} Browser */
/** @typedef {import('playwright').BrowserContext} BrowserContext */
/** @typedef {import('playwright').Page} Page */
/** @typedef {import('./site.mjs').Site} Site */
/** @typedef {{ visible: string, order: readonly string[], reason: string, device: string, ms: number }} Shown */
/** @typedef {import('../../src/core/types.ts').Stats} Stats */
/** @typedef {{ feeds: Shown[], stats: Stats, codes: string[], hits: string[] }} Made */
/** @typedef {import('../../src/core/types.ts').VitrineOptions} VitrineOptions */
/** @typedef {{ [K in keyof VitrineOptions]: VitrineOptions[K] | undefined }} Options */

/** @typedef {{ ids: string[], stats: Stats, codes: string[], reason: string, ms: number }} Looked */

/** A clock that stands still, so that feeds are repeatable. */
const NOW = Date.UTC(2026, 0, 15, 12);

/**
 * A page and what it complained of.
 *
 * @typedef {object} Visit
 * @property {Page} page
 * @property {string[]} errors - Uncaught errors and rejections, of pages and workers, and what was
 *   written to the console as an error by a script.
 */

/**
 * @param {{ webgpu?: boolean, args?: readonly string[] }} [options]
 * @returns {Promise<Browser>} With a software GPU where asked for.
 */
export function launch({ webgpu = false, args = [] } = {}) {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, ...(webgpu ? WEBGPU_ARGS : []), ...args],
  });
}

/**
 * @param {BrowserContext} context - Watched from now on.
 * @returns {string[]} Grows with every error.
 */
function watchErrors(context) {
  const errors = /** @type {string[]} */ ([]);
  context.on('weberror', (error) => errors.push(`uncaught: ${String(error.error())}`));
  context.on('console', (message) => {
    // What the browser itself says of a file that is missing or forbidden has no arguments.
    if (message.type() === 'error' && message.args().length > 0) errors.push(message.text());
  });
  return errors;
}

/**
 * Opens the page of the fault tests.
 *
 * @param {BrowserContext} context - Any; new ones have a profile of their own.
 * @param {string} address - With its origin.
 * @returns {Promise<Visit>} When its functions are there.
 */
export async function openVisit(context, address) {
  const errors = watchErrors(context);
  const page = await context.newPage();
  await page.goto(address);
  // Asked again from here: in the page, a policy may forbid what Playwright's own waiting evaluates.
  while (!(await page.evaluate('"faults" in window'))) await page.waitForTimeout(20);
  return { page, errors };
}

/** @typedef {import('./runner.mjs').Outcome} Outcome */

/**
 * Works in a browser of the case's own: two losses of a GPU may block WebGPU for all that follows.
 *
 * @param {Site} site
 * @param {Parameters<typeof launch>[0]} how
 * @param {(visit: Visit) => Promise<Outcome>} work
 * @returns {Promise<Outcome>} With what the page heard of.
 */
export async function inBrowser(site, how, work) {
  const browser = await launch(how);
  try {
    const visit = await openVisit(await browser.newContext(), `${site.url}/page.html`);
    const outcome = await work(visit);
    return { ...outcome, wrong: [...outcome.wrong, ...(await errorsOf(visit))] };
  } finally {
    await browser.close();
  }
}

/**
 * Makes feeds in a page.
 *
 * @param {Page} page - Opened by {@link openVisit}.
 * @param {Site} site
 * @param {Options} options - In the place of those of repeatable feeds; undefined leaves one out.
 * @param {{ feeds?: number, keep?: boolean, looks?: readonly string[] }} [how] - One feed by
 *   default, after looks at five items of a kind.
 * @returns {Promise<Made>} Feeds, figures, codes that were told, faults that struck.
 */
export function makeFeeds(
  page,
  site,
  options,
  { feeds = 1, keep = false, looks = site.looks } = {},
) {
  const work = {
    options: { seed: 7, now: NOW, timeoutMs: 30_000, logLevel: 'silent', ...options },
    candidates: '/data/items.json',
    looks,
    feeds,
    keep,
  };
  return page.evaluate(`window.faults.make(${JSON.stringify(work)})`);
}

/**
 * @param {Visit} visit
 * @returns {Promise<string[]>} Errors that the page or the browser heard of.
 */
export async function errorsOf({ errors, page }) {
  /** @type {string[]} */
  const own = await page.evaluate('window.faults.errors');
  return [...errors, ...own];
}

/**
 * @param {Shown} feed
 * @param {Site} site
 * @returns {boolean} Whether it is the server's order, whole.
 */
export function isServers({ order }, { items }) {
  return order.length === items.length && items.every(({ id }, i) => id === order[i]);
}

/**
 * What is wrong with a feed after a fault: it must be that of plain JavaScript, or the server's.
 *
 * @param {Shown | undefined} feed
 * @param {{ site: Site, plain: string }} expected - What plain JavaScript makes of the same visitor.
 * @returns {string[]} None for a right one.
 */
export function wrongWith(feed, { plain, site }) {
  if (feed === undefined) return ['no feed'];
  if (feed.visible === plain) return [];
  if (isServers(feed, site) && feed.reason !== 'PERSONALIZED') return [];
  return [`a wrong feed, told as ${feed.reason} on ${feed.device}`];
}

/**
 * @param {Site} site
 * @returns {string[]} Items that the page has acknowledged since the last time.
 */
export function takenAcks({ server }) {
  const paths = server.requests.splice(0).map(({ path }) => path);
  return paths.filter((path) => path.startsWith('/ack/')).map((path) => path.slice(5));
}
