/**
 * @param {Float32Array} rows - [R, D].
 * @param {number} dims - D.
 * @returns {Float32Array} [D, R].
 */
export function transposed(rows, dims) {
  const count = rows.length / dims;
  const turned = new Float32Array(rows.length);
  for (let row = 0; row < count; row++) {
    for (let d = 0; d < dims; d++) turned[d * count + row] = Number(rows[row * dims + d]);
  }
  return turned;
}
