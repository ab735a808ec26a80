/**
 * `npm run quality`: trains and evaluates on the data sets in ../shared/data, keeps the figures in
 * docs/quality.json and writes docs/quality.md and README's table from them, beside the published
 * ones. Takes about ten minutes. `--readme` measures nothing and writes the two from the figures
 * that are there; `--set retail` measures one set and keeps the figures of the others.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { qualityPage, withTable } from './quality-pages.mjs';
import { ROOT, runTool } from './run.mjs';

/** @typedef {import('./quality-pages.mjs').MeasuredSet} MeasuredSet */

const DATA = `${ROOT}../shared/data`;
const FIGURES = `${ROOT}docs/quality.json`;
const WORK = `${ROOT}temp/quality`;
/** Built for this run alone: dist/ may be old, or in use. */
const CLI = `${WORK}/cli/vitrine.cli.js`;
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
  const { status } = spawnSync(process.execPath, [CLI, ...args], {
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
  const { models, packBytes, peakMemoryMb, seconds } = JSON.parse(readFileSync(trained, 'utf8'));
  const figures = JSON.parse(readFileSync(measured, 'utf8'));
  const { ablation, baselines, metrics, msPerVisitor, visitors } = figures;
  const { withoutGenerated, withoutSegments } = ablation;
  const load = Number(((loadavg()[2] ?? 0) / cpus().length).toFixed(1));
  const sizes = { visitors, seconds, load, peakMemoryMb, packBytes, msPerVisitor };
  return {
    set,
    protocol,
    ...sizes,
    metrics,
    baselines,
    ablation: { withoutGenerated, withoutSegments },
    attributes: models.attributes,
  };
}

/**
 * Measures sets.
 *
 * @param {string | undefined} only - Name of one; undefined: all.
 * @returns {Promise<MeasuredSet[]>} All sets; those that were not asked for as they are.
 */
async function measureAll(only) {
  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(WORK, { recursive: true });
  const build = ['build', '--mode', 'cli', '--outDir', dirname(CLI)];
  if ((await runTool('vite', build)) !== 0) throw new Error('The build failed.');
  const wanted = SETS.filter(([set]) => only === undefined || only === set);
  const measured = wanted.map(([set = '', protocol = '']) => measureSet(set, protocol, WORK));
  /** @type {MeasuredSet[]} */
  const before = existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : [];
  return SETS.flatMap(([name]) => {
    const isName = (/** @type {MeasuredSet} */ { set }) => set === name;
    return measured.find(isName) ?? before.find(isName) ?? [];
  });
}

const { values } = parseArgs({
  options: { readme: { type: 'boolean', default: false }, set: { type: 'string' } },
});
if (values.readme || existsSync(DATA)) {
  if (!values.readme) {
    const sets = await measureAll(values.set);
    writeFileSync(FIGURES, `${JSON.stringify(sets, null, 2)}\n`);
    await runTool('oxfmt', [FIGURES]);
  }
  /** @type {MeasuredSet[]} */
  const sets = JSON.parse(readFileSync(FIGURES, 'utf8'));
  const readme = `${ROOT}README.md`;
  writeFileSync(`${ROOT}docs/quality.md`, qualityPage(sets));
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), sets));
  console.log('Wrote docs/quality.md and the table of README.md');
} else {
  console.log('quality: ../shared/data is not there, nothing to measure.');
}
