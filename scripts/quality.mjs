/**
 * `npm run quality`: trains and evaluates on the data sets in ../shared/data and writes
 * docs/quality.md, beside the published figures. Takes about ten minutes.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

const DATA = `${ROOT}../shared/data`;
const SETS = [
  ['beauty', 'leave-one-out'],
  ['lastfm', 'leave-one-out'],
  ['retail', 'next-basket'],
  ['clicks', 'next-click'],
];
const COLUMNS = ['HR@1', 'HR@5', 'NDCG@5', 'HR@10', 'NDCG@10', 'MRR'];

/**
 * S³-Rec's table (CIKM 2020) for the two sets that it has, in the order of COLUMNS.
 *
 * @type {Readonly<Record<string, readonly (readonly [string, readonly string[]])[]>>}
 */
const PUBLISHED = {
  beauty: [
    ['SASRec, published', ['.1870', '.3741', '.2848', '.4696', '.3156', '.2852']],
    ['S³-Rec, published', ['.2192', '.4502', '.3407', '.5506', '.3732', '.3340']],
  ],
  lastfm: [
    ['SASRec, published', ['', '', '', '.4706', '.2755', '.2364']],
    ['S³-Rec, published', ['', '', '', '.5835', '.3583', '.3072']],
  ],
};

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
 * One row of a table.
 *
 * @param {string} name - First cell.
 * @param {readonly string[]} cells - The others.
 * @returns {string} Markdown.
 */
const row = (name, cells) => `| ${name} | ${cells.join(' | ')} |`;

/**
 * Trains and measures one set.
 *
 * @param {string} set - Folder.
 * @param {string} protocol - Protocol.
 * @param {string} temp - Folder for the pack and the figures.
 * @returns {string} Markdown.
 */
function measureSet(set, protocol, temp) {
  const pack = join(temp, set);
  const data = join(DATA, set);
  vitrine([
    'train',
    '--data',
    data,
    '--out',
    pack,
    '--protocol',
    protocol,
    '--seed',
    '1',
    '--json',
    `${pack}.train.json`,
  ]);
  vitrine([
    'evaluate',
    '--data',
    data,
    '--pack',
    pack,
    '--protocol',
    protocol,
    '--json',
    `${pack}.json`,
  ]);
  const trained = JSON.parse(readFileSync(`${pack}.train.json`, 'utf8'));
  const { metrics, baselines, visitors, msPerVisitor } = JSON.parse(
    readFileSync(`${pack}.json`, 'utf8'),
  );
  /** @param {Record<string, number>} figures - One method's. */
  const cells = (figures) =>
    COLUMNS.map((name) => figures[name]?.toFixed(4).replace('0.', '.') ?? '');
  const lines = [
    `## ${set}, ${protocol}`,
    '',
    `${visitors} lists. Trained in ${Math.round(trained.seconds)} s with ${trained.peakMemoryMb} MB; pack ${(trained.packBytes / 1e6).toFixed(2)} MB. Ranking one list: p50 ${msPerVisitor.p50} ms, p95 ${msPerVisitor.p95} ms.`,
    '',
    row('', COLUMNS),
    row(
      '---',
      COLUMNS.map(() => '---:'),
    ),
    row('**vitrine**', cells(metrics)),
    ...Object.entries(baselines).map(([name, figures]) => row(name, cells(figures))),
    ...(PUBLISHED[set] ?? []).map(([name, figures]) => row(name, figures)),
  ];
  return lines.join('\n');
}

if (existsSync(DATA)) {
  const temp = mkdtempSync(join(tmpdir(), 'vitrine-quality-'));
  try {
    const sections = SETS.map(([set = '', protocol = '']) => measureSet(set, protocol, temp));
    const head =
      '# Ranking quality\n\nWritten by `npm run quality` (seed 1, one setting for all sets). Protocols: everything learned comes from what the protocol allows; ties count against us. Baselines learn from the same split with 128 neighbours per item, four times as many as the pack. Times are of the machine that wrote this page.\n\n';
    writeFileSync(`${ROOT}docs/quality.md`, `${head}${sections.join('\n\n')}\n`);
    console.log('Wrote docs/quality.md');
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
} else {
  console.log('quality: ../shared/data is not there, nothing to measure.');
}
