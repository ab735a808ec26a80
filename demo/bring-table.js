/**
 * Reads tables of text (CSV and its kin, RFC 4180) one record after the other and says on which line
 * each begins, which is what a merchant needs to find a mistake. Pure; linear in the text.
 */

/**
 * @typedef {object} Found - What a reader comes upon: a record or a problem.
 * @property {number} line - Line on which it begins, from 1.
 * @property {number} end - Characters of the text that lie behind; for progress.
 * @property {ReadonlyMap<string, unknown>} [fields] - Of a record, by name.
 * @property {string} [problem] - Why nothing can be made of it.
 */

/**
 * @typedef {object} Row - A record before it has names.
 * @property {number} line - Line on which it begins.
 * @property {number} start - Place of its first character.
 * @property {number} end - Place of the first character behind it.
 * @property {readonly string[]} cells - Its texts.
 * @property {boolean} isOpen - A quote was never closed.
 */

/** A text in quotes may be so long; else its second quote is taken to be missing. */
const LONGEST = 200_000;
/** After so many missing quotes the rest of a file is anybody's guess. */
const MOST_OPEN = 20;

/**
 * Reads a table whose first record names the columns.
 *
 * @param {string} text - The table.
 * @param {string} separator - One character.
 * @yields {Found} Records and problems, from top to bottom; blank lines are passed over.
 * @example [...readTable('id,title\n1,"A, b"', ',')][0].fields // Map { id → '1', title → 'A, b' }
 */
export function* readTable(text, separator) {
  /** @type {readonly string[] | null} */
  let names = null;
  for (const row of rowsOf(text, separator)) {
    const { cells, end, isOpen, line } = row;
    if (isOpen) yield { line, end, problem: 'a quote is opened and not closed' };
    else if (cells.every((cell) => cell.trim() === '')) continue;
    else if (names === null) names = namesOf(cells);
    else yield { line, end, ...named(names, cells) };
  }
}

/**
 * @param {readonly string[]} names - Of the columns.
 * @param {readonly string[]} cells - Of a record.
 * @returns {Pick<Found, 'fields' | 'problem'>} A record, when each text has a name.
 */
function named(names, cells) {
  const extra = cells.slice(names.length).some((cell) => cell.trim() !== '');
  if (extra || cells.length < names.length) {
    return { problem: `${cells.length} fields, but the first line names ${names.length}` };
  }
  return { fields: new Map(names.map((name, index) => [name, cells[index] ?? ''])) };
}

/**
 * @param {readonly string[]} cells - Of the first record.
 * @returns {string[]} A name for each column, none twice.
 */
function namesOf(cells) {
  /** @type {Set<string>} */
  const names = new Set();
  cells.forEach((cell, index) => {
    const name = cell.trim() || `Column ${index + 1}`;
    names.add(names.has(name) ? `${name} (${index + 1})` : name);
  });
  return [...names];
}

/**
 * @param {string} text - The table.
 * @param {string} separator - One character.
 * @yields {Row} Records without names.
 */
function* rowsOf(text, separator) {
  let line = 1;
  let open = 0;
  for (let start = 0; start < text.length;) {
    const row = rowAt(text, start, separator);
    if (row.isOpen) open += 1;
    // What follows a quote that is not closed may be whole records: on with the next line.
    const end = row.isOpen ? lineEnd(text, start) + 1 : row.end;
    yield { ...row, line, start, end };
    if (open > MOST_OPEN) return;
    line += row.isOpen ? 1 : linesIn(text, start, end);
    start = end;
  }
}

/**
 * @param {string} text - The table.
 * @param {number} start - Where a record begins.
 * @param {string} separator - One character.
 * @returns {Pick<Row, 'cells' | 'end' | 'isOpen'>} The record.
 */
function rowAt(text, start, separator) {
  /** @type {string[]} */
  const cells = [];
  for (let at = start; ; at += 1) {
    const cell =
      text[at] === '"' ? quotedCell(text, at, separator) : plainCell(text, at, separator);
    if (cell === null) return { cells, end: at, isOpen: true };
    cells.push(cell.value);
    at = cell.end;
    if (text[at] !== separator) return { cells, end: at + 1, isOpen: false };
  }
}

/**
 * @param {string} text - The table.
 * @param {number} start - Where a text without quotes begins.
 * @param {string} separator - One character.
 * @returns {{ value: string, end: number }} The text, and where its separator or line end stands.
 */
function plainCell(text, start, separator) {
  let end = start;
  while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
  const value = text.slice(start, end);
  return { value: value.endsWith('\r') ? value.slice(0, -1) : value, end };
}

/**
 * @param {string} text - The table.
 * @param {number} start - Of its first quote.
 * @param {string} separator - One character.
 * @returns {{ value: string, end: number } | null} As {@link plainCell}; null when it has no end.
 */
function quotedCell(text, start, separator) {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1 || quote - start > LONGEST) return null;
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      // What stands between quote and separator belongs to nobody's standard; it is kept.
      const rest = plainCell(text, quote + 1, separator);
      return { value: value + rest.value, end: rest.end };
    }
    value += '"';
    from = quote + 2;
  }
}

/**
 * @param {string} text - Any text.
 * @param {number} from - A place in it.
 * @returns {number} Place of the next line end, or the length.
 */
function lineEnd(text, from) {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/**
 * Counts line ends.
 *
 * @param {string} text - Any text.
 * @param {number} start - From here.
 * @param {number} end - To the character before.
 * @returns {number} How many.
 */
export function linesIn(text, start, end) {
  // Of a part of its own, or a search would run on to the end of a text that is one line.
  const part = text.slice(start, end);
  let count = 0;
  for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', at + 1)) count += 1;
  return count;
}
