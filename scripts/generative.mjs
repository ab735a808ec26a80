/**
 * `npm run generative`: the generative models beside their closed-form rivals, as one page. Takes the
 * figures that `npm run attributes` and `npm run segments` left in temp/ and measures what is not
 * there (half an hour on two cores); `-- --fresh` measures all anew. Prints the page and writes
 * docs/generative.md and docs/generative.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { ROOT, run } from './run.mjs';

/** @typedef {import('../src/report/generative-report.ts').GenerativeFigures} GenerativeFigures */

const DATA = `${ROOT}../shared/data`;
const LABELS = ['season', 'usage', 'baseColour', 'articleType'];

/**
 * Figures of a file, measured first when it is not there.
 *
 * @param {string} file - JSON below temp/.
 * @param {readonly string[]} args - Script that writes it, and its options.
 * @param {boolean} isFresh - Whether it is measured anyway.
 * @returns {Promise<any>} What the file holds.
 */
async function figuresOf(file, args, isFresh) {
  const path = `${ROOT}temp/${file}`;
  if (isFresh || !existsSync(path)) {
    // A figure past its bound ends the script with 1, and is shown like any other.
    await run(process.execPath, args);
  }
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @returns {Promise<typeof import('../src/report/generative-report.ts')>} Writes the page. */
async function loadReport() {
  const options = /** @type {const} */ ({ configFile: false, logLevel: 'error', root: ROOT });
  return (await runnerImport(`${ROOT}src/report/generative-report.ts`, options)).module;
}

const { values } = parseArgs({ options: { fresh: { type: 'boolean', default: false } } });
const isFresh = values.fresh;
const { generativeReport } = await loadReport();
const hasTexts = existsSync(`${DATA}/text`);
/** @type {Record<string, any>} */
const labels = {};
for (const label of hasTexts ? LABELS : []) {
  const args = ['scripts/attributes.mjs', '--label', label];
  labels[label] = await figuresOf(`attributes/${label}.json`, args, isFresh);
}
const reviewArgs = ['scripts/attributes.mjs', '--reviews'];
const reviews = hasTexts ? await figuresOf('attributes/reviews.json', reviewArgs, isFresh) : null;
const segmentFile = 'generative/segments.json';
const segmentArgs = ['scripts/segments.mjs', '--json', `temp/${segmentFile}`];
const segments = await figuresOf(segmentFile, segmentArgs, isFresh);
for (const models of Object.values(segments)) {
  // Names are for reading in the terminal.
  for (const figures of Object.values(models)) delete figures.names;
}
/** @type {GenerativeFigures} */
const figures = { labels, reviews, segments };
const page = generativeReport(figures);
console.log(page);
writeFileSync(`${ROOT}docs/generative.md`, page);
writeFileSync(`${ROOT}docs/generative.json`, `${JSON.stringify(figures, null, 2)}\n`);
