import { beforeAll, describe, expect, it } from 'vitest';
import { drawCatalog } from '../../../scripts/bench/index-data.mjs';
import { recallOf } from '../../../src/catalog-index/choose-reach.ts';
import { isVitrineError } from '../../../src/core/errors.ts';
import type { Matrix } from '../../../src/core/shapes.ts';
import { buildLists, openIndex, openSearch, rowsFound, type TestIndex } from './helpers.ts';

const small: Matrix = {
  data: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0.6, 0.8, 0),
  rows: 4,
  dims: 3,
};
const one = (...data: number[]): Matrix => ({ data: Float32Array.from(data), rows: 1, dims: 3 });
const noWasm = async (): Promise<never> => {
  throw new Error('forbidden');
};

describe('an index of 20,000 items', () => {
  let index: TestIndex;
  const items = drawCatalog(20_000, 3);
  beforeAll(async () => {
    index = await openIndex(items);
  }, 60_000);

  it('finds 95 % of the 200 best of queries that it was not tuned on', () => {
    const { queries, search, truth } = index;
    expect(recallOf(search.search(queries), truth)).toBeGreaterThanOrEqual(0.95);
  });

  it('looks at less than a third of the rows for it', () => {
    const { queries, search } = index;
    const { scored } = search.search(queries);
    expect(scored / queries.rows).toBeLessThan(20_000 / 3);
  });

  it('finds what scoring every row finds when it looks at all lists', () => {
    const { built, queries, search, truth } = index;
    const all = search.search(queries, { reach: Infinity });
    expect(all.probed).toBe(built.sizes.length * queries.rows);
    expect(all.scored).toBe((20_000 + built.sizes.length) * queries.rows);
    // What is left is the rounding to 8 bits.
    expect(recallOf(all, truth)).toBeGreaterThan(0.97);
  });

  it('finds more the further it reaches', () => {
    const { queries, search, truth } = index;
    const recalls = [0, 1, 2, 4, Infinity].map((reach) =>
      recallOf(search.search(queries, { reach }), truth),
    );
    expect(recalls).toEqual(recalls.toSorted((a, b) => a - b));
  });

  it('finds the same without WebAssembly', async () => {
    const { built, queries, search } = index;
    const two = { ...queries, data: queries.data.subarray(0, 128), rows: 2 };
    const plain = await openSearch(built, index.reach, noWasm);
    const found = search.search(two);
    const slow = plain.search(two);
    for (const [k, score] of slow.scores.entries()) {
      expect(score).toBeCloseTo(found.scores[k] as number, 3);
    }
    const shared = rowsFound(slow, 0).filter((row) => rowsFound(found, 0).includes(row));
    expect(shared.length).toBeGreaterThan(190);
  });

  it('finds an item by its own vector, first', () => {
    const { built, search } = index;
    const item = built.order[777] as number;
    const own = { data: items.data.subarray(item * 64, item * 64 + 64), rows: 1, dims: 64 };
    expect(rowsFound(search.search(own, { count: 3 }), 0)[0]).toBe(777);
  });
});

it('scores less than 20 times the rows when the catalog grows 20 times', async () => {
  const scored = await Promise.all(
    [5_000, 100_000].map(async (count) => {
      const { queries, search, truth } = await openIndex(drawCatalog(count, 4));
      const found = search.search(queries);
      expect(recallOf(found, truth)).toBeGreaterThanOrEqual(0.95);
      return found.scored;
    }),
  );
  const [few = 0, many = 0] = scored;
  // What the issue asks of a catalog that grows 100 times.
  expect(many / few).toBeLessThan(8);
}, 120_000);

describe.each([
  ['on WebAssembly', undefined],
  ['without WebAssembly', noWasm],
])('a search %s', (_, compile) => {
  it('ranks a handful of items by their cosine', async () => {
    const search = await openSearch(await buildLists(small, 2), Infinity, compile);
    const built = await buildLists(small, 2);
    const { count, rows, scores } = search.search(one(0.6, 0.8, 0));
    expect(count).toBe(4);
    expect([...rows].map((row) => built.order[row])).toEqual([3, 1, 0, 2]);
    expect(scores[0]).toBeCloseTo(1, 2);
    expect(scores[3]).toBeCloseTo(0, 2);
  });

  it('gives all items where more are asked for, none where none are', async () => {
    const search = await openSearch(await buildLists(small, 1), 0, compile);
    expect(search.search(one(1, 0, 0), { count: 99 }).count).toBe(4);
    expect(search.search({ data: new Float32Array(0), rows: 0, dims: 3 }).rows).toHaveLength(0);
  });

  it('finds the first items for a query of zeros, and never NaN', async () => {
    const search = await openSearch(await buildLists(small, 2), 1, compile);
    const found = search.search(one(0, 0, 0), { count: 2 });
    expect([...found.rows]).toEqual([0, 1]);
    expect([...found.scores]).toEqual([0, 0]);
  });

  it('holds one item', async () => {
    const search = await openSearch(await buildLists(one(0, 0, 1)), 0, compile);
    expect([...search.search(one(0, 0, -1)).rows]).toEqual([0]);
  });

  it('keeps an item of which nothing is known', async () => {
    const items = { data: Float32Array.of(0, 0, 0, 0, 0, 1), rows: 2, dims: 3 };
    const search = await openSearch(await buildLists(items, 2), Infinity, compile);
    const { scores } = search.search(one(0, 0, 1));
    expect(scores[0]).toBeCloseTo(1, 2);
    expect(scores[1]).toBe(0);
  });

  it('refuses queries of other dimensions', async () => {
    const search = await openSearch(await buildLists(small, 1), 0, compile);
    const wrong = (): unknown => search.search({ data: Float32Array.of(1, 0), rows: 1, dims: 2 });
    expect(wrong).toThrowError();
    try {
      wrong();
    } catch (error) {
      expect(isVitrineError(error) && error.code).toBe('SHAPE_MISMATCH');
    }
  });
});
