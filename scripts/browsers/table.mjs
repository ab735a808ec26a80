/** Keeps what runs found, browser by browser, and writes it into docs/browsers.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeBetween } from '../files.mjs';
import { ROOT } from '../run.mjs';

/** @typedef {import('./runner.mjs').Check} Check */
/** @typedef {import('./runner.mjs').Result} Result */

const FOLDER = `${ROOT}temp/browsers`;
const PAGE = `${ROOT}docs/browsers.md`;

/** In the order of the columns. */
const NAMES = ['chromium', 'firefox', 'webkit'];

/** @param {string} name - Of a browser. @returns {Result | null} Its newest results here. */
function keptResult(name) {
  const path = `${FOLDER}/${name}.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/**
 * Checks that did not pass in a browser the last time, or have not been run.
 *
 * @param {string} browser - Its name.
 * @param {readonly Check[]} checks
 * @returns {Check[]}
 */
export function notPassed(browser, checks) {
  const rows = keptResult(browser)?.rows ?? [];
  const passed = new Set(rows.filter(({ wrong }) => wrong.length === 0).map(({ name }) => name));
  return checks.filter(({ name }) => !passed.has(name));
}

/**
 * Keeps results beside those of other checks in the same version of the browser.
 *
 * @param {Result} result
 */
export function keepResult(result) {
  const before = keptResult(result.name);
  const others = before?.version === result.version ? before.rows : [];
  const rest = others.filter(({ name }) => result.rows.every((row) => row.name !== name));
  mkdirSync(FOLDER, { recursive: true });
  const kept = { ...result, rows: [...rest, ...result.rows] };
  writeFileSync(`${FOLDER}/${result.name}.json`, JSON.stringify(kept));
}

/** @param {readonly string[]} cells @returns {string} A line of a table. */
const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/**
 * @param {readonly Result[]} results
 * @param {string} head - Of the first column.
 * @param {readonly (readonly string[])[]} rows
 * @returns {string} A table with a column per browser.
 */
function table(results, head, rows) {
  const titles = results.map(({ title }) => title);
  return [
    line([head, ...titles]),
    line(['---', ...titles.map(() => '---')]),
    ...rows.map(line),
  ].join('\n');
}

/**
 * @param {readonly Result[]} results
 * @param {readonly string[]} names - Of all checks, in their order.
 * @returns {string} What was checked and what came of it.
 */
function checked(results, names) {
  const rows = names.map((name) => {
    const cells = results.map(({ rows: own }) => {
      const row = own.find((one) => one.name === name);
      if (row === undefined) return '–';
      return row.wrong.length > 0 ? '**no**' : row.note || 'yes';
    });
    return [name, ...cells];
  });
  const totals = results.map(({ rows: own }) => {
    const known = own.filter(({ name }) => names.includes(name));
    return `${known.filter(({ wrong }) => wrong.length === 0).length} of ${names.length}`;
  });
  return table(results, 'what holds', [
    ...rows,
    ['**all, without an error in the page**', ...totals],
  ]);
}

/** @param {readonly Result[]} results @returns {string} What each browser has. */
function offered(results) {
  const names = Object.keys(results[0]?.offers ?? {});
  const rows = names.map((name) => {
    return [name, ...results.map(({ offers }) => (offers[name] === true ? 'yes' : 'no'))];
  });
  const versions = ['version', ...results.map(({ version }) => version)];
  return table(results, 'what it has', [versions, ...rows]);
}

/**
 * Writes the newest results of every browser that was run on this machine.
 *
 * @param {readonly string[]} names - Of all checks, in their order.
 */
export function writeTables(names) {
  const results = NAMES.flatMap((name) => keptResult(name) ?? []);
  writeBetween(PAGE, 'offers', `\n\n${offered(results)}\n\n`);
  writeBetween(PAGE, 'checks', `\n\n${checked(results, names)}\n\n`);
}
