/**
 * `lists.bin`: what a search must know of an index before it looks at rows, and how vectors of the
 * shop's feature space come into the index's.
 *
 * @packageDocumentation
 */
import { readSections, type SectionData, writeSections } from '../core/binary.ts';
import type { Matrix } from '../core/shapes.ts';
import { BLOCK_ITEMS, expectIndex, INDEX_VERSION } from './index-format.ts';
import { listBytesOf } from './row-layout.ts';

/** What a search needs of the lists. */
export interface ListTable {
  /** D. */
  readonly dims: number;
  /** [L] items of each list, at least 1. */
  readonly sizes: Int32Array;
  /** [L, D] means of the lists' items, shorter than 1, laid out as one list of rows. */
  readonly means: Uint8Array;
  /** [L] standard deviation of an item's score in any one direction, taken as the same in all. */
  readonly spreads: Float32Array;
  /**
   * How many standard deviations above its mean the best item of a list is expected: a list is looked
   * at while that item would be among the best found. Infinity: all lists.
   */
  readonly reach: number;
}

/** The whole file. */
export interface IndexLists extends ListTable {
  /** [F, D] from the shop's feature space of F dimensions to the index's. */
  readonly projection: Matrix;
  /** Bytes of each compressed block of details, in order. */
  readonly blocks: Int32Array;
  /** The feature space, as a pack's `catalog.bin`. */
  readonly catalog: Uint8Array;
}

/** Most lists; a hostile file must not allocate. */
const MOST_LISTS = 65_536;
const MOST_DIMS = 1_024;

/**
 * Items of an index.
 *
 * @param table - Of the index.
 * @returns N.
 */
export function itemsOf(table: Pick<ListTable, 'sizes'>): number {
  return table.sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Bytes of all rows.
 *
 * @param table - Of the index.
 * @returns Whole groups, list by list.
 */
export function rowBytesOf(table: Pick<ListTable, 'dims' | 'sizes'>): number {
  const { dims, sizes } = table;
  return sizes.reduce((sum, size) => sum + listBytesOf(size, dims), 0);
}

/**
 * Writes the file.
 *
 * @param lists - All that it holds.
 * @returns Its bytes.
 */
export function encodeLists(lists: IndexLists): Uint8Array<ArrayBuffer> {
  const { blocks, catalog, dims, means, projection, reach, sizes, spreads } = lists;
  return writeSections(
    new Map<string, SectionData>([
      ['shape', Int32Array.of(INDEX_VERSION, dims, projection.rows, BLOCK_ITEMS)],
      ['reach', Float32Array.of(reach)],
      ['sizes', sizes],
      ['means', means],
      ['spreads', spreads],
      ['projection', projection.data],
      ['blocks', blocks],
      ['catalog', catalog],
    ]),
  );
}

type SectionType<T> = new (...args: never) => T;

/** Sections of the file, with their types checked. */
function sectionsOf(bytes: Uint8Array): <T>(name: string, type: SectionType<T>) => T {
  let sections: ReadonlyMap<string, SectionData> = new Map();
  try {
    sections = readSections(bytes);
  } catch (error) {
    expectIndex(false, `lists.bin: ${String(error)}`);
  }
  return (name, type) => {
    const data = sections.get(name);
    expectIndex(data instanceof type, `lists.bin: ${name} is missing or of another type`);
    return data;
  };
}

function checkValues({ reach, sizes, spreads }: ListTable): void {
  expectIndex(
    sizes.every((size) => size >= 1),
    'lists.bin: a list is empty',
  );
  expectIndex(reach >= 0, 'lists.bin: the reach is below 0');
  expectIndex(
    spreads.every((spread) => spread >= 0 && Number.isFinite(spread)),
    'lists.bin: a spread is wrong',
  );
}

/**
 * Reads the file.
 *
 * @param bytes - A whole file; its hash was compared.
 * @returns What {@link encodeLists} wrote.
 * @throws `INDEX_FORMAT` when it is something else, cut off, of another version or does not fit
 *   together.
 */
export function decodeLists(bytes: Uint8Array): IndexLists {
  const section = sectionsOf(bytes);
  const [version, dims = 0, from = 0, blockItems] = section('shape', Int32Array);
  expectIndex(version === INDEX_VERSION, `lists.bin: got version ${String(version)}`);
  expectIndex(dims >= 1 && dims <= MOST_DIMS, `lists.bin: ${dims} dimensions`);
  expectIndex(blockItems === BLOCK_ITEMS, 'lists.bin: blocks of another size');
  const [reach = Number.NaN] = section('reach', Float32Array);
  const sizes = section('sizes', Int32Array);
  const means = section('means', Uint8Array);
  const spreads = section('spreads', Float32Array);
  const projection = section('projection', Float32Array);
  const blocks = section('blocks', Int32Array);
  const table = { dims, sizes, means, spreads, reach };
  expectIndex(sizes.length <= MOST_LISTS, `lists.bin: ${sizes.length} lists`);
  checkValues(table);
  const fits =
    means.length === listBytesOf(sizes.length, dims) &&
    spreads.length === sizes.length &&
    projection.length === from * dims &&
    blocks.length === Math.ceil(itemsOf(table) / BLOCK_ITEMS) &&
    blocks.every((length) => length > 0);
  expectIndex(fits, 'lists.bin: its parts do not fit together');
  return {
    ...table,
    projection: { data: projection, rows: from, dims },
    blocks,
    catalog: section('catalog', Uint8Array),
  };
}
