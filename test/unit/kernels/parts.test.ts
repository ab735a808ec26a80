import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BestRows, offerRow } from '../../../src/kernels/best-rows.ts';
import { blockedScores } from '../../../src/kernels/blocked-scores.ts';
import { inverseWeights, presenceClasses } from '../../../src/kernels/presence-classes.ts';
import { EMPTY_KEY, readKeys } from '../../../src/kernels/top-keys.ts';
import { tileWidths } from '../../../src/kernels/vector-tiles.ts';
import { emptySet } from '../../../src/core/vector-set.ts';
import { jobOf, pairOfSets } from '../core/fixtures.ts';
import { expectScores, expectedScores } from './helpers.ts';

describe('blockedScores', () => {
  it('equals the reference within 1e-6', () => {
    fc.assert(
      fc.property(pairOfSets, ({ items, vectors }) => {
        expectScores(blockedScores(jobOf(items, vectors)), expectedScores(items, vectors), 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses a wrong shape', () => {
    const job = jobOf(emptySet(3, 4, 2), emptySet(2, 5, 2));
    expect(() => blockedScores(job)).toThrow(expect.objectContaining({ code: 'SHAPE_MISMATCH' }));
  });
});

describe('presenceClasses', () => {
  const matrix = (dims: number, ...numbers: number[]) => ({
    data: Float32Array.from(numbers),
    rows: numbers.length / dims,
    dims,
  });

  it('numbers distinct masks in the order in which they come', () => {
    const { ids, masks } = presenceClasses(matrix(2, 1, 0, 0, 1, 1, 0, 1, 1, 0, 1));
    expect([...ids]).toEqual([0, 1, 0, 2, 1]);
    expect(masks).toEqual(matrix(2, 1, 0, 0, 1, 1, 1));
  });

  it('tells masks of any numbers and of many blocks apart', () => {
    expect([...presenceClasses(matrix(1, 0.5, 1, 0.25, 0.5, Number.NaN, Number.NaN)).ids]).toEqual([
      0, 1, 2, 0, 3, 3,
    ]);
    const wide = new Float32Array(3 * 60).fill(1);
    wide[59] = 0;
    expect([...presenceClasses({ data: wide, rows: 3, dims: 60 }).ids]).toEqual([0, 1, 1]);
  });

  it('gives each class the inverse of its common weight, and 0 where there is none', () => {
    const inverse = inverseWeights(matrix(2, 1, 0, 1, 1), matrix(2, 0.5, 0.25, 0, 0.5));
    expect([...inverse]).toEqual([2, 0, 4 / 3, 2]);
    expect([...inverseWeights(matrix(1, 1), matrix(1, Number.NaN, -1, Infinity))]).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('tileWidths', () => {
  it('deals all vectors out, in tiles of 1 to 5 that differ by at most 1', () => {
    expect(tileWidths(0)).toEqual([]);
    expect(tileWidths(17)).toEqual([5, 4, 4, 4]);
    for (let vectors = 1; vectors < 200; vectors++) {
      const widths = tileWidths(vectors);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBe(vectors);
      expect(Math.max(...widths)).toBeLessThanOrEqual(5);
      expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
    }
  });
});

describe('offerRow', () => {
  it('keeps what sorting would put first', () => {
    const scored = fc.array(fc.constantFrom(-1, -0.5, 0, 0.1, 0.5, 1), { maxLength: 30 });
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 8 }), fc.integer(), (scores, count, seed) => {
        const best: BestRows = {
          rows: new Int32Array(count),
          scores: new Float32Array(count).fill(-Infinity),
        };
        const rows = scores.map((_, row) => row);
        // Any order of offers will do.
        rows.sort((a, b) => ((a * 7 + seed) % 11) - ((b * 7 + seed) % 11));
        for (const row of rows) offerRow(best, row, scores[row] as number);
        const wanted = scores
          .map((score, row) => ({ score: Math.fround(score), row }))
          .sort((a, b) => b.score - a.score || a.row - b.row)
          .slice(0, count);
        expect([...best.rows.subarray(0, wanted.length)]).toEqual(wanted.map(({ row }) => row));
        expect([...best.scores.subarray(0, wanted.length)]).toEqual(
          wanted.map(({ score }) => score),
        );
      }),
    );
  });
});

describe('readKeys', () => {
  it('reads a place that nobody took as the score -Infinity', () => {
    expect(readKeys(BigInt64Array.of(EMPTY_KEY))).toEqual({
      rows: Int32Array.of(-1),
      scores: Float32Array.of(-Infinity),
    });
  });
});
