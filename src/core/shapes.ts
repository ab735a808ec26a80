/**
 * Dimension letters used in every docstring of this project.
 *
 * **N** items · **S** segments · **D** feature dimensions · **B** feature blocks · **K** results ·
 * **T** tokens. Matrices are row-major `Float32Array` unless said otherwise.
 *
 * @packageDocumentation
 */

/** A row-major [rows, dims] matrix of 32-bit floats. */
export interface Matrix {
  /** Length rows × dims. */
  readonly data: Float32Array;
  /** Number of rows, at least 0. */
  readonly rows: number;
  /** Number of columns, at least 1. */
  readonly dims: number;
}
