/**
 * Every snippet marked `ts` or `js` is checked by TypeScript against the sources: `ts` as strictly as
 * they are, `js` for what does not exist or is called wrongly.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { ROOT, toolPath } from '../run.mjs';
import { isException } from './exceptions.mjs';
import { faultAt } from './pages.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */

/** @typedef {{ page: Page, line: number, file: string }} Written */

const FOLDER = `${ROOT}temp/docs/types/`;
const ERROR = /^(?<file>[^(\s]+)\((?<line>\d+),\d+\): error (?<words>.+)$/u;

/** Public entries, by their name after `vitrine`, and the sources that they are made of. */
const ENTRIES = {
  '': 'index',
  '/consent': 'consent',
  '/events': 'event-sources',
  '/inspect': 'inspect',
  '/react': 'react',
  '/taste': 'taste',
  '/vue': 'vue',
};

/** What the names of imports mean, in a bundled app and on a page. */
const PATHS = Object.fromEntries(
  Object.entries(ENTRIES).flatMap(([name, source]) => {
    const paths = [`${ROOT}src/${source}.ts`];
    return [
      [`vitrine${name}`, paths],
      [`/vitrine/vitrine${name.replace('/', '-')}.js`, paths],
    ];
  }),
);

/** `js` shows use, not declarations: a parameter needs no type, and a page has the element. */
const LOOSE = {
  strict: false,
  exactOptionalPropertyTypes: false,
  noUncheckedIndexedAccess: false,
};

/**
 * @param {readonly Page[]} pages - To look at.
 * @param {string} language - Of the snippets.
 * @returns {Written[]} A file for each snippet.
 */
function writeSnippets(pages, language) {
  const folder = FOLDER + language;
  mkdirSync(folder, { recursive: true });
  const written = pages.flatMap((page) =>
    page.snippets
      .filter((snippet) => snippet.language === language && !isException(page, snippet))
      .map(({ code, line }) => ({ page, line, code })),
  );
  return written.map(({ code, line, page }) => {
    const file = `${page.path.replaceAll(/[/.]/gu, '-')}-${line}.ts`;
    // From the root, where a reader would put it; and a module, so that its names are its own.
    const text = code.replaceAll("'./src/", `'${ROOT}src/`);
    writeFileSync(`${folder}/${file}`, `${text}\nexport {};\n`);
    return { page, line, file };
  });
}

/**
 * @param {string} language - Of the snippets.
 * @returns {string} What TypeScript says.
 */
function check(language) {
  const config = {
    extends: `${ROOT}tsconfig.base.json`,
    compilerOptions: {
      lib: ['ES2024', 'DOM', 'DOM.Iterable'],
      paths: PATHS,
      noUnusedLocals: false,
      noUnusedParameters: false,
      isolatedDeclarations: false,
      declaration: false,
      ...(language === 'js' ? LOOSE : {}),
    },
    include: ['.', `${ROOT}site/snippets/globals.d.ts`],
  };
  const file = `${FOLDER}${language}/tsconfig.json`;
  writeFileSync(file, JSON.stringify(config));
  const args = [toolPath('typescript#tsc'), '--noEmit', '--pretty', 'false', '-p', file];
  const { stderr, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return stdout + stderr;
}

/**
 * @param {string} output - Of TypeScript.
 * @param {readonly Written[]} written - The files.
 * @returns {readonly string[]} Its errors, at their places in the docs.
 */
function faultsIn(output, written) {
  return output.split('\n').flatMap((text) => {
    if (!text.includes('error ')) return [];
    const { file = '', line = '1', words = text } = ERROR.exec(text)?.groups ?? {};
    const found = written.find((entry) => file.endsWith(`/${entry.file}`));
    return [found ? faultAt(found.page, found.line + Number(line) - 1, words) : text];
  });
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Finding} What does not type-check.
 */
export function checkTypes(pages) {
  rmSync(FOLDER, { recursive: true, force: true });
  const findings = ['ts', 'js'].map((language) => {
    const written = writeSnippets(pages, language);
    const faults = written.length === 0 ? [] : faultsIn(check(language), written);
    return { checked: written.length, faults };
  });
  return {
    checked: findings.reduce((sum, { checked }) => sum + checked, 0),
    faults: findings.flatMap(({ faults }) => faults),
  };
}
