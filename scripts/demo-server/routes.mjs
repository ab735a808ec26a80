/**
 * Addresses of the demo shop and what stands behind them.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bringPage } from './bring-page.mjs';
import { laboratoryPage } from './laboratory-page.mjs';
import { cartPage, departmentsPage, homePage, listingPage, missingPage } from './pages.mjs';
import { drawPicture } from './pictures.mjs';
import { candidateOf, productPage } from './product-page.mjs';
import { readStatic } from './respond.mjs';

/** @typedef {import('./respond.mjs').Answer} Answer */
/** @typedef {import('./shop.mjs').Shop} Shop */

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const DAY = 'public, max-age=86400';
const EVER = 'public, max-age=31536000, immutable';
/** Addresses that name a file by what is in it: they are asked for once, whatever a visitor erases. */
const BY_CONTENT = /^\/dist\/chunks\/|^\/packs\/.+\?v=/;

/**
 * Finds the answer to an address.
 *
 * @param {Shop} shop - The shop.
 * @param {URL} url - The address.
 * @returns {Promise<Answer>} Always an answer; the last resort is a page with status 404.
 */
export async function route(shop, url) {
  const found = await answer(shop, url);
  return found ?? { status: 404, type: HTML, body: missingPage(shop), cache: 'no-store' };
}

/**
 * @param {Shop} shop - The shop.
 * @param {URL} url - The address.
 * @returns {Promise<Answer | null>} Null when there is nothing there.
 */
async function answer(shop, url) {
  const path = decode(url.pathname);
  if (path === null) return null;
  if (path === '/') return { type: HTML, body: homePage(shop) };
  if (path === '/cart') return { type: HTML, body: cartPage(shop) };
  if (path === '/bring') return { type: HTML, body: bringPage(shop) };
  if (path === '/laboratory') return { type: HTML, body: laboratoryPage(shop) };
  if (path === '/api/candidates.json') return candidates(shop, url);
  if (path === '/api/looks.json') return looks(shop);
  const [, room, ...rest] = path.split('/');
  const inside = rest.join('/');
  switch (room) {
    case 'c':
      return listing(shop, inside, url);
    case 'p':
      return product(shop, inside);
    case 'images':
      return picture(shop, inside);
    default:
      return fileIn(room, inside, url);
  }
}

/**
 * @typedef {object} Folder
 * @property {string} root - Where its files lie.
 * @property {readonly string[]} endings - Which of them are served.
 * @property {string} [cache] - Cache-Control; default: ask each time whether it changed.
 */

/**
 * Files that are served as they are, by the first part of the path.
 *
 * @type {ReadonlyMap<string, Folder>}
 */
const FOLDERS = new Map(
  /** @type {[string, Folder][]} */ ([
    ['drawing', { root: join(ROOT, 'scripts', 'demo-catalog'), endings: ['.mjs'], cache: DAY }],
    ['dist', { root: join(ROOT, 'dist'), endings: ['.js', '.map', '.wasm', '.json'] }],
    ['packs', { root: join(ROOT, 'packs'), endings: ['.json', '.bin'] }],
    ['public', { root: join(ROOT, 'public'), endings: ['.svg'], cache: DAY }],
    ['assets', { root: join(ROOT, 'demo'), endings: ['.js', '.css'] }],
  ]),
);

/**
 * @param {string | undefined} room - First part of the path.
 * @param {string} inside - The rest.
 * @param {URL} url - The whole address.
 * @returns {Promise<Answer | null>} Null when there is nothing there.
 */
async function fileIn(room, inside, { pathname, search }) {
  const folder = FOLDERS.get(room ?? '');
  if (folder === undefined) return null;
  const cache = BY_CONTENT.test(pathname + search) ? EVER : folder.cache;
  return readStatic(folder.root, inside, folder.endings, inside.startsWith('wasm/') ? DAY : cache);
}

/**
 * @param {string} path - As in the address.
 * @returns {string | null} Decoded; null when it cannot be.
 */
function decode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray percent sign: no page has such an address.
    return null;
  }
}

/**
 * @param {Shop} shop - The shop.
 * @param {string} path - Category path.
 * @param {URL} url - For the page number.
 * @returns {Answer | null} A listing.
 */
function listing(shop, path, url) {
  if (path === '') return { type: HTML, body: departmentsPage(shop) };
  const category = shop.categories.get(path);
  if (category === undefined) return null;
  const body = listingPage(shop, category, Number(url.searchParams.get('page') ?? '1'));
  return body === null ? null : { type: HTML, body };
}

/**
 * @param {Shop} shop - The shop.
 * @param {string} id - Item id.
 * @returns {Answer | null} Its page.
 */
function product(shop, id) {
  const item = shop.byId.get(id);
  return item === undefined ? null : { type: HTML, body: productPage(shop, item) };
}

/**
 * @param {Shop} shop - The shop.
 * @param {string} file - `<id>.svg`.
 * @returns {Answer | null} The picture.
 */
function picture(shop, file) {
  const item = file.endsWith('.svg') ? shop.byId.get(file.slice(0, -4)) : undefined;
  if (item === undefined) return null;
  return { type: 'image/svg+xml', body: drawPicture(shop, item), cache: DAY };
}

/** Lists as JSON, each written once. @type {WeakMap<object, string>} */
const written = new WeakMap();

/**
 * @param {Shop} shop - The shop.
 * @param {URL} url - `?c=path` narrows it to a category.
 * @returns {Answer | null} Candidates in the server's order.
 */
function candidates(shop, url) {
  const path = url.searchParams.get('c');
  const items = path === null ? shop.items : shop.categories.get(path)?.items;
  if (items === undefined) return null;
  const body = written.get(items) ?? JSON.stringify(items.map(candidateOf));
  written.set(items, body);
  return { type: JSON_TYPE, body };
}

/**
 * How to draw every item, for pages that draw by themselves: the whole list for everybody, so that
 * the request says nothing about what is drawn.
 *
 * @param {Shop} shop - The shop.
 * @returns {Answer} Looks by item id; none for a catalog without `looks.json`.
 */
function looks(shop) {
  const body = written.get(shop.looks) ?? JSON.stringify(Object.fromEntries(shop.looks));
  written.set(shop.looks, body);
  return { type: JSON_TYPE, body };
}
