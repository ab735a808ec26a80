/**
 * `npm run learning:kills -- --runs 50`: kills the browser in the middle of learning, at a drawn
 * moment, and looks at what the next one finds: the log whole, the old checkpoint or a whole new
 * one. The last line is `N passed, N failed`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { CHROMIUM_ARGS, chromiumPath } from './browser.mjs';
import { generateCatalog } from './demo-catalog/generate.mjs';
import { call, choicesOf, openPage, startHost } from './learning/browser.mjs';
import { shop } from './learning/visitors.mjs';
import { ROOT } from './run.mjs';

/** Learning lasts about this long here. */
const MOST_MS = 4_000;

/** @typedef {{ personalized: boolean, version: number, versions: number[], events: number, mode: string }} Found */

/**
 * @param {string} folder - Of the browser's profile.
 * @param {string} url - Of the host.
 */
async function open(folder, url) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: chromiumPath(),
    args: [...CHROMIUM_ARGS],
  });
  const [page = await context.newPage()] = context.pages();
  await openPage(page, url);
  return { context, page };
}

/**
 * Ends a browser without a chance to tidy up, as a power failure would; its children go with it.
 *
 * @param {import('playwright').BrowserContext} context
 * @param {string} folder - Of its profile: no other browser has it.
 */
async function kill(context, folder) {
  const closed = new Promise((resolve) => context.once('close', resolve));
  const processes = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const own = processes.filter((line) => line.includes(`--user-data-dir=${folder}`));
  const main = own.find((line) => !line.includes('--type='));
  if (main === undefined) throw new Error('The browser is not among the processes.');
  process.kill(Number.parseInt(main, 10), 'SIGKILL');
  await closed;
}

/**
 * @param {Found} before
 * @param {Found} after
 * @returns {string[]} What is not whole.
 */
function faults(before, after) {
  const found = [];
  if (after.mode !== 'indexeddb') found.push(`storage is ${after.mode}`);
  if (after.events !== before.events) found.push(`${after.events} events of ${before.events}`);
  if (!after.personalized) found.push('the feed is not personalised');
  const lost = before.versions.filter((version) => !after.versions.includes(version));
  // A new one may have made room for itself.
  if (lost.length > (after.versions.length === 5 ? 1 : 0)) found.push(`lost ${lost.join(', ')}`);
  if (!after.versions.includes(after.version)) found.push(`version ${after.version} is not there`);
  if (after.version < before.version) found.push(`back at ${after.version}`);
  return found;
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
/** @type {[typeof import('../src/simulate/population.ts'), typeof import('../src/core/rng.ts')]} */
const [{ createPopulation }, { createRandom }] = /** @type {any} */ (
  await Promise.all(
    ['simulate/population.ts', 'core/rng.ts'].map(
      async (path) =>
        (await runnerImport(`${ROOT}src/${path}`, { configFile: false, root: ROOT })).module,
    ),
  )
);
const { items } = generateCatalog({ seed: 1 });
const tools = { createPopulation, createRandom };
const [shopper] = shop(tools, items, { world: 'maker', visitors: 1, seed: 2 });
const random = createRandom(Number(values.seed), 'kills');
const host = await startHost(items);
const folder = mkdtempSync(join(tmpdir(), 'vitrine-kills-'));
let [passed, failed] = [0, 0];
try {
  let { context, page } = await open(folder, host.url);
  const verdict = await call(page, 'prepare', { log: choicesOf(shopper) });
  if (verdict !== 'kept') throw new Error(`The first run was ${verdict}.`);
  /** @type {Found} */
  let before = await call(page, 'look');
  for (let run = 1; run <= Number(values.runs); run++) {
    await call(page, 'begin');
    const after = Math.floor(random() * MOST_MS);
    await wait(after);
    await kill(context, folder);
    ({ context, page } = await open(folder, host.url));
    /** @type {Found} */
    const found = await call(page, 'look');
    const wrong = faults(before, found);
    if (wrong.length === 0) passed++;
    else failed++;
    const words = wrong.length === 0 ? 'whole' : wrong.join('; ');
    console.log(`${run}: killed after ${after} ms; version ${found.version}; ${words}`);
    before = found;
  }
  await context.close();
} finally {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exitCode = 1;
