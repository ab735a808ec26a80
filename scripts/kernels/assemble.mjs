/** WebAssembly text → bytes, by wabt. */
import createWabt from 'wabt';

/**
 * What the text may use: all of it is in every browser with WebAssembly SIMD, but for relaxed SIMD,
 * of which only relaxed-module.mjs makes use.
 */
const FEATURES = { simd: true, sat_float_to_int: true, relaxed_simd: true };

/**
 * @param {string} text - WAT.
 * @returns {Promise<Uint8Array>} The module, the same for the same text.
 * @throws {Error} With line and column of what is wrong.
 */
export async function assemble(text) {
  const module = (await createWabt()).parseWat('kernels.wat', text, FEATURES);
  try {
    module.validate();
    return module.toBinary({}).buffer;
  } finally {
    module.destroy();
  }
}
