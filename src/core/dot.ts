/**
 * Sums of products, and the cosines that are made of them.
 *
 * @packageDocumentation
 */
import type { Matrix } from './shapes.ts';

/**
 * Product of two rows in 64 bits; four sums at once, which need not wait for each other.
 *
 * @param a - [N, D].
 * @param n - Row of it.
 * @param b - [V, D].
 * @param v - Row of it.
 * @returns The sum over D products.
 */
export function rowProduct(a: Matrix, n: number, b: Matrix, v: number): number {
  const { data: x, dims: length } = a;
  const { data: y } = b;
  const i = n * length;
  const j = v * length;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += (x[i + k] as number) * (y[j + k] as number);
    s1 += (x[i + k + 1] as number) * (y[j + k + 1] as number);
    s2 += (x[i + k + 2] as number) * (y[j + k + 2] as number);
    s3 += (x[i + k + 3] as number) * (y[j + k + 3] as number);
  }
  for (; k < length; k++) s0 += (x[i + k] as number) * (y[j + k] as number);
  return s0 + s1 + s2 + s3;
}

/**
 * A cosine as everybody tells it.
 *
 * @param cosine - Any number.
 * @returns Cut to [-1, 1], since rounding leads out of it; 0 for one that is not finite.
 */
export function boundedCosine(cosine: number): number {
  if (!Number.isFinite(cosine)) return 0;
  if (cosine > 1) return 1;
  return cosine < -1 ? -1 : cosine;
}
