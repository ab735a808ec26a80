/** Draws that are the same in every run. */

/**
 * @param {string} seed - Any text.
 * @returns {() => number} In [0, 1): the linear congruential generator of Numerical Recipes.
 */
export function createRandom(seed) {
  let state = 1;
  for (const sign of seed) state = (Math.imul(state, 31) + (sign.codePointAt(0) ?? 0)) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
