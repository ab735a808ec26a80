/** Items and vectors of the bench: unit length, the same for every implementation. */
import { createRandom } from '../../src/core/rng.ts';

/** Items lie round so many centres, as products lie round their kinds. */
const NUM_CENTRES = 64;

/**
 * @param {Float32Array} rows - [R, D], changed in place.
 * @param {number} dims - D.
 * @returns {Float32Array} The same array, each row of length 1.
 */
function toUnit(rows, dims) {
  for (let start = 0; start < rows.length; start += dims) {
    let sum = 0;
    for (let at = start; at < start + dims; at++) sum += Number(rows[at]) ** 2;
    const factor = 1 / Math.sqrt(sum);
    for (let at = start; at < start + dims; at++) rows[at] = Number(rows[at]) * factor;
  }
  return rows;
}

/**
 * Draws rows: half centre, half noise.
 *
 * @param {() => number} random - In [0, 1).
 * @param {Float32Array} centres - [C, D].
 * @param {{ rows: number, dims: number }} size
 * @returns {Float32Array} [R, D] of length 1.
 */
function drawAround(random, centres, { dims, rows }) {
  const drawn = new Float32Array(rows * dims);
  for (let start = 0; start < drawn.length; start += dims) {
    const centre = Math.floor(random() * NUM_CENTRES) * dims;
    for (let d = 0; d < dims; d++) {
      drawn[start + d] = Number(centres[centre + d]) + random() + random() - 1;
    }
  }
  return toUnit(drawn, dims);
}

/**
 * The data of one size.
 *
 * @param {{ n: number, d: number, s: number }} size - Items, dimensions, vectors.
 * @returns {{ items: Float32Array, vectors: Float32Array }} [N, D] and [S, D], the same for the same size.
 */
export function createData({ d, n, s }) {
  const random = createRandom(1, `bench ${n} ${d}`);
  const centres = Float32Array.from({ length: NUM_CENTRES * d }, () => random() + random() - 1);
  return {
    items: drawAround(random, centres, { rows: n, dims: d }),
    vectors: drawAround(random, centres, { rows: s, dims: d }),
  };
}
