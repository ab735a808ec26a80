/** What the scripts ask of files and do to them. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';

/**
 * When something under these paths was last changed.
 *
 * @param {readonly string[]} paths - Files or folders; missing ones are left out.
 * @returns {number} Milliseconds since 1970, 0 when nothing is there.
 */
export function newestChange(paths) {
  let newest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    newest = Math.max(newest, stat.mtimeMs);
    if (stat.isDirectory()) {
      newest = Math.max(newest, newestChange(readdirSync(path).map((name) => `${path}/${name}`)));
    }
  }
  return newest;
}

/**
 * Puts text between `<!-- NAME:start -->` and `<!-- NAME:end -->`, in the place of what was there.
 *
 * @param {string} page - Markdown with both markers.
 * @param {string} name - Of the markers.
 * @param {string} text - With the line breaks that it wants around it.
 * @returns {string} The page with it.
 * @throws {Error} When a marker is missing.
 */
export function between(page, name, text) {
  const [start, end] = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has no ${start} … ${end}.`);
  return page.slice(0, from + start.length) + text + page.slice(to);
}

/**
 * The same for a page on disk.
 *
 * @param {string | URL} path - Of the page.
 * @param {string} name - Of the markers.
 * @param {string} text - With the line breaks that it wants around it.
 * @returns {void}
 * @throws {Error} When a marker is missing.
 */
export function writeBetween(path, name, text) {
  writeFileSync(path, between(readFileSync(path, 'utf8'), name, text));
}
