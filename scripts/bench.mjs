/**
 * `npm run bench`: our kernels beside other libraries in one run of Chromium, the machine's own rates
 * and start-up. `--json FILE` writes the figures, `--docs` rewrites docs/performance.{md,json,svg},
 * `--quick` does few rounds up to 10,000 items, `--large` adds a million items, `--webgpu` adds our
 * kernel and TensorFlow.js on a software adapter, `--index` measures large catalogs alone. Needs
 * `npm run build`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { barsOf } from './bench/bars.mjs';
import { launch, measureSizes, measureStartup } from './bench/browser.mjs';
import { measureBytes } from './bench/bytes.mjs';
import { measureIndexes, measureWorkerMemory } from './bench/index-bench.mjs';
import { growthOf, indexReport, withIndexReport } from './bench/index-page.mjs';
import { measureMainThread } from './bench/main-thread.mjs';
import { reportOf, timeWords, withReport } from './bench/page.mjs';
import { plotOf } from './bench/plot.mjs';
import { quantile } from './bench/rounds.mjs';
import { startSite } from './bench/site.mjs';
import { processorInWords } from './machine.mjs';
import { ROOT } from './run.mjs';

/** @typedef {import('./bench/bars.mjs').Result} Result */
/** @typedef {import('./bench/worker.mjs').Answer} Answer */

const SIZES = { quick: [200, 1_000, 10_000], whole: [200, 1_000, 10_000, 100_000] };
const LARGE = 1_000_000;
const INDEX_SIZES = { quick: [10_000, 100_000], whole: [10_000, 100_000, LARGE] };
const DIMS = [64, 128];
const LIMITS = {
  quick: { rounds: 12, least: 3, budgetMs: 250 },
  whole: { rounds: 60, least: 3, budgetMs: 2_500 },
};
const VISITORS = { quick: { visitors: 2, visits: 3 }, whole: { visitors: 6, visits: 5 } };

/** @param {number} value @returns {number} Four significant digits. */
const rounded = (value) => Number(value.toPrecision(4));

/** @param {Answer} answer - Printed as a table. */
function tell({ failed, figures }) {
  const [first] = figures;
  if (first === undefined) return;
  console.log(`\n${first.n} items × ${first.d} dimensions, milliseconds`);
  console.table(
    figures.map(({ coldMs, impl, medianMs, p95Ms, recall }) => ({
      impl,
      median: timeWords(medianMs),
      p95: timeWords(p95Ms),
      cold: timeWords(coldMs),
      recall: recall.toFixed(4),
    })),
  );
  for (const { impl, reason } of failed) console.log(`${impl} could not be measured: ${reason}`);
}

/**
 * Measures large catalogs.
 *
 * @param {import('playwright').Browser} browser
 * @param {string} url - Of the site.
 * @param {'quick' | 'whole'} extent
 * @returns {Promise<Pick<Result, 'index' | 'workerMB'>>}
 */
async function measureLarge(browser, url, extent) {
  const options = { sizes: INDEX_SIZES[extent], limits: LIMITS[extent] };
  const figures = await measureIndexes(browser, url, options);
  const index = figures.map((figure) => ({
    ...figure,
    probes: rounded(figure.probes),
    scored: rounded(figure.scored),
    medianMs: rounded(figure.medianMs),
    exhaustiveMs: rounded(figure.exhaustiveMs),
    recall: rounded(figure.recall),
    megabytes: rounded(figure.megabytes),
  }));
  const workerMB = rounded(await measureWorkerMemory(url));
  console.table(index);
  console.log('Growth:', growthOf(index), '\nWorker with 10,000 items:', workerMB, 'MB');
  return { index, workerMB };
}

/**
 * @param {number} load - Of the machine, before.
 * @param {string} version - Of Chromium.
 * @returns {string} What it was measured on.
 */
function machineOf(load, version) {
  return `${processorInWords()} (load before: ${load.toFixed(1)}), Chromium ${version}`;
}

/**
 * Measures large catalogs alone, and puts what was measured beside the other figures.
 *
 * @param {{ quick: boolean, docs: boolean, json?: string | undefined }} options
 * @returns {Promise<void>}
 */
async function measureLargeAlone({ docs, json, quick }) {
  const [load = 0] = loadavg();
  const site = await startSite();
  const browser = await launch(false);
  try {
    const catalogs = await measureLarge(browser, site.url, quick ? 'quick' : 'whole');
    if (json !== undefined) write(json, `${JSON.stringify(catalogs, null, 2)}\n`);
    if (docs) writeLarge(catalogs, machineOf(load, browser.version()));
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * @param {Pick<Result, 'index' | 'workerMB'>} catalogs
 * @param {string} machine
 */
function writeLarge(catalogs, machine) {
  const page = `${ROOT}docs/performance.md`;
  const { index, workerMB } = catalogs;
  const report = indexReport(index, { machine, workerMB });
  write(page, withIndexReport(readFileSync(page, 'utf8'), report));
  const json = `${ROOT}docs/performance.json`;
  const before = JSON.parse(readFileSync(json, 'utf8'));
  write(json, `${JSON.stringify({ ...before, ...catalogs }, null, 2)}\n`);
}

/**
 * Measures everything.
 *
 * @param {{ quick: boolean, large: boolean, webgpu: boolean }} options
 * @returns {Promise<{ result: Result, machine: string, failed: Answer['failed'],
 *   withoutUsMs: number }>}
 */
async function measure({ large, quick, webgpu }) {
  const extent = quick ? 'quick' : 'whole';
  const sizes = large ? [...SIZES[extent], LARGE] : SIZES[extent];
  // Before anything runs: meanwhile it would tell of ourselves.
  const [load = 0] = loadavg();
  const site = await startSite();
  const browser = await launch(webgpu);
  try {
    const options = { sizes, dims: DIMS, webgpu, limits: LIMITS[extent], tell };
    const startup = await measureStartup(site.url, VISITORS[extent]);
    const { cls, longestTaskMs, withoutUsMs } = await measureMainThread(browser);
    console.log('Start-up:', startup, '\nMain thread:', { longestTaskMs, cls, withoutUsMs });
    const answers = await measureSizes(browser, site.url, options);
    const catalogs = await measureLarge(browser, site.url, extent);
    const kernels = answers.flatMap(({ figures }) => figures);
    const rate = (/** @type {'bandwidthGBs' | 'gigaMacsPerS'} */ name) =>
      rounded(
        quantile(
          answers.flatMap(({ rates }) => rates[name]),
          0.5,
        ),
      );
    return {
      machine: machineOf(load, browser.version()),
      withoutUsMs,
      failed: answers.flatMap(({ failed }) => failed),
      result: {
        kernels: kernels.map((figure) => ({
          ...figure,
          medianMs: rounded(figure.medianMs),
          p95Ms: rounded(figure.p95Ms),
          coldMs: rounded(figure.coldMs),
          recall: rounded(figure.recall),
        })),
        startup: {
          emptyMs: rounded(startup.emptyMs),
          firstFeedColdMs: rounded(startup.firstFeedColdMs),
          firstFeedWarmMs: rounded(startup.firstFeedWarmMs),
        },
        bandwidthGBs: rate('bandwidthGBs'),
        gigaMacsPerS: rate('gigaMacsPerS'),
        bytes: measureBytes(new Set(kernels.map(({ impl }) => impl))),
        mainThread: { longestTaskMs, cls },
        ...catalogs,
      },
    };
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(path, text);
}

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    docs: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    webgpu: { type: 'boolean', default: false },
    index: { type: 'boolean', default: false },
  },
});

/** Measures what the command line asks for, and writes it. */
async function main() {
  if (values.index) {
    await measureLargeAlone(values);
    return;
  }
  const { result, ...run } = await measure(values);
  const json = `${JSON.stringify(result, null, 2)}\n`;
  console.log(`\n${run.machine}`);
  console.table(barsOf(result));
  if (values.json !== undefined) write(values.json, json);
  if (values.docs) {
    const page = `${ROOT}docs/performance.md`;
    write(page, withReport(readFileSync(page, 'utf8'), reportOf(result, run)));
    write(`${ROOT}docs/performance.json`, json);
    write(`${ROOT}docs/performance.svg`, plotOf(result.kernels));
    writeLarge(result, run.machine);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
