/**
 * Seeded random numbers and hashes. Nothing here reads a clock or `Math.random`.
 *
 * @packageDocumentation
 */

/** Draws a number in [0, 1). */
export type Random = () => number;

/**
 * 32-bit FNV-1a hash of a string's UTF-16 units, with a final avalanche (MurmurHash3's fmix32).
 *
 * @param text - Any string.
 * @param seed - Varies the hash.
 * @returns Unsigned 32-bit integer.
 * @example hash32('a') === hash32('a') // true
 */
export function hash32(text: string, seed = 0): number {
  let h = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * A standard normal number (Box & Muller 1958).
 *
 * @param random - Source; two draws.
 * @returns Any number.
 */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * A small fast generator (sfc32 by Chris Doty-Humphrey, period ≥ 2^64).
 *
 * @param seed - Any number; the same seed gives the same draws.
 * @param stream - Name of the use, so that two uses of one seed are independent.
 * @returns A generator with its own state.
 */
export function createRandom(seed: number, stream = ''): Random {
  let a = hash32(stream, seed >>> 0);
  let b = hash32(stream, 0x9e3779b9);
  let c = hash32(String(seed));
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}
