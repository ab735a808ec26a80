import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequantise, quantiseSigned, quantiseWeights } from '../../../src/pack/quantise.ts';

const WIDTH = fc.integer({ min: 1, max: 7 });

/** Zeros and floats of magnitudes that weights and vectors have. */
function matrix(min: number): fc.Arbitrary<{ data: Float32Array; width: number }> {
  const isUsual = (value: number): boolean => value === 0 || Math.abs(value) > 1e-20;
  const value = fc
    .float({ min, max: Math.fround(1e6), noNaN: true })
    .filter(isUsual)
    .map((x) => x + 0);
  return fc.tuple(WIDTH, fc.nat(5)).chain(([width, rows]) =>
    fc
      .array(fc.oneof(fc.constant(0), value), {
        minLength: rows * width,
        maxLength: rows * width,
      })
      .map((values) => ({ data: Float32Array.from(values), width })),
  );
}

/** Rounding of the scale itself to 32 bits, relative to the row's largest value. */
const SLACK = 1.000_1;

describe('quantiseSigned', () => {
  it('is at most half a scale wrong', () => {
    fc.assert(
      fc.property(matrix(Math.fround(-1e6)), ({ data, width }) => {
        const quantised = quantiseSigned(data, width);
        const back = dequantise(quantised, width);
        expect(quantised.scales.length).toBe(data.length / width);
        for (const [k, value] of data.entries()) {
          const scale = quantised.scales[Math.floor(k / width)]!;
          expect(Math.abs(back[k]! - value)).toBeLessThanOrEqual((scale / 2) * SLACK);
        }
      }),
    );
  });

  it('keeps the largest of a row, its sign and the zeros', () => {
    const { integers, scales } = quantiseSigned(Float32Array.of(-2, 1, 0, 0, 4, -4), 3);
    expect([...integers]).toEqual([-127, 64, 0, 0, 127, -127]);
    expect(scales[0]).toBeCloseTo(2 / 127, 7);
    expect(scales[1]).toBeCloseTo(4 / 127, 7);
  });

  it('has scale 0 for a row of zeros, which comes back as zeros', () => {
    const quantised = quantiseSigned(Float32Array.of(0, 0, 1, 2), 2);
    expect(quantised.scales[0]).toBe(0);
    expect([...dequantise(quantised, 2)].slice(0, 2)).toEqual([0, 0]);
  });

  it('keeps a matrix of no rows', () => {
    const quantised = quantiseSigned(new Float32Array(), 4);
    expect([quantised.integers.length, quantised.scales.length]).toEqual([0, 0]);
    expect(dequantise(quantised, 4).length).toBe(0);
  });
});

describe('quantiseWeights', () => {
  it('keeps a weight above 0 above 0, and 0 at 0', () => {
    fc.assert(
      fc.property(matrix(0), ({ data, width }) => {
        const back = dequantise(quantiseWeights(data, width), width);
        expect(Array.from(back, (value) => value > 0)).toEqual(
          Array.from(data, (value) => value > 0),
        );
      }),
    );
  });

  it('is at most half a scale wrong, a scale where a weight would have become 0', () => {
    fc.assert(
      fc.property(matrix(0), ({ data, width }) => {
        const { integers, scales } = quantiseWeights(data, width);
        const back = dequantise({ integers, scales }, width);
        for (const [k, value] of data.entries()) {
          const scale = scales[Math.floor(k / width)]!;
          const most = integers[k] === 1 ? scale : scale / 2;
          expect(Math.abs(back[k]! - value)).toBeLessThanOrEqual(most * SLACK);
        }
      }),
    );
  });

  it('keeps the order of a row', () => {
    fc.assert(
      fc.property(matrix(0), ({ data, width }) => {
        const { integers } = quantiseWeights(data, width);
        for (let k = 1; k < data.length; k++) {
          if (k % width === 0 || data[k - 1]! < data[k]!) continue;
          expect(integers[k - 1]).toBeGreaterThanOrEqual(integers[k]!);
        }
      }),
    );
  });

  it('spans 1 to 255', () => {
    const { integers, scales } = quantiseWeights(Float32Array.of(1, 1e-6, 0, 0, 0, 0), 3);
    expect([...integers]).toEqual([255, 1, 0, 0, 0, 0]);
    expect(scales[1]).toBe(0);
  });
});
