import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learnPrices, priceQuantile, writePriceBands } from '../../../src/catalog/price-bands.ts';
import type { Item } from '../../../src/core/types.ts';

const priced = (prices: readonly number[], path?: readonly string[]): Item[] =>
  prices.map((price, i) => ({
    id: `${path?.join('/') ?? ''}${i}`,
    price,
    ...(path ? { categoryPath: path } : {}),
  }));

const upTo = (count: number, factor = 1): number[] =>
  Array.from({ length: count }, (_, i) => (i + 1) * factor);

function bands(quantiles: readonly number[], size = 8): number[] {
  const out = new Float64Array(size);
  writePriceBands(out, 0, size, quantiles);
  return [...out];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  return dot / Math.hypot(...a) / Math.hypot(...b);
}

describe('priceQuantile', () => {
  it('is the middle rank of a price among all', () => {
    const model = learnPrices(priced([10, 20, 30, 40]));
    expect([10, 20, 30, 40].map((price) => priceQuantile(model, price))).toEqual([
      0.125, 0.375, 0.625, 0.875,
    ]);
    expect(priceQuantile(model, 25)).toBe(0.5);
    expect(priceQuantile(model, 0)).toBe(0);
    expect(priceQuantile(model, 1e9)).toBe(1);
  });

  it('puts equal prices in the middle of themselves', () => {
    expect(priceQuantile(learnPrices(priced([5, 5, 5, 5])), 5)).toBe(0.5);
    const model = learnPrices(priced([1, 5, 5, 9]));
    expect(priceQuantile(model, 5)).toBe(0.5);
    expect(priceQuantile(model, 1)).toBe(0.125);
  });

  it('is the middle when there is nothing to compare with', () => {
    expect(priceQuantile(learnPrices([]), 10)).toBe(0.5);
    expect(priceQuantile(learnPrices(priced([10])), 999)).toBe(0.5);
    expect(priceQuantile(learnPrices([{ id: 'a' }, { id: 'b' }]), 3)).toBe(0.5);
  });

  it('compares a sofa with sofas and a sock with socks', () => {
    const sofas = priced(upTo(40, 50), ['furniture', 'sofas']);
    const socks = priced(upTo(40, 0.5), ['fashion', 'socks']);
    const model = learnPrices([...sofas, ...socks]);
    expect(priceQuantile(model, 100, ['furniture', 'sofas'])).toBeLessThan(0.1);
    expect(priceQuantile(model, 100, ['fashion', 'socks'])).toBe(1);
    expect(priceQuantile(model, 100)).toBeGreaterThan(0.4);
  });

  it('falls back to the parent, then to the list, where a category is small', () => {
    const rest = priced(upTo(30), ['fashion', 'hats']);
    const few = priced([1000, 2000], ['fashion', 'capes']);
    const others = priced(upTo(60, 100), ['garden']);
    const model = learnPrices([...rest, ...few, ...others]);
    const inFashion = priceQuantile(model, 1000, ['fashion']);
    expect(priceQuantile(model, 1000, ['fashion', 'capes'])).toBe(inFashion);
    expect(priceQuantile(model, 1000, ['pets', 'cats'])).toBe(priceQuantile(model, 1000));
    expect(inFashion).not.toBe(priceQuantile(model, 1000));
  });

  it('takes letter case of categories as one, and looks at three levels', () => {
    const model = learnPrices(priced(upTo(30), ['A', 'B', 'C', 'D']));
    expect(priceQuantile(model, 15, ['a', 'b', 'c', 'x'])).toBe(
      priceQuantile(model, 15, ['A', 'B', 'C']),
    );
  });

  it('does not take one path for another that is joined alike', () => {
    const model = learnPrices([...priced(upTo(30), ['a', 'b']), ...priced(upTo(30, 100), ['ab'])]);
    expect(priceQuantile(model, 30, ['a', 'b'])).not.toBe(priceQuantile(model, 30, ['ab']));
  });

  it('never falls when the price rises', () => {
    const prices = fc.array(fc.double({ min: 0, max: 1e7, noNaN: true }), { maxLength: 40 });
    const price = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(prices, price, price, (list, a, b) => {
        const model = learnPrices(priced(list));
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((p) => priceQuantile(model, p));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high as number);
      }),
    );
  });
});

describe('writePriceBands', () => {
  it('has its bump at the band of the quantile', () => {
    for (let band = 0; band < 8; band++) {
      const values = bands([(band + 0.5) / 8]);
      expect(values.indexOf(Math.max(...values))).toBe(band);
      expect(values[band]).toBe(1);
    }
  });

  it('makes neighbours alike and strangers not', () => {
    const low = bands([0.1]);
    const next = bands([0.22]);
    const middle = bands([0.5]);
    const high = bands([0.9]);
    expect(cosine(low, low)).toBeCloseTo(1, 12);
    expect(cosine(low, next)).toBeGreaterThan(cosine(low, middle));
    expect(cosine(low, middle)).toBeGreaterThan(cosine(low, high));
    expect(cosine(low, high)).toBeLessThan(0.05);
  });

  it('loses likeness steadily with distance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (quantile) => {
        const own = bands([quantile]);
        const right = Array.from({ length: 9 }, (_, i) => quantile + (i * (1 - quantile)) / 8);
        const likeness = right.map((other) => cosine(own, bands([other])));
        for (let i = 1; i < likeness.length; i++) {
          expect(likeness[i]!).toBeLessThanOrEqual(likeness[i - 1]! + 1e-9);
        }
      }),
    );
  });

  it('spreads a range over all its bands', () => {
    const range = bands([0, 0.25, 0.5, 0.75, 1]);
    expect(Math.min(...range)).toBeGreaterThan(0.3);
  });

  it('adds to what is there, inside its block only', () => {
    const out = new Float64Array(12);
    writePriceBands(out, 2, 8, [0.5]);
    const once = out.slice();
    writePriceBands(out, 2, 8, [0.5]);
    expect([...out]).toEqual([...once].map((value) => 2 * value));
    expect([out[0], out[1], out[10], out[11]]).toEqual([0, 0, 0, 0]);
    writePriceBands(out, 2, 8, []);
    expect([...out]).toEqual([...once].map((value) => 2 * value));
  });
});
