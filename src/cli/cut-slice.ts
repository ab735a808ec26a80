/**
 * `vitrine slice`: the part of a pack that a page needs for one list of candidates.
 *
 * @packageDocumentation
 */
import { brotliCompressSync } from 'node:zlib';
import { normalizeCandidates } from '../catalog/candidates.ts';
import { parseCandidatesText } from '../catalog/parse-candidates.ts';
import { decodePack } from '../pack/pack-codec.ts';
import { encodeSlice, type SliceOptions } from '../pack/slice-codec.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { readPackFolder } from './pack-folder.ts';
import { readFileBytes } from './read-file.ts';

/** Options of the command. */
export interface CutSliceOptions {
  /** Pack folder. */
  readonly pack: string;
  /** Candidates in any format that `rerank` knows, or one id per line; gzipped or not. */
  readonly items: string;
  /** File for the slice. */
  readonly out: string;
  /** Most neighbours per candidate. */
  readonly neighbours?: number | undefined;
  /** File for the figures. */
  readonly json?: string | undefined;
}

const MAX_ITEMS = 50_000;

/** Ids of a list; text that is no JSON holds one per line. */
function readIds(file: string): string[] {
  const text = readFileBytes(file).toString('utf8');
  if (!/^\s*[[{]/u.test(text)) {
    return text.split(/\r?\n/u).flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  }
  const { value, badLines } = parseCandidatesText(text);
  if (badLines > 0) throw dataError(file, 0, `${badLines} lines are no JSON`);
  return normalizeCandidates(value, { maxItems: MAX_ITEMS }).items.map(({ id }) => id);
}

/**
 * Cuts a slice and writes it.
 *
 * @param options - See {@link CutSliceOptions}.
 * @returns One line for the terminal.
 * @throws `DATA_INVALID` when the file cannot be read or holds no item that the pack knows.
 */
export async function cutSlice(options: CutSliceOptions): Promise<string> {
  const { items, json, neighbours, out } = options;
  const ids = readIds(items);
  if (ids.length === 0) throw dataError(items, 0, 'expected items, got none');
  const files = readPackFolder(options.pack);
  const pack = await decodePack(files);
  const known = new Set(pack.ids);
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === ids.length) {
    throw dataError(items, 0, `expected items that the pack knows, got ${ids.length} others`);
  }
  const settings: SliceOptions = neighbours === undefined ? {} : { neighbours };
  const slice = await encodeSlice(pack, files.manifest.packId, ids, settings);
  writeWhole(out, slice);
  const figures = {
    items: ids.length - unknown.length,
    unknown: unknown.length,
    bytes: slice.length,
    brotli: brotliCompressSync(slice).length,
    packId: files.manifest.packId,
  };
  if (json !== undefined) writeWhole(json, `${JSON.stringify(figures)}\n`);
  const left = unknown.length > 0 ? `, ${unknown.length} unknown to the pack` : '';
  const size = `${(figures.bytes / 1000).toFixed(1)} kB, ${(figures.brotli / 1000).toFixed(1)} compressed`;
  return `${out}: slice of ${figures.items} items${left}, ${size}`;
}
