/**
 * Snippets that no machine tries, each with the reason. Keep it short: a snippet that cannot be run
 * is one that nobody knows to work.
 */

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./markdown.mjs').Snippet} Snippet */

/**
 * @typedef {object} Exception
 * @property {string} path - Of the page.
 * @property {string} begins - First line of the snippet.
 * @property {string} reason - Why it is not tried.
 */

/** @type {readonly Exception[]} */
const EXCEPTIONS = [
  {
    path: 'docs/feed-element.md',
    begins: '<section class="vitrine-row" aria-labelledby="vitrine-1">',
    reason: 'what the element writes, not what a page does',
  },
];

/**
 * @param {Page} page - Where it stands.
 * @param {Snippet} snippet - A snippet.
 * @returns {boolean} Whether it is left out.
 */
export function isException({ path }, { code }) {
  const begins = code.split('\n', 1)[0]?.trim();
  return EXCEPTIONS.some((entry) => entry.path === path && entry.begins === begins);
}

/**
 * @param {readonly Page[]} pages - All pages.
 * @returns {readonly string[]} Exceptions for snippets that are no longer there.
 */
export function staleExceptions(pages) {
  return EXCEPTIONS.filter(
    ({ begins, path }) =>
      !pages.some(
        (page) =>
          page.path === path &&
          page.snippets.some(({ code }) => code.split('\n', 1)[0]?.trim() === begins),
      ),
  ).map(({ begins, path }) => `exceptions.mjs: ${path} has no snippet that begins with ${begins}`);
}
