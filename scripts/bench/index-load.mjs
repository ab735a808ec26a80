/**
 * `node scripts/bench/index-load.mjs INDEX`: what an index made by `vitrine index` costs a page. Serves
 * its folder, visits twice as a visitor who looked at three items, and prints how long it takes until
 * the index is there, how long feeds take, and the worker's memory. Needs `npm run build`.
 */
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { startStaticServer } from '../../test/helpers/static-server.mjs';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { ROOT } from '../run.mjs';
import { COUNT_AT_ONCE, NOTING_WORKER, workerBytes, writeNotingWorker } from './index-memory.mjs';

const SITE = `${ROOT}temp/index-load/`;
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Feeds after the first one whose time is told. */
const FEEDS = 5;

/**
 * One visit.
 *
 * @param {import('playwright').Page} page - Anywhere.
 * @param {string} url - Of the site.
 * @returns {Promise<object>} Milliseconds until a feed came out of the index, of the feeds after it,
 *   and how many items were candidates.
 */
async function visit(page, url) {
  await page.goto(`${url}/page.html`);
  return page.evaluate(
    async ({ feeds, workerUrl }) => {
      // A variable, so that the type checker does not look for the file.
      const script = '/dist/vitrine.js';
      const { createVitrine } = await import(script);
      const start = performance.now();
      const options = { workerUrl, consent: 'granted', logLevel: 'silent', timeoutMs: 60_000 };
      const vitrine = await createVitrine(options);
      // Its worker must live until it was measured.
      Object.assign(globalThis, { vitrine });
      const candidates = '/index/manifest.json';
      const { items } = await (await fetch(candidates)).json();
      for (const item of items.slice(0, 3))
        await vitrine.track({ type: 'view_item', items: [item] });
      let feed;
      do feed = await vitrine.rerank(candidates);
      while (
        feed.warnings.some((/** @type {{ code: string }} */ { code }) => code === 'INDEX_TIMEOUT')
      );
      const readyMs = Math.round(performance.now() - start);
      const feedMs = [];
      for (let time = 0; time < feeds; time++) {
        const before = performance.now();
        feed = await vitrine.rerank(candidates);
        feedMs.push(Math.round(performance.now() - before));
      }
      return { reason: feed.reason, readyMs, feedMs, candidates: feed.order.length };
    },
    { feeds: FEEDS, workerUrl: NOTING_WORKER },
  );
}

/**
 * Measures one index.
 *
 * @param {string} folder - Of the index.
 */
async function measure(folder) {
  rmSync(SITE, { recursive: true, force: true });
  mkdirSync(SITE, { recursive: true });
  symlinkSync(`${ROOT}dist`, `${SITE}dist`);
  symlinkSync(resolve(folder), `${SITE}index`);
  writeNotingWorker(SITE);
  writeFileSync(
    `${SITE}page.html`,
    '<!doctype html><title>Index</title><link rel="icon" href="data:,">',
  );
  const server = await startStaticServer({ root: SITE, rules: [{ path: '', headers: HEADERS }] });
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, COUNT_AT_ONCE],
  });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const first = await visit(page, server.url);
    const again = await visit(page, server.url);
    const workerMB = Math.round((await workerBytes(page)) / 1e6);
    const { numItems } = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
    console.log(JSON.stringify({ numItems, first, again, workerMB }, null, 2));
  } finally {
    await browser.close();
    await server.close();
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('node scripts/bench/index-load.mjs INDEX: expected the folder of an index.');
  process.exitCode = 1;
} else {
  await measure(folder);
}
