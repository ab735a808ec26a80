import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import { buildAttributes, learnLogPrices } from '../../../src/ranker/attributes.ts';
import type { Attributes } from '../../../src/ranker/types.ts';

/** An item's attributes with their raw weights. */
function rowOf({ pointers, index, raw }: Attributes, item: number): (readonly number[])[] {
  const row: (readonly number[])[] = [];
  for (let e = pointers[item]!; e < pointers[item + 1]!; e++) row.push([index[e]!, raw[e]!]);
  return row;
}

/** How many attributes two items have in common. */
function common(attributes: Attributes, a: number, b: number): number {
  const numbers = new Set(rowOf(attributes, a).map(([number]) => number));
  return rowOf(attributes, b).filter(([number]) => numbers.has(number)).length;
}

/** Items with nothing but an id: they make shared attributes rare. */
function bare(count: number): Item[] {
  return Array.from({ length: count }, (_, i) => ({ id: `bare-${i}` }));
}

describe('buildAttributes', () => {
  it('weighs by the root of the count and the rarity, to unit length', () => {
    // x in 2 of 6 items: ln 3 = 1.0986; the first has it twice: √2 · 1.0986 = 1.5537.
    // y in 3 of 6 items: ln 2 = 0.6931.
    const attributes = buildAttributes([
      { id: 'a', tags: ['x', 'x', 'y'] },
      { id: 'b', tags: ['x'] },
      { id: 'c', tags: ['y'] },
      { id: 'd', tags: ['y'] },
      ...bare(2),
    ]);
    expect(attributes.count).toBe(2);
    expect([...attributes.pointers]).toEqual([0, 2, 3, 4, 5, 5, 5]);
    expect([...attributes.index]).toEqual([0, 1, 0, 1, 1]);
    expect(attributes.raw[0]).toBeCloseTo(Math.SQRT2 * Math.log(3), 6);
    expect(attributes.raw[1]).toBeCloseTo(Math.LN2, 6);
    // 1.5537 / √(1.5537² + 0.6931²) = 1.5537 / 1.7013 = 0.9132
    expect(attributes.weight[0]).toBeCloseTo(0.9132, 4);
    expect(attributes.weight[2]).toBe(1);
  });

  it('leaves out what one item alone has, and what more than half of the items have', () => {
    const items: Item[] = [
      { id: 'a', tags: ['alone', 'most', 'half'] },
      { id: 'b', tags: ['most', 'half'] },
      { id: 'c', tags: ['most'] },
      { id: 'd' },
    ];
    const attributes = buildAttributes(items);
    expect(attributes.count).toBe(1);
    expect([0, 1, 2, 3].map((i) => rowOf(attributes, i).length)).toEqual([1, 1, 0, 0]);
  });

  it('shares category prefixes, not names at other places of the tree', () => {
    const attributes = buildAttributes([
      { id: 'a', categoryPath: ['home', 'lamps', 'desk'] },
      { id: 'b', categoryPath: ['home', 'lamps', 'wall'] },
      { id: 'c', categoryPath: ['office', 'desk'] },
      ...bare(3),
    ]);
    expect(common(attributes, 0, 1)).toBe(2);
    expect(common(attributes, 0, 2)).toBe(0);
  });

  it('tells a brand from a tag and from a word of the same letters', () => {
    const attributes = buildAttributes([
      { id: 'a', brand: 'acme' },
      { id: 'b', tags: ['acme'] },
      { id: 'c', title: 'acme' },
      { id: 'd', brand: 'acme' },
      ...bare(4),
    ]);
    expect(common(attributes, 0, 3)).toBe(1);
    expect([1, 2].map((i) => rowOf(attributes, i).length)).toEqual([0, 0]);
  });

  it('counts a title’s words of three letters or more once, in any script', () => {
    const attributes = buildAttributes([
      { id: 'a', title: 'Žlutý čaj, čaj no 5' },
      { id: 'b', title: 'ČAJ žlutý no 5' },
      ...bare(2),
    ]);
    expect(attributes.count).toBe(2);
    // Both in 2 of 4 items: ln 2, once each.
    expect([...attributes.raw].map((raw) => raw.toFixed(4))).toEqual(Array(4).fill('0.6931'));
  });

  it('puts prices into eight bands of equal numbers', () => {
    const items = Array.from({ length: 16 }, (_, i) => ({ id: `${i}`, price: (i + 1) ** 3 }));
    const attributes = buildAttributes(items);
    expect(attributes.count).toBe(8);
    expect([...attributes.index]).toEqual(items.map((_, i) => i >> 1));
  });

  it('makes no bands of eight prices or fewer, and none of prices that are not', () => {
    const few = Array.from({ length: 8 }, (_, i) => ({ id: `${i}`, price: 1 + (i >> 1) }));
    expect(buildAttributes([...few, ...bare(8)]).count).toBe(0);
    const wrong = [0, -1, Number.NaN, Infinity].flatMap((price) =>
      Array.from({ length: 3 }, (_, i) => ({ id: `${price}-${i}`, price })),
    );
    expect(buildAttributes([...wrong, ...bare(12)]).count).toBe(0);
  });

  it('keeps an item’s 32 heaviest attributes', () => {
    const tags = (from: number): string[] => Array.from({ length: 40 }, (_, t) => `t${from + t}`);
    // 10 and 20 tags are in three items and so lighter than the 10 that are in two.
    const attributes = buildAttributes([
      { id: 'a', tags: tags(0) },
      { id: 'b', tags: tags(0) },
      { id: 'c', tags: tags(10) },
      ...bare(17),
    ]);
    const row = rowOf(attributes, 0);
    expect(row).toHaveLength(32);
    // ln(20 / 2) = 2.3026 for t0 … t9, ln(20 / 3) = 1.8971 for the others.
    expect(row.map(([, raw]) => raw!.toFixed(4))).toEqual([
      ...Array(10).fill('2.3026'),
      ...Array(22).fill('1.8971'),
    ]);
  });

  it('keeps the 2,048 most frequent attributes of the catalog', () => {
    const tagsOf = (i: number): string[] =>
      Array.from({ length: 30 }, (_, t) => `t${(i >> 1) * 30 + t}`);
    // 70 groups of 30 tags in two items each are 2,100; the last group's are in three.
    const items = Array.from({ length: 140 }, (_, i) => ({ id: `${i}`, tags: tagsOf(i) }));
    const attributes = buildAttributes([...items, { id: 'more', tags: tagsOf(139) }]);
    expect(attributes.count).toBe(2048);
    expect(rowOf(attributes, 140)).toHaveLength(30);
    expect(attributes.index.every((number) => number < 2048)).toBe(true);
  });

  it('gives empty rows to a catalog without anything, and none to an empty one', () => {
    const attributes = buildAttributes(bare(3));
    expect(attributes.count).toBe(0);
    expect([...attributes.pointers]).toEqual([0, 0, 0, 0]);
    expect([...buildAttributes([]).pointers]).toEqual([0]);
  });

  it('has unit length and numbers in range, whatever is missing', () => {
    const item = fc.record(
      {
        id: fc.string({ minLength: 1 }),
        title: fc.string(),
        brand: fc.constantFrom('', 'a', 'b', '__proto__'),
        tags: fc.array(fc.constantFrom('a', 'b', 'c', 'constructor')),
        categoryPath: fc.array(fc.constantFrom('x', 'y')),
        price: fc.double(),
      },
      { requiredKeys: ['id'] },
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const attributes = buildAttributes(items);
        const { pointers, index, weight, raw } = attributes;
        expect(pointers.at(-1)).toBe(index.length);
        expect(raw.every((value) => value > 0)).toBe(true);
        expect(index.every((number) => number >= 0 && number < attributes.count)).toBe(true);
        for (let i = 0; i < items.length; i++) {
          const row = weight.subarray(pointers[i], pointers[i + 1]);
          if (row.length > 0) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
        }
      }),
    );
  });
});

describe('learnLogPrices', () => {
  it('is the logarithm, or NaN without a price', () => {
    const prices = [1, Math.E ** 2, undefined, 0, -3, Number.NaN, Infinity];
    const items = prices.map((price, i) =>
      price === undefined ? { id: `${i}` } : { id: `${i}`, price },
    );
    const logs = learnLogPrices(items);
    expect(logs[0]).toBe(0);
    expect(logs[1]).toBeCloseTo(2, 6);
    expect([...logs.subarray(2)]).toEqual(Array(5).fill(Number.NaN));
  });
});
