/**
 * More unit vectors than dimensions, as far apart as they get.
 *
 * Random codes of few dimensions hold pairs that look alike. Pushing each code away from its
 * nearest ones brings the largest cosine near the Welch bound √((n − d) / (d·(n − 1))).
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';

/** Codes that are pushed apart; further ones stay random, since the cost grows with the square. */
const MAX_SPREAD = 160;

const ROUNDS = 8;

/** Larger steps overshoot with many codes per dimension, and codes collapse. */
const STEP = 0.25;

/** Codes that are further apart than this need no push: their share in the gradient is small. */
const NEAR = 0.3;

function normalise(codes: Float64Array, at: number, dims: number): void {
  let square = 0;
  for (let k = 0; k < dims; k++) square += (codes[at + k] as number) ** 2;
  const scale = 1 / Math.sqrt(square);
  for (let k = 0; k < dims; k++) codes[at + k] = (codes[at + k] as number) * scale;
}

/** One step of code i down the gradient of Σ_j cos(i, j)⁴. */
function push(codes: Float64Array, i: number, count: number, dims: number): void {
  const move = new Float64Array(dims);
  for (let j = 0; j < count; j++) {
    if (j === i) continue;
    let cosine = 0;
    for (let k = 0; k < dims; k++) {
      cosine += (codes[i * dims + k] as number) * (codes[j * dims + k] as number);
    }
    if (cosine < NEAR && cosine > -NEAR) continue;
    const weight = cosine ** 3;
    for (let k = 0; k < dims; k++)
      move[k] = (move[k] as number) + weight * (codes[j * dims + k] as number);
  }
  for (let k = 0; k < dims; k++) {
    codes[i * dims + k] = (codes[i * dims + k] as number) - STEP * (move[k] as number);
  }
  normalise(codes, i * dims, dims);
}

/**
 * Codes for a list of names.
 *
 * Cost: O(min(n, 160)²·d) for the first 160 names.
 *
 * @param names - Distinct names; earlier ones are told apart best.
 * @param dims - d, at least 2.
 * @returns [n, d] unit vectors; the same names give the same codes.
 */
export function spreadCodes(names: readonly string[], dims: number): Float64Array {
  const codes = new Float64Array(names.length * dims);
  for (const [i, name] of names.entries()) {
    for (let k = 0; k < dims; k++) codes[i * dims + k] = hash32(name, k) / 2 ** 31 - 1;
    normalise(codes, i * dims, dims);
  }
  const count = Math.min(names.length, MAX_SPREAD);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < count; i++) push(codes, i, count, dims);
  }
  return codes;
}
