/**
 * The way from the feature space into the 64 dimensions of an index.
 *
 * @packageDocumentation
 */
import { symmetricEigen } from '../catalog/symmetric-eigen.ts';
import { createRandom, drawNormal } from '../core/rng.ts';
import type { Matrix } from '../core/shapes.ts';

/** D. */
export const INDEX_DIMENSIONS = 64;

/**
 * A random rotation, the same for every index (Gram and Schmidt on normal draws).
 *
 * Eigenvectors put most of each item into a few dimensions, and a row's largest number decides how
 * coarse 8 bits are for all of it. Turned, all dimensions are alike, and the steps half as large.
 */
function rotation(dims: number): readonly Float64Array[] {
  const random = createRandom(1, 'index rotation');
  const rows: Float64Array[] = [];
  for (let k = 0; k < dims; k++) {
    const row = Float64Array.from({ length: dims }, () => drawNormal(random));
    for (const other of rows) {
      const product = row.reduce((sum, value, d) => sum + value * (other[d] as number), 0);
      for (let d = 0; d < dims; d++) row[d] = (row[d] as number) - product * (other[d] as number);
    }
    const length = Math.hypot(...row);
    rows.push(row.map((value) => value / length));
  }
  return rows;
}

/**
 * The plane that keeps most of what items have in common with each other: the leading eigenvectors
 * of the sum of x·xᵀ (Eckart and Young 1936), turned at random. Not centred, since products and not
 * distances count.
 *
 * @param matrix - [R, F].
 * @returns [F, D]; products of projected rows are those within the plane.
 */
export function learnProjection(matrix: Matrix): Matrix {
  const { data, dims, rows } = matrix;
  const products = new Float64Array(dims * dims);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < dims; i++) {
      const value = data[r * dims + i] as number;
      if (value === 0) continue;
      for (let j = 0; j < dims; j++) {
        const at = i * dims + j;
        products[at] = (products[at] as number) + value * (data[r * dims + j] as number);
      }
    }
  }
  const { values, vectors } = symmetricEigen(products, dims);
  const turn = rotation(INDEX_DIMENSIONS);
  const out = new Float32Array(dims * INDEX_DIMENSIONS);
  for (let k = 0; k < INDEX_DIMENSIONS; k++) {
    if (!((values[k] as number) > 1e-9 * (values[0] as number))) continue;
    for (let f = 0; f < dims; f++) {
      for (let d = 0; d < INDEX_DIMENSIONS; d++) {
        const at = f * INDEX_DIMENSIONS + d;
        const turned = (vectors[f * dims + k] as number) * (turn[k]?.[d] as number);
        out[at] = (out[at] as number) + turned;
      }
    }
  }
  return { data: out, rows: dims, dims: INDEX_DIMENSIONS };
}
