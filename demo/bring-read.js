/**
 * Reads a catalog in slices, so that the page stays in hand while tens of thousands of lines go by.
 */
import { ItemMaker } from './bring-items.js';
import { readJson, readLines } from './bring-json.js';
import { guessMapping } from './bring-mapping.js';
import { readTable } from './bring-table.js';
import { formatOf } from './bring-text.js';
import { readXml } from './bring-xml.js';
import { nextTask } from './dom.js';

/** @typedef {import('./bring-table.js').Found} Found */
/** @typedef {import('./bring-text.js').Format} Format */
/** @typedef {import('./bring-mapping.js').Mapping} Mapping */

/**
 * @typedef {object} Catalog - A catalog as it was read, before its columns have a meaning.
 * @property {string} format - In words.
 * @property {readonly Found[]} found - Records and problems, from top to bottom.
 * @property {readonly string[]} columns - Every name that some record has.
 * @property {Mapping} mapping - What the columns seem to hold.
 */

/** @typedef {(share: number, records: number) => void} OnProgress - 0 to 1, and how many so far. */

/** Milliseconds of one slice. */
const SLICE = 12;
/** Further records rarely have further names. */
const NAMED = 2000;

/** @type {ReadonlyMap<string, string>} */
const MARKS = new Map([
  [',', 'CSV'],
  [';', 'CSV with semicolons'],
  ['\t', 'tab-separated text'],
  ['|', 'CSV with bars'],
]);
const KINDS = { lines: 'NDJSON', json: 'JSON', xml: 'XML feed' };

/**
 * Reads a text as a catalog.
 *
 * @param {string} text - CSV, TSV, NDJSON, JSON or a product feed in XML.
 * @param {OnProgress} onProgress - Told after each slice.
 * @returns {Promise<Catalog>} What it holds; without records when it is none of these.
 */
export async function readCatalog(text, onProgress) {
  const format = formatOf(text);
  /** @type {Found[]} */
  const found = [];
  /** @type {Set<string>} */
  const columns = new Set();
  await inSlices(readerOf(text, format), (entry) => {
    found.push(entry);
    if (found.length <= NAMED) for (const name of entry.fields?.keys() ?? []) columns.add(name);
    return () => onProgress(entry.end / text.length, found.length);
  });
  const names = [...columns];
  return { format: nameOf(format), found, columns: names, mapping: guessMapping(names) };
}

/**
 * Makes items of a catalog.
 *
 * @param {Catalog} catalog - As read.
 * @param {Mapping} mapping - What its columns hold.
 * @param {OnProgress} onProgress - Told after each slice.
 * @returns {Promise<ItemMaker>} The items, and what could not be used.
 */
export async function makeItems({ found }, mapping, onProgress) {
  const maker = new ItemMaker(mapping);
  let count = 0;
  await inSlices(found, (entry) => {
    maker.take(entry);
    count += 1;
    return () => onProgress(count / found.length, count);
  });
  return maker;
}

/**
 * @template T
 * @param {Iterable<T>} entries - What is to be gone through.
 * @param {(entry: T) => () => void} take - Takes one; what it gives back is called after a slice.
 */
async function inSlices(entries, take) {
  let end = performance.now() + SLICE;
  for (const entry of entries) {
    const tell = take(entry);
    if (performance.now() < end) continue;
    tell();
    await nextTask();
    end = performance.now() + SLICE;
  }
}

/**
 * @param {string} text - A catalog.
 * @param {Format} format - Its format.
 * @returns {Iterable<Found>} Its records and problems.
 */
function readerOf(text, format) {
  if (format.kind === 'table') return readTable(text, format.separator);
  if (format.kind === 'xml') return readXml(text);
  return format.kind === 'lines' ? readLines(text) : readJson(text);
}

/**
 * @param {Format} format - A format.
 * @returns {string} What merchants call it.
 */
function nameOf(format) {
  return format.kind === 'table' ? (MARKS.get(format.separator) ?? 'CSV') : KINDS[format.kind];
}
