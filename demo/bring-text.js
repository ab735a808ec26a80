/**
 * Bytes of a catalog's file to text, and which of the known formats it is written in. Pure.
 */

/** @typedef {{ kind: 'table', separator: string } | { kind: 'lines' | 'json' | 'xml' }} Format */

/** In the order in which they are tried where several are as frequent. */
const SEPARATORS = ['\t', ',', ';', '|'];
/** Objects with one of these hold a list or lead to it. */
const CONTAINERS = ['products', 'items', 'candidates', 'itemListElement', '@graph', 'data'];
/** A first line is looked at so far. */
const HEADER_CHARS = 20_000;

/**
 * Decodes a file: by its byte order mark, else as UTF-8, else as the Western code page that
 * spreadsheet programs still write.
 *
 * @param {Uint8Array} bytes - The whole file.
 * @returns {{ text: string, encoding: string }} Text without a mark; the name of the encoding.
 */
export function decodeFile(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    // Not UTF-8: every byte means something in this one.
    return decoded(bytes, 'windows-1252');
  }
}

/**
 * @param {Uint8Array} bytes - The whole file.
 * @param {string} encoding - Its label.
 * @returns {{ text: string, encoding: string }} See {@link decodeFile}.
 */
function decoded(bytes, encoding) {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/**
 * Tells the format by how a text begins; the name of a file may lie.
 *
 * @param {string} text - A catalog.
 * @returns {Format} What begins with neither a bracket nor a tag is a table.
 * @example formatOf('id;title\n1;Lamp') // { kind: 'table', separator: ';' }
 */
export function formatOf(text) {
  const start = text.search(/\S/u);
  const mark = text[start];
  if (mark === '<') return { kind: 'xml' };
  if (mark === '[') return { kind: 'json' };
  if (mark === '{') return { kind: isLines(text.slice(start)) ? 'lines' : 'json' };
  return { kind: 'table', separator: separatorOf(text.slice(Math.max(0, start))) };
}

/**
 * @param {string} text - Begins with a brace.
 * @returns {boolean} Whether its first line is a value by itself: one object to a line.
 */
function isLines(text) {
  const end = text.indexOf('\n');
  try {
    const first = JSON.parse(end === -1 ? text : text.slice(0, end));
    // A container in one line is a list, however it is written.
    return !CONTAINERS.some((name) => Object.hasOwn(first, name));
  } catch {
    return false;
  }
}

/**
 * @param {string} text - Begins with the line of names.
 * @returns {string} What stands most often between them, outside of quotes.
 */
function separatorOf(text) {
  const counts = new Map(SEPARATORS.map((mark) => [mark, 0]));
  let isQuoted = false;
  for (const mark of text.slice(0, HEADER_CHARS)) {
    if (mark === '"') isQuoted = !isQuoted;
    else if (mark === '\n' && !isQuoted) break;
    else if (!isQuoted && counts.has(mark)) counts.set(mark, (counts.get(mark) ?? 0) + 1);
  }
  const [most = [',', 0]] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most[1] > 0 ? most[0] : ',';
}
