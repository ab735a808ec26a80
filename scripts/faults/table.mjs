/** Keeps what runs found, section by section, and writes it into docs/faults.md between its marks. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { ROOT } from '../run.mjs';

/** @typedef {import('./runner.mjs').Row} Row */

const FOLDER = `${ROOT}temp/faults`;
const PAGE = `${ROOT}docs/faults.md`;
const [START, END] = ['<!-- faults: start -->', '<!-- faults: end -->'];

/** Sections in the order of the page, and what their tables are called there. */
const TITLES = new Map([
  ['gpu', 'GPU'],
  ['silent', 'GPU, hundreds of faults'],
  ['worker', 'Worker'],
  ['policy', 'Policies of the host'],
  ['storage', 'Storage'],
  ['kills', 'Tabs killed'],
  ['wipes', 'Databases wiped'],
  ['limits', 'Limits, residue, leaks'],
]);

/**
 * @param {string} section
 * @param {readonly Row[]} rows - Of its last run.
 */
export function keepRows(section, rows) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${section}.json`, JSON.stringify(rows));
}

/** @param {Row} row @returns {string} A line of a table. */
function lineOf({ ended, id, ms, name, wrong }) {
  const cells = [
    id,
    name,
    ended,
    ms === null ? '' : `${Math.round(ms)}`,
    wrong.length ? '**no**' : 'yes',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Writes the newest rows of every section that was run on this machine. */
export function writeTable() {
  const kept = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const parts = [...TITLES].flatMap(([section, title]) => {
    if (!kept.includes(`${section}.json`)) return [];
    /** @type {Row[]} */
    const rows = JSON.parse(readFileSync(`${FOLDER}/${section}.json`, 'utf8'));
    const passed = rows.filter(({ wrong }) => wrong.length === 0).length;
    return [
      `### ${title}: ${passed} of ${rows.length}`,
      '',
      '| | What breaks | What comes of it | slowest feed, ms | held |',
      '| --- | --- | --- | --: | --- |',
      ...rows.map(lineOf),
      '',
    ];
  });
  const text = readFileSync(PAGE, 'utf8');
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE}: expected ${START} … ${END}.`);
  writeFileSync(PAGE, `${text.slice(0, from)}${START}\n\n${parts.join('\n')}\n${text.slice(to)}`);
}
