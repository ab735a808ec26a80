import { describe, expect, it } from 'vitest';
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { expectedScores, sortedRows } from './helpers.ts';

const K = 20;

/** Unit vectors around centres; the smaller the spread, the more alike are neighbours. */
function clusters(options: { rows: number; dims: number; centres: number; spread: number }) {
  const { centres, dims, rows, spread } = options;
  const random = createRandom(17, 'clusters');
  const draw = (): number => random() + random() + random() - 1.5;
  const middle = Float64Array.from({ length: centres * dims }, draw);
  const data = new Float32Array(rows * dims);
  for (let row = 0; row < rows; row++) {
    const centre = Math.floor(random() * centres) * dims;
    const values = Array.from(
      { length: dims },
      (_, k) => (middle[centre + k] as number) + spread * draw(),
    );
    const norm = Math.hypot(...values);
    data.set(
      values.map((value) => value / norm),
      row * dims,
    );
  }
  return { data, rows, dims };
}

/** Splits off the last rows as the vectors to compare with. */
function split(all: ReturnType<typeof clusters>, count: number): [VectorSet, VectorSet] {
  const { data, dims, rows } = all;
  const cut = (from: number, to: number): VectorSet => ({
    vectors: { data: data.slice(from * dims, to * dims), rows: to - from, dims },
    presence: { data: new Float32Array(to - from).fill(1), rows: to - from, dims: 1 },
  });
  return [cut(0, rows - count), cut(rows - count, rows)];
}

describe('the int8 kernel', () => {
  it.each([
    ['scattered vectors', { rows: 4_000, dims: 64, centres: 4_000, spread: 1 }],
    ['clusters', { rows: 4_000, dims: 128, centres: 40, spread: 0.3 }],
    // Cosines within a cluster differ by less than rounding to 8 bits changes them.
    ['near-duplicates', { rows: 4_000, dims: 64, centres: 40, spread: 0.05 }],
    ['an odd number of dimensions', { rows: 2_000, dims: 37, centres: 100, spread: 0.5 }],
  ])('finds nearly all of the top 20 among %s', async (_, options) => {
    const [items, vectors] = split(clusters(options), 17);
    const { scorer } = await openScorer('wasm-int8');
    scorer.load(items);
    const top = scorer.top(vectors, K);
    const exact = expectedScores(items, vectors);
    let hits = 0;
    for (let v = 0; v < 17; v++) {
      const got = new Set(top.rows.subarray(v * K, (v + 1) * K));
      hits += sortedRows(exact, 17, v)
        .slice(0, K)
        .filter((row) => got.has(row)).length;
    }
    expect(hits / (17 * K)).toBeGreaterThanOrEqual(0.98);
  });
});
