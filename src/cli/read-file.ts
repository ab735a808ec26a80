/**
 * Files that a job is given, gzipped or not.
 *
 * @packageDocumentation
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { dataError } from './fail.ts';

/** Of the name, or of the content where the name does not tell. */
function isGzip(file: string, raw: Buffer): boolean {
  return file.endsWith('.gz') || (raw[0] === 0x1f && raw[1] === 0x8b);
}

/**
 * A file's bytes, unzipped.
 *
 * @param file - Path.
 * @returns Its bytes.
 * @throws `DATA_INVALID` when there is no such file, it is a folder, or its gzip is broken.
 */
export function readFileBytes(file: string): Buffer {
  if (!existsSync(file)) throw dataError(file, 0, 'there is no such file');
  if (statSync(file).isDirectory()) throw dataError(file, 0, 'expected a file, got a folder');
  const raw = readFileSync(file);
  if (!isGzip(file, raw)) return raw;
  try {
    return gunzipSync(raw);
  } catch (error) {
    throw dataError(file, 0, `expected gzip, ${String(error)}`);
  }
}

/**
 * A file's value.
 *
 * @param file - Path of a JSON file.
 * @returns What it holds.
 * @throws `DATA_INVALID` as {@link readFileBytes}, and when it is no JSON.
 */
export function readFileJson(file: string): unknown {
  const text = readFileBytes(file).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw dataError(file, 0, `expected JSON, ${String(error)}`);
  }
}
