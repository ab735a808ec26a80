/** Vectors with all of their blocks: peers know no absent ones. */

/** Blocks of a vector. */
export const BLOCKS = 4;

/**
 * @param {Float32Array} data - [R, D].
 * @param {number} dims - D.
 * @param {number} present - What stands in the mask.
 * @returns {import('../../../src/core/block-cosine.ts').VectorSet} With all blocks.
 */
export function setOf(data, dims, present) {
  const rows = data.length / dims;
  const mask = new Float32Array(rows * BLOCKS).fill(present);
  return { vectors: { data, rows, dims }, presence: { data: mask, rows, dims: BLOCKS } };
}
