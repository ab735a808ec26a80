/** Makes of a snippet what a browser can open. */

/** Public entries, by their name after `vitrine`. */
const ENTRIES = ['', '/consent', '/events', '/inspect', '/react', '/taste', '/vue'];
const IMPORTS = JSON.stringify({
  imports: Object.fromEntries(
    ENTRIES.map((name) => [`vitrine${name}`, `/vitrine/vitrine${name.replace('/', '-')}.js`]),
  ),
});
const HEAD = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Snippet</title>
<link rel="icon" href="data:,"><script type="importmap">${IMPORTS}</script></head><body>`;
/** The tag of the README, for snippets that leave it out. */
const TAG =
  '<script type="module" src="/vitrine/vitrine.js" data-consent="granted" data-timeout-ms="30000" data-candidates="/candidates.json"></script>';
const VALUE = /^(?<expression>[^/\s][^;]*); \/\/ (?<literal>'[^']*'|-?\d+(?:\.\d+)?|true|false)$/u;

/** The page that a `js` snippet runs in; an element for those that look for one. */
export const SCRIPT_PAGE = `${HEAD}<vitrine-feed></vitrine-feed><div class="grid"></div></body></html>`;

/**
 * @param {string} code - A `js` snippet.
 * @returns {string} A module; where a comment gives the value of an expression, it is compared.
 * @example moduleOf("feed.reason; // 'PERSONALIZED'")
 */
export function moduleOf(code) {
  const lines = code.split('\n').map((line) => {
    const { expression, literal } = VALUE.exec(line)?.groups ?? {};
    const isValue = expression !== undefined && !/^(?:const|let|await|import)\b/u.test(expression);
    return isValue ? `expectValue(${expression}, ${literal});` : line;
  });
  return `${lines.join('\n')}\n`;
}

/**
 * @param {string} code - An `html` snippet: a whole page, or part of one.
 * @returns {string} A page that loads Vitrine.
 */
export function pageOf(code) {
  // A busy machine is not what is tested.
  const patient = code.replaceAll(' data-consent="granted"', '$& data-timeout-ms="30000"');
  if (/^\s*<!doctype/iu.test(code)) return patient;
  const loads = /\/vitrine\/vitrine\.(?:iife\.)?js/u.test(code);
  return `${HEAD}${loads ? '' : TAG}\n${patient}\n</body></html>`;
}
