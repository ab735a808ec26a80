/**
 * Rows of a matrix.
 *
 * @packageDocumentation
 */
import type { Matrix } from './shapes.ts';

/**
 * One row, without a copy.
 *
 * @param matrix - [R, D].
 * @param row - Which, from 0.
 * @returns [D] on the same memory.
 */
export function matrixRow(matrix: Matrix, row: number): Float32Array {
  const { data, dims } = matrix;
  return data.subarray(row * dims, (row + 1) * dims);
}

/**
 * Whether a row says nothing.
 *
 * @param matrix - [R, D].
 * @param row - Which.
 * @returns True when all of it is 0.
 */
export function isZeroRow(matrix: Matrix, row: number): boolean {
  return matrixRow(matrix, row).every((value) => value === 0);
}

/**
 * Some rows.
 *
 * @param matrix - [R, D].
 * @param rows - Which, in the order of the result; a row may come twice.
 * @returns A copy.
 */
export function pickMatrixRows(matrix: Matrix, rows: readonly number[]): Matrix {
  const { dims } = matrix;
  const data = new Float32Array(rows.length * dims);
  for (const [i, row] of rows.entries()) data.set(matrixRow(matrix, row), i * dims);
  return { data, rows: rows.length, dims };
}

/**
 * Scales a row to length 1, in place.
 *
 * @param row - [D]; zeros stay zeros.
 */
export function normaliseRow(row: Float32Array): void {
  const length = Math.hypot(...row);
  if (length > 0) for (let d = 0; d < row.length; d++) row[d] = (row[d] as number) / length;
}
