/**
 * Figures of the docs that are settings: each equals a constant of the source, which is looked up
 * there, so that the docs cannot lag behind it.
 */
import { readFileSync } from 'node:fs';
import { ROOT } from '../run.mjs';

/** @typedef {import('./pages.mjs').Finding} Finding */

/**
 * @typedef {object} Setting
 * @property {string} says - The figure as the docs write it.
 * @property {string} file - Where the constant stands.
 * @property {string} constant - Its name.
 * @property {number} equals - What it must be: the figure in the constant's unit.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400 * SECOND;
/** Names that constants of the source are multiplied with. @type {Readonly<Record<string, number>>} */
const NAMES = { DAY_MS: DAY };

/** @type {readonly (readonly [says: string, file: string, constant: string, equals: number])[]} */
const TABLE = [
  ['5 kB', 'scripts/size.mjs', 'page', 5_000],
  ['65.5 kB', 'scripts/size.mjs', 'worker', 65_500],
  ['2 %', 'src/learn/segment-gate.ts', 'MAX_FORGOTTEN', 0.02],
  ['1.5 s', 'src/engine/pack-keeper.ts', 'WAIT_MS', 1.5 * SECOND],
  ['1.5 seconds', 'src/engine/index-keeper.ts', 'WAIT_MS', 1.5 * SECOND],
  ['10 seconds', 'src/client/worker-link.ts', 'DEADLINE_MS', 10 * SECOND],
  ['4 s', 'src/client/rerank-with.ts', 'timeoutMs', 4 * SECOND],
  ['5 ms', 'src/engine/run-clock.ts', 'STRETCH_MS', 5],
  ['20 s', 'src/engine/run-clock.ts', 'WORK_MS', 20 * SECOND],
  ['15 s', 'src/engine/learn-run.ts', 'SEGMENTS_MS', 15 * SECOND],
  ['30 minutes', 'src/events/weights.ts', 'SESSION_HALF_LIFE_MS', 30 * MINUTE],
  ['30 days', 'src/events/weights.ts', 'LONG_TERM_HALF_LIFE_MS', 30 * DAY],
  ['4 days', 'src/events/posteriors.ts', 'ROWS_HALF_LIFE_MS', 4 * DAY],
  ['180 days', 'src/store/retention.ts', 'maxAgeDays', 180],
  ['5,000 interactions', 'src/store/retention.ts', 'maxRecords', 5_000],
  ['200 items', 'src/cli/index-items.ts', 'HEAD', 200],
  ['800 characters', 'src/engine/read-candidates.ts', 'TEXT_PER_ITEM', 800],
  ['200 ms', 'src/store/backup-guard.ts', 'QUIET_MS', 200],
  ['30 interactions', 'src/events/flood.ts', 'PER_MINUTE', 30],
  ['5,000 candidates', 'src/engine/feed-options.ts', 'MAX_CANDIDATES', 5_000],
  ['2 GB', 'src/core/device-conditions.ts', 'LOW_MEMORY_GB', 2],
  ['1 to 200 characters', 'src/catalog/candidate-fields.ts', 'id', 200],
  ['200 characters', 'src/catalog/candidate-fields.ts', 'name', 200],
  ['300 characters', 'src/catalog/candidate-fields.ts', 'title', 300],
  ['5,000 characters', 'src/catalog/candidate-fields.ts', 'description', 5_000],
  ['2,048 characters', 'src/catalog/candidate-fields.ts', 'url', 2_048],
  ['64 of 100 characters', 'src/catalog/candidate-fields.ts', 'tag', 100],
  ['80 characters', 'src/segments/validate-segments.ts', 'MAX_WORD_LENGTH', 80],
  ['64 of 80 characters', 'src/segments/validate-segments.ts', 'MAX_WORDS', 64],
  ['240 characters', 'src/cli/index-items.ts', 'DESCRIPTION', 240],
  ['2,000,000 items', 'src/cli/index-items.ts', 'MOST_ITEMS', 2_000_000],
  ['1 MB', 'src/capsule/read-export.ts', 'MAX_SIZE', 1e6],
  ['2 MB', 'src/engine/picture-reader.ts', 'MAX_BYTES', 2e6],
  ['12 ms', 'demo/bring-read.js', 'SLICE', 12],
  ['200 MB', 'demo/bring.js', 'LARGEST', 200_000_000],
  ['50,000 items', 'demo/bring-engine.js', 'MOST_ITEMS', 50_000],
  ['50 MB', 'src/cli/picture-files.ts', 'MAX_BYTES', 50e6],
  ['4 MiB', 'src/cli/index-folder.ts', 'ROWS_BYTES', 4 * 2 ** 20],
  ['249,500 bytes', 'src/models/attributes/fit-classes.ts', 'FILE_BYTES', 249_500],
  ['85,000 bytes', 'src/models/attributes/fit-scores.ts', 'WIDE_BYTES', 85_000],
  ['98 %', 'src/cli/index-catalog.ts', 'TARGET', 0.98],
  ['15 %', 'src/segments/generate/guards.ts', 'MAX_SENSITIVE', 0.15],
  ['20 candidates', 'src/segments/generate/guards.ts', 'MIN_SUPPORT', 20],
  ['15 interactions', 'src/segments/generate/coverage.ts', 'RECENT', 15],
  ['48 items', 'src/segments/generate/life-cycle.ts', 'RETIRING', 48],
  ['10 choices', 'src/engine/learner.ts', 'LEAST_CHOICES', 10],
  ['150 choices', 'src/segments/generate/taste-windows.ts', 'MAX_CHOICES', 150],
  ['30 %', 'src/events/pull-profiles.ts', 'MAX_PULL', 0.3],
  ['10 %', 'src/events/pull-profiles.ts', 'MAX_PUSH', 0.1],
  ['25 %', 'src/feed/shelf.ts', 'MIN_SPREAD', 1.25],
  ['48 visitors', 'src/cli/rows.ts', 'VISITORS', 48],
  ['40 items', 'src/cli/visitor-clusters.ts', 'TYPICAL', 40],
  ['20 choices', 'src/engine/learner.ts', 'choices', 20],
  // Six windows of four.
  ['24 choices', 'src/engine/tune-segments.ts', 'LEAST_WINDOWS', 24 / 4],
  ['60 choices', 'scripts/learning/visitors.mjs', 'learned', 60],
  ['40 choices', 'scripts/learning/visitors.mjs', 'later', 40],
  ['200 candidates', 'scripts/bench/site.mjs', 'NUM_CANDIDATES', 200],
  // What is not the visitor's own.
  ['85 %', 'src/engine/tune-segments.ts', 'OWN_SHARE', 1 - 0.85],
  ['70 %', 'src/segments/generate/guards.ts', 'MAX_OVERLAP', 0.7],
  // Of a normal distribution.
  ['95 %', 'src/off-policy/intervals.ts', 'Z', 1.959963984540054],
  ['40 %', 'src/simulate/draw-visitors.ts', 'single', 40],
  ['20 %', 'src/simulate/draw-visitors.ts', 'drifting', 20],
  ['12 %', 'src/simulate/draw-visitors.ts', 'gift', 12],
  ['3 %', 'src/simulate/draw-visitors.ts', 'bot', 3],
];

/** @type {readonly Setting[]} */
export const SETTINGS = TABLE.map(([says, file, constant, equals]) => ({
  says,
  file,
  constant,
  equals,
}));

/**
 * @param {string} expression - Of numbers, `*` and `**`, and names that are known.
 * @returns {number} Its value; NaN when it holds something else.
 */
function valueOf(expression) {
  const factors = expression.trim().split(/\s\*\s(?!\*)/u);
  return factors.reduce((product, factor) => {
    const [base = '', power = '1'] = factor.split(' ** ');
    const number = NAMES[base] ?? Number(base.replaceAll('_', ''));
    return product * number ** Number(power);
  }, 1);
}

/**
 * @param {Setting} setting - To look up.
 * @returns {string | undefined} What is wrong with it.
 */
function faultOf({ constant, equals, file, says }) {
  const source = readFileSync(ROOT + file, 'utf8');
  const found = new RegExp(
    String.raw`\b${constant}(?:: number)?(?: =|:) (?<value>[^;,\n}?]+\? )?(?:[\d_]+ : )?(?<expression>\d[\w. *]*)`,
    'u',
  ).exec(source);
  if (found === null) return `settings.mjs: ${file} has no ${constant} (${says})`;
  const value = valueOf(found.groups?.['expression'] ?? '');
  if (Math.abs(equals - value) < 1e-9) return undefined;
  return `settings.mjs: ${constant} of ${file} is ${value}, the docs say ${says}`;
}

/** @returns {Finding} Settings that the source says otherwise. */
export function checkSettings() {
  return {
    checked: SETTINGS.length,
    faults: SETTINGS.flatMap((setting) => faultOf(setting) ?? []),
  };
}
