/** Indexes in memory, and what they must find. */
import { chooseReach, drawQueries, recallOf } from '../../../src/catalog-index/choose-reach.ts';
import { ListBuilder } from '../../../src/catalog-index/list-builder.ts';
import type { BuiltLists } from '../../../src/catalog-index/list-builder.ts';
import { openRows } from '../../../src/catalog-index/open-rows.ts';
import { type FoundRows, IndexSearch, placeOf } from '../../../src/catalog-index/search-index.ts';
import {
  numListsFor,
  plainSet,
  rowsOf,
  sampleSizeFor,
  trainLists,
} from '../../../src/catalog-index/train-lists.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Matrix } from '../../../src/core/shapes.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';

/** An index that can be searched. */
export interface TestIndex {
  readonly built: BuiltLists;
  readonly reach: number;
  readonly search: IndexSearch;
  readonly queries: Matrix;
  /** The best 200 of each query by the vectors before rounding, as rows of the index. */
  readonly truth: readonly ReadonlySet<number>[];
}

/** The best items of each query by 32-bit floats, as the index numbers them. */
async function truthOf(
  items: Matrix,
  queries: Matrix,
  { order }: Pick<BuiltLists, 'order'>,
  count = 200,
): Promise<Set<number>[]> {
  const { scorer } = await openScorer('wasm');
  scorer.load(plainSet(items));
  const top = scorer.top(plainSet(queries), count);
  const rowOf = new Int32Array(order.length);
  order.forEach((item, row) => (rowOf[item] = row));
  return Array.from({ length: queries.rows }, (_, v) => {
    const own = top.rows.subarray(v * top.count, (v + 1) * top.count);
    return new Set(Array.from(own, (item) => rowOf[item] as number));
  });
}

/** Lists of items, made as `vitrine index` makes them. */
export async function buildLists(items: Matrix, numLists = numListsFor(items.rows)) {
  const { scorer } = await openScorer('wasm');
  const builder = new ListBuilder(items.dims, items.rows);
  for (let start = 0; start < items.rows; start += 1_000) {
    builder.add(rowsOf(items, start, start + 1_000));
  }
  const sample = builder.sample(sampleSizeFor(numLists));
  const random = createRandom(1, 'lists');
  const { rows } = trainLists(sample, numLists, { scorer, random });
  return builder.group(scorer, rows);
}

/** Puts lists into memory. */
export async function openSearch(
  built: BuiltLists,
  reach: number,
  compile?: () => Promise<WebAssembly.Module>,
): Promise<IndexSearch> {
  const table = { ...built, reach };
  const memory = await openRows(placeOf(table), compile);
  const search = new IndexSearch(table, memory);
  let offset = 0;
  for (const bytes of built.rows()) {
    memory.fill(offset, bytes);
    offset += bytes.length;
  }
  return search;
}

/** An index with a reach that was chosen on other queries than those that it is measured with. */
export async function openIndex(items: Matrix, target = 0.97): Promise<TestIndex> {
  const built = await buildLists(items);
  const search = await openSearch(built, Infinity);
  const tried = drawQueries(items, 40, createRandom(1, 'tried'));
  const triedTruth = await truthOf(items, tried, built);
  const reach = chooseReach(
    (own) => recallOf(search.search(tried, { reach: own }), triedTruth),
    target,
  );
  const queries = drawQueries(items, 40, createRandom(1, 'held out'));
  const truth = await truthOf(items, queries, built);
  return { built, reach, search: await openSearch(built, reach), queries, truth };
}

/** Rows that were found for a query. */
export function rowsFound({ count, rows }: FoundRows, v: number): number[] {
  return [...rows.subarray(v * count, (v + 1) * count)];
}
