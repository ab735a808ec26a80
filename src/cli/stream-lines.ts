/**
 * NDJSON files of any size, one line at a time.
 *
 * @packageDocumentation
 */
import { createReadStream, createWriteStream, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { draftOf, finishDraft, sweepDrafts } from './drafts.ts';
import { dataError } from './fail.ts';

/** A longer line is no item: memory must not grow with a file that has no line breaks. */
const MAX_LINE = 16_000_000;

/** Text is handed on in pieces of about this many characters: a write per line is slow. */
const PIECE = 64_000;

/** A file with its size. */
export interface FoundFile {
  /** Path. */
  readonly path: string;
  /** `catalog.ndjson.gz` or `catalog.ndjson`. */
  readonly name: string;
  /** Bytes on the disk. */
  readonly bytes: number;
}

/**
 * Finds a file of a data folder.
 *
 * @param dir - Folder.
 * @param name - File name without its endings.
 * @returns The gzipped file, else the plain one; undefined when there is none.
 */
export function findFile(dir: string, name: string): FoundFile | undefined {
  for (const suffix of ['.ndjson.gz', '.ndjson']) {
    const path = join(dir, name + suffix);
    if (existsSync(path)) return { path, name: name + suffix, bytes: statSync(path).size };
  }
  return undefined;
}

function isGzip(path: string): boolean {
  return path.endsWith('.gz');
}

/**
 * Splits text; the last line may have no end.
 *
 * @yields Lines without their ends.
 */
async function* splitLines(pieces: AsyncIterable<string>, path: string): AsyncGenerator<string> {
  let rest = '';
  let isFirst = true;
  for await (const piece of pieces) {
    rest += isFirst && piece.startsWith('\uFEFF') ? piece.slice(1) : piece;
    isFirst = false;
    let start = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', start)) {
      yield rest.slice(start, end);
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > MAX_LINE) throw dataError(path, 0, `a line is longer than ${MAX_LINE}`);
  }
  if (rest.length > 0) yield rest;
}

/**
 * Reads a file line by line.
 *
 * @param file - Gzipped when its name says so; UTF-8.
 * @param onBytes - Told the bytes of the file that were read so far.
 * @yields Lines without their ends.
 * @throws `DATA_INVALID` when it is cut off, no gzip, or a line is longer than 16 million characters.
 */
export async function* readStream(
  file: FoundFile,
  onBytes: (bytes: number) => void,
): AsyncGenerator<string> {
  const source = createReadStream(file.path);
  let bytes = 0;
  source.on('data', (chunk) => onBytes((bytes += chunk.length)));
  const text = isGzip(file.path) ? source.pipe(createGunzip()) : source;
  // `pipe` does not hand errors on.
  source.on('error', (error) => text.destroy(error));
  try {
    yield* splitLines(text.setEncoding('utf8') as AsyncIterable<string>, file.path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('Z_')) throw dataError(file.path, 0, `expected gzip, ${String(error)}`);
    throw error;
  } finally {
    source.destroy();
  }
}

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const line of lines) {
    piece += `${line}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece.length > 0) yield piece;
}

/**
 * Writes lines to a file that is whole or not there.
 *
 * @param path - Where; gzipped when its name ends in `.gz`. An earlier file is replaced.
 * @param lines - Without their ends.
 */
export async function writeStream(path: string, lines: AsyncIterable<string>): Promise<void> {
  try {
    const target = createWriteStream(draftOf(path));
    const source = Readable.from(inPieces(lines));
    await (isGzip(path) ? pipeline(source, createGzip(), target) : pipeline(source, target));
    finishDraft(path);
  } finally {
    sweepDrafts(path);
  }
}
