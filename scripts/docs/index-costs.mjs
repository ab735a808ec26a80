/**
 * `node scripts/docs/index-costs.mjs [N]`: makes an index of N variations of the demo's items (default
 * 100,000), opens it in Chromium, and writes what both took into docs/large-catalogs.md. Needs
 * `npm run build`; run it alone.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { drawItems } from '../bench/index-items.mjs';
import { writeBetween } from '../files.mjs';
import { processorInWords } from '../machine.mjs';
import { ROOT } from '../run.mjs';

const FOLDER = `${ROOT}temp/docs/costs`;
const DEFAULT = 100_000;

/**
 * @param {readonly string[]} args - Of Node.
 * @returns {string} What the script printed.
 * @throws {Error} When it fails.
 */
function node(args) {
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${args[0]}: ${stderr}`);
  return stdout;
}

/**
 * @param {number} n - A number.
 * @returns {string} With commas.
 */
const count = (n) => n.toLocaleString('en');

/**
 * @param {readonly number[]} milliseconds - Of several feeds.
 * @returns {string} Their range.
 */
const range = (milliseconds) => `${Math.min(...milliseconds)} to ${Math.max(...milliseconds)} ms`;

/**
 * @param {number} items - How many.
 * @returns {{ made: any, loaded: any }} What the command line and what the page said.
 */
function measure(items) {
  mkdirSync(`${FOLDER}/data`, { recursive: true });
  writeFileSync(`${FOLDER}/data/catalog.ndjson`, '');
  for (const piece of drawItems(items)) appendFileSync(`${FOLDER}/data/catalog.ndjson`, piece);
  const figures = `${FOLDER}/figures.json`;
  const folder = `${FOLDER}/index`;
  const data = `${FOLDER}/data`;
  node(['dist/vitrine.cli.js', 'index', '--data', data, '--out', folder, '--json', figures]);
  const made = JSON.parse(readFileSync(figures, 'utf8'));
  const loaded = JSON.parse(node(['scripts/bench/index-load.mjs', folder]));
  return { made, loaded };
}

const items = Number(process.argv[2] ?? DEFAULT);
const { loaded, made } = measure(items);
console.log(JSON.stringify({ made, loaded }, null, 2));
const { again: later, first, workerMB } = loaded;
const rows = [
  ['made in', `${Math.round(made.seconds)} s`],
  ['files', `${(made.bytes / 1e6).toFixed(1)} MB`],
  ['recall at 200', made.recall.toFixed(3)],
  ['first visit: index there after', `${(first.readyMs / 1000).toFixed(1)} s`],
  ['later visit, from the cache: after', `${(later.readyMs / 1000).toFixed(1)} s`],
  [`a feed after that, ${count(later.candidates)} candidates`, range(later.feedMs)],
  ['memory of the worker', `${workerMB} MB`],
];
writeBetween(
  `${ROOT}docs/large-catalogs.md`,
  'index-costs',
  `\n\nMeasured on ${processorInWords()}:\n\n| | ${count(items)} items |\n|---|---:|\n${rows
    .map(([name, value]) => `| ${name} | ${value} |`)
    .join('\n')}\n\n`,
);
