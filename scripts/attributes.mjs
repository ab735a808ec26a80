/**
 * `npm run attributes`: the attribute Transformer against tf-idf with logistic regression on the
 * titles of ../shared/data/text/fashion.ndjson.gz, split 80/20 by a hash of the title. Prints one
 * line of JSON per label. `-- --label season` does one label only.
 *
 * `npm run attributes -- --reviews`: comfort and style scores of reviews of unseen items, all listed
 * words removed from the test texts; prints the area under the curve of each.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { runnerImport } from 'vite';
import { ROOT, runTool } from './run.mjs';

const TEXT = `${ROOT}../shared/data/text`;
const WORK = `${ROOT}temp/attributes`;
/** Built for this run alone: dist/ may be old, or in use. */
const CLI = `${WORK}/cli/vitrine.cli.js`;
const LABELS = ['season', 'usage', 'baseColour', 'articleType'];
/** Every fifth text is for testing. */
const PARTS = 5;

/**
 * @param {string} name - Of a file in the folder of texts.
 * @returns {string[]} Its lines.
 */
function linesOf(name) {
  const raw = readFileSync(`${TEXT}/${name}`);
  return gunzipSync(raw).toString('utf8').trim().split('\n');
}

/** @returns {Promise<(text: string) => boolean>} Whether a text is for testing. */
async function loadSplit() {
  const options = /** @type {const} */ ({ configFile: false, logLevel: 'error', root: ROOT });
  /** @type {typeof import('../src/core/rng.ts')} */
  const { hash32 } = (await runnerImport(`${ROOT}src/core/rng.ts`, options)).module;
  return (text) => hash32(text) % PARTS === 0;
}

/**
 * Writes lines to two files.
 *
 * @param {string} name - Of the files, without endings.
 * @param {readonly string[]} lines - NDJSON.
 * @param {(line: string) => boolean} isTest - Where a line goes.
 * @returns {{ train: string, test: string }} Their paths.
 */
function writeParts(name, lines, isTest) {
  mkdirSync(WORK, { recursive: true });
  const [train, test] = [`${WORK}/${name}-train.ndjson`, `${WORK}/${name}-test.ndjson`];
  writeFileSync(train, `${lines.filter((line) => !isTest(line)).join('\n')}\n`);
  writeFileSync(test, `${lines.filter((line) => isTest(line)).join('\n')}\n`);
  return { train, test };
}

/**
 * Runs the command line tool and stops when it fails.
 *
 * @param {readonly string[]} args - Command and options.
 */
function vitrine(args) {
  const { status } = spawnSync(process.execPath, [CLI, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`vitrine ${args.join(' ')} failed.`);
}

/**
 * @param {readonly string[]} labels - Which ones.
 * @param {(text: string) => boolean} isTest - The split.
 */
function measureLabels(labels, isTest) {
  const isTestLine = (/** @type {string} */ line) => isTest(JSON.parse(line).title);
  const { test, train } = writeParts('fashion', linesOf('fashion.ndjson.gz'), isTestLine);
  for (const label of labels) {
    const start = performance.now();
    const json = `${WORK}/${label}.json`;
    const files = ['--train', train, '--test', test, '--out', `${WORK}/${label}.bin`];
    vitrine(['attributes', ...files, '--label', label, '--json', json]);
    const seconds = Math.round((performance.now() - start) / 1000);
    console.log(JSON.stringify({ label, ...JSON.parse(readFileSync(json, 'utf8')), seconds }));
  }
}

/** @param {(text: string) => boolean} isTest - The split, by item. */
function measureReviews(isTest) {
  const lines = linesOf('reviews.ndjson.gz').map((line) => {
    const { class: kind, department, itemId, text } = JSON.parse(line);
    const categoryPath = [department, kind].filter(Boolean);
    return JSON.stringify({ group: itemId, description: text, categoryPath });
  });
  const isTestLine = (/** @type {string} */ line) => isTest(JSON.parse(line).group);
  const { test, train } = writeParts('reviews', lines, isTestLine);
  const json = `${WORK}/reviews.json`;
  vitrine([
    'attributes',
    '--train',
    train,
    '--test',
    test,
    '--scores',
    'comfort,style',
    '--out',
    `${WORK}/reviews.bin`,
    '--json',
    json,
  ]);
  console.log(readFileSync(json, 'utf8').trim());
}

/** Builds the command line tool and measures. */
async function main() {
  const { values } = parseArgs({
    options: { label: { type: 'string' }, reviews: { type: 'boolean', default: false } },
  });
  if (!existsSync(TEXT)) {
    console.log('attributes: ../shared/data/text is not there, nothing to measure.');
    return;
  }
  const build = ['build', '--mode', 'cli', '--outDir', dirname(CLI)];
  if ((await runTool('vite', build)) !== 0) throw new Error('The build failed.');
  const isTest = await loadSplit();
  if (values.reviews) measureReviews(isTest);
  else measureLabels(values.label === undefined ? LABELS : [values.label], isTest);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
