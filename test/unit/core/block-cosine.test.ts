import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockCosine, blockShares, type VectorSet } from '../../../src/core/block-cosine.ts';
import { emptySet } from '../../../src/core/vector-set.ts';
import { blocksOf, pairOfSets, plainCosine, randomSet } from './fixtures.ts';

const BLOCKS = blocksOf([2, 2]);

/** One row; a block of zeros is absent. */
function one(values: readonly number[], presence: readonly number[]): VectorSet {
  return {
    vectors: { data: Float32Array.from(values), rows: 1, dims: values.length },
    presence: { data: Float32Array.from(presence), rows: 1, dims: presence.length },
  };
}

const ref = (set: VectorSet, row = 0): { set: VectorSet; row: number } => ({ set, row });
const half = Math.sqrt(0.5);

describe('blockCosine', () => {
  it('is 1 for a vector with itself, 0 at a right angle, -1 for the opposite', () => {
    const x = one([half, 0, half, 0], [1, 1]);
    const same = one([half, 0, half, 0], [0.5, 0.5]);
    const across = one([0, half, 0, half], [0.5, 0.5]);
    const opposite = one([-half, 0, -half, 0], [0.5, 0.5]);
    expect(blockCosine(ref(x), ref(same), BLOCKS)).toBeCloseTo(1, 6);
    expect(blockCosine(ref(x), ref(across), BLOCKS)).toBe(0);
    expect(blockCosine(ref(x), ref(opposite), BLOCKS)).toBeCloseTo(-1, 6);
  });

  it('passes over blocks that one side lacks, so that a missing brand is no difference', () => {
    const item = one([half, 0, 0, 0], [1, 0]);
    const other = one([half, 0, 0, half], [0.5, 0.5]);
    expect(blockCosine(ref(item), ref(other), BLOCKS)).toBeCloseTo(1, 6);
  });

  it('is 0 without a common block', () => {
    const item = one([half, 0, 0, 0], [1, 0]);
    const other = one([0, 0, half, 0], [0, 0.5]);
    expect(blockCosine(ref(item), ref(other), BLOCKS)).toBe(0);
    expect(blockCosine(ref(emptySet(1, 4, 2)), ref(other), BLOCKS)).toBe(0);
  });

  it.each([Number.NaN, Infinity, -Infinity])('is 0 when a vector holds %d', (bad) => {
    const item = one([bad, 0, half, 0], [1, 1]);
    const other = one([half, 0, half, 0], [0.5, 0.5]);
    const score = blockCosine(ref(item), ref(other), BLOCKS);
    expect(Number.isNaN(score)).toBe(false);
    expect(score).toBe(0);
  });

  it('is cut to [-1, 1] when vectors are longer than they should be', () => {
    const long = one([9, 0, 9, 0], [1, 1]);
    const other = one([half, 0, half, 0], [0.5, 0.5]);
    expect(blockCosine(ref(long), ref(other), BLOCKS)).toBe(1);
    expect(blockCosine(ref(one([-9, 0, -9, 0], [1, 1])), ref(other), BLOCKS)).toBe(-1);
  });

  it('reads the row that it is asked for', () => {
    const set = randomSet(5, BLOCKS, { seed: 3, missing: 0, isWeighted: false });
    const weighted = randomSet(5, BLOCKS, { seed: 3, missing: 0, isWeighted: true });
    for (let row = 0; row < 5; row++) {
      expect(blockCosine(ref(set, row), ref(weighted, row), BLOCKS)).toBeCloseTo(1, 6);
    }
    expect(blockCosine(ref(set, 0), ref(weighted, 1), BLOCKS)).toBeLessThan(0.999);
  });

  it('equals the weighted mean of cosines on random sets with missing blocks', () => {
    fc.assert(
      fc.property(pairOfSets, ({ blocks, items, vectors }) => {
        for (let n = 0; n < items.vectors.rows; n++) {
          for (let v = 0; v < vectors.vectors.rows; v++) {
            const score = blockCosine(ref(items, n), ref(vectors, v), blocks);
            const plain = plainCosine(ref(items, n), ref(vectors, v), blocks);
            expect(Math.abs(score - plain)).toBeLessThan(1e-6);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('blockShares', () => {
  it('sums to the cosine, with weights that sum to 1', () => {
    fc.assert(
      fc.property(pairOfSets, ({ blocks, items, vectors }) => {
        for (let n = 0; n < items.vectors.rows; n++) {
          for (let v = 0; v < vectors.vectors.rows; v++) {
            const shares = blockShares(ref(items, n), ref(vectors, v), blocks);
            const sum = shares.reduce((total, { share }) => total + share, 0);
            const weight = shares.reduce((total, entry) => total + entry.weight, 0);
            expect(sum).toBeCloseTo(blockCosine(ref(items, n), ref(vectors, v), blocks), 6);
            if (shares.length > 0) expect(weight).toBeCloseTo(1, 6);
            for (const entry of shares) {
              expect(entry.share).toBeCloseTo(entry.cosine * entry.weight, 9);
              expect(Math.abs(entry.cosine)).toBeLessThanOrEqual(1 + 1e-5);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('names the common blocks only, in the order of the space', () => {
    const blocks = blocksOf([2, 2, 2]);
    const item = one([half, 0, half, 0, half, 0], [1, 0, 1]);
    const other = one([half, 0, half, 0, half, 0], [0.25, 0.5, 0.25]);
    const shares = blockShares(ref(item), ref(other), blocks);
    expect(shares.map(({ block }) => block)).toEqual([blocks[0]!.name, blocks[2]!.name]);
    expect(shares.map(({ weight }) => weight)).toEqual([0.5, 0.5]);
  });

  it('is empty without a common block', () => {
    expect(blockShares(ref(emptySet(1, 4, 2)), ref(emptySet(1, 4, 2)), BLOCKS)).toEqual([]);
  });

  it('tells which block speaks against an item', () => {
    const item = one([half, 0, -half, 0], [1, 1]);
    const other = one([half, 0, half, 0], [0.5, 0.5]);
    const [first, second] = blockShares(ref(item), ref(other), BLOCKS);
    expect(first!.share).toBeCloseTo(0.5, 6);
    expect(second!.share).toBeCloseTo(-0.5, 6);
  });
});
