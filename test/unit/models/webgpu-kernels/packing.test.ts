import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../../../../src/core/shapes.ts';
import {
  TILE,
  magnitudeOf,
  packTiles,
  paddedRows,
  splitNumber,
} from '../../../../src/models/webgpu-kernels/item-tiles.ts';
import { readTop } from '../../../../src/models/webgpu-kernels/read-top.ts';
import { mostRows, tileBytes } from '../../../../src/models/webgpu-kernels/resident-tiles.ts';
import { packVectors, widthOf } from '../../../../src/models/webgpu-kernels/vector-rows.ts';
import { plainSet } from '../../kernels/helpers.ts';

const matrix = (rows: readonly (readonly number[])[]): Matrix => plainSet(rows).vectors;

describe('numbers taken apart', () => {
  it('are put together again', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (value) => {
        const [mantissa, exponent] = splitNumber(value);
        expect(mantissa).toBeGreaterThanOrEqual(1);
        expect(mantissa).toBeLessThan(2);
        expect(mantissa * 2 ** exponent).toBe(value);
      }),
    );
  });

  it('are two zeros for zero', () => {
    expect(splitNumber(0)).toEqual([0, 0]);
  });
});

describe('tiles', () => {
  it('hold 64 items side by side, four dimensions at a time', () => {
    const rows = Array.from({ length: 70 }, (_, n) => [1, n / 128, 0.5, -0.25, 0.125]);
    const { scales, words } = packTiles(matrix(rows), 0, 70, 'f32');
    expect(words).toHaveLength(paddedRows(70) * 8);
    const at = (row: number, d: number): number => {
      const tile = Math.floor(row / TILE) * TILE * 8;
      return words[tile + Math.floor(d / 4) * TILE * 4 + (row % TILE) * 4 + (d % 4)] as number;
    };
    for (const row of [0, 63, 64, 69]) {
      const unpacked = [0, 1, 2, 3, 4, 5, 6, 7].map((d) => at(row, d));
      expect(unpacked).toEqual([...(rows[row] as number[]), 0, 0, 0]);
      expect([scales[2 * row], scales[2 * row + 1]]).toEqual([1, 0]);
    }
    expect(scales[2 * 70]).toBe(0);
  });

  it('hold some rows of a matrix', () => {
    const rows = matrix([[1], [0.5], [0.25]]);
    expect(packTiles(rows, 1, 3, 'f32').words[0]).toBe(1);
    expect(packTiles(rows, 1, 3, 'f32').scales[1]).toBe(-1);
  });

  it('hold bytes, the lowest first, and their scale', () => {
    const { scales, words } = packTiles(matrix([[2, -2, 1, 0]]), 0, 1, 'int8');
    expect([...new Int8Array(words.buffer, 0, 4)]).toEqual([127, -127, 64, 0]);
    expect((scales[0] as number) * 2 ** (scales[1] as number) * 127).toBeCloseTo(2);
  });

  it.each([[[Number.NaN, 1]], [[1, Infinity]], [[0, 0]]])('score %j 0', (row) => {
    const { scales, words } = packTiles(matrix([row]), 0, 1, 'f32');
    expect(scales[0]).toBe(0);
    expect(words.every((word) => word === 0)).toBe(true);
    expect(magnitudeOf(Float32Array.from(row), 0, 2)).toBe(0);
  });

  it('hold no number outside of the range of floats', () => {
    const { scales, words } = packTiles(matrix([[3e38, 1e-40]]), 0, 1, 'f32');
    expect(words.every((word) => Math.abs(word) < 2)).toBe(true);
    expect(scales[1]).toBe(127);
  });
});

describe('vectors', () => {
  it.each([
    [1, 4],
    [4, 4],
    [5, 6],
    [7, 8],
    [17, 6],
    [36, 6],
    [40, 8],
  ])('are dealt out, %i to passes of %i', (vectors, width) => {
    expect(widthOf(vectors)).toBe(width);
  });

  it('are bytes that sum to 16 bits', () => {
    const set = plainSet([[1, -0.5, 0.3, 0]]);
    const { words } = packVectors(set, matrix([[1]]), 'int8');
    const bytes = new Int8Array(words.buffer, 0, 8);
    const values = [0, 1, 2, 3].map((d) => 256 * (bytes[d] as number) + (bytes[4 + d] as number));
    expect(values).toEqual([32_639, -16_320, 9_792, 0]);
  });

  it('fit 32 bits with many dimensions', () => {
    const dims = 4_096;
    const set = plainSet([Array.from({ length: dims }, () => 1)]);
    const { words } = packVectors(set, matrix([[1]]), 'int8');
    const bytes = new Int8Array(words.buffer, 0, 8);
    const level = 256 * (bytes[0] as number) + (bytes[4] as number);
    expect(level * 127 * dims).toBeLessThan(2 ** 31);
  });

  it('have a factor per class and vector, 0 where no block is common and in the padding', () => {
    const set = plainSet([[0.5], [2], [Number.NaN]], 0.25);
    const { factors, padded } = packVectors(set, matrix([[1], [0]]), 'f32');
    expect(padded).toBe(4);
    const of = (c: number, v: number): number => {
      const at = 2 * (c * padded + v);
      return (factors[at] as number) * 2 ** (factors[at + 1] as number);
    };
    // 1 / 0.25 × 2^-1 and × 2^1.
    expect([of(0, 0), of(0, 1)]).toEqual([2, 8]);
    expect([factors[2 * 2], factors[2 * 3]]).toEqual([0, 0]);
    for (let v = 0; v < padded; v++) expect(of(1, v)).toBe(0);
  });
});

describe('chunks', () => {
  it.each([
    [128 * 2 ** 20, 512, 262_144],
    [128 * 2 ** 20, 128, 1_048_576],
    [2 ** 20, 1_000, 1_024],
    [100, 512, 256],
  ])('of %i bytes hold, at %i an item, %i items', (bytes, each, rows) => {
    expect(mostRows(bytes, each)).toBe(rows);
  });

  it('count padded dimensions', () => {
    expect([tileBytes(126, 'f32'), tileBytes(126, 'int8')]).toEqual([512, 128]);
  });
});

describe('what the kernel returns', () => {
  it('is scores, rows, memberships and levels', () => {
    const words = new Int32Array(6 + 2);
    const floats = new Float32Array(words.buffer);
    floats.set([0.5], 0);
    words.set([7, 5 | (9 << 10) | (2 << 30)], 1);
    floats.set([0.75, 0.25, 0, 2, 0], 3);
    const top = readTop(words, 1, 2);
    expect([...top.rows]).toEqual([7]);
    expect([...top.scores]).toEqual([0.5]);
    expect([...top.segments]).toEqual([5, 9, -1]);
    expect([...top.weights]).toEqual([0.75, 0.25, 0]);
    expect([...top.levels]).toEqual([0.5, Infinity]);
  });
});
