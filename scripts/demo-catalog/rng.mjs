/**
 * Seeded randomness for the demo catalog. No clock, no Math.random: same seed, same bytes.
 */

/**
 * @typedef {object} Rng
 * @property {() => number} next uniform in [0, 1)
 * @property {(n: number) => number} int uniform integer in [0, n)
 * @property {(p: number) => boolean} chance true with probability p
 * @property {() => number} normal standard normal
 * @property {<T>(list: readonly T[]) => T} pick one element, uniform; the list is not empty
 * @property {<T>(list: readonly T[], weight: (value: T) => number) => T} weighted one element by weight
 * @property {<T>(list: readonly T[]) => T[]} shuffle new array, Fisher-Yates
 */

/**
 * FNV-1a hash of a text, for seeds and for stable choices per item.
 *
 * @param {string} text words
 * @returns {number} unsigned 32 bits; `hashText('') // 2166136261`
 */
export function hashText(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * mulberry32 by Tommy Ettinger (public domain): 32 bits of state, enough for a few million draws.
 *
 * @param {number} seed unsigned 32 bits
 * @returns {() => number} uniform in [0, 1)
 */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @template T
 * @param {readonly T[]} list not empty
 * @param {number} i index
 * @returns {T} element
 */
function at(list, i) {
  const value = list[i];
  if (value === undefined) throw new RangeError(`rng: no element ${i} in a list of ${list.length}`);
  return value;
}

/**
 * Makes a random source from a seed and a purpose, so that one stream does not disturb another.
 *
 * @param {number} seed whole number
 * @param {string} [purpose] name of the stream
 * @returns {Rng} the source
 */
export function createRng(seed, purpose = '') {
  const next = mulberry32(hashText(`${seed}:${purpose}`));
  /** @type {(n: number) => number} */
  const int = (n) => Math.floor(next() * n);
  return {
    next,
    int,
    chance: (p) => next() < p,
    // Box-Muller; 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick: (list) => at(list, int(list.length)),
    weighted(list, weight) {
      let left = next() * list.reduce((sum, value) => sum + weight(value), 0);
      for (const value of list) {
        left -= weight(value);
        if (left < 0) return value;
      }
      return at(list, list.length - 1);
    },
    shuffle(list) {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i -= 1) {
        const j = int(i + 1);
        const held = at(out, i);
        out[i] = at(out, j);
        out[j] = held;
      }
      return out;
    },
  };
}
