/**
 * `npm run quality`: trains and evaluates on the data sets in ../shared/data, keeps the figures in
 * docs/quality.json and writes docs/quality.md and README's table from them, beside the published
 * ones. Takes about ten minutes. `--readme` measures nothing and writes the two from the figures
 * that are there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { qualityPage, withTable } from './quality-pages.mjs';
import { ROOT } from './run.mjs';

/** @typedef {import('./quality-pages.mjs').MeasuredSet} MeasuredSet */

const DATA = `${ROOT}../shared/data`;
const FIGURES = `${ROOT}docs/quality.json`;
const SETS = [
  ['beauty', 'leave-one-out'],
  ['lastfm', 'leave-one-out'],
  ['retail', 'next-basket'],
  ['clicks', 'next-click'],
];

/**
 * Runs the command line tool and stops when it fails.
 *
 * @param {readonly string[]} args - Command and options.
 */
function vitrine(args) {
  const { status } = spawnSync(process.execPath, [`${ROOT}dist/vitrine.cli.js`, ...args], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`vitrine ${args.join(' ')} failed.`);
}

/**
 * Trains and measures one set.
 *
 * @param {string} set - Folder.
 * @param {string} protocol
 * @param {string} temp - Folder for the pack and the figures.
 * @returns {MeasuredSet}
 */
function measureSet(set, protocol, temp) {
  const pack = join(temp, set);
  const [trained, measured] = [`${pack}.train.json`, `${pack}.json`];
  const common = ['--data', join(DATA, set), '--protocol', protocol, '--seed', '1'];
  vitrine(['train', ...common, '--out', pack, '--json', trained]);
  vitrine(['evaluate', ...common, '--pack', pack, '--json', measured]);
  const { packBytes, peakMemoryMb, seconds } = JSON.parse(readFileSync(trained, 'utf8'));
  const { baselines, metrics, msPerVisitor, visitors } = JSON.parse(readFileSync(measured, 'utf8'));
  const sizes = { visitors, seconds, peakMemoryMb, packBytes, msPerVisitor };
  return { set, protocol, ...sizes, metrics, baselines };
}

/** @returns {MeasuredSet[]} All sets, measured now. */
function measureAll() {
  const temp = mkdtempSync(join(tmpdir(), 'vitrine-quality-'));
  try {
    return SETS.map(([set = '', protocol = '']) => measureSet(set, protocol, temp));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { readme: { type: 'boolean', default: false } } });
if (values.readme || existsSync(DATA)) {
  if (!values.readme) writeFileSync(FIGURES, `${JSON.stringify(measureAll(), null, 2)}\n`);
  /** @type {MeasuredSet[]} */
  const sets = JSON.parse(readFileSync(FIGURES, 'utf8'));
  const readme = `${ROOT}README.md`;
  writeFileSync(`${ROOT}docs/quality.md`, qualityPage(sets));
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), sets));
  console.log('Wrote docs/quality.md and the table of README.md');
} else {
  console.log('quality: ../shared/data is not there, nothing to measure.');
}
