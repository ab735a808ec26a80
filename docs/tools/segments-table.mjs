/**
 * Writes the table of predefined segments into docs/segments.md: `node docs/tools/segments-table.mjs`.
 */
import { readFileSync } from 'node:fs';
import { writeBetween } from '../../scripts/files.mjs';

const PAGE = new URL('../segments.md', import.meta.url);
const LIBRARY = new URL('../../src/segments/library.json', import.meta.url);

/** @type {readonly { id: string, name: string, description: string }[]} */
const segments = JSON.parse(readFileSync(LIBRARY, 'utf8'));
const rows = segments.map(
  ({ id, name, description }) => `| \`${id}\` | ${name} | ${description} |`,
);
const table = ['| id | row title | who it is for |', '|---|---|---|', ...rows].join('\n');
writeBetween(PAGE, 'segments', `\n${table}\n`);
