/**
 * `npm run simulate`: `vitrine simulate` with all policies on the demo shop's catalog and on the
 * storefront in ../shared/data, where that is there, beside what the issue asks for. `--visitors N`,
 * `--visits N`, `--set demo|storefront` measures one and keeps the figures of the other, `--docs`
 * writes docs/simulate.json and the figures of docs/simulate.md and README.md, `--docs-only` writes
 * the pages from the figures that are there.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { writeBetween } from './files.mjs';
import { ROOT, runTool } from './run.mjs';

/** @typedef {import('../src/cli/simulate.ts').PolicyFigures} PolicyFigures */
/** @typedef {{ set: string, visitors: number, cores: number, policies: readonly PolicyFigures[] }} Measured */
/** @typedef {Readonly<Record<string, PolicyFigures>>} ByName */
/** @typedef {{ words: string, bound: number, isUpper: boolean, of: (by: ByName) => number }} Bar */

const WORK = `${ROOT}temp/simulate`;
/** Built for this run alone: dist/ may be old, or in use. */
const CLI = `${WORK}/cli/vitrine.cli.js`;
const STOREFRONT = `${ROOT}../shared/data/storefront`;
const FIGURES = `${ROOT}docs/simulate.json`;
const PAGE = `${ROOT}docs/simulate.md`;
const README = `${ROOT}README.md`;
const SETS = [
  { set: 'demo', data: null },
  { set: 'storefront', data: STOREFRONT },
];

/**
 * @param {ByName} by
 * @param {string} name
 * @returns {PolicyFigures}
 */
function figuresOf(by, name) {
  const found = by[name];
  if (found === undefined) throw new Error(`${name} was not simulated.`);
  return found;
}

/**
 * @param {(figures: PolicyFigures) => number} value
 * @param {string} rival
 * @returns {Bar['of']} Thompson's value beside the rival's.
 */
const ratio = (value, rival) => (by) =>
  value(figuresOf(by, 'thompson')) / value(figuresOf(by, rival));

/** @param {PolicyFigures} figures @returns {number} */
const driftRegret = (figures) => figures.byKind.drifting?.regret ?? Number.NaN;
/** @param {PolicyFigures} figures @returns {number} */
const driftAtEnd = (figures) => figures.byKind.drifting?.regretAtEnd ?? Number.NaN;

/** @type {readonly Bar[]} */
const BARS = [
  {
    words: 'drifting visitors, regret of a visit at the end, beside epsilon',
    bound: 0.8,
    isUpper: true,
    of: ratio(driftAtEnd, 'epsilon'),
  },
  {
    words: 'drifting visitors, regret of a visit at the end, beside greedy',
    bound: 0.7,
    isUpper: true,
    of: ratio(driftAtEnd, 'greedy'),
  },
  {
    words: 'drifting visitors, regret summed over all visits, beside epsilon',
    bound: 0.8,
    isUpper: true,
    of: ratio(driftRegret, 'epsilon'),
  },
  {
    words: 'drifting visitors, regret summed over all visits, beside greedy',
    bound: 0.7,
    isUpper: true,
    of: ratio(driftRegret, 'greedy'),
  },
  {
    words: 'segments discovered, beside greedy',
    bound: 1.5,
    isUpper: false,
    of: ratio(({ segmentsDiscovered }) => segmentsDiscovered, 'greedy'),
  },
  {
    words: 'clicks of a visit, beside the server’s order',
    bound: 1.5,
    isUpper: false,
    of: ratio(({ clicksPerVisit }) => clicksPerVisit, 'server'),
  },
  {
    words: 'share of the catalog that is shown, beside greedy',
    bound: 3,
    isUpper: false,
    of: ratio(({ catalogCoverage }) => catalogCoverage, 'greedy'),
  },
];

/**
 * Simulates all policies on one catalog.
 *
 * @param {string} set - Its name.
 * @param {string | null} data - Folder; null: the demo shop.
 * @param {{ visitors: string, visits: string }} size - How many.
 * @returns {Measured}
 */
function measure(set, data, { visitors, visits }) {
  const json = `${WORK}/${set}.json`;
  const report = `${WORK}/${set}.html`;
  const where = data === null ? [] : ['--data', data];
  const how = ['--visitors', visitors, '--visits', visits, '--policy', 'all', '--seed', '1'];
  const args = [CLI, 'simulate', ...where, ...how, '--json', json, '--report', report];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`vitrine simulate failed on ${set}.`);
  const { policies } = JSON.parse(readFileSync(json, 'utf8'));
  return { set, visitors: Number(visitors), cores: availableParallelism(), policies };
}

/** @param {readonly string[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |`;

/** @param {number} value */
const percent = (value) => `${(100 * value).toFixed(1)} %`;

/**
 * @param {Bar} bar
 * @param {number} value
 * @returns {boolean}
 */
const holds = ({ bound, isUpper }, value) => (isUpper ? value <= bound : value >= bound);

/**
 * @param {Measured} measured
 * @returns {string[]} Lines of Markdown.
 */
function sectionOf({ cores, policies, set, visitors }) {
  const by = Object.fromEntries(policies.map((one) => [one.policy, one]));
  const [first] = policies;
  const lines = policies.map((one) =>
    row([
      one.policy,
      one.clicksPerVisit.toFixed(3),
      one.regret.toFixed(1),
      one.regretAtEnd.toFixed(2),
      driftRegret(one).toFixed(1),
      driftAtEnd(one).toFixed(2),
      one.segmentsDiscovered.toFixed(2),
      percent(one.catalogCoverage),
      percent(one.neverShown),
      one.pagesPerSecond.toFixed(0),
    ]),
  );
  const bars = BARS.map((bar) => {
    const value = bar.of(by);
    const asked = `${bar.isUpper ? 'at most' : 'at least'} ${bar.bound}`;
    return row([bar.words, asked, value.toFixed(2), holds(bar, value) ? 'yes' : '**no**']);
  });
  return [
    `### ${set}: ${first?.items} items, ${visitors} visitors, ${first?.visits} visits each`,
    '',
    row([
      'policy',
      'clicks a visit',
      'regret',
      'at the end',
      'drifting: regret',
      'drifting: at the end',
      'segments found',
      'shown',
      'never shown',
      `pages a second, ${cores} cores`,
    ]),
    row(['---', ...Array.from({ length: 9 }, () => '---:')]),
    ...lines,
    '',
    row(['thompson …', 'asked', 'measured', 'holds']),
    row(['---', '---:', '---:', '---']),
    ...bars,
    '',
  ];
}

/**
 * @param {readonly Measured[]} all
 * @returns {string} The bounds beside what was measured, as Markdown.
 */
function summaryOf(all) {
  const sets = all.map(({ policies, set, visitors }) => ({
    name: `${set}, ${visitors} visitors`,
    by: Object.fromEntries(policies.map((one) => [one.policy, one])),
  }));
  const bars = BARS.map((bar) => {
    const asked = `${bar.isUpper ? 'at most' : 'at least'} ${bar.bound}`;
    const cells = sets.map(({ by }) => {
      const value = bar.of(by);
      return holds(bar, value) ? value.toFixed(2) : `**${value.toFixed(2)}**`;
    });
    return row([bar.words, asked, ...cells]);
  });
  const head = row(['`thompson` …', 'asked', ...sets.map(({ name }) => name)]);
  return [head, row(['---', ...['', ...sets].map(() => '---:')]), ...bars].join('\n');
}

/** @param {readonly Measured[]} all */
function writeDocs(all) {
  const sections = all.flatMap(sectionOf).join('\n').trimEnd();
  writeBetween(PAGE, 'simulate', `\n\n${sections}\n\n`);
  writeBetween(README, 'simulate', `\n\n${summaryOf(all)}\n\n`);
}

/** @returns {Measured[]} What was measured last. */
function readFigures() {
  return existsSync(FIGURES) ? JSON.parse(readFileSync(FIGURES, 'utf8')) : [];
}

const { values } = parseArgs({
  options: {
    visitors: { type: 'string', default: '300' },
    visits: { type: 'string', default: '30' },
    set: { type: 'string' },
    docs: { type: 'boolean', default: false },
    'docs-only': { type: 'boolean', default: false },
  },
});
let all = readFigures();
if (!values['docs-only']) {
  mkdirSync(WORK, { recursive: true });
  const build = ['build', '--mode', 'cli', '--outDir', `${WORK}/cli`];
  if ((await runTool('vite', build)) !== 0) throw new Error('The build failed.');
  const before = all;
  all = SETS.flatMap(({ data, set }) => {
    const known = before.find((one) => one.set === set) ?? [];
    const isWanted = values.set === undefined || values.set === set;
    if (!isWanted) return known;
    if (data === null || existsSync(data)) return measure(set, data, values);
    console.log(`${set}: ${data} is not there, nothing to simulate.`);
    return known;
  });
}
console.log(all.flatMap(sectionOf).join('\n'));
if (values.docs) writeFileSync(FIGURES, `${JSON.stringify(all, null, 2)}\n`);
if (values.docs || values['docs-only']) {
  writeDocs(all);
  await runTool('oxfmt', [PAGE, FIGURES]);
}
