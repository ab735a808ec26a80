/**
 * Writes the table of predefined segments into docs/segments.md: `node docs/tools/segments-table.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../segments.md', import.meta.url);
const LIBRARY = new URL('../../src/segments/library.json', import.meta.url);
const START = '<!-- segments:start -->';
const END = '<!-- segments:end -->';

/** @type {readonly { id: string, name: string, description: string }[]} */
const segments = JSON.parse(readFileSync(LIBRARY, 'utf8'));
const rows = segments.map(
  ({ id, name, description }) => `| \`${id}\` | ${name} | ${description} |`,
);
const table = ['| id | row title | who it is for |', '|---|---|---|', ...rows].join('\n');
const page = readFileSync(PAGE, 'utf8');
const [before, after] = [page.split(START)[0], page.split(END)[1]];
writeFileSync(PAGE, `${before}${START}\n${table}\n${END}${after}`);
