/**
 * NDJSON files, gzipped or not, line by line.
 *
 * @packageDocumentation
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { dataError } from './fail.ts';

/** A line's value and place. */
export interface Line {
  /** File name, for messages. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The parsed object. */
  readonly value: Readonly<Record<string, unknown>>;
}

/** The file's text; undefined when there is none. */
function readText(dir: string, name: string): { file: string; text: string } | undefined {
  for (const suffix of ['.ndjson.gz', '.ndjson']) {
    const file = join(dir, name + suffix);
    if (!existsSync(file)) continue;
    const raw = readFileSync(file);
    try {
      return { file, text: (suffix.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8') };
    } catch (error) {
      throw dataError(file, 0, `expected gzip, ${String(error)}`);
    }
  }
  return undefined;
}

/**
 * Reads `DIR/NAME.ndjson` or `DIR/NAME.ndjson.gz`.
 *
 * @param dir - Folder.
 * @param name - File name without its endings.
 * @param onLine - Called for each line that is not blank.
 * @returns Whether there is such a file.
 * @throws `DATA_INVALID` with file and line when a line is no JSON object.
 */
export function readLines(dir: string, name: string, onLine: (line: Line) => void): boolean {
  const found = readText(dir, name);
  if (!found) return false;
  const { file, text } = found;
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let line = 1; start < text.length; line++) {
    const end = text.indexOf('\n', start);
    const content = text.slice(start, end < 0 ? text.length : end).trim();
    start = end < 0 ? text.length : end + 1;
    if (content.length > 0) onLine({ file, line, value: parseLine(content, file, line) });
  }
  return true;
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
