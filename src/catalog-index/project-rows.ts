/**
 * Vectors of the shop's feature space in the index's.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';

/**
 * Multiplies each row with a projection and scales it to length 1.
 *
 * Cost: O(R·F·D).
 *
 * @param rows - [R, F] vectors, blocks scaled as `writeRow` does.
 * @param projection - [F, D].
 * @returns [R, D] unit rows; a row of zeros, or with a number that is not finite, becomes zeros.
 * @throws RangeError when F differs: a mistake of ours, since both come from one index.
 */
export function projectRows(rows: Matrix, projection: Matrix): Matrix {
  const { dims } = projection;
  if (rows.dims !== projection.rows) throw new RangeError(`${rows.dims} dimensions`);
  const data = new Float32Array(rows.rows * dims);
  const sums = new Float64Array(dims);
  for (let r = 0; r < rows.rows; r++) {
    sums.fill(0);
    for (let f = 0; f < rows.dims; f++) {
      const value = rows.data[r * rows.dims + f] as number;
      if (value === 0) continue;
      for (let d = 0; d < dims; d++) {
        sums[d] = (sums[d] as number) + value * (projection.data[f * dims + d] as number);
      }
    }
    const length = Math.hypot(...sums);
    if (!(length > 1e-9) || !Number.isFinite(length)) continue;
    for (let d = 0; d < dims; d++) data[r * dims + d] = (sums[d] as number) / length;
  }
  return { data, rows: rows.rows, dims };
}
