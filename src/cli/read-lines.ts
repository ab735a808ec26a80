/**
 * NDJSON files, gzipped or not, line by line.
 *
 * @packageDocumentation
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataError } from './fail.ts';
import { readFileBytes } from './read-file.ts';

/** A line's value and place. */
export interface Line {
  /** File name, for messages. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The parsed object. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** Ends a line, also within UTF-8. */
const LINE_FEED = 10;

/**
 * Reads `DIR/NAME.ndjson.gz` or `DIR/NAME.ndjson`; the first where both are there.
 *
 * @param dir - Folder.
 * @param name - File name without its endings.
 * @param onLine - Called for each line that is not blank.
 * @returns Whether there is such a file.
 * @throws `DATA_INVALID` as {@link readLinesOf}.
 */
export function readLines(dir: string, name: string, onLine: (line: Line) => void): boolean {
  const files = ['.ndjson.gz', '.ndjson'].map((suffix) => join(dir, name + suffix));
  const file = files.find((path) => existsSync(path));
  if (file === undefined) return false;
  readLinesOf(file, onLine);
  return true;
}

/**
 * Reads an NDJSON file. Line by line from its bytes: a file may be longer than the longest text.
 *
 * @param file - Path; gzipped or not.
 * @param onLine - Called for each line that is not blank.
 * @throws `DATA_INVALID` with file and line when a line is no JSON object, with the file when it
 *   cannot be read.
 */
export function readLinesOf(file: string, onLine: (line: Line) => void): void {
  const bytes = readFileBytes(file);
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    // A byte order mark is a blank as well.
    const content = bytes.toString('utf8', start, end).trim();
    start = end + 1;
    if (content.length > 0) onLine({ file, line, value: parseLine(content, file, line) });
  }
}

/**
 * Reads one line.
 *
 * @param content - Without blanks at its ends.
 * @param file - For the message.
 * @param line - For the message, from 1.
 * @returns The object that it holds.
 * @throws `DATA_INVALID` when it is no JSON object.
 */
export function parseLine(content: string, file: string, line: number): Line['value'] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw dataError(file, line, `expected a JSON object, got ${content.slice(0, 40)}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Line['value'];
  }
  throw dataError(file, line, `expected a JSON object, got ${content.slice(0, 40)}`);
}
