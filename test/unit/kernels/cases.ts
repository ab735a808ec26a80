/** The jobs that every kernel must do as the reference does. */
import type { VectorSet } from '../../../src/core/block-cosine.ts';
import { plainSet } from './helpers.ts';

/** Items, vectors, sizes of blocks. */
export type Size = readonly [items: number, vectors: number, blocks: readonly number[]];

/** Jobs of all shapes, for every kernel. */
export const SIZES: Readonly<Record<string, Size>> = {
  'a regular job': [512, 32, [32, 32, 32, 32]],
  'one element': [1, 1, [1]],
  'one item, many vectors': [1, 41, [7, 7, 7]],
  'many items, one vector': [1_001, 1, [32, 32]],
  'odd sizes': [257, 13, [11, 3, 19]],
  'just below a group': [7, 4, [31]],
  'just above a group': [9, 6, [33]],
  'just below a chunk': [63, 5, [8]],
  'a chunk': [64, 5, [8]],
  'just above a chunk': [65, 5, [8]],
  'more rows than are copied at once': [4_097, 2, [3]],
  'a shop': [3_000, 17, [20, 21, 22, 21, 22, 22]],
};

/** Jobs with numbers that go wrong easily, for every kernel: items and vectors. */
export const EDGES: Readonly<Record<string, readonly [items: VectorSet, vectors: VectorSet]>> = {
  'a zero vector': [
    plainSet([[0.6, 0.8]]),
    plainSet([
      [0, 0],
      [1, 0],
    ]),
  ],
  'a zero item': [
    plainSet([
      [0, 0],
      [0.6, 0.8],
    ]),
    plainSet([[1, 0]]),
  ],
  'numbers that are not finite': [
    plainSet([
      [Number.NaN, 0],
      [Infinity, 1],
      [1, -Infinity],
      [0.6, 0.8],
    ]),
    plainSet([
      [0.5, 0.5],
      [Infinity, 0],
      [0, Number.NaN],
    ]),
  ],
  'huge numbers': [
    plainSet([
      [1e18, 0],
      [-1e18, 1e18],
      [3e38, 1],
    ]),
    plainSet(
      [
        [1e18, 0],
        [3e38, -3e38],
      ],
      0.5,
    ),
  ],
  'huge against tiny': [
    plainSet([
      [1e30, 2e30],
      [-1e30, 0],
    ]),
    plainSet([[3e-31, 1e-31]], 1),
  ],
  'small numbers': [
    plainSet([
      [1e-20, 1e-20],
      [1e-38, 0],
      [1e-44, 0],
    ]),
    plainSet(
      [
        [1e-20, 0],
        [1, 1],
      ],
      0.5,
    ),
  ],
  'small weights': [
    plainSet([
      [1e-4, 0],
      [-5e-5, 0],
    ]),
    plainSet([[1e-4, 0]], 1e-8),
  ],
  'weights of 0 and below': [plainSet([[1, 0]]), plainSet([[1, 0]], -1)],
  'weights that are not finite': [plainSet([[1, 0]]), plainSet([[1, 0]], Number.NaN)],
};
