import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockCosine, type VectorSet } from '../../../src/core/block-cosine.ts';
import {
  checkSimilarityInput,
  referenceScores,
  type SimilarityInput,
} from '../../../src/core/similarity.ts';
import { emptySet, joinSets } from '../../../src/core/vector-set.ts';
import { blocksOf, jobOf, pairOfSets, randomSet } from './fixtures.ts';

const BLOCKS = blocksOf([3, 2]);
const items = randomSet(4, BLOCKS, { seed: 1, missing: 0.2, isWeighted: false });
const vectors = randomSet(3, BLOCKS, { seed: 2, missing: 0.2, isWeighted: true });

describe('referenceScores', () => {
  it('equals blockCosine within 1e-6 on random sets with missing blocks', () => {
    fc.assert(
      fc.property(pairOfSets, ({ blocks, items: left, vectors: right }) => {
        const scores = referenceScores(jobOf(left, right));
        expect(scores).toHaveLength(left.vectors.rows * right.vectors.rows);
        for (const [at, score] of scores.entries()) {
          const n = Math.floor(at / right.vectors.rows);
          const v = at % right.vectors.rows;
          const exact = blockCosine({ set: left, row: n }, { set: right, row: v }, blocks);
          expect(Math.abs(score - exact)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives no score without items and none without vectors', () => {
    expect(referenceScores(jobOf(emptySet(0, 5, 2), vectors))).toHaveLength(0);
    expect(referenceScores(jobOf(items, emptySet(0, 5, 2)))).toHaveLength(0);
  });

  it('gives 0 for rows without blocks', () => {
    expect([...referenceScores(jobOf(emptySet(2, 5, 2), vectors))]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...referenceScores(jobOf(items, emptySet(1, 5, 2)))]).toEqual([0, 0, 0, 0]);
  });

  it.each([Number.NaN, Infinity, -Infinity])('gives 0 in the rows that hold %d', (bad) => {
    const broken = joinSets([items]);
    broken.vectors.data[0] = bad;
    broken.presence.data.fill(1);
    const full = randomSet(3, BLOCKS, { seed: 5, missing: 0, isWeighted: true });
    const scores = referenceScores(jobOf(broken, full));
    expect(scores.slice(0, 3)).toEqual(Float32Array.of(0, 0, 0));
    expect(scores.every((score) => Number.isFinite(score))).toBe(true);
  });

  it('is cut to [-1, 1]', () => {
    const loud = joinSets([randomSet(6, BLOCKS, { seed: 9, missing: 0, isWeighted: false })]);
    for (const [i, value] of loud.vectors.data.entries()) loud.vectors.data[i] = value * 1e4;
    const scores = referenceScores(jobOf(loud, vectors));
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(-1);
  });

  it.each([1, 3, 4, 5, 7, 8, 128])('sums every one of %i dimensions', (dims) => {
    const flat: VectorSet = {
      vectors: { data: new Float32Array(dims).fill(1 / Math.sqrt(dims)), rows: 1, dims },
      presence: { data: Float32Array.of(1), rows: 1, dims: 1 },
    };
    expect(referenceScores(jobOf(flat, flat))[0]).toBeCloseTo(1, 5);
  });

  it('leaves its inputs as they were', () => {
    const job = jobOf(items, vectors);
    const before = structuredClone(job);
    referenceScores(job);
    expect(job).toEqual(before);
  });
});

describe('checkSimilarityInput', () => {
  const job = jobOf(items, vectors);
  const wrong = (change: Partial<SimilarityInput>): SimilarityInput => ({ ...job, ...change });

  it('lets a job pass that fits', () => {
    expect(() => checkSimilarityInput(job)).not.toThrow();
  });

  it.each<[string, SimilarityInput]>([
    ['too few floats', wrong({ items: { ...job.items, data: job.items.data.slice(1) } })],
    ['too many floats', wrong({ vectors: { ...job.vectors, data: new Float32Array(16) } })],
    ['a short mask', wrong({ itemPresence: { ...job.itemPresence, data: new Float32Array(7) } })],
    ['another number of dimensions', wrong({ vectors: emptySet(3, 4, 2).vectors })],
    ['another number of blocks', wrong({ vectorPresence: emptySet(3, 5, 3).presence })],
    ['fewer item masks than items', wrong({ itemPresence: emptySet(3, 5, 2).presence })],
    ['more vector masks than vectors', wrong({ vectorPresence: emptySet(4, 5, 2).presence })],
    ['rows that are not whole', wrong({ items: { ...job.items, rows: 3.5 } })],
  ])('refuses %s with SHAPE_MISMATCH', (_, input) => {
    expect(() => checkSimilarityInput(input)).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    );
    expect(() => referenceScores(input)).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    );
  });

  it('names the matrix and its numbers', () => {
    const input = wrong({ items: { data: new Float32Array(7), rows: 4, dims: 5 } });
    expect(() => checkSimilarityInput(input)).toThrow('items: 7 floats for 4 × 5.');
  });
});

describe('vector sets', () => {
  it('begins with zeros without any block', () => {
    const set = emptySet(2, 3, 4);
    expect(set.vectors).toEqual({ data: new Float32Array(6), rows: 2, dims: 3 });
    expect(set.presence).toEqual({ data: new Float32Array(8), rows: 2, dims: 4 });
  });

  it('puts sets one below the other, empty ones included', () => {
    const joined = joinSets([items, emptySet(0, 5, 2), vectors]);
    expect(joined.vectors.rows).toBe(7);
    expect(joined.presence.rows).toBe(7);
    expect([...joined.vectors.data]).toEqual([...items.vectors.data, ...vectors.vectors.data]);
    expect([...joined.presence.data]).toEqual([...items.presence.data, ...vectors.presence.data]);
  });

  it('copies: a change of the copy is none of the original', () => {
    const joined = joinSets([items]);
    const before = items.vectors.data[0];
    joined.vectors.data[0] = 99;
    expect(items.vectors.data[0]).toBe(before);
  });

  it('joins to what it was cut from', () => {
    fc.assert(
      fc.property(pairOfSets, ({ items: set }) => {
        const parts = Array.from({ length: set.vectors.rows }, (_, row): VectorSet => {
          const { vectors: v, presence: p } = set;
          return {
            vectors: {
              data: v.data.slice(row * v.dims, (row + 1) * v.dims),
              rows: 1,
              dims: v.dims,
            },
            presence: {
              data: p.data.slice(row * p.dims, (row + 1) * p.dims),
              rows: 1,
              dims: p.dims,
            },
          };
        });
        if (parts.length > 0) expect(joinSets(parts)).toEqual(set);
      }),
    );
  });
});
