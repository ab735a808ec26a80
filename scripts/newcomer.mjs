/**
 * `npm run newcomer`: what a newcomer goes through, timed: `git clone` into a fresh folder, `npm start`,
 * five clicks on products of one kind, rows of one's own. `--cold` gives npm an empty cache, `--json FILE`
 * writes the figures, `--docs` puts them into the quick start. Fails unless the rows become personal.
 * What is not committed is not tried.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHROMIUM_ARGS, chromiumPath } from './browser.mjs';
import { writeBetween } from './files.mjs';
import { processorInWords } from './machine.mjs';
import { inWords, keptBy, namedIn } from './newcomer/npm-cache.mjs';
import { isPersonal, lookAtFive } from './newcomer/shopper.mjs';
import { startShop } from './newcomer/start-shop.mjs';
import { docsOf, tableOf } from './newcomer/table.mjs';
import { ROOT } from './run.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('./newcomer/table.mjs').Step} Step */
/** @typedef {import('./newcomer/table.mjs').Run} Run */

const PAGE = `${ROOT}site/pages/quick-start.md`;

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {string} What it printed, without line breaks around it.
 */
function ask(program, args) {
  return execFileSync(program, args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

/**
 * Clones what is committed, as from a host without a way between.
 *
 * @param {string} folder - To be made.
 * @returns {Step} How long it took.
 */
function clone(folder) {
  const begin = performance.now();
  ask('git', ['clone', '--quiet', '--no-local', ROOT, folder]);
  return { name: '`git clone`, from this disk', seconds: (performance.now() - begin) / 1000 };
}

/**
 * @param {string} folder - Empty; holds the clone and, with `isCold`, npm's cache.
 * @param {boolean} isCold - Whether npm begins with an empty cache.
 * @returns {Promise<Run>} What it took and what was seen.
 * @throws {Error} When the shop does not start, or the shopper finds no way.
 */
async function go(folder, isCold) {
  const home = join(folder, 'vitrine');
  const cache = isCold ? join(folder, 'cache') : ask('npm', ['config', 'get', 'cache']);
  const cloned = clone(home);
  const kept = keptBy(cache, namedIn(join(home, 'package-lock.json')));
  const { chromium } = await import('playwright');
  // Their browser is open already.
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  const shop = await startShop(home, { npm_config_cache: cache }).catch(async (error) => {
    await browser.close();
    throw error;
  });
  try {
    const npmCache = inWords(kept, namedIn(join(home, 'node_modules', '.package-lock.json')));
    const visit = await lookAtFive(await browser.newPage(), shop.url);
    return {
      commit: ask('git', ['-C', home, 'rev-parse', '--short', 'HEAD']),
      machine: `${processorInWords()}, Node ${process.versions.node}, Chromium ${browser.version()}`,
      npmCache,
      steps: [cloned, ...shop.steps, ...visit.steps],
      seen: visit.seen,
      personal: isPersonal(visit.seen),
    };
  } finally {
    await browser.close();
    await shop.close();
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      cold: { type: 'boolean', default: false },
      docs: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  });
  Object.assign(process.env, await setUp({ browser: true }));
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-newcomer-'));
  try {
    const result = await go(folder, values.cold);
    console.log(`\n${tableOf(result)}`);
    if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(result, null, 2));
    if (!result.personal) {
      console.error(`The rows did not become personal: ${JSON.stringify(result.seen)}`);
      process.exitCode = 1;
    } else if (values.docs) writeBetween(PAGE, 'newcomer', docsOf(result));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
