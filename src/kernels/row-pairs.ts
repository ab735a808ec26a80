/**
 * Products of two rows at a time with one vector: most of scoring again what a coarse kernel found.
 *
 * @packageDocumentation
 */

/** Where {@link rowPairProducts} reads: starts of two rows in `x`, of one in `y`, and D. */
export type PairPlace = Int32Array;

/**
 * Two products of D numbers in 64 bits, summed in the order of `rowProduct`, which gives the same.
 * Two at a time and with the vector in 64 bits already, it takes half to two
 * thirds of the time.
 *
 * @param x - [N, D].
 * @param y - [V, D].
 * @param place - See {@link PairPlace}.
 * @param sums - Gets both.
 */
export function rowPairProducts(
  x: Float32Array,
  y: Float64Array,
  place: PairPlace,
  sums: Float64Array,
): void {
  const i = place[0] as number;
  const j = place[1] as number;
  const q = place[2] as number;
  const length = place[3] as number;
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    const y0 = y[q + k] as number;
    const y1 = y[q + k + 1] as number;
    const y2 = y[q + k + 2] as number;
    const y3 = y[q + k + 3] as number;
    a0 += (x[i + k] as number) * y0;
    a1 += (x[i + k + 1] as number) * y1;
    a2 += (x[i + k + 2] as number) * y2;
    a3 += (x[i + k + 3] as number) * y3;
    b0 += (x[j + k] as number) * y0;
    b1 += (x[j + k + 1] as number) * y1;
    b2 += (x[j + k + 2] as number) * y2;
    b3 += (x[j + k + 3] as number) * y3;
  }
  for (; k < length; k++) {
    a0 += (x[i + k] as number) * (y[q + k] as number);
    b0 += (x[j + k] as number) * (y[q + k] as number);
  }
  sums[0] = a0 + a1 + a2 + a3;
  sums[1] = b0 + b1 + b2 + b3;
}
