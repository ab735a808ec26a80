import { describe, expect, it } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import type { NormalizedCandidates } from '../../../src/catalog/candidates.ts';
import type { VitrineErrorCode } from '../../../src/core/errors.ts';

const ALL = { maxItems: 100 };

function normalize(...records: unknown[]): NormalizedCandidates {
  return normalizeCandidates(records, ALL);
}

function warningOf(
  result: NormalizedCandidates,
  code: VitrineErrorCode,
): { count: number; first: string } | undefined {
  const warning = result.warnings.find((each) => each.code === code);
  return warning && { count: warning.count, first: warning.first };
}

describe('items that are well formed', () => {
  it('keeps every field of the interchange format as it is', () => {
    const item = {
      id: 'sku-1',
      title: 'Reading lamp',
      description: 'Warm light.',
      categoryPath: ['home', 'lighting'],
      brand: 'Nordlys',
      price: 49.5,
      currency: 'EUR',
      rating: 4.2,
      ratingCount: 31,
      tags: ['brass', 'desk'],
      image: '/pictures/lamp.svg',
      url: 'https://shop.example/lamp',
      available: true,
    };
    const result = normalize(item);
    expect(result.items).toEqual([item]);
    expect(result.warnings).toEqual([]);
    expect(result.overflow).toEqual([]);
  });

  it('keeps the server’s order', () => {
    const result = normalize({ id: 'c' }, { id: 'a' }, { id: 'b' });
    expect(result.items.map((item) => item.id)).toEqual(['c', 'a', 'b']);
  });

  it('needs nothing but an id', () => {
    expect(normalize({ id: 'a' }).items).toEqual([{ id: 'a' }]);
  });

  it('treats null and undefined fields as absent, without a warning', () => {
    const result = normalize({ id: 'a', title: null, price: undefined, tags: null, url: null });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(result.warnings).toEqual([]);
  });

  it('leaves the input untouched', () => {
    const input = Object.freeze([Object.freeze({ id: ' a ', price: '3', junk: 1 })]);
    const before = JSON.stringify(input);
    normalizeCandidates(input, ALL);
    expect(JSON.stringify(input)).toBe(before);
  });

  it('copies listed fields only', () => {
    const result = normalize({ id: 'a', secret: 'x', title: 'T', onclick: 'evil()' });
    expect(Object.keys(result.items[0] ?? {})).toEqual(['id', 'title']);
  });
});

describe('ids', () => {
  it.each([
    [7, '7'],
    [0, '0'],
    [12345678901n, '12345678901'],
    ['  a b  ', 'a b'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['__proto__', '__proto__'],
    ['toString', 'toString'],
    ['日本', '日本'],
  ])('takes %s as %s', (id, expected) => {
    expect(normalize({ id }).items).toEqual([{ id: expected }]);
  });

  it.each([
    [undefined],
    [null],
    [''],
    ['   '],
    ['x'.repeat(201)],
    [Number.NaN],
    [Infinity],
    [true],
    [{ id: 'a' }],
    [['a']],
    [Symbol('a')],
  ])('leaves an item with id %s out', (id) => {
    const result = normalize({ id }, { id: 'good' });
    expect(result.items).toEqual([{ id: 'good' }]);
    expect(warningOf(result, 'ITEM_WITHOUT_ID')).toEqual({ count: 1, first: '[0]' });
  });

  it('keeps the first of two items with one id', () => {
    const result = normalize(
      { id: 'a', title: 'First' },
      { id: 'b' },
      { id: ' a', title: 'Second' },
      { id: 'b' },
    );
    expect(result.items).toEqual([{ id: 'a', title: 'First' }, { id: 'b' }]);
    expect(warningOf(result, 'ITEM_DUPLICATE')).toEqual({ count: 2, first: 'a' });
  });

  it('takes the number 1 and the text 1 as one id', () => {
    expect(normalize({ id: 1 }, { id: '1' }).items).toHaveLength(1);
  });
});

describe('records that are no items', () => {
  it('counts them and goes on', () => {
    const result = normalize({ id: 'a' }, null, 'b', 3, undefined, true, { id: 'c' });
    expect(result.items.map((item) => item.id)).toEqual(['a', 'c']);
    expect(warningOf(result, 'ITEM_INVALID')).toEqual({ count: 5, first: '[1]' });
  });

  it('counts the holes of a sparse array', () => {
    const sparse: unknown[] = [];
    sparse[2] = { id: 'a' };
    const result = normalizeCandidates(sparse, ALL);
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_INVALID')).toEqual({ count: 2, first: '[0]' });
  });

  it('takes an array in place of an item as an item without id', () => {
    expect(warningOf(normalize([['a']]), 'ITEM_WITHOUT_ID')?.count).toBe(1);
  });
});

describe('too many, too few', () => {
  it('puts the ids beyond the limit aside, in order and once', () => {
    const records = [{ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'a' }, null, { id: 'd' }];
    const result = normalizeCandidates(records, { maxItems: 2 });
    expect(result.items.map((item) => item.id)).toEqual(['a', 'b']);
    expect(result.overflow).toEqual(['c', 'd']);
    expect(warningOf(result, 'CANDIDATES_TOO_MANY')).toEqual({ count: 2, first: 'c' });
    expect(warningOf(result, 'ITEM_DUPLICATE')?.count).toBe(1);
  });

  it('loses no id of 100,000 items', () => {
    const records = Array.from({ length: 100_000 }, (_, index) => ({ id: index }));
    const result = normalizeCandidates(records, { maxItems: 5000 });
    expect(result.items).toHaveLength(5000);
    expect(result.overflow).toHaveLength(95_000);
    expect(result.overflow[0]).toBe('5000');
    expect(warningOf(result, 'CANDIDATES_TOO_MANY')).toEqual({ count: 95_000, first: '5000' });
  });

  it('looks at a million records at most', () => {
    let reads = 0;
    const endless = new Proxy([] as unknown[], {
      get: (target, field) => {
        if (field === 'length') return 5_000_000;
        if (typeof field === 'string' && /^\d+$/.test(field)) reads++;
        return Reflect.get(target, field) as unknown;
      },
    });
    const result = normalizeCandidates(endless, ALL);
    expect(reads).toBe(1_000_000);
    expect(warningOf(result, 'CANDIDATES_TOO_MANY')?.count).toBe(4_000_000);
  });

  it.each([[[]], [{ items: [] }], [[null]], [[{ title: 'no id' }]]])(
    'says that %j is empty',
    (input) => {
      const result = normalizeCandidates(input, ALL);
      expect(result.items).toEqual([]);
      expect(warningOf(result, 'CANDIDATES_EMPTY')?.count).toBe(1);
    },
  );

  it.each([[null], [undefined], ['text'], [3], [{}], [{ items: 'a' }], [() => []]])(
    'throws CANDIDATES_FORMAT for %s',
    (input) => {
      expect(() => normalizeCandidates(input, ALL)).toThrowError(
        expect.objectContaining({ name: 'VitrineError', code: 'CANDIDATES_FORMAT' }),
      );
    },
  );

  it('counts each code once, with the first case', () => {
    const result = normalize(
      { id: 'a', price: -1 },
      { id: 'b', price: 'x' },
      { id: 'c', price: 1 },
    );
    expect(result.warnings).toEqual([{ code: 'ITEM_PRICE_INVALID', count: 2, first: 'a.price' }]);
  });
});
