/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by cyclic Jacobi rotations
 * (Golub & Van Loan, Matrix Computations, section 8.5).
 *
 * @packageDocumentation
 */

/** Most sweeps; a matrix of 50 × 50 needs about 8. */
const MAX_SWEEPS = 30;

/** Eigenpairs, largest value first. */
export interface Eigen {
  /** [n] descending. */
  readonly values: Float64Array;
  /** [n, n] row-major; column k belongs to value k. */
  readonly vectors: Float64Array;
}

/** Rotates rows and columns p and q so that a[p][q] becomes 0. */
function rotate(
  a: Float64Array,
  v: Float64Array,
  n: number,
  [p, q]: readonly [number, number],
): void {
  const apq = a[p * n + q] as number;
  if (apq === 0) return;
  const theta = ((a[q * n + q] as number) - (a[p * n + p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const kp = a[k * n + p] as number;
    const kq = a[k * n + q] as number;
    a[k * n + p] = c * kp - s * kq;
    a[k * n + q] = s * kp + c * kq;
  }
  for (let k = 0; k < n; k++) {
    const pk = a[p * n + k] as number;
    const qk = a[q * n + k] as number;
    a[p * n + k] = c * pk - s * qk;
    a[q * n + k] = s * pk + c * qk;
    const vp = v[k * n + p] as number;
    const vq = v[k * n + q] as number;
    v[k * n + p] = c * vp - s * vq;
    v[k * n + q] = s * vp + c * vq;
  }
}

function offDiagonal(a: Float64Array, n: number): number {
  let sum = 0;
  for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) sum += (a[p * n + q] as number) ** 2;
  return sum;
}

/**
 * Decomposes a symmetric matrix.
 *
 * Cost: O(n³) per sweep.
 *
 * @param matrix - [n, n] row-major, symmetric, finite.
 * @param n - At least 1.
 * @returns Eigenpairs; vectors are orthonormal.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const scale = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < MAX_SWEEPS && offDiagonal(a, n) > 1e-22 * scale; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, [p, q]);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => (a[j * n + j] as number) - (a[i * n + i] as number),
  );
  const vectors = new Float64Array(n * n);
  for (const [k, from] of order.entries()) {
    for (let i = 0; i < n; i++) vectors[i * n + k] = v[i * n + from] as number;
  }
  return { values: Float64Array.from(order, (i) => a[i * n + i] as number), vectors };
}
