/**
 * No dead link: files, anchors and pictures are looked for, addresses elsewhere must be known to
 * `external-links.mjs`, since a check without a network cannot ask for them.
 */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from '../run.mjs';
import { EXTERNAL_LINKS } from './external-links.mjs';
import { readPage } from './markdown.mjs';
import { faultAt } from './pages.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */

/**
 * The file that a link means. Pages of the site name others as the site does, from its root and
 * without an ending: `/docs/rules`, `/README`, `/recipes/rules`.
 *
 * @param {Page} page - Where the link stands.
 * @param {string} path - Without its anchor.
 * @returns {string} From the repository's root.
 */
function fileOf(page, path) {
  if (path === '') return page.path;
  if (!path.startsWith('/')) return normalize(join(dirname(page.path), path));
  if (existsSync(`${ROOT}site/pages/public${path}`)) return `site/pages/public${path}`;
  const isOurs = path.startsWith('/docs/') || existsSync(`${ROOT}${path.slice(1)}.md`);
  return isOurs ? `${path.slice(1)}.md` : `site/pages${path}.md`;
}

/**
 * @param {Page} page - Where the link stands.
 * @param {string} target - As written.
 * @returns {string | undefined} What is wrong with it.
 */
function faultOf(page, target) {
  if (/^https?:/u.test(target)) {
    return EXTERNAL_LINKS.has(target) ? undefined : 'stands not in scripts/docs/external-links.mjs';
  }
  const [path = '', anchor] = target.split('#');
  // Made by scripts when the site is built; the site's own build looks for dead links in there.
  if (path.startsWith('/api/')) return undefined;
  const file = fileOf(page, path);
  if (!existsSync(ROOT + file)) return `there is no ${file}`;
  if (anchor === undefined || !file.endsWith('.md')) return undefined;
  const { anchors } = file === page.path ? page : readPage(file);
  return anchors.has(anchor) ? undefined : `${file} has no heading #${anchor}`;
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Finding} Dead links, and addresses elsewhere that the list still has and no page.
 */
export function checkLinks(pages) {
  const faults = pages.flatMap((page) =>
    page.links.flatMap(({ line, target }) => {
      const fault = faultOf(page, target);
      return fault === undefined ? [] : [faultAt(page, line, `link ${target}: ${fault}`)];
    }),
  );
  const used = new Set(pages.flatMap(({ links }) => links.map(({ target }) => target)));
  const unused = [...EXTERNAL_LINKS].filter((link) => !used.has(link));
  return {
    checked: pages.flatMap(({ links }) => links).length + unused.length,
    faults: [...faults, ...unused.map((link) => `external-links.mjs: no page has ${link}`)],
  };
}

/**
 * README promises code that runs before line 25.
 *
 * @param {readonly Page[]} pages - Among them the README.
 * @returns {Finding} Of one thing.
 */
export function checkFirstCode(pages) {
  const readme = pages.find(({ path }) => path === 'README.md');
  const [first] = readme?.snippets ?? [];
  const isEarly = first !== undefined && first.line < 25;
  return { checked: 1, faults: isEarly ? [] : ['README.md: the first code comes after line 25'] };
}
