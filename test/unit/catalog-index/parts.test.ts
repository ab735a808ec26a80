import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BestHeap } from '../../../src/catalog-index/best-heap.ts';
import { chooseReach, drawQueries, recallOf } from '../../../src/catalog-index/choose-reach.ts';
import { ListQueue } from '../../../src/catalog-index/list-queue.ts';
import { projectRows } from '../../../src/catalog-index/project-rows.ts';
import { numListsFor } from '../../../src/catalog-index/train-lists.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { drawCatalog } from '../../../scripts/bench/index-data.mjs';
import { buildLists } from './helpers.ts';

describe('the queue of lists', () => {
  it('gives lists by their bound, the largest first, as often as it is filled', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 40 }), (bounds) => {
        const queue = new ListQueue(bounds.length);
        for (let time = 0; time < 2; time++) {
          queue.fill((list) => bounds[list] as number);
          const taken = bounds.map(() => bounds[queue.take()]);
          expect(taken).toEqual(bounds.toSorted((a, b) => b - a));
          expect(queue.bound).toBe(-Infinity);
        }
      }),
    );
  });
});

describe('the best of many', () => {
  it('are those that sorting gives, of equal ones the smaller rows', () => {
    const scored = fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 });
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 20 }), (values, most) => {
        const heap = new BestHeap(most);
        const [rows, scores] = [new Int32Array(most), new Float32Array(most)];
        for (let time = 0; time < 2; time++) {
          for (const [row, score] of values.entries()) heap.offer(row, score);
          heap.drain(rows, scores);
          const wanted = [...values.keys()]
            .toSorted((a, b) => (values[b] as number) - (values[a] as number) || a - b)
            .slice(0, most);
          expect([...rows.subarray(0, wanted.length)]).toEqual(wanted);
          expect([...scores.subarray(wanted.length)].every((s) => s === -Infinity)).toBe(true);
        }
      }),
    );
  });

  it('tell what a row must reach once there are enough', () => {
    const heap = new BestHeap(2);
    heap.offer(1, 0.5);
    expect(heap.least).toBe(-Infinity);
    heap.offer(2, 0.75);
    expect(heap.least).toBe(0.5);
    heap.offer(3, 0.25);
    expect(heap.least).toBe(0.5);
  });
});

describe('the projection', () => {
  const swap = { data: Float32Array.of(0, 2, 2, 0, 0, 0), rows: 3, dims: 2 };

  it('gives unit rows', () => {
    const rows = { data: Float32Array.of(3, 4, 9), rows: 1, dims: 3 };
    expect([...projectRows(rows, swap).data]).toEqual([
      expect.closeTo(0.8, 6),
      expect.closeTo(0.6, 6),
    ]);
  });

  it('makes zeros of what it cannot see, and of what is no number', () => {
    const rows = { data: Float32Array.of(0, 0, 5, Number.NaN, 1, 1), rows: 2, dims: 3 };
    expect([...projectRows(rows, swap).data]).toEqual([0, 0, 0, 0]);
  });

  it('refuses rows of another space', () => {
    const rows = { data: Float32Array.of(1, 1), rows: 1, dims: 2 };
    expect(() => projectRows(rows, swap)).toThrowError(RangeError);
  });
});

describe('the number of lists', () => {
  it.each([
    [1, 1],
    [40, 2],
    [10_000, 400],
    [1_000_000, 4_000],
    [9_000_000, 4_096],
  ])('for %i items is %i', (items, lists) => {
    expect(numListsFor(items)).toBe(lists);
  });
});

describe('lists', () => {
  it('hold each item once, in the order in which it came', async () => {
    const { order, sizes } = await buildLists(drawCatalog(3_000, 1));
    expect([...order].toSorted((a, b) => a - b)).toEqual([...Array.from({ length: 3_000 }).keys()]);
    let first = 0;
    for (const size of sizes) {
      const list = [...order.subarray(first, (first += size))];
      expect(list).toEqual(list.toSorted((a, b) => a - b));
      expect(size).toBeGreaterThan(0);
    }
  });

  it('are the same for the same items and seed', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => buildLists(drawCatalog(500, 2))));
    expect(a?.order).toEqual(b?.order);
    expect(a?.means).toEqual(b?.means);
  });

  it('are as many as there are items, at most', async () => {
    const items = { data: Float32Array.of(1, 0, 1, 0), rows: 2, dims: 2 };
    const { sizes } = await buildLists(items, 5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2);
    expect(sizes.length).toBeLessThanOrEqual(2);
  });
});

describe('the reach', () => {
  it('is the shortest that finds enough', () => {
    expect(chooseReach((reach) => (reach >= 1.5 ? 0.98 : 0.9), 0.97)).toBe(1.5);
    expect(chooseReach(() => 1, 0.97)).toBe(0);
    expect(chooseReach((reach) => (reach === Infinity ? 1 : 0.5), 0.97)).toBe(Infinity);
  });

  it('is not made longer for what rounding hides', () => {
    expect(chooseReach((reach) => Math.min(0.96, 0.9 + reach / 50), 0.97)).toBe(2.75);
  });

  it('is judged by the share of right answers', () => {
    const found = { count: 2, rows: Int32Array.of(1, 2, 3, 4), scores: new Float32Array(4) };
    expect(recallOf(found, [new Set([1, 9]), new Set([4, 3])])).toBe(0.75);
    expect(recallOf(found, [])).toBe(1);
  });

  it('is tried on unit queries that are drawn alike for a seed', () => {
    const items = drawCatalog(50, 1);
    const [a, b] = [1, 2].map(() => drawQueries(items, 9, createRandom(4)));
    expect(a).toEqual(b);
    for (let v = 0; v < 9; v++) {
      expect(Math.hypot(...(a?.data.subarray(v * 64, v * 64 + 64) ?? []))).toBeCloseTo(1, 5);
    }
  });
});
