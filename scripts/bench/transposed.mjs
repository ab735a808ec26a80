/** Rows that are turned at once: their cache lines are still there when the next number is read. */
const BLOCK = 64;

/**
 * @param {Float32Array} rows - [R, D].
 * @param {number} dims - D.
 * @returns {Float32Array} [D, R].
 */
export function transposed(rows, dims) {
  const count = rows.length / dims;
  const turned = new Float32Array(rows.length);
  for (let from = 0; from < count; from += BLOCK) {
    const to = Math.min(from + BLOCK, count);
    for (let d = 0; d < dims; d++) {
      for (let row = from; row < to; row++) {
        turned[d * count + row] = /** @type {number} */ (rows[row * dims + d]);
      }
    }
  }
  return turned;
}
