/** Every snippet marked `json` or `ndjson` is JSON. */
import { isException } from './exceptions.mjs';
import { faultAt } from './pages.mjs';

/** @typedef {import('./markdown.mjs').Page} Page */
/** @typedef {import('./pages.mjs').Finding} Finding */

/**
 * @param {string} text - Said to be JSON.
 * @returns {string | undefined} What the parser says.
 */
function faultOf(text) {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

/**
 * @param {readonly Page[]} pages - To look at.
 * @returns {Finding} Snippets that do not parse.
 */
export function checkJson(pages) {
  const texts = pages.flatMap((page) =>
    page.snippets
      .filter((snippet) => !isException(page, snippet))
      .flatMap(({ code, language, line }) => {
        if (language === 'json') return [{ page, line, text: code }];
        if (language !== 'ndjson') return [];
        return code.split('\n').map((text, index) => ({ page, line: line + index, text }));
      }),
  );
  const faults = texts.flatMap(({ line, page, text }) => {
    const fault = faultOf(text);
    return fault === undefined ? [] : [faultAt(page, line, `JSON: ${fault}`)];
  });
  return { checked: texts.length, faults };
}
