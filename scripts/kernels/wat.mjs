/**
 * What the WebAssembly text of the kernels is written with: repetition and the numbers that all of
 * its parts share. The text itself is plain WAT.
 *
 * Layout of a group of eight items, the unit in which items lie in memory: 8 factors (f32), 8 class
 * ids (i32), then the numbers, so that one load brings the same dimension of four items. A kernel
 * then needs no sum across lanes: each lane is an item.
 */

/** Items side by side in a group; two vectors of four lanes. */
export const GROUP = 8;

/** Bytes of factors and class ids before a group's numbers. */
export const HEADER_BYTES = 64;

/**
 * Items whose scores wait in the scratch place before they are selected or copied. Of 10,000 items, 256
 * take 6 % less time than 64 (Chromium 156); the scores of a tile still fit the fastest cache.
 */
export const CHUNK = 256;

/** Most vectors in a tile: ten sums, two items, one vector and one product fill the registers. */
export const MAX_WIDTH = 5;

/**
 * Writes a piece of text for each of 0 … count - 1.
 *
 * @param {number} count - How many.
 * @param {(index: number) => string} write - Text of one.
 * @returns {string} All of them, one after the other.
 */
export function each(count, write) {
  return Array.from({ length: count }, (_, index) => write(index)).join('\n');
}

/**
 * @param {string} type - Of WebAssembly.
 * @param {readonly string[]} names - With their dollar signs.
 * @returns {string} Declarations of local variables.
 */
export function locals(type, names) {
  return names.map((name) => `(local ${name} ${type})`).join(' ');
}

/** Parameters of a tile's kernel: groups from and to, table, vectors from and to, scratch place. */
export const TILE_PARAMS = `(param $group i32) (param $end i32) (param $table i32) (param $data i32)
  (param $dataEnd i32) (param $out i32)`;
