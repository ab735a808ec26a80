/**
 * Conjugate gradients with Jacobi preconditioning (Hestenes & Stiefel 1952; Golub & Van Loan,
 * Matrix Computations, algorithm 11.5.1).
 *
 * @packageDocumentation
 */

/** Solves symmetric positive definite systems up to a size, without allocating per system. */
export class ConjugateGradient {
  readonly #solution: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;
  readonly #diagonal: Float64Array;
  readonly #tolerance: number;

  /**
   * Takes the memory.
   *
   * @param capacity - Most unknowns of a system.
   * @param tolerance - Stops when the preconditioned residual has shrunk to this share of its
   *   start; above 0.
   */
  constructor(capacity: number, tolerance: number) {
    this.#solution = new Float64Array(capacity);
    this.#residual = new Float64Array(capacity);
    this.#direction = new Float64Array(capacity);
    this.#image = new Float64Array(capacity);
    this.#diagonal = new Float64Array(capacity);
    this.#tolerance = tolerance;
  }

  /**
   * Solves matrix · x = right, starting at 0. Cost: O(n²) per iteration.
   *
   * @param matrix - [n, n] row-major at its start, symmetric positive definite; the rest is unread.
   * @param right - [n] at its start.
   * @param n - Unknowns, at most the capacity.
   * @param iterations - Most iterations; n suffice but for rounding.
   * @returns [n] view, valid until the next call.
   */
  solve(matrix: Float64Array, right: Float64Array, n: number, iterations: number): Float64Array {
    const x = this.#solution;
    const r = this.#residual;
    const p = this.#direction;
    const diagonal = this.#diagonal;
    let rz = 0;
    for (let i = 0; i < n; i++) {
      diagonal[i] = matrix[i * n + i] as number;
      x[i] = 0;
      r[i] = right[i] as number;
      p[i] = (r[i] as number) / (diagonal[i] as number);
      rz += (r[i] as number) * (p[i] as number);
    }
    const enough = rz * this.#tolerance * this.#tolerance;
    for (let turn = 0; turn < iterations && rz > enough; turn++) {
      const step = rz / this.#advance(matrix, n);
      let next = 0;
      for (let i = 0; i < n; i++) {
        x[i] = (x[i] as number) + step * (p[i] as number);
        const left = (r[i] as number) - step * (this.#image[i] as number);
        r[i] = left;
        next += (left * left) / (diagonal[i] as number);
      }
      const share = next / rz;
      rz = next;
      for (let i = 0; i < n; i++) {
        p[i] = (r[i] as number) / (diagonal[i] as number) + share * (p[i] as number);
      }
    }
    return x.subarray(0, n);
  }

  /** Sets image = matrix · direction and returns ⟨image, direction⟩. */
  #advance(matrix: Float64Array, n: number): number {
    const p = this.#direction;
    const q = this.#image;
    let product = 0;
    for (let i = 0; i < n; i++) {
      const row = i * n;
      let sum = 0;
      for (let j = 0; j < n; j++) sum += (matrix[row + j] as number) * (p[j] as number);
      q[i] = sum;
      product += sum * (p[i] as number);
    }
    return product;
  }
}
