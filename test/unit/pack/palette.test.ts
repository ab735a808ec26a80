import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFloats, encodeFloats } from '../../../src/pack/palette.ts';

function backAndForth(data: Float32Array): Float32Array | undefined {
  return decodeFloats('x', new Map(encodeFloats('x', data)), data.length);
}

describe('encodeFloats', () => {
  it('gives back any floats bit by bit', () => {
    fc.assert(
      fc.property(fc.array(fc.float(), { maxLength: 600 }), (list) => {
        const data = Float32Array.from(list);
        expect(backAndForth(data)).toEqual(data);
      }),
    );
  });

  it('writes few distinct values as bytes, NaN among them', () => {
    const data = Float32Array.from({ length: 1000 }, (_, k) => (k % 3 === 0 ? NaN : k % 5));
    const sections = new Map(encodeFloats('x', data));
    expect(sections.get('x')).toBeInstanceOf(Uint8Array);
    expect(sections.get('x.palette')).toHaveLength(6);
    expect(backAndForth(data)).toEqual(data);
  });

  it('writes one value where all are the same', () => {
    const data = new Float32Array(1000).fill(NaN);
    const sections = encodeFloats('x', data);
    expect(sections.reduce((bytes, [, section]) => bytes + section.byteLength, 0)).toBe(4);
    expect(backAndForth(data)).toEqual(data);
  });

  it('tells 0 from -0', () => {
    const data = Float32Array.from({ length: 100 }, (_, k) => (k % 2 === 0 ? 0 : -0));
    expect(Object.is(backAndForth(data)?.[1], -0)).toBe(true);
  });

  it('writes some hundred distinct values as 16 bits', () => {
    const data = Float32Array.from({ length: 3000 }, (_, k) => k % 700);
    expect(new Map(encodeFloats('x', data)).get('x')).toBeInstanceOf(Uint16Array);
    expect(backAndForth(data)).toEqual(data);
  });

  it('writes floats where codes would be no shorter', () => {
    const data = Float32Array.from({ length: 500 }, (_, k) => k);
    expect(encodeFloats('x', data)).toEqual([['x', data]]);
  });
});

describe('decodeFloats', () => {
  it.each([
    ['nothing', []],
    ['codes without a palette', [['x', Uint8Array.of(0)]]],
    [
      'a code past the palette',
      [
        ['x', Uint8Array.of(0, 1)],
        ['x.palette', Float32Array.of(5)],
      ],
    ],
    [
      'codes that are no bytes',
      [
        ['x', Int32Array.of(0)],
        ['x.palette', Float32Array.of(5)],
      ],
    ],
  ] as const)('refuses %s', (_, sections) => {
    expect(
      decodeFloats('x', new Map<string, Uint8Array | Int32Array | Float32Array>(sections)),
    ).toBe(undefined);
  });
});
