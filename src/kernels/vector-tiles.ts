/**
 * How vectors are dealt out to the WASM kernels: tiles of at most five, as equal as possible, since
 * a tile of one or two leaves most of the processor waiting.
 *
 * @packageDocumentation
 */

/** Most vectors that a kernel takes at once (`scripts/kernels/wat.mjs`). */
export const MAX_WIDTH = 5;

/**
 * Widths of the tiles for a number of vectors.
 *
 * @param vectors - V, at least 0.
 * @returns Numbers from 1 to 5 that sum to V, the larger ones first.
 * @example tileWidths(17) // [5, 4, 4, 4]
 */
export function tileWidths(vectors: number): number[] {
  const tiles = Math.ceil(vectors / MAX_WIDTH);
  const least = Math.floor(vectors / tiles);
  return Array.from({ length: tiles }, (_, tile) => least + (tile < vectors % tiles ? 1 : 0));
}
