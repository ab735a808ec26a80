/** Our own kernels. */
import { openScorer } from '../../../src/kernels/open-scorer.ts';

/** @typedef {import('../implementations.mjs').Open} Open */
/** @typedef {import('../../../src/kernels/resident-scorer.ts').KernelName} KernelName */

/** Peers know no absent blocks: here every item has all four. */
const BLOCKS = 4;

/**
 * @param {Float32Array} data - [R, D].
 * @param {number} dims - D.
 * @param {number} present - What stands in the mask.
 * @returns {import('../../../src/core/block-cosine.ts').VectorSet} With all blocks.
 */
function setOf(data, dims, present) {
  const rows = data.length / dims;
  const mask = new Float32Array(rows * BLOCKS).fill(present);
  return { vectors: { data, rows, dims }, presence: { data: mask, rows, dims: BLOCKS } };
}

/**
 * @param {KernelName} kernel
 * @returns {Open}
 */
function opener(kernel) {
  return async (items, { d, top }) => {
    const { reason, scorer } = await openScorer(kernel);
    if (reason !== null) throw new Error(`${kernel}: ${reason}`);
    scorer.load(setOf(items, d, 1));
    return {
      top: (vectors) => scorer.top(setOf(vectors, d, 1 / BLOCKS), top).rows,
      close: () => scorer.dispose(),
    };
  };
}

/** Blocked loops. */
export const openJs = opener('js');

/** WebAssembly SIMD, 32-bit floats. */
export const openWasm = opener('wasm');

/** WebAssembly SIMD, items in 8 bits, the best scored again. */
export const openInt8 = opener('wasm-int8');
