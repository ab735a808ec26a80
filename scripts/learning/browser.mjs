/**
 * Learning in a real browser, on the built files: beside feeds, and killed in the middle.
 */
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startStaticServer } from '../../test/helpers/static-server.mjs';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { ROOT } from '../run.mjs';

/** @typedef {import('../../src/core/types.ts').Item} Item */
/** @typedef {import('./visitors.mjs').Shopper} Shopper */

const NUM_FEEDS = 40;

/**
 * A host with the built files, the default pack and the candidates.
 *
 * @param {readonly Item[]} items
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function startHost(items) {
  const root = mkdtempSync(join(tmpdir(), 'vitrine-learning-'));
  symlinkSync(`${ROOT}dist`, join(root, 'dist'));
  cpSync(`${ROOT}packs/default`, join(root, 'pack'), { recursive: true });
  // Scores that arrive one by one make feeds encode the candidates anew: not what is timed here.
  rmSync(join(root, 'pack', 'attributes.bin'), { force: true });
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'data', 'items.json'), JSON.stringify(items));
  copyFileSync(`${ROOT}scripts/learning/page.html`, join(root, 'page.html'));
  const server = await startStaticServer({ root });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/**
 * Calls one of the page's functions (page.html).
 *
 * @template T
 * @param {import('playwright').Page} page
 * @param {'timeFeeds' | 'prepare' | 'begin' | 'look'} name
 * @param {object} [job]
 * @returns {Promise<T>}
 */
export function call(page, name, job = {}) {
  return page.evaluate(`window.${name}(${JSON.stringify(job)})`);
}

/**
 * @param {import('playwright').Page} page
 * @param {string} url - Of the host.
 * @returns {Promise<void>} When its functions are there.
 */
export async function openPage(page, url) {
  await page.goto(`${url}/page.html`);
  await page.waitForFunction('"look" in window');
}

/**
 * @param {Shopper | undefined} shopper
 * @returns {import('../../src/core/types.ts').LogRecord[]} Without the lists that were shown.
 */
export function choicesOf(shopper) {
  return shopper?.log.filter(({ type }) => type !== 'view_item_list') ?? [];
}

/**
 * @param {readonly number[]} values
 * @returns {number} 0 for none.
 */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Makes feeds alone and while learning goes on, in turn.
 *
 * @param {readonly Item[]} items
 * @param {readonly Shopper[]} shoppers - The first one's log is used.
 * @returns {Promise<{ numFeeds: number, alone: number, learning: number, ratio: number }>} Medians
 *   of milliseconds as the page measures them.
 */
export async function timeFeeds(items, [shopper]) {
  const host = await startHost(items);
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage();
    await openPage(page, host.url);
    /** @type {{ alone: number[], learning: number[] }} */
    const times = await call(page, 'timeFeeds', { log: choicesOf(shopper), numFeeds: NUM_FEEDS });
    const [alone, learning] = [median(times.alone), median(times.learning)];
    return { numFeeds: times.learning.length, alone, learning, ratio: learning / alone };
  } finally {
    await browser.close();
    await host.close();
  }
}
