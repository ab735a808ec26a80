/**
 * What cards show of an index's items: some blocks of compressed JSON out of many.
 *
 * @packageDocumentation
 */
import {
  BLOCK_ITEMS,
  expectIndex,
  type IndexFile,
  type IndexManifest,
} from '../catalog-index/index-format.ts';
import type { IndexLists } from '../catalog-index/list-table.ts';
import { toVitrineError } from '../core/errors.ts';
import type { IndexFiles } from './index-files.ts';

/** An item with its place in the shop's order; not validated yet. */
export type PlacedRecord = readonly [place: number, record: unknown];

/** Where a block lies. */
interface BlockPlace {
  readonly file: IndexFile;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds each block's place; files hold whole blocks.
 *
 * @param manifest - Of the index.
 * @param lists - Of the index.
 * @returns One per block.
 * @throws `INDEX_FORMAT` when blocks and files do not fit together.
 */
export function placeBlocks(
  manifest: Pick<IndexManifest, 'details'>,
  lists: Pick<IndexLists, 'blocks'>,
): readonly BlockPlace[] {
  const { details } = manifest;
  let at = 0;
  let start = 0;
  const places = Array.from(lists.blocks, (length): BlockPlace => {
    if (start === details[at]?.bytes) {
      at++;
      start = 0;
    }
    const file = details[at];
    expectIndex(
      file !== undefined && start + length <= file.bytes,
      'A block of details has no file',
    );
    const place = { file, start, end: start + length };
    start = place.end;
    return place;
  });
  expectIndex(at === details.length - 1 && start === details[at]?.bytes, 'Details without a block');
  return places;
}

async function inflate(block: Blob): Promise<unknown> {
  try {
    const stream = block.stream().pipeThrough(new DecompressionStream('deflate'));
    return await new Response(stream).json();
  } catch (error) {
    throw toVitrineError(error, 'INDEX_FORMAT');
  }
}

function isPlaced(value: unknown): value is PlacedRecord {
  return Array.isArray(value) && Number.isSafeInteger(value[0]);
}

/** Reads items; those of the last call stay in memory, since most are wanted again. */
export class IndexDetails {
  readonly #places: readonly BlockPlace[];
  readonly #files: Pick<IndexFiles, 'details'>;
  #known: ReadonlyMap<number, PlacedRecord> = new Map();

  /**
   * @param places - From {@link placeBlocks}.
   * @param files - Where details are.
   */
  constructor(places: readonly BlockPlace[], files: Pick<IndexFiles, 'details'>) {
    this.#places = places;
    this.#files = files;
  }

  /**
   * Reads items.
   *
   * @param rows - In the index's order, distinct.
   * @returns One per row, in the order of `rows`.
   * @throws What {@link IndexFiles.details} throws; `INDEX_FORMAT` for a block that cannot be read.
   */
  async read(rows: readonly number[]): Promise<readonly PlacedRecord[]> {
    const missing = rows.filter((row) => !this.#known.has(row));
    const wanted = [...new Set(missing.map((row) => Math.floor(row / BLOCK_ITEMS)))];
    const blobs = new Map<string, Promise<Blob>>();
    const read = async (block: number): Promise<[number, unknown]> => {
      const { end, file, start } = this.#places[block] as BlockPlace;
      const blob = blobs.get(file.name) ?? this.#files.details(file);
      blobs.set(file.name, blob);
      return [block, await inflate((await blob).slice(start, end))];
    };
    const blocks = new Map(await Promise.all(wanted.map(read)));
    const records = rows.map((row): [number, PlacedRecord] => {
      const block = blocks.get(Math.floor(row / BLOCK_ITEMS));
      const entry: unknown =
        this.#known.get(row) ?? (Array.isArray(block) ? block[row % BLOCK_ITEMS] : undefined);
      expectIndex(isPlaced(entry), `The details of row ${row} are missing`);
      return [row, entry];
    });
    this.#known = new Map(records);
    return records.map(([, record]) => record);
  }
}
