/**
 * `npm run docs:check`: looks at README.md, docs/ and the pages of the site. No dead link, no command
 * that is not there, no snippet that fails, no figure that no script wrote. `--quick` leaves out what
 * needs a browser (it is a stage of `npm test`), `--only NAME` runs one check, `--page TEXT` looks at
 * the pages with TEXT in their path, `--json FILE` writes what was found. The last line is `N passed, N failed`.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkCommands } from './docs/commands.mjs';
import { staleExceptions } from './docs/exceptions.mjs';
import { checkFigures } from './docs/figures.mjs';
import { checkJson } from './docs/json.mjs';
import { checkFirstCode, checkLinks } from './docs/links.mjs';
import { allPages, otherPages } from './docs/pages.mjs';
import { checkTypes } from './docs/types.mjs';
import { ROOT, run, runCounted } from './run.mjs';
import { setUp } from './setup.mjs';

/** @typedef {import('./docs/markdown.mjs').Page} Page */
/** @typedef {import('./docs/pages.mjs').Finding} Finding */

/**
 * @typedef {object} Check
 * @property {string} name - For `--only`.
 * @property {boolean} [isSlow] - Left out by `--quick`.
 * @property {boolean} [isBroad] - Looks at pages for those who work on the project, too.
 * @property {boolean} [needsAll] - Tells of what no page has, so it must see all of them.
 * @property {(pages: readonly Page[]) => Finding | Promise<Finding>} find - The check.
 */

/** @type {readonly Check[]} */
const CHECKS = [
  { name: 'links', isBroad: true, needsAll: true, find: checkLinks },
  { name: 'order', needsAll: true, find: checkFirstCode },
  {
    name: 'exceptions',
    needsAll: true,
    find: (pages) => ({ checked: 1, faults: staleExceptions(pages) }),
  },
  { name: 'json', find: checkJson },
  { name: 'commands', isBroad: true, find: checkCommands },
  { name: 'types', find: checkTypes },
  { name: 'figures', find: checkFigures },
  { name: 'snippets', isSlow: true, find: inBrowser },
];

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Promise<Finding>} Snippets that fail in Chromium.
 */
async function inBrowser(pages) {
  Object.assign(process.env, await setUp({ browser: true }));
  if (!existsSync(`${ROOT}dist/vitrine.cli.js`)) {
    await run(process.execPath, ['scripts/build.mjs', '--if-stale']);
  }
  const { runSnippets } = await import('./docs/run-snippets.mjs');
  return runSnippets(pages);
}

/**
 * @param {Check} check - To run.
 * @param {readonly Page[]} pages - To look at.
 * @returns {Promise<Finding>} What it found; an error of its own is one fault.
 */
async function runCheck({ find, name }, pages) {
  const start = performance.now();
  /** @type {Finding} */
  let finding = { checked: 1, faults: [] };
  try {
    finding = await find(pages);
  } catch (error) {
    finding = { checked: 1, faults: [`${name}: ${/** @type {Error} */ (error).stack}`] };
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  for (const fault of finding.faults) console.log(fault);
  console.log(
    `── ${name}: ${finding.checked} looked at, ${finding.faults.length} wrong, ${seconds} s`,
  );
  return finding;
}

/**
 * @param {readonly string[]} args - Of the command.
 * @returns {Promise<{ passed: number, failed: number, faults: string[] }>} How many things are right
 *   and wrong, and what is.
 */
async function main(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      page: { type: 'string', default: '' },
      json: { type: 'string' },
    },
  });
  const isWanted = (/** @type {Page} */ { path }) => path.includes(values.page);
  const pages = allPages().filter(isWanted);
  const others = otherPages().filter(isWanted);
  const checks = CHECKS.filter(
    ({ isSlow = false, name, needsAll = false }) =>
      (values.only === undefined || values.only === name) &&
      !(values.quick && isSlow) &&
      !(values.page !== '' && needsAll),
  );
  if (checks.length === 0) throw new Error(`No check ${values.only}.`);
  /** @type {{ passed: number, failed: number, faults: string[] }} */
  const total = { passed: 0, failed: 0, faults: [] };
  for (const check of checks) {
    const { isBroad = false } = check;
    const { checked, faults } = await runCheck(check, isBroad ? [...pages, ...others] : pages);
    total.failed += faults.length;
    total.faults.push(...faults);
    total.passed += Math.max(0, checked - faults.length);
  }
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(total));
  return total;
}

await runCounted(() => main(process.argv.slice(2)));
