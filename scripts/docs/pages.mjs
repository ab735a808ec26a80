/**
 * Which pages are checked: the README, everything in docs/, and what the site adds; and, for links and
 * commands only, what else there is to read.
 */
import { existsSync, readdirSync } from 'node:fs';
import { ROOT } from '../run.mjs';
import { readPage } from './markdown.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */

/** Folders whose Markdown is checked. */
const FOLDERS = ['docs', 'site/pages'];

/**
 * What a check found: how many things it looked at, and what is wrong with some of them.
 *
 * @typedef {{ checked: number, faults: readonly string[] }} Finding
 */

/**
 * @param {Page} page - A page.
 * @param {number} line - From 1.
 * @param {string} words - What is wrong.
 * @returns {string} A fault as it is printed.
 */
export function faultAt({ path }, line, words) {
  return `${path}:${line}: ${words}`;
}

/** @returns {readonly Page[]} Pages for those who work on the project, and of the examples. */
export function otherPages() {
  const atRoot = readdirSync(ROOT).filter((name) => name.endsWith('.md') && name !== 'README.md');
  const below = ['demo', 'examples'].flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
      .map((name) => `${folder}/${name}`),
  );
  return [...atRoot, ...below.toSorted()].map(readPage);
}

/** @returns {readonly Page[]} All pages, taken apart, in the order of their paths. */
export function allPages() {
  const paths = FOLDERS.filter((folder) => existsSync(ROOT + folder)).flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  );
  return ['README.md', ...paths.toSorted()].map(readPage);
}
