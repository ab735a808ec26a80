/**
 * The keys by which the WASM kernels order items (`scripts/kernels/select.mjs`): a score's bits above
 * its row's complement, so that the larger key is the better item.
 *
 * @packageDocumentation
 */

/** Of a place that no item has taken: the score -Infinity. */
export const EMPTY_KEY: bigint = BigInt.asIntN(64, 0x80_7f_ff_ff_00_00_00_00n);

/** The upper half of {@link EMPTY_KEY}. */
export const EMPTY_ORDER: number = Number(EMPTY_KEY >> 32n);

/**
 * Integers that compare as floats do ⇄ the floats' bits.
 *
 * @param ordered - A key's upper half.
 * @returns The other.
 */
export function orderedBits(ordered: number): number {
  return ordered ^ ((ordered >> 31) & 0x7f_ff_ff_ff);
}

/**
 * The score of a key.
 *
 * @param ordered - Its upper half.
 * @returns A number or -Infinity.
 */
export function scoreOf(ordered: number): number {
  const [score] = new Float32Array(Int32Array.of(orderedBits(ordered)).buffer);
  return score as number;
}

/**
 * Takes keys apart.
 *
 * @param keys - Any number, little-endian as WebAssembly writes them.
 * @returns Row and score of each, in new arrays.
 */
export function readKeys(keys: BigInt64Array): { rows: Int32Array; scores: Float32Array } {
  const halves = new Int32Array(keys.buffer, keys.byteOffset, 2 * keys.length);
  const rows = new Int32Array(keys.length);
  const bits = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    rows[i] = ~(halves[2 * i] as number);
    bits[i] = orderedBits(halves[2 * i + 1] as number);
  }
  return { rows, scores: new Float32Array(bits.buffer) };
}
