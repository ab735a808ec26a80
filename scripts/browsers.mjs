/**
 * `npm run test:browsers`: the core paths end to end in Chromium, Firefox and WebKitGTK, one after the
 * other, against the built files. One list of checks for all.
 *
 * `--only NAME` (chromium, firefox, webkit), `--part LIST` (feeds, storage, pages, models) for parts of
 * the list, `--check TEXT` for the checks whose name has it, `--failed` for those that did not pass in
 * the last run; `--as-built` for dist/ as it is; `--install` to get missing browsers by apt (root on
 * Debian); `--docs` to write what was last found on this machine into docs/browsers.md. A browser that
 * is not there is left out, and said so. The last line is `N passed, N failed`.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CHROMIUM } from './browsers/chromium.mjs';
import { feedChecks, referenceFeed } from './browsers/checks/feeds.mjs';
import { MODEL_CHECKS } from './browsers/checks/models.mjs';
import { PAGE_CHECKS } from './browsers/checks/pages.mjs';
import { STORAGE_CHECKS } from './browsers/checks/storage.mjs';
import { FIREFOX } from './browsers/firefox.mjs';
import { runChecks } from './browsers/runner.mjs';
import { startSite } from './browsers/site.mjs';
import { Stage } from './browsers/stage.mjs';
import { keepResult, notPassed, writeTables } from './browsers/table.mjs';
import { WEBKIT } from './browsers/webkit.mjs';
import { ROOT, run, runCounted } from './run.mjs';

/** @typedef {import('./browsers/driver.mjs').Browser} Browser */
/** @typedef {import('./browsers/driver.mjs').Feed} Feed */
/** @typedef {import('./browsers/runner.mjs').Check} Check */
/** @typedef {import('./browsers/site.mjs').Site} Site */

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    part: { type: 'string' },
    failed: { type: 'boolean', default: false },
    check: { type: 'string', default: '' },
    'as-built': { type: 'boolean', default: false },
    install: { type: 'boolean', default: false },
    docs: { type: 'boolean', default: false },
  },
});

const BROWSERS = [CHROMIUM, FIREFOX, WEBKIT];

/** @param {readonly Browser[]} browsers - What they lack is installed. */
async function install(browsers) {
  const packages = browsers.flatMap((browser) => {
    return browser.missing().length > 0 ? browser.packages : [];
  });
  if (packages.length === 0) return;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`--install: needs root on Debian. Install ${packages.join(' ')} yourself.`);
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], env);
  await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], env);
}

/** @param {Browser} browser @returns {boolean} Whether it can run; says why not. */
function isThere({ missing, packages, title }) {
  const names = missing();
  if (names.length === 0) return true;
  console.log(
    `skipped ${title}: no ${names.join(', ')}. Debian: apt-get install ${packages.join(' ')}, or --install.`,
  );
  return false;
}

/** @param {Site} site @returns {Promise<Feed | null>} Chromium's; null where it is not there. */
async function findReference(site) {
  if (CHROMIUM.missing().length > 0) return null;
  const stage = new Stage(CHROMIUM, site);
  try {
    return await referenceFeed(stage);
  } finally {
    await stage.close();
  }
}

/**
 * @param {Feed | null} reference - Chromium's.
 * @returns {Record<string, readonly Check[]>} All checks, by part.
 */
function partsOf(reference) {
  return {
    feeds: feedChecks(reference),
    storage: STORAGE_CHECKS,
    pages: PAGE_CHECKS,
    models: MODEL_CHECKS,
  };
}

/** @param {Record<string, readonly Check[]>} parts @returns {Check[]} What was asked for. */
function chosenOf(parts) {
  const wanted = values.part?.split(',');
  const names = Object.keys(parts).filter((name) => wanted?.includes(name) ?? true);
  const checks = names.flatMap((name) => parts[name] ?? []);
  return checks.filter(({ name }) => name.includes(values.check));
}

/** @returns {Promise<{ passed: number, failed: number }>} Cases. */
async function main() {
  const chosen = BROWSERS.filter(({ name }) => [undefined, name].includes(values.only));
  if (chosen.length === 0) {
    throw new Error(`--only: got ${values.only}, expected chromium, firefox or webkit.`);
  }
  if (values.install) await install(chosen);
  const browsers = chosen.filter(isThere);
  if (!values['as-built']) {
    await run(process.execPath, ['scripts/build.mjs', '--if-stale', '--js-only']);
  }
  if (!existsSync(`${ROOT}dist/vitrine.whole.worker.js`)) throw new Error('There is no dist/.');
  const site = await startSite();
  let [passed, failed] = [0, 0];
  try {
    const reference = await findReference(site);
    const checks = chosenOf(partsOf(reference));
    for (const browser of browsers) {
      const own = values.failed ? notPassed(browser.name, checks) : checks;
      const rows = await runChecks(browser, site, own, keepResult);
      const wrong = rows.filter((row) => row.wrong.length > 0).length;
      failed += wrong;
      passed += rows.length - wrong;
    }
  } finally {
    await site.close();
  }
  if (values.docs) {
    const all = Object.values(partsOf(null)).flat();
    writeTables(all.map(({ name }) => name));
  }
  return { passed, failed };
}

await runCounted(main);
