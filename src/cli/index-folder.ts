/**
 * The files of an index on disk, written one after the other.
 *
 * @packageDocumentation
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  filesOf,
  INDEX_VERSION,
  type IndexFile,
  type IndexManifest,
} from '../catalog-index/index-format.ts';
import { VitrineError } from '../core/errors.ts';

/** A page hashes a file as a whole: pieces keep what that takes small. */
const ROWS_BYTES = 4 * 2 ** 20;
const DETAILS_BYTES = 2 ** 20;

function isIndex(folder: string): boolean {
  try {
    return readFileSync(join(folder, 'manifest.json'), 'utf8').includes('"vitrineIndex"');
  } catch {
    // None there.
    return false;
  }
}

/**
 * Refuses a place where an index would replace something else.
 *
 * @param folder - Where an index shall go.
 * @throws `OPTION_INVALID` when a file, or a folder of other things, stands there.
 */
export function checkIndexPlace(folder: string): void {
  if (!existsSync(folder)) return;
  const isFolder = statSync(folder).isDirectory();
  if (isFolder && (isIndex(folder) || readdirSync(folder).length === 0)) return;
  throw new VitrineError(
    'OPTION_INVALID',
    `--out: ${folder} is no index and would be replaced; name a new folder.`,
  );
}

/** Writes files into a folder. */
export class IndexFolder {
  readonly #folder: string;

  /** @param folder - Exists. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Writes one file.
   *
   * @param name - File name.
   * @param bytes - All of it.
   * @returns Its entry in the manifest.
   */
  write(name: string, bytes: Uint8Array): IndexFile {
    writeFileSync(join(this.#folder, name), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { name, bytes: bytes.length, sha256 };
  }

  /**
   * Writes rows, cut anywhere into files of 4 MiB.
   *
   * @param lists - Rows of one list after the other.
   * @returns Their entries.
   */
  writeRows(lists: Iterable<Uint8Array>): IndexFile[] {
    const files: IndexFile[] = [];
    const piece = Buffer.alloc(ROWS_BYTES);
    let filled = 0;
    const flush = (): void => {
      if (filled > 0) files.push(this.write(nameOf('rows', files), piece.subarray(0, filled)));
      filled = 0;
    };
    for (const list of lists) {
      for (let at = 0; at < list.length;) {
        const taken = Math.min(list.length - at, ROWS_BYTES - filled);
        piece.set(list.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        if (filled === ROWS_BYTES) flush();
      }
    }
    flush();
    return files;
  }

  /**
   * Writes details, whole blocks to files of about 1 MiB.
   *
   * @param blocks - Compressed.
   * @returns Entries, and the size of each block.
   */
  writeDetails(blocks: Iterable<Uint8Array>): { files: IndexFile[]; sizes: Int32Array } {
    const files: IndexFile[] = [];
    const sizes: number[] = [];
    let waiting: Uint8Array[] = [];
    let bytes = 0;
    const flush = (): void => {
      if (bytes > 0) files.push(this.write(nameOf('details', files), Buffer.concat(waiting)));
      waiting = [];
      bytes = 0;
    };
    for (const block of blocks) {
      if (bytes + block.length > DETAILS_BYTES) flush();
      waiting.push(block);
      bytes += block.length;
      sizes.push(block.length);
    }
    flush();
    return { files, sizes: Int32Array.from(sizes) };
  }

  /**
   * Writes the manifest.
   *
   * @param about - All but its hash.
   * @returns Bytes of all files together.
   */
  finish(about: Omit<IndexManifest, 'indexId' | 'vitrineIndex'>): number {
    const files = filesOf(about);
    const hashes = files.map(({ sha256 }) => sha256).join();
    const indexId = createHash('sha256').update(hashes).digest('hex').slice(0, 32);
    const manifest: IndexManifest = { vitrineIndex: INDEX_VERSION, indexId, ...about };
    const { bytes } = this.write('manifest.json', Buffer.from(`${JSON.stringify(manifest)}\n`));
    return files.reduce((sum, file) => sum + file.bytes, bytes);
  }
}

/** `rows-000.bin`. */
function nameOf(role: string, files: readonly IndexFile[]): string {
  return `${role}-${String(files.length).padStart(3, '0')}.bin`;
}
