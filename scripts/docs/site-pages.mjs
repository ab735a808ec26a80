/**
 * Gathers the pages of the site in temp/site/: its own, docs/ as they are, what stands at the root,
 * and the API reference. A link to a file that the site does not have becomes plain words.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../run.mjs';
import { apiPage } from './api-pages.mjs';

/** @typedef {import('./api-model.mjs').Entry} Entry */

/** Where VitePress finds them. */
const SITE = `${ROOT}temp/site/`;

/** Pages at the root of the repository. */
const AT_ROOT = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'DESIGN.md', 'SECURITY.md'];
const LINK = /(?<!!)\[(?<words>(?:[^[\]]|\[[^\]]*\])*)\]\((?<target>[^()\s]+)\)/gu;
const DRAWING = /!\[[^\]]*\]\((?<path>\/drawings\/[^)]+)\)/gu;

/**
 * @param {string} path - Of a page, from the repository's root.
 * @param {string} text - Its Markdown.
 * @returns {string} The same with links to pages of the site only, and drawings as SVG.
 */
function adapted(path, text) {
  return text
    .replaceAll(LINK, (whole, words, target) => {
      if (/^(?:https?:|\/|#)/u.test(target)) return whole;
      const file = normalize(join(dirname(path), target.split('#')[0]));
      const isPage = AT_ROOT.includes(file) || (file.startsWith('docs/') && file.endsWith('.md'));
      const isPicture = file.startsWith('docs/') && /\.(?:svg|jpg|webp|png)$/u.test(file);
      return isPage || isPicture ? whole : words;
    })
    .replaceAll(DRAWING, (_, drawing) => {
      const svg = readFileSync(`${ROOT}site/pages/public${drawing}`, 'utf8');
      // In one line, so that Markdown takes it as one block.
      return `<div class="drawing-frame" tabindex="0">${svg.replaceAll('\n', '')}</div>`;
    });
}

/**
 * @param {string} from - Folder of the repository, or '' for its root.
 * @param {readonly string[]} names - Markdown files in it.
 * @param {string} to - Folder of the site.
 */
function copyPages(from, names, to) {
  for (const name of names) {
    const path = from === '' ? name : `${from}/${name}`;
    const target = `${SITE}${to}${name}`;
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, adapted(path, readFileSync(ROOT + path, 'utf8')));
  }
}

/**
 * @param {string} folder - From the root.
 * @returns {readonly string[]} Markdown files in it and below.
 */
function markdownIn(folder) {
  const names = readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md'));
}

/** Copies all pages that are written by hand or by other scripts. */
export function gatherPages() {
  copyPages('site/pages', markdownIn('site/pages'), '');
  copyPages('docs', markdownIn('docs'), 'docs/');
  copyPages(
    '',
    AT_ROOT.filter((name) => existsSync(ROOT + name)),
    '',
  );
  cpSync(`${ROOT}site/pages/public`, `${SITE}public`, { recursive: true });
  const pictures = readdirSync(`${ROOT}docs`, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.(?:svg|jpg|webp|png)$/u.test(name),
  );
  for (const name of pictures) cpSync(`${ROOT}docs/${name}`, `${SITE}docs/${name}`);
}

/**
 * Makes the whole site anew.
 *
 * @param {readonly Entry[]} entries - What is public.
 */
export function gatherSite(entries) {
  rmSync(SITE, { recursive: true, force: true });
  mkdirSync(`${SITE}api`, { recursive: true });
  gatherPages();
  for (const entry of entries) writeFileSync(`${SITE}${entry.path.slice(1)}.md`, apiPage(entry));
  const list = entries.map(({ path, specifier }) => ({ text: specifier, link: path }));
  writeFileSync(`${SITE}api.json`, JSON.stringify(list));
}
