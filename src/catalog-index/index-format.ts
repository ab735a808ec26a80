/**
 * A catalog on the device: items in 8 bits, grouped into lists of alike ones, so that the best of a
 * million are found by looking at some thousands.
 *
 * An inverted file (Sivic and Zisserman 2003; Jégou, Douze and Schmid 2011, section IV,
 * https://doi.org/10.1109/TPAMI.2010.57) over unit vectors: spherical k-means makes the lists, a
 * query looks at those whose items may be among its best. Made by `vitrine index`, searched in the
 * worker. Pure; the room imports core, kernels and types of `catalog`.
 *
 * Letters beside those of `core/shapes.ts`: **L** lists.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';

/** Format version that this release writes and reads. */
export const INDEX_VERSION = 1;

/** How many items recall is measured for. */
export const RECALL_AT = 200;

/** Items whose details are compressed together: of 64, a page would parse twice what it needs to. */
export const BLOCK_ITEMS = 32;

/** A file of an index. */
export interface IndexFile {
  /** File name beside the manifest. */
  readonly name: string;
  /** Size. */
  readonly bytes: number;
  /** SHA-256 in lower-case hexadecimal digits. */
  readonly sha256: string;
}

/**
 * `manifest.json`, which is a list of candidates at the same time: whoever knows nothing of indexes
 * ranks the items at the head of the catalog.
 */
export interface IndexManifest {
  /** Format version. */
  readonly vitrineIndex: number;
  /** Content hash: the first 32 digits of the SHA-256 over all files' hashes. */
  readonly indexId: string;
  /** N. */
  readonly numItems: number;
  /** L. */
  readonly numLists: number;
  /** D. */
  readonly dimensions: number;
  /** Share of the 200 best that a query finds, measured when the index was made. */
  readonly recall: number;
  /** The first items in the shop's order, as candidates. */
  readonly items: readonly Item[];
  /** All that is needed to search. */
  readonly lists: IndexFile;
  /** Items in 8 bits, list by list, cut into pieces anywhere. */
  readonly rows: readonly IndexFile[];
  /** What cards show, in the same order: blocks of {@link BLOCK_ITEMS} items, none across two files. */
  readonly details: readonly IndexFile[];
}

/** An index of more files or bytes is none of ours. */
const MOST_FILES = 4_096;
const MOST_BYTES = 2 ** 31;

/** Longest file name. */
const LONGEST_NAME = 100;

/**
 * Refuses what does not hold.
 *
 * @param isSo - Whether it holds.
 * @param what - Told to the shop.
 * @throws `INDEX_FORMAT`.
 */
export function expectIndex(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new VitrineError('INDEX_FORMAT', `${what}.`);
}

function isFile(value: unknown): value is IndexFile {
  const { name, bytes, sha256 } = (value ?? {}) as Partial<Record<keyof IndexFile, unknown>>;
  return (
    typeof name === 'string' &&
    name.length > 0 &&
    name.length <= LONGEST_NAME &&
    /^[\da-z]/iu.test(name) &&
    !name.includes('/') &&
    Number.isSafeInteger(bytes) &&
    (bytes as number) >= 0 &&
    typeof sha256 === 'string' &&
    /^[\da-f]{64}$/u.test(sha256)
  );
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/**
 * Checks a manifest that came over the network.
 *
 * @param value - Parsed JSON.
 * @returns The same value.
 * @throws `INDEX_FORMAT` when a field is missing, of another type or out of bounds, and for another
 *   version.
 */
export function checkManifest(value: unknown): IndexManifest {
  expectIndex(typeof value === 'object' && value !== null, 'The manifest is no object');
  const manifest = value as Partial<IndexManifest>;
  const { dimensions, details, lists, numItems, numLists, rows, vitrineIndex } = manifest;
  expectIndex(vitrineIndex === INDEX_VERSION, `The manifest is not of version ${INDEX_VERSION}`);
  expectIndex(typeof manifest.indexId === 'string', 'The manifest has no indexId');
  const counts = [numItems, numLists, dimensions].every(isCount);
  expectIndex(counts, 'The manifest lacks numItems, numLists or dimensions');
  expectIndex(Array.isArray(rows) && Array.isArray(details), 'The manifest names no files');
  const files = [lists, ...rows, ...details];
  expectIndex(files.length <= MOST_FILES && files.every(isFile), 'A file of the manifest is wrong');
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  expectIndex(bytes <= MOST_BYTES, `${bytes} bytes are too many`);
  return manifest as IndexManifest;
}

/**
 * All files of an index, in the order in which they are fetched.
 *
 * @param manifest - Of the index.
 * @returns Lists, rows, details.
 */
export function filesOf(
  manifest: Pick<IndexManifest, 'lists' | 'rows' | 'details'>,
): readonly IndexFile[] {
  const { details, lists, rows } = manifest;
  return [lists, ...rows, ...details];
}
