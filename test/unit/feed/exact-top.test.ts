import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactTop, type Scored, type TopQuery } from '../../../src/feed/exact-top.ts';
import { createRandom } from '../../../src/core/rng.ts';

const byRow = (a: number, b: number): number => a - b;

/** All exact scores, sorted: what exactTop must find without computing them all. */
function bruteForce({ approximate, exact, tieBreak }: TopQuery, limit: number): Scored[] {
  return Array.from(approximate, (approximation, row) => ({
    row,
    score: approximation === -Infinity ? -Infinity : exact(row),
  }))
    .filter(({ score }) => score > -Infinity)
    .sort((a, b) => b.score - a.score || tieBreak(a.row, b.row))
    .slice(0, limit);
}

/** Exact scores with ties and gaps, approximate ones off by at most the margin. */
function randomQuery(seed: number): { readonly query: TopQuery; readonly exact: Float64Array } {
  const random = createRandom(seed, 'query');
  const count = Math.floor(random() * 120);
  const margin = [0, 1e-4, 0.05, 1][Math.floor(random() * 4)] as number;
  const steps = [4, 50, 1e6][Math.floor(random() * 3)] as number;
  const exact = Float64Array.from({ length: count }, () => Math.floor(random() * steps) / steps);
  const left = random() * 0.8;
  const approximate = exact.map((score) => {
    if (random() < 0.1) return -Infinity;
    // The worst that a device may do is to be off by the whole margin.
    const error = random() < 0.5 ? Math.sign(random() - 0.5) : random() * 2 - 1;
    return score + error * margin * (1 - 1e-9);
  });
  for (let row = 0; row < count; row++) if (random() < left) exact[row] = -Infinity;
  return {
    query: { approximate, exact: (row) => exact[row] as number, margin, tieBreak: byRow },
    exact,
  };
}

describe('exactTop', () => {
  it('equals a full sort by exact scores, whatever the approximate ones say', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 140 }), (seed, limit) => {
        const { query } = randomQuery(seed);
        expect(exactTop(query, limit)).toEqual(bruteForce(query, limit));
      }),
      { numRuns: 3_000 },
    );
  });

  it('breaks ties in any order that it is told', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 20 }), (seed, limit) => {
        const query = { ...randomQuery(seed).query, tieBreak: (a: number, b: number) => b - a };
        expect(exactTop(query, limit)).toEqual(bruteForce(query, limit));
      }),
      { numRuns: 500 },
    );
  });

  it('goes deeper where exact scores leave out what looked best', () => {
    const approximate = Float64Array.from({ length: 200 }, (_, row) => 1 - row / 200);
    const exact = (row: number): number => (row < 190 ? -Infinity : 1 - row / 200);
    const found = exactTop({ approximate, exact, margin: 1e-4, tieBreak: byRow }, 3);
    expect(found.map(({ row }) => row)).toEqual([190, 191, 192]);
  });

  it('computes few more exact scores than asked for', () => {
    const approximate = Float64Array.from(
      { length: 5_000 },
      (_, row) => ((row * 7919) % 5_000) / 5_000,
    );
    const asked = new Set<number>();
    const exact = (row: number): number => {
      asked.add(row);
      return approximate[row] as number;
    };
    exactTop({ approximate, exact, margin: 1e-4, tieBreak: byRow }, 12);
    expect(asked.size).toBeLessThan(20);
  });

  it('computes no exact score twice', () => {
    const { query } = randomQuery(99);
    const times = new Map<number, number>();
    const exact = (row: number): number => {
      times.set(row, (times.get(row) ?? 0) + 1);
      return query.exact(row);
    };
    exactTop({ ...query, exact }, 5);
    expect([...times.values()].every((count) => count === 1)).toBe(true);
  });

  it('never asks for a row that is left out', () => {
    const approximate = Float64Array.of(1, -Infinity, 0.5);
    const exact = (row: number): number => {
      if (row === 1) throw new Error('row 1 is left out');
      return approximate[row] as number;
    };
    const found = exactTop({ approximate, exact, margin: 0.1, tieBreak: byRow }, 3);
    expect(found.map(({ row }) => row)).toEqual([0, 2]);
  });

  it.each([
    ['no row', [], []],
    ['one row', [0.5], [0]],
    ['only rows that are left out', [-Infinity, -Infinity], []],
    ['fewer rows than asked for', [0.1, 0.9], [1, 0]],
    ['equal scores', [0.5, 0.5, 0.5, 0.5], [0, 1, 2]],
    ['negative scores', [-3, -1, -2], [1, 2, 0]],
  ])('holds for %s', (_, scores, rows) => {
    const approximate = Float64Array.from(scores);
    const query = {
      approximate,
      exact: (row: number) => scores[row] as number,
      margin: 0,
      tieBreak: byRow,
    };
    expect(exactTop(query, 3).map(({ row }) => row)).toEqual(rows);
  });
});
