import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SPACE } from '../../../src/catalog/blocks.ts';
import { createTextCache, encodeItems } from '../../../src/catalog/encode-items.ts';
import { meanVectors } from '../../../src/catalog/mean-vector.ts';
import { blockCosine } from '../../../src/core/block-cosine.ts';
import type { BlockName, Item } from '../../../src/core/types.ts';
import { catalogOf, describe1, encode, nearest, scoresFor, similarity } from './encode-fixtures.ts';

const { blocks, dims } = DEFAULT_SPACE;
const B = blocks.length;

/** Names of the blocks that a row has. */
function presentIn(presence: { readonly data: Float32Array }, row: number): BlockName[] {
  return blocks.filter((_, b) => presence.data[row * B + b]! > 0).map(({ name }) => name);
}

describe('the feature space', () => {
  it('has blocks without gaps whose weights sum to 1', () => {
    let start = 0;
    for (const block of blocks) {
      expect(block.start).toBe(start);
      start += block.size;
    }
    expect(start).toBe(dims);
    expect(blocks.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

describe('encodeItems', () => {
  const items = catalogOf(80);
  const encoded = encode(items);

  it('gives a row to each item, in the server’s order', () => {
    expect(encoded.vectors).toMatchObject({ rows: 80, dims });
    expect(encoded.presence).toMatchObject({ rows: 80, dims: B });
    for (const [row, { id }] of items.entries()) expect(encoded.indexOf.get(id)).toBe(row);
    expect(encoded.analyzed).toHaveLength(80);
  });

  it('encodes nothing without an item', () => {
    const none = encode([]);
    expect(none.vectors.data).toHaveLength(0);
    expect(none.model.idf('boots')).toBeGreaterThan(0);
  });

  it('makes each block that is there of length sqrt(weight), and zero otherwise', () => {
    const mixed = encode([...items, { id: 'bare' }, { id: 'priced', price: 3 }]);
    for (let row = 0; row < mixed.items.length; row++) {
      for (const [b, { start, size, weight }] of blocks.entries()) {
        const part = mixed.vectors.data.slice(row * dims + start, row * dims + start + size);
        const isPresent = mixed.presence.data[row * B + b]! > 0;
        expect(Math.hypot(...part)).toBeCloseTo(isPresent ? Math.sqrt(weight) : 0, 5);
      }
    }
  });

  it('marks as absent what an item does not have', () => {
    const { presence } = encode([
      ...items,
      { id: 'bare' },
      { id: 'priced', price: 3 },
      { id: 'branded', brand: 'Aero' },
      { id: 'placed', categoryPath: ['garden', 'seeds'] },
      { id: 'free', price: 0, categoryPath: [] },
    ]);
    expect(presentIn(presence, 80)).toEqual([]);
    expect(presentIn(presence, 81)).toEqual(['price']);
    expect(presentIn(presence, 82)).toEqual(['brand']);
    expect(presentIn(presence, 83)).toContain('category');
    expect(presentIn(presence, 84)).toEqual(['price']);
    expect(presentIn(presence, 0)).toEqual(
      expect.arrayContaining(['price', 'category', 'text', 'features']),
    );
  });

  it('finds an item equal to itself and to its double under another id', () => {
    const twin = encode([...items, { ...items[5]!, id: 'twin' }]);
    expect(similarity(twin, 5, 5)).toBeCloseTo(1, 5);
    expect(similarity(twin, 5, 80)).toBeCloseTo(1, 5);
  });

  it('finds items of one subject nearer than those of another', () => {
    const same = similarity(encoded, 0, 4);
    for (const other of [1, 2, 3, 5, 6, 7])
      expect(similarity(encoded, 0, other)).toBeLessThan(same);
  });

  it('gives every brand a vector, so that the block is there when the brand is', () => {
    const brands = Array.from({ length: 300 }, (_, i) => `Brand ${i}`);
    const { presence } = encode(brands.map((brand) => ({ id: brand, brand })));
    const missing = brands.filter((_, row) => !presentIn(presence, row).includes('brand'));
    expect(missing).toEqual([]);
  });

  it('does not depend on letter case of brands', () => {
    const pair = encode([
      { id: 'a', brand: 'AERO' },
      { id: 'b', brand: 'aero' },
      { id: 'c', brand: 'Berg' },
    ]);
    expect(similarity(pair, 0, 1)).toBeCloseTo(1, 5);
    expect(similarity(pair, 0, 2)).toBeLessThan(0.9);
  });

  it('gives the same bits for the same list', () => {
    const again = encode(catalogOf(80));
    expect(again.vectors.data).toEqual(encoded.vectors.data);
    expect(again.presence.data).toEqual(encoded.presence.data);
  });

  it('is finite, in shape and in range for any items', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom('red leather bag', 'not good', ''),
    );
    const item = fc.record(
      {
        title: text,
        description: text,
        brand: text,
        categoryPath: fc.array(text, { maxLength: 8 }),
        tags: fc.array(text, { maxLength: 4 }),
        price: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
        rating: fc.double({ min: 0, max: 5, noNaN: true }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (fields) => {
        const list = fields.map((rest, i): Item => ({ id: `${i}`, ...rest }));
        const made = encode(list);
        expect(made.vectors.data).toHaveLength(list.length * dims);
        expect(made.vectors.data.every((value) => Math.abs(value) <= 1)).toBe(true);
        expect(made.presence.data.every((value) => value === 0 || value === 1)).toBe(true);
        for (let a = 0; a < list.length; a++) {
          if (presentIn(made.presence, a).length > 0)
            expect(similarity(made, a, a)).toBeCloseTo(1, 4);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('word weights', () => {
  it('are larger for rare words, above 0 for all, largest for unknown ones', () => {
    const items = Array.from({ length: 20 }, (_, i) => ({
      id: `${i}`,
      title: `lamp ${i % 2 === 0 ? 'brass' : ''} ${i === 0 ? 'zeppelin' : ''}`,
    }));
    const { idf } = encode(items).model;
    const weights = ['lamp', 'brass', 'zeppelin', 'unheard'].map((word) => idf(word));
    expect(weights.toSorted((a, b) => a - b)).toEqual(weights);
    expect(new Set(weights).size).toBe(4);
    expect(weights[0]).toBeGreaterThan(0);
  });
});

describe('the text cache', () => {
  it('keeps an analysis while the text stays the same, also when price and brand change', () => {
    const cache = createTextCache();
    const item: Item = { id: 'a', title: 'Leather bag', price: 5 };
    const first = cache.analyze(item);
    expect(cache.analyze({ ...item })).toBe(first);
    expect(cache.analyze({ ...item, price: 7, brand: 'X', rating: 1 })).toBe(first);
  });

  it.each<[string, Partial<Item>]>([
    ['title', { title: 'Silk bag' }],
    ['description', { description: 'of silk' }],
    ['tags', { tags: ['silk'] }],
    ['category', { categoryPath: ['silk'] }],
  ])('analyses an item again when its %s changes', (_, change) => {
    const cache = createTextCache();
    const item: Item = { id: 'a', title: 'Leather bag' };
    const first = cache.analyze(item);
    const second = cache.analyze({ ...item, ...change });
    expect(second).not.toBe(first);
    expect(second.named.map(({ value }) => value)).toContain('silk');
    expect(cache.analyze({ ...item, ...change })).toBe(second);
  });

  it('does not take one field for another', () => {
    const cache = createTextCache();
    const first = cache.analyze({ id: 'a', title: 'leather', tags: ['x'] });
    expect(cache.analyze({ id: 'a', description: 'leather', tags: ['x'] })).not.toBe(first);
    expect(cache.analyze({ id: 'a', title: 'leather', categoryPath: ['x'] })).not.toBe(first);
  });

  it('drops the oldest half when it is full', () => {
    const cache = createTextCache(4);
    const kept = ['a', 'b', 'c', 'd'].map((id) => cache.analyze({ id, title: id }));
    cache.analyze({ id: 'e', title: 'e' });
    expect(cache.analyze({ id: 'd', title: 'd' })).toBe(kept[3]);
    expect(cache.analyze({ id: 'a', title: 'a' })).not.toBe(kept[0]);
  });

  it('gives the same vectors as a fresh analysis', () => {
    const cache = createTextCache();
    const items = catalogOf(40);
    encodeItems(items, cache);
    expect(encodeItems(items, cache).vectors.data).toEqual(encode(items).vectors.data);
  });
});

describe('encodeDescription', () => {
  const items = catalogOf(120);
  const encoded = encode(items);
  const isBag = (item: Item): boolean => item.categoryPath?.[1] === 'handbags';

  it('puts red leather bags nearest to “red leather bags”', () => {
    const describes = {
      categories: ['handbags'],
      features: { material: ['leather'], colour: ['red'] },
      keywords: ['red', 'leather', 'bag'],
    };
    const found = nearest(describes, encoded, 5);
    expect(found.every(isBag)).toBe(true);
    expect(found.every(({ title }) => title!.startsWith('red leather'))).toBe(true);
  });

  it.each<[string, Parameters<typeof nearest>[0]]>([
    ['its category alone', { categories: ['handbags'] }],
    ['its words alone', { keywords: ['stitched', 'strap', 'clasp'] }],
    ['its material alone', { features: { material: ['leather'] } }],
  ])('finds a subject by %s', (_, describes) => {
    const found = nearest(describes, encoded, 20);
    expect(found.filter(isBag).length).toBeGreaterThanOrEqual(18);
  });

  it('finds a brand', () => {
    expect(nearest({ brands: ['BERG'] }, encoded, 10).every(({ brand }) => brand === 'Berg')).toBe(
      true,
    );
  });

  it('finds what is cheap, in the middle and dear among its like', () => {
    const bags = encode(items.filter(isBag));
    const mean = (price: 'low' | 'middle' | 'high'): number => {
      const found = nearest({ price }, bags, 6);
      return found.reduce((sum, item) => sum + item.price!, 0) / found.length;
    };
    expect(mean('low')).toBeLessThan(mean('middle'));
    expect(mean('middle')).toBeLessThan(mean('high'));
  });

  it('finds what lies in a range of prices, open at either end', () => {
    const bags = encode(items.filter(isBag));
    const prices = bags.items.map(({ price }) => price!).toSorted((a, b) => a - b);
    const [low, high] = [prices[10]!, prices[16]!];
    const mid = nearest({ price: { min: low, max: high } }, bags, 5).map(({ price }) => price!);
    expect(Math.min(...mid)).toBeGreaterThan(prices[5]!);
    expect(Math.max(...mid)).toBeLessThan(prices[22]!);
    const cheap = nearest({ price: { max: low } }, bags, 5).map(({ price }) => price!);
    const dear = nearest({ price: { min: high } }, bags, 5).map(({ price }) => price!);
    expect(Math.max(...cheap)).toBeLessThan(Math.min(...dear));
  });

  it('leaves absent what is not described, and has block weights as its mask', () => {
    const { presence } = describe1({ price: 'low', keywords: ['strap'] }, encoded);
    const weights = Object.fromEntries(
      blocks.map(({ name, weight }, b) => [name, [presence.data[b], weight]]),
    );
    expect(weights['price']![0]).toBeCloseTo(weights['price']![1]!, 6);
    expect(weights['text']![0]).toBeCloseTo(weights['text']![1]!, 6);
    for (const name of ['category', 'brand', 'features', 'sentiment'])
      expect(weights[name]![0]).toBe(0);
  });

  it('is far from all candidates with a category that none of them has', () => {
    const scores = scoresFor({ categories: ['zeppelins'] }, encoded);
    expect(scores.every((score) => score === 0)).toBe(true);
  });

  it('is nothing, and scores 0, when nothing is described', () => {
    expect(presentIn(describe1({}, encoded).presence, 0)).toEqual([]);
    expect(
      scoresFor({ keywords: ['unheard'], features: { __proto__: null } as never }, encoded).every(
        (s) => s === 0,
      ),
    ).toBe(true);
  });
});

describe('meanVectors', () => {
  const encoded = encode(catalogOf(8));
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const only = (m: number): number[] => Array.from({ length: 8 }, (_, i) => (i === m ? 2 : 0));

  it('is the item itself for one item, whatever its weight', () => {
    const means = meanVectors(set, [only(3)], DEFAULT_SPACE);
    const cosine = blockCosine({ set, row: 3 }, { set: means, row: 0 }, blocks);
    expect(cosine).toBeCloseTo(1, 5);
  });

  it('lies between two items, nearer to the heavier one', () => {
    const weights = [3, 1, 0, 0, 0, 0, 0, 0];
    const means = meanVectors(set, [weights], DEFAULT_SPACE);
    const [a, b, c] = [0, 1, 2].map((row) =>
      blockCosine({ set, row }, { set: means, row: 0 }, blocks),
    );
    expect(a).toBeGreaterThan(b!);
    expect(b).toBeGreaterThan(c!);
  });

  it('has no block, and scores 0, without weight', () => {
    const means = meanVectors(set, [[0, 0, 0], [-1, Number.NaN], []], DEFAULT_SPACE);
    expect(means.vectors.rows).toBe(3);
    expect(means.presence.data.every((value) => value === 0)).toBe(true);
    expect(means.vectors.data.every((value) => value === 0)).toBe(true);
  });

  it('makes one row per list of weights', () => {
    expect(meanVectors(set, [], DEFAULT_SPACE).vectors.data).toHaveLength(0);
    const means = meanVectors(set, [only(0), only(1)], DEFAULT_SPACE);
    const cosine = (item: number, row: number): number =>
      blockCosine({ set, row: item }, { set: means, row }, blocks);
    expect(cosine(0, 0)).toBeCloseTo(1, 5);
    expect(cosine(1, 1)).toBeCloseTo(1, 5);
    expect(cosine(0, 1)).toBeLessThan(0.9);
  });
});
