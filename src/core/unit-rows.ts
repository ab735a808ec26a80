/**
 * Rows of unequal length, scaled to unit length.
 *
 * @packageDocumentation
 */

/**
 * Scales each row to Euclidean length 1. The same floats give the same floats, so that only one of
 * the two needs to be kept.
 *
 * @param values - All rows one after the other.
 * @param pointers - Row i lies at pointers[i] … pointers[i + 1].
 * @returns New array; a row of zeros stays one.
 * @example unitRows(Float32Array.of(3, 4), Int32Array.of(0, 2)) // Float32Array [0.6, 0.8]
 */
export function unitRows(values: Float32Array, pointers: Int32Array): Float32Array {
  const unit = new Float32Array(values.length);
  for (let row = 0; row + 1 < pointers.length; row++) {
    const end = pointers[row + 1] as number;
    let squares = 0;
    for (let k = pointers[row] as number; k < end; k++) squares += (values[k] as number) ** 2;
    const norm = Math.sqrt(squares);
    for (let k = pointers[row] as number; k < end; k++) {
      unit[k] = norm > 0 ? (values[k] as number) / norm : 0;
    }
  }
  return unit;
}
