/**
 * Reads a catalog in the interchange format and gives each item its place in the shop:
 * department, address, picture, price in words, and the server's order.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const GENERATED = join(ROOT, 'demo', 'generated');

/**
 * @typedef {object} ShopItem - A record of the catalog with its addresses in this shop.
 * @property {string} id
 * @property {string} title
 * @property {string} [description]
 * @property {string[]} [categoryPath]
 * @property {string[]} place - Its way through the shop; `['everything']` without a category.
 * @property {string} [brand]
 * @property {number} [price]
 * @property {string} [currency]
 * @property {number} [rating]
 * @property {number} [ratingCount]
 * @property {string[]} [tags]
 * @property {boolean} [available]
 * @property {string} url
 * @property {string} image
 * @property {Record<string, number>} [attributes]
 * @property {string} priceText - `$24.99`, or '' without a price.
 */

/**
 * Reads the items of a catalog, in the order of the file.
 *
 * @param {string | undefined} folder - Folder with catalog.ndjson[.gz]; without one the demo's own
 *   catalog, which is generated when it is missing.
 * @returns {{ items: ShopItem[], looks: Map<string, unknown> }} Items and how to draw them.
 * @throws {Error} Naming the file and line when the catalog cannot be read.
 */
export function readCatalog(folder) {
  const from = folder ?? generatedFolder();
  const path = ['catalog.ndjson', 'catalog.ndjson.gz']
    .map((name) => join(from, name))
    .find((candidate) => existsSync(candidate));
  if (path === undefined)
    throw new Error(`${from} holds neither catalog.ndjson nor catalog.ndjson.gz`);
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const items = parseLines(text, path);
  if (items.length === 0) throw new Error(`${path} holds no item`);
  return { items, looks: readLooks(join(from, 'looks.json')) };
}

/**
 * @param {string} text - NDJSON.
 * @param {string} path - For messages.
 * @returns {ShopItem[]} Items with unique ids.
 */
function parseLines(text, path) {
  /** @type {Map<string, ShopItem>} */
  const items = new Map();
  text.split('\n').forEach((line, index) => {
    if (line.trim() === '') return;
    const where = `${path}, line ${index + 1}`;
    const record = parseLine(line, where);
    if (typeof record.id !== 'string' || record.id === '') throw new Error(`${where}: no id`);
    if (!items.has(record.id)) items.set(record.id, toShopItem(record, record.id));
  });
  return [...items.values()];
}

/**
 * @param {string} line - One line of NDJSON.
 * @param {string} where - File and line, for messages.
 * @returns {Record<string, unknown>} The record.
 */
function parseLine(line, where) {
  try {
    const record = JSON.parse(line);
    if (typeof record === 'object' && record !== null) return record;
  } catch (error) {
    throw new Error(`${where}: not valid JSON`, { cause: error });
  }
  throw new Error(`${where}: expected an object`);
}

/**
 * @param {Record<string, unknown>} record - A record of the catalog.
 * @param {string} id - Its id.
 * @returns {ShopItem} The record with its addresses and its price in words.
 */
function toShopItem(record, id) {
  const path = texts(record['categoryPath']);
  const slot = encodeURIComponent(id);
  const known = {
    description: only(record['description'], 'string'),
    categoryPath: path,
    brand: only(record['brand'], 'string'),
    price: only(record['price'], 'number'),
    currency: only(record['currency'], 'string'),
    rating: only(record['rating'], 'number'),
    ratingCount: only(record['ratingCount'], 'number'),
    tags: texts(record['tags']),
    available: only(record['available'], 'boolean'),
    attributes: only(record['attributes'], 'object') ?? undefined,
  };
  return /** @type {ShopItem} */ ({
    ...known,
    id,
    title: only(record['title'], 'string') ?? `Item ${id}`,
    place: path ?? ['everything'],
    url: `/p/${slot}`,
    image: `/images/${slot}.svg`,
    priceText: priceInWords(known.price, known.currency),
  });
}

/**
 * @param {unknown} value - A field of a record.
 * @param {string} type - As `typeof` names it.
 * @returns {any} The value; undefined when it is of another type.
 */
function only(value, type) {
  return typeof value === type ? value : undefined;
}

/**
 * @param {unknown} value - A field of a record.
 * @returns {string[] | undefined} Its texts; undefined when there are none.
 */
function texts(value) {
  const list = Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  return list.length > 0 ? list : undefined;
}

/**
 * @param {unknown} price - Amount.
 * @param {unknown} currency - ISO 4217 code; default USD.
 * @returns {string} `$24.99`, or '' when the price is not a finite number.
 */
function priceInWords(price, currency) {
  if (typeof price !== 'number' || !Number.isFinite(price)) return '';
  try {
    const code = typeof currency === 'string' ? currency : 'USD';
    return new Intl.NumberFormat('en', { style: 'currency', currency: code }).format(price);
  } catch {
    // A currency code that Intl does not know: the bare amount is still right.
    return price.toFixed(2);
  }
}

/**
 * @param {string} path - looks.json: item id → look.
 * @returns {Map<string, unknown>} Empty when there is no such file.
 */
function readLooks(path) {
  if (!existsSync(path)) return new Map();
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
}

/** @returns {string} Folder of the demo's own catalog, which is made now when it is missing. */
function generatedFolder() {
  if (existsSync(join(GENERATED, 'catalog.ndjson'))) return GENERATED;
  const script = join(ROOT, 'scripts', 'demo-catalog', 'main.mjs');
  const run = spawnSync(process.execPath, [script], { cwd: ROOT, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`The demo catalog could not be made: ${run.stderr}`);
  return GENERATED;
}
