/** The bench of large catalogs: an index beside scoring all items, and the memory of the worker. */
import { writeFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, chromiumPath } from '../browser.mjs';
import { drawItems } from './index-items.mjs';
import { COUNT_AT_ONCE, NOTING_WORKER, workerBytes, writeNotingWorker } from './index-memory.mjs';
import { SITE } from './site.mjs';

/** @typedef {import('playwright').Browser} Browser */
/** @typedef {import('./index-worker.mjs').IndexFigure} IndexFigure */

/** Items of the worker whose memory is measured. */
const CANDIDATES = 10_000;

/**
 * Measures indexes, each in a worker of its own.
 *
 * @param {Browser} browser
 * @param {string} url - Of the site.
 * @param {{ sizes: readonly number[], limits: import('./rounds.mjs').Limits }} options
 * @returns {Promise<IndexFigure[]>} One per size.
 */
export async function measureIndexes(browser, url, { limits, sizes }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(0);
  await page.goto(`${url}/page.html`);
  const figures = [];
  for (const n of sizes) {
    /** @type {{ answer: IndexFigure, error?: string }} */
    const { answer, error } = await page.evaluate(
      async (job) => {
        const worker = new Worker('/site/index-worker.js', { type: 'module' });
        const answering = new Promise((resolve, reject) => {
          worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
          worker.addEventListener('error', (event) => reject(new Error(event.message)));
        });
        worker.postMessage(job);
        const data = await answering;
        worker.terminate();
        return data;
      },
      { n, limits },
    );
    if (error !== undefined) throw new Error(error);
    figures.push(answer);
  }
  await context.close();
  return figures;
}

/**
 * Memory of the feed worker after feeds of 10,000 candidates for a visitor who is known.
 *
 * In a browser of its own.
 *
 * @param {string} url - Of the site.
 * @returns {Promise<number>} Megabytes.
 */
export async function measureWorkerMemory(url) {
  writeNotingWorker(SITE);
  const lines = [...drawItems(CANDIDATES)].join('').trim().split('\n');
  writeFileSync(`${SITE}data/items-${CANDIDATES}.json`, `[${lines.join(',')}]`);
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS, COUNT_AT_ONCE],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/page.html`);
    await page.evaluate(
      async ({ candidates, workerUrl }) => {
        // A variable, so that the type checker does not look for the file.
        const script = '/dist/vitrine.js';
        const { createVitrine } = await import(script);
        const options = { workerUrl, maxCandidates: 50_000, timeoutMs: 60_000, logLevel: 'silent' };
        const vitrine = await createVitrine(options);
        // Its worker must live until it was measured.
        Object.assign(globalThis, { vitrine });
        const list = await (await fetch(candidates)).json();
        for (const item of list.slice(0, 5))
          await vitrine.track({ type: 'view_item', items: [item] });
        for (let time = 0; time < 3; time++) await vitrine.rerank(candidates);
      },
      { candidates: `/data/items-${CANDIDATES}.json`, workerUrl: NOTING_WORKER },
    );
    return (await workerBytes(page)) / 1e6;
  } finally {
    await browser.close();
  }
}
