/**
 * Reads catalogs in JSON: one object to a line, a list, or a list in a container. Pure; linear in the
 * text. A list is taken apart before it is parsed, so that one bad entry costs no more than itself.
 */
import { linesIn } from './bring-table.js';

/** @typedef {import('./bring-table.js').Found} Found */

/** Where containers keep their list; some have it one level down. */
const LISTS = ['products', 'items', 'candidates', 'itemListElement', '@graph'];
const HOLDERS = ['data', 'ecommerce', 'channel'];
const DEEPEST = 3;

/**
 * Reads one object to a line.
 *
 * @param {string} text - NDJSON.
 * @yields {Found} Records and problems; blank lines are passed over.
 */
export function* readLines(text) {
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const entry = text.slice(start, end).trim();
    start = end + 1;
    if (entry !== '') yield { line, end, ...parsed(entry) };
  }
}

/**
 * Reads a list, or a container that has one.
 *
 * @param {string} text - JSON.
 * @yields {Found} Records and problems.
 */
export function* readJson(text) {
  const start = text.search(/\S/u);
  if (text[start] !== '[') {
    yield* readContainer(text);
    return;
  }
  let line = 1 + linesIn(text, 0, start);
  let last = start;
  for (const piece of piecesOf(text, start + 1)) {
    line += linesIn(text, last, piece.start);
    last = piece.start;
    yield { line, end: piece.end, ...parsed(text.slice(piece.start, piece.end)) };
  }
}

/**
 * @param {string} text - A JSON object.
 * @yields {Found} The records of its list; one problem when it is no JSON or has no list.
 */
function* readContainer(text) {
  const end = text.length;
  let list;
  try {
    list = listIn(JSON.parse(text));
  } catch (error) {
    yield { line: 1, end, problem: `not valid JSON (${/** @type {Error} */ (error).message})` };
    return;
  }
  if (list === null) yield { line: 1, end, problem: 'an object without a list of products' };
  // Where each stands is no longer known: the number of the entry is told instead.
  for (const [index, value] of (list ?? []).entries()) {
    yield { line: index + 1, end: (end * (index + 1)) / (list ?? []).length, ...recordOf(value) };
  }
}

/**
 * @param {any} value - Parsed JSON.
 * @returns {readonly unknown[] | null} Its list.
 */
function listIn(value) {
  for (const holder of [value, ...HOLDERS.map((name) => value?.[name])]) {
    for (const name of LISTS) if (Array.isArray(holder?.[name])) return holder[name];
  }
  return typeof value?.id === 'string' || typeof value?.id === 'number' ? [value] : null;
}

/**
 * @param {string} text - A JSON list.
 * @param {number} from - Place behind its bracket.
 * @yields {{ start: number, end: number }} The places of its entries; the last may be cut off.
 */
function* piecesOf(text, from) {
  let start = from;
  for (;;) {
    const end = pieceEnd(text, start);
    if (text.slice(start, end).trim() !== '') yield { start: wordStart(text, start), end };
    if (text[end] !== ',') return;
    start = end + 1;
  }
}

/**
 * @param {string} text - A JSON list.
 * @param {number} from - Where an entry begins.
 * @returns {number} Place of the comma or bracket behind it, or the length.
 */
function pieceEnd(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at] ?? '';
    if (mark === '"') at = textEnd(text, at);
    else if ('{['.includes(mark)) depth += 1;
    else if (depth > 0 && '}]'.includes(mark)) depth -= 1;
    else if (depth === 0 && ',]'.includes(mark)) return at;
  }
  return text.length;
}

/**
 * @param {string} text - Any text.
 * @param {number} from - A place in it, before something that is not blank.
 * @returns {number} The place of that.
 */
function wordStart(text, from) {
  let at = from;
  while (text[at]?.trim() === '') at += 1;
  return at;
}

/**
 * @param {string} text - JSON.
 * @param {number} start - Of a quote.
 * @returns {number} Of the quote that closes it, or the length.
 */
function textEnd(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

/**
 * @param {string} text - One entry.
 * @returns {Pick<Found, 'fields' | 'problem'>} What it holds.
 */
function parsed(text) {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return { problem: 'not valid JSON' };
  }
}

/**
 * @param {unknown} value - A parsed entry.
 * @returns {Pick<Found, 'fields' | 'problem'>} Its fields, by their way down: `offers.price`.
 */
function recordOf(value) {
  const entry = /** @type {{ item?: unknown }} */ (value)?.item ?? value;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return { problem: 'not an object' };
  }
  /** @type {Map<string, unknown>} */
  const fields = new Map();
  flatten(entry, '', fields);
  return { fields };
}

/**
 * @param {object} value - An object.
 * @param {string} way - Name of the way to it, with a dot at its end.
 * @param {Map<string, unknown>} fields - Filled: texts, numbers, truths and lists of texts. Of a list
 *   of objects the first is taken.
 */
function flatten(value, way, fields) {
  for (const [name, inner] of Object.entries(value)) {
    const first = Array.isArray(inner) ? inner[0] : inner;
    if (typeof first !== 'object' || first === null) fields.set(way + name, inner);
    else if (way.split('.').length <= DEEPEST) flatten(first, `${way}${name}.`, fields);
  }
}
