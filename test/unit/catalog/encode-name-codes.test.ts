import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPACE } from '../../../src/catalog/blocks.ts';
import { blockOf, emptyVector } from '../../../src/catalog/encode-vector.ts';
import {
  addBrands,
  addCategories,
  addDescribedCategories,
  learnBrands,
  learnCategories,
  type NameCodes,
} from '../../../src/catalog/name-codes.ts';
import { spreadCodes } from '../../../src/catalog/spread-codes.ts';

const BLOCK = blockOf(DEFAULT_SPACE, 'category');
const BRAND = blockOf(DEFAULT_SPACE, 'brand');

/** Names of categories, each as often as said. */
function namesOf(counts: Readonly<Record<string, number>>): string[] {
  return Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, () => name),
  );
}

function learn(counts: Readonly<Record<string, number>>): NameCodes {
  return learnCategories(namesOf(counts), BLOCK.size);
}

function encode(names: readonly string[], codes: NameCodes, isDescribed = false): Float64Array {
  const vector = emptyVector(DEFAULT_SPACE);
  (isDescribed ? addDescribedCategories : addCategories)(vector, BLOCK, names, codes);
  return vector.values.slice(BLOCK.start, BLOCK.start + BLOCK.size);
}

function cosine(a: Float64Array, b: Float64Array): number {
  const length = Math.hypot(...a) * Math.hypot(...b);
  return length === 0 ? 0 : a.reduce((sum, value, i) => sum + value * b[i]!, 0) / length;
}

const frequent = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}x`, 10]));
const rare = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`odd${i}q`, 1]));
const described = (name: string, codes: NameCodes): Float64Array => encode([name], codes, true);

describe('category codes', () => {
  it('keep frequent names at right angles', () => {
    const codes = learn(frequent);
    const vectors = Object.keys(frequent).map((name) => encode([name], codes));
    for (const [i, a] of vectors.entries()) {
      for (const [j, b] of vectors.entries()) expect(cosine(a, b)).toBe(i === j ? 1 : 0);
    }
  });

  it('keep frequent names at right angles to rare ones, and rare ones apart', () => {
    const codes = learn({ ...frequent, ...rare });
    const often = Object.keys(frequent).map((name) => encode([name], codes));
    const seldom = Object.keys(rare).map((name) => encode([name], codes));
    for (const a of often) for (const b of seldom) expect(cosine(a, b)).toBe(0);
    const likeness = seldom.flatMap((a, i) =>
      seldom.slice(i + 1).map((b) => Math.abs(cosine(a, b))),
    );
    expect(Math.max(...likeness)).toBeLessThan(0.75);
    expect(likeness.reduce((sum, value) => sum + value, 0) / likeness.length).toBeLessThan(0.3);
  });

  it('point a name that no candidate has where no candidate is', () => {
    const codes = learn({ ...frequent, ...rare });
    for (const unknown of [encode(['zeppelins'], codes), described('zeppelins', codes)]) {
      expect(Math.hypot(...unknown)).toBeGreaterThan(0);
      for (const name of [...Object.keys(frequent), ...Object.keys(rare)]) {
        expect(cosine(unknown, encode([name], codes))).toBe(0);
      }
    }
  });

  it('leave the block empty without a name', () => {
    expect(Math.hypot(...encode([], learn(frequent)))).toBe(0);
    expect(Math.hypot(...encode([], learn(frequent), true))).toBe(0);
  });

  it('pass over unknown names beside known ones', () => {
    const codes = learn(frequent);
    expect(encode(['n0x', 'zeppelins'], codes)).toEqual(encode(['n0x'], codes));
  });

  it('take letter case, singular and plural as one', () => {
    const codes = learn({ 'garden chairs': 5, tents: 5 });
    expect(cosine(encode(['Garden Chair'], codes), encode(['garden chairs'], codes))).toBeCloseTo(
      1,
      9,
    );
  });

  it('do not make names alike that share a word: an office chair is no office lamp', () => {
    const codes = learn({ 'office chairs': 5, 'office lamps': 5 });
    expect(cosine(encode(['office chairs'], codes), encode(['office lamps'], codes))).toBe(0);
  });

  it('take a described name that exists as a whole for that one, not for its words', () => {
    const codes = learn({ 'smart home': 5, home: 5, 'smart watches': 5 });
    expect(cosine(described('smart home', codes), encode(['smart home'], codes))).toBeCloseTo(1, 9);
    expect(cosine(described('smart home', codes), encode(['home'], codes))).toBe(0);
    expect(cosine(described('home', codes), encode(['smart home'], codes))).toBe(0);
  });

  it('take a described name that does not exist for all names that hold its words', () => {
    const codes = learn({ 'pillows & duvets': 5, 'throw pillows': 5, tents: 5 });
    const pillows = described('pillows', codes);
    expect(cosine(pillows, encode(['pillows & duvets'], codes))).toBeGreaterThan(0.6);
    expect(cosine(pillows, encode(['throw pillows'], codes))).toBeGreaterThan(0.6);
    expect(cosine(pillows, encode(['tents'], codes))).toBe(0);
  });

  it('finds nothing for gourmets in a shop with dry food for dogs', () => {
    const codes = learn({ 'dry food': 5, 'coffee tables': 5, tents: 5, books: 5 });
    const food = ['groceries', 'food', 'cheese', 'wine', 'meat', 'fish'];
    for (const name of ['dry food', 'coffee tables', 'tents']) {
      expect(cosine(encode(food, codes, true), encode([name], codes))).toBe(0);
    }
    // One name as a whole is enough.
    const reading = ['books', 'novels', 'pens', 'paper', 'poetry', 'notebooks'];
    expect(cosine(encode(reading, codes, true), encode(['books'], codes))).toBeGreaterThan(0.9);
  });

  it('count a described name once, however often it is written', () => {
    const codes = learn({ tents: 5, boots: 5 });
    expect(encode(['tents', 'Tent', 'TENTS', 'boots'], codes, true)).toEqual(
      encode(['tents', 'boots'], codes, true),
    );
  });

  it('read names without letters, or of the prototype, as names', () => {
    const codes = learn({ '!!!': 3, constructor: 3, tents: 3 });
    expect(() => encode(['!!!', '__proto__', 'constructor', ''], codes)).not.toThrow();
    expect(() => encode(['!!!', '__proto__', 'constructor', ''], codes, true)).not.toThrow();
    expect(cosine(encode(['constructor'], codes), encode(['tents'], codes))).toBe(0);
  });

  it('write finite numbers into their block only, the same each time', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 80 }), fc.boolean(), (names, isDescribed) => {
        const codes = learnCategories(names, BLOCK.size);
        const vector = emptyVector(DEFAULT_SPACE);
        (isDescribed ? addDescribedCategories : addCategories)(vector, BLOCK, names, codes);
        const isInside = (i: number): boolean => i >= BLOCK.start && i < BLOCK.start + BLOCK.size;
        expect(
          vector.values.every((value, i) => Number.isFinite(value) && (isInside(i) || value === 0)),
        ).toBe(true);
        expect(encode(names, learnCategories(names, BLOCK.size), isDescribed)).toEqual(
          encode(names, codes, isDescribed),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('brand codes', () => {
  const brands = Array.from({ length: 120 }, (_, i) => `Brand ${i}`);
  const codes = learnBrands(brands, BRAND.size);
  const brandOf = (...names: readonly string[]): Float64Array => {
    const vector = emptyVector(DEFAULT_SPACE);
    addBrands(vector, BRAND, names, codes);
    return vector.values.slice(BRAND.start, BRAND.start + BRAND.size);
  };

  it('give every brand a vector of its own', () => {
    const vectors = brands.map((brand) => brandOf(brand));
    for (const [i, a] of vectors.entries()) {
      expect(Math.hypot(...a)).toBeCloseTo(1, 9);
      for (const b of vectors.slice(i + 1)) expect(cosine(a, b)).toBeLessThan(0.75);
    }
  });

  it('take letter case as one', () => {
    expect(brandOf('BRAND 7')).toEqual(brandOf('brand 7'));
  });

  it('tell a brand that nobody sells from a brand that is missing', () => {
    expect(Math.hypot(...brandOf('Nobody'))).toBe(1);
    for (const brand of brands) expect(cosine(brandOf('Nobody'), brandOf(brand))).toBe(0);
    expect(Math.hypot(...brandOf())).toBe(0);
  });
});

describe('spreadCodes', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `name ${i}`);
  const largest = (codes: Float64Array, count: number, dims: number): number => {
    const row = (i: number): Float64Array => codes.slice(i * dims, (i + 1) * dims);
    let most = 0;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) most = Math.max(most, Math.abs(cosine(row(i), row(j))));
    }
    return most;
  };

  it('are unit vectors', () => {
    for (const [count, dims] of [
      [1, 2],
      [5, 3],
      [60, 18],
      [300, 18],
    ] as const) {
      const codes = spreadCodes(names(count), dims);
      for (let i = 0; i < count; i++) {
        expect(Math.hypot(...codes.slice(i * dims, (i + 1) * dims))).toBeCloseTo(1, 9);
      }
    }
  });

  it('are no further alike than random codes as long as there is room', () => {
    expect(largest(spreadCodes(names(8), 18), 8, 18)).toBeLessThan(0.5);
  });

  it('come near the Welch bound beyond', () => {
    for (const [count, dims] of [
      [40, 18],
      [80, 18],
      [60, 23],
    ] as const) {
      const bound = Math.sqrt((count - dims) / (dims * (count - 1)));
      expect(largest(spreadCodes(names(count), dims), count, dims)).toBeLessThan(3.5 * bound);
    }
  });

  it('are the same for the same names, and none for none', () => {
    expect(spreadCodes(names(30), 10)).toEqual(spreadCodes(names(30), 10));
    expect(spreadCodes([], 10)).toHaveLength(0);
  });
});
