/** Our own kernels. */
import { openScorer } from '../../../src/kernels/open-scorer.ts';
import { BLOCKS, setOf } from './whole-sets.mjs';

/** @typedef {import('../implementations.mjs').Open} Open */
/** @typedef {import('../../../src/kernels/resident-scorer.ts').KernelName} KernelName */

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
