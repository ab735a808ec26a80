import { describe, expect, it } from 'vitest';
import { projectRows } from '../../../src/catalog-index/project-rows.ts';
import { INDEX_DIMENSIONS, learnProjection } from '../../../src/cli/index-projection.ts';
import { createRandom, drawNormal } from '../../../src/core/rng.ts';
import type { Matrix } from '../../../src/core/shapes.ts';
import { quantiseSigned } from '../../../src/pack/quantise.ts';

/** Unit rows that lie mostly in a few dimensions of 100, as encoded items do. */
function drawRows(count: number, rank: number): Matrix {
  const random = createRandom(3, 'projection');
  const data = new Float32Array(count * 100);
  for (let row = 0; row < count; row++) {
    const own = data.subarray(row * 100, (row + 1) * 100);
    for (let d = 0; d < rank; d++) own[d] = drawNormal(random) / (1 + d / 3);
    const length = Math.hypot(...own);
    for (let d = 0; d < rank; d++) own[d] = (own[d] as number) / length;
  }
  return { data, rows: count, dims: 100 };
}

function products({ data, dims, rows }: Matrix): number[] {
  const row = (r: number): Float32Array => data.subarray(r * dims, (r + 1) * dims);
  return Array.from({ length: rows - 1 }, (_, r) =>
    row(r).reduce((sum, value, d) => sum + value * (row(r + 1)[d] as number), 0),
  );
}

describe('the projection of an index', () => {
  it('keeps all products where 64 dimensions are enough', () => {
    const rows = drawRows(60, 50);
    const projected = projectRows(rows, learnProjection(rows));
    expect(projected.dims).toBe(INDEX_DIMENSIONS);
    for (const [k, product] of products(projected).entries()) {
      expect(product).toBeCloseTo(products(rows)[k] as number, 4);
    }
  });

  it('spreads rows over all dimensions, so that 8 bits are fine enough', () => {
    const rows = drawRows(60, 50);
    const spread = projectRows(rows, learnProjection(rows));
    const meanStep = (matrix: Matrix): number =>
      quantiseSigned(matrix.data, matrix.dims).scales.reduce((sum, scale) => sum + scale, 0);
    expect(meanStep(spread)).toBeLessThan(0.7 * meanStep(rows));
  });

  it('is zero for a catalog of which nothing is known', () => {
    const nothing = { data: new Float32Array(200), rows: 2, dims: 100 };
    expect(learnProjection(nothing).data.every((value) => value === 0)).toBe(true);
  });
});
