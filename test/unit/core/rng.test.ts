import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, hash32, type Random } from '../../../src/core/rng.ts';

/** Chi-square of counts against equal shares. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Upper end of a chi-square distribution at 5 sigma (Wilson–Hilferty). */
function chiSquareLimit(freedom: number): number {
  return freedom * (1 - 2 / (9 * freedom) + 5 * Math.sqrt(2 / (9 * freedom))) ** 3;
}

function drawn(random: Random, count: number): number[] {
  return Array.from({ length: count }, random);
}

// Golden values of `python3 test/unit/core/rng-golden.py`; exact.
describe('hash32', () => {
  it.each([
    ['', 0, 2872998923],
    ['a', 0, 444641715],
    ['a', 1, 3873127206],
    ['Wanderstiefel', 0, 4071758672],
    ['日本語', 7, 2331098626],
    ['🥾', 0, 940749546],
    ['__proto__', 0, 3182021803],
  ])('hashes %j with seed %i as published', (text, seed, hash) => {
    expect(hash32(text, seed)).toBe(hash);
  });

  it('has 0 as its default seed', () => {
    expect(hash32('boots')).toBe(hash32('boots', 0));
  });

  it('gives unsigned 32-bit integers for every string and seed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (text, seed) => {
        const hash = hash32(text, seed);
        expect(Number.isInteger(hash) && hash >= 0 && hash <= 0xffffffff).toBe(true);
        expect(hash32(text, seed)).toBe(hash);
      }),
    );
  });

  it('spreads consecutive names evenly over the places of every block size', () => {
    for (const size of [2, 8, 14, 20, 36, 48, 128]) {
      const counts = Array.from({ length: size }, () => 0);
      for (let i = 0; i < 20_000; i++) counts[hash32(`item-${i}`) % size]! += 1;
      expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(size - 1));
    }
  });

  it('has every bit set about half the time, alone and with each other bit', () => {
    const hashes = Array.from({ length: 20_000 }, (_, i) => hash32(`word${i}`, 3));
    for (let bit = 0; bit < 32; bit++) {
      const other = (bit + 11) % 32;
      const counts = [0, 0, 0, 0];
      for (const hash of hashes) counts[((hash >>> bit) & 1) + 2 * ((hash >>> other) & 1)]! += 1;
      expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(3));
    }
  });

  it('changes about half of the bits when one letter changes', () => {
    let flipped = 0;
    const pairs = 4_000;
    for (let i = 0; i < pairs; i++) {
      let difference = hash32(`a-${i}`) ^ hash32(`b-${i}`);
      for (; difference !== 0; difference &= difference - 1) flipped++;
    }
    expect(flipped / pairs / 32).toBeGreaterThan(0.49);
    expect(flipped / pairs / 32).toBeLessThan(0.51);
  });

  it('has no collision among 20,000 ids beyond what chance gives', () => {
    const hashes = new Set(Array.from({ length: 20_000 }, (_, i) => hash32(`sku-${i}`)));
    expect(hashes.size).toBeGreaterThanOrEqual(20_000 - 2);
  });
});

describe('createRandom', () => {
  it.each([
    [0, '', [2012660126, 492064029, 2873699388, 4114215889]],
    [1, '', [3490261543, 2905646013, 3859238121, 729452903]],
    [1, 'explore:0', [2654194420, 2904651532, 3977070662, 4002878428]],
    [4294967295, 'holdout', [2796635946, 3801516021, 3346021930, 2767918823]],
  ])('draws the published numbers for seed %i and stream %j', (seed, stream, words) => {
    const draws = drawn(createRandom(seed, stream), 4);
    expect(draws.map((value) => value * 2 ** 32)).toEqual(words);
  });

  it('repeats itself for the same seed and stream, whatever else is drawn between', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.string(), (seed, stream) => {
        const first = createRandom(seed, stream);
        const second = createRandom(seed, stream);
        for (let i = 0; i < 20; i++) {
          const value = first();
          createRandom(seed, stream)();
          expect(second()).toBe(value);
          expect(value >= 0 && value < 1).toBe(true);
        }
      }),
    );
  });

  it('takes a seed that is not a number as one more seed', () => {
    expect(drawn(createRandom(Number.NaN), 3)).toEqual(drawn(createRandom(Number.NaN), 3));
    expect(drawn(createRandom(Number.NaN), 3)).not.toEqual(drawn(createRandom(0), 3));
    expect(drawn(createRandom(0.25), 3)).not.toEqual(drawn(createRandom(0.75), 3));
  });

  it('draws uniformly, in one and in two dimensions', () => {
    const random = createRandom(42, 'uniform');
    const single = Array.from({ length: 100 }, () => 0);
    const pairs = Array.from({ length: 100 }, () => 0);
    for (let i = 0; i < 100_000; i++) {
      const x = random();
      const y = random();
      single[Math.floor(x * 100)]! += 1;
      pairs[10 * Math.floor(x * 10) + Math.floor(y * 10)]! += 1;
    }
    expect(chiSquare(single)).toBeLessThan(chiSquareLimit(99));
    expect(chiSquare(pairs)).toBeLessThan(chiSquareLimit(99));
  });

  it('draws uniformly across neighbouring seeds, as visitors are', () => {
    const counts = Array.from({ length: 50 }, () => 0);
    for (let seed = 0; seed < 20_000; seed++) {
      counts[Math.floor(createRandom(seed, 'holdout')() * 50)]! += 1;
    }
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(49));
  });

  it('makes streams of one seed independent', () => {
    const counts = Array.from({ length: 100 }, () => 0);
    const a = createRandom(7, 'explore:0');
    const b = createRandom(7, 'explore:1');
    for (let i = 0; i < 50_000; i++) counts[10 * Math.floor(a() * 10) + Math.floor(b() * 10)]! += 1;
    expect(chiSquare(counts)).toBeLessThan(chiSquareLimit(99));
  });
});
