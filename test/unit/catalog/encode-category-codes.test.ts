import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockOf, emptyVector } from '../../../src/catalog/encode-vector.ts';
import { DEFAULT_SPACE } from '../../../src/catalog/blocks.ts';
import {
  addCategories,
  type CategoryCodes,
  learnCategories,
} from '../../../src/catalog/category-codes.ts';
import type { Item } from '../../../src/core/types.ts';

const BLOCK = blockOf(DEFAULT_SPACE, 'category');

/** Items of categories, each as often as said. */
function itemsOf(counts: Readonly<Record<string, number>>): Item[] {
  return Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i) => ({ id: `${name}${i}`, categoryPath: [name] })),
  );
}

function encode(names: readonly string[], codes: CategoryCodes, isExact = false): Float64Array {
  const vector = emptyVector(DEFAULT_SPACE);
  addCategories(vector, BLOCK, names, { codes, isExact });
  return vector.values.slice(BLOCK.start, BLOCK.start + BLOCK.size);
}

function cosine(a: Float64Array, b: Float64Array): number {
  const length = Math.hypot(...a) * Math.hypot(...b);
  return length === 0 ? 0 : a.reduce((sum, value, i) => sum + value * b[i]!, 0) / length;
}

const frequent = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}x`, 10]));

describe('category codes', () => {
  it('keep frequent names at right angles', () => {
    const codes = learnCategories(itemsOf(frequent), BLOCK.size);
    const vectors = Object.keys(frequent).map((name) => encode([name], codes));
    for (const [i, a] of vectors.entries()) {
      for (const [j, b] of vectors.entries()) expect(cosine(a, b)).toBe(i === j ? 1 : 0);
    }
  });

  it('give places of their own to the most frequent names', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`n${i}x`, 1 + (i % 7)]));
    const { places } = learnCategories(itemsOf(many), BLOCK.size);
    const own = [...places].filter(([, place]) => place >= 0);
    expect(new Set(own.map(([, place]) => place)).size).toBe(own.length);
    expect(own.length).toBeGreaterThan(10);
    expect(own.length).toBeLessThan(BLOCK.size);
    const countOf = (token: string): number => many[token] ?? 0;
    const least = Math.min(...own.map(([token]) => countOf(token)));
    const rare = [...places].filter(([, place]) => place < 0).map(([token]) => countOf(token));
    expect(Math.max(...rare)).toBeLessThanOrEqual(least);
  });

  it('keep rare names apart from frequent ones, and mostly from each other', () => {
    const rare = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`odd${i}q`, 1]));
    const codes = learnCategories(
      itemsOf({ ...Object.fromEntries(Object.entries(frequent).map(([k]) => [k, 50])), ...rare }),
      BLOCK.size,
    );
    const isRare = (name: string): boolean => codes.places.get(name) === -1;
    const names = Object.keys(rare).filter(isRare);
    expect(names.length).toBeGreaterThan(10);
    const vectors = names.map((name) => encode([name], codes));
    const other = encode(['n0x'], codes);
    let likeness = 0;
    let pairs = 0;
    for (const [i, a] of vectors.entries()) {
      expect(cosine(a, other)).toBe(0);
      for (const b of vectors.slice(i + 1)) {
        likeness += Math.abs(cosine(a, b));
        pairs++;
      }
    }
    expect(likeness / pairs).toBeLessThan(0.35);
  });

  it('point a name that no candidate has where no candidate is', () => {
    const codes = learnCategories(itemsOf({ ...frequent, sofas: 1 }), BLOCK.size);
    const unknown = encode(['zeppelins'], codes);
    expect(Math.hypot(...unknown)).toBeGreaterThan(0);
    for (const name of [...Object.keys(frequent), 'sofas']) {
      expect(cosine(unknown, encode([name], codes))).toBe(0);
    }
  });

  it('leave the block empty without a name', () => {
    const codes = learnCategories(itemsOf(frequent), BLOCK.size);
    expect(Math.hypot(...encode([], codes))).toBe(0);
  });

  it('pass over unknown names beside known ones', () => {
    const codes = learnCategories(itemsOf(frequent), BLOCK.size);
    expect(encode(['n0x', 'zeppelins'], codes)).toEqual(encode(['n0x'], codes));
  });

  it('make names alike that share a word, singular and plural alike', () => {
    const codes = learnCategories(
      itemsOf({ 'garden chairs': 5, 'office chairs': 5, 'office lamps': 5 }),
      BLOCK.size,
    );
    const chairs = cosine(encode(['garden chairs'], codes), encode(['office chairs'], codes));
    const lamps = cosine(encode(['garden chairs'], codes), encode(['office lamps'], codes));
    expect(chairs).toBeGreaterThan(0.1);
    expect(chairs).toBeLessThan(0.9);
    expect(lamps).toBe(0);
    expect(cosine(encode(['Garden Chair'], codes), encode(['garden chairs'], codes))).toBeCloseTo(
      1,
      9,
    );
  });

  it('take a described name that exists as a whole for that one, not for its words', () => {
    const codes = learnCategories(
      itemsOf({ 'smart home': 5, home: 5, 'smart watches': 5 }),
      BLOCK.size,
    );
    const exact = encode(['smart home'], codes, true);
    expect(cosine(exact, encode(['home'], codes))).toBe(0);
    expect(cosine(exact, encode(['smart watches'], codes))).toBe(0);
    expect(cosine(exact, encode(['smart home'], codes))).toBeGreaterThan(0.7);
  });

  it('take a described name that does not exist by its words', () => {
    const codes = learnCategories(itemsOf({ home: 5, tents: 5 }), BLOCK.size);
    const loose = encode(['smart home'], codes, true);
    expect(cosine(loose, encode(['home'], codes))).toBeGreaterThan(0.9);
    expect(cosine(loose, encode(['tents'], codes))).toBe(0);
  });

  it('read names without letters, or of the prototype, as names', () => {
    const codes = learnCategories(itemsOf({ '!!!': 3, constructor: 3, tents: 3 }), BLOCK.size);
    expect(codes.places.has('tent')).toBe(true);
    expect(() => encode(['!!!', '__proto__', 'constructor', ''], codes)).not.toThrow();
    expect(cosine(encode(['constructor'], codes), encode(['tents'], codes))).toBe(0);
  });

  it('write finite numbers into their block only, the same each time', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 4 }), { maxLength: 30 }), (paths) => {
        const items = paths.map((categoryPath, i) => ({ id: `${i}`, categoryPath }));
        const codes = learnCategories(items, BLOCK.size);
        for (const path of paths) {
          const vector = emptyVector(DEFAULT_SPACE);
          addCategories(vector, BLOCK, path, { codes, isExact: false });
          const outside = vector.values.filter(
            (_, i) => i < BLOCK.start || i >= BLOCK.start + BLOCK.size,
          );
          expect(outside.every((value) => value === 0)).toBe(true);
          expect(vector.values.every((value) => Number.isFinite(value))).toBe(true);
          expect(encode(path, learnCategories(items, BLOCK.size))).toEqual(encode(path, codes));
        }
      }),
    );
  });
});
