/**
 * Text from the shop's server to values: JSON, or NDJSON of which bad lines are skipped.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';

/** Most lines of NDJSON looked at. */
const MAX_LINES = 1_000_000;

/** What a text held. */
export interface ParsedCandidates {
  /** For `normalizeCandidates`: the JSON value, or the objects of the NDJSON lines. */
  readonly value: unknown;
  /** Lines of NDJSON that hold no JSON object and were left out. */
  readonly badLines: number;
}

/**
 * Parses candidates sent as text.
 *
 * A text that is one JSON value is taken whole; else each line must be one JSON object. Blank lines
 * and a byte order mark are ignored. Cost: linear.
 *
 * @param text - JSON or NDJSON.
 * @returns The value and the number of lines left out.
 * @throws {@link VitrineError} `CANDIDATES_PARSE`, naming the place, when nothing can be used.
 * @example parseCandidatesText('{"id":"a"}\n{"id":"b"}\n').value // [{ id: 'a' }, { id: 'b' }]
 */
export function parseCandidatesText(text: string): ParsedCandidates {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const whole = tryParse(source);
  if (!(whole instanceof SyntaxError)) {
    // A file of one line is NDJSON too: a record by itself is a list of one.
    return { value: isRecord(whole) ? [whole] : whole, badLines: 0 };
  }
  if (/^\s*\[/.test(source)) {
    const where = `The JSON array is broken or cut off at ${placeOfBreak(source)}.`;
    throw new VitrineError('CANDIDATES_PARSE', where, { cause: whole });
  }
  return parseLines(source, whole);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return error instanceof SyntaxError ? error : new SyntaxError(String(error));
  }
}

/** What JSON consists of, without texts, and the blanks between. */
const LEXEME = /[\s,:[\]{}]+|-?\d[\d.eE+-]*|true|false|null/uy;
/** What a text consists of, without its quotes. */
const INSIDE = /[^"\\]+|\\./suy;

/** Says where something stands that is no word of JSON, `NaN` for one; else where the text ends. */
function placeOfBreak(source: string): string {
  let end = 0;
  /** Where the text began that is not over yet. */
  let start = -1;
  for (;;) {
    const lexeme = start < 0 ? LEXEME : INSIDE;
    lexeme.lastIndex = end;
    if (lexeme.test(source)) end = lexeme.lastIndex;
    else if (source[end] === '"') {
      start = start < 0 ? end : -1;
      end++;
    } else break;
  }
  const index = start < 0 ? end : start;
  const before = source.slice(0, index).split('\n');
  const column = index - source.lastIndexOf('\n', index - 1);
  const [found] = source.slice(index, index + 20).split('\n');
  return `line ${before.length}, column ${column}${found && `: ${found}`}`;
}

/** An object with an id and no list of items: one item, not a container. */
function isRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const has = (field: string): boolean => Object.hasOwn(value, field);
  return (has('id') || has('item_id')) && !['items', 'products', 'candidates'].some(has);
}

function parseLines(source: string, cause: SyntaxError): ParsedCandidates {
  const value: unknown[] = [];
  let badLines = 0;
  let firstBad = 0;
  let start = 0;
  for (let number = 1; start < source.length && number <= MAX_LINES; number++) {
    const newline = source.indexOf('\n', start);
    const end = newline === -1 ? source.length : newline;
    const line = source.slice(start, end).trim();
    start = end + 1;
    if (line === '') continue;
    const parsed = line.startsWith('{') ? tryParse(line) : null;
    if (parsed === null || parsed instanceof SyntaxError) {
      badLines++;
      firstBad ||= number;
    } else {
      value.push(parsed);
    }
  }
  if (value.length > 0) return { value, badLines };
  const where = firstBad > 0 ? `Line ${firstBad} is no JSON object` : 'The text is empty';
  throw new VitrineError(
    'CANDIDATES_PARSE',
    `${where}; expected a JSON array, a known container, or one JSON object per line.`,
    { cause },
  );
}
