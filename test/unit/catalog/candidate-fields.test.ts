// oxlint-disable no-script-url -- the URLs that must be refused
import fc from 'fast-check';
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

describe('prices', () => {
  it.each([
    [0, 0],
    [12.5, 12.5],
    ['12.50', 12.5],
    [' 7 ', 7],
    ['.5', 0.5],
    [1e308, 1e308],
  ])('takes %j', (price, expected) => {
    const result = normalize({ id: 'a', price });
    expect(result.items[0]?.price).toBe(expected);
    expect(result.warnings).toEqual([]);
  });

  it.each([
    [Number.NaN],
    [-1],
    [-0.01],
    [Infinity],
    [-Infinity],
    [''],
    ['free'],
    ['$5'],
    ['1,50'],
    ['-3'],
    ['0x10'],
    ['1e3'],
    ['1.2.3'],
    ['9'.repeat(400)],
    [true],
  ])('drops %j and keeps the item', (price) => {
    const result = normalize({ id: 'a', title: 'T', price });
    expect(result.items).toEqual([{ id: 'a', title: 'T' }]);
    expect(warningOf(result, 'ITEM_PRICE_INVALID')).toEqual({ count: 1, first: 'a.price' });
  });

  it('rejects an object as a price', () => {
    const result = normalize({ id: 'a', price: { valueOf: () => 3 } });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')).toEqual({ count: 1, first: 'a.price' });
  });
});

describe('texts', () => {
  it.each([
    ['title', 300],
    ['description', 5000],
    ['brand', 200],
  ] as const)('cuts %s at %i characters', (field, limit) => {
    const exact = normalize({ id: 'a', [field]: 'x'.repeat(limit) });
    expect(exact.warnings).toEqual([]);
    const result = normalize({ id: 'a', [field]: 'x'.repeat(limit + 1) });
    expect(result.items[0]?.[field]).toBe('x'.repeat(limit));
    expect(warningOf(result, 'ITEM_TEXT_TRUNCATED')).toEqual({ count: 1, first: `a.${field}` });
  });

  it('takes a number as a title', () => {
    expect(normalize({ id: 'a', title: 1984 }).items[0]?.title).toBe('1984');
  });

  it('removes control and direction characters', () => {
    const title = 'Red\u0000 \u202elamp\u2066\u0007!\u200f\ufeff';
    expect(normalize({ id: 'a', title }).items[0]?.title).toBe('Red  lamp !');
  });

  it('mends lone surrogates, also one made by the cut', () => {
    const title = `${'x'.repeat(299)}😀`;
    const [item] = normalize({ id: 'a', title, brand: 'B\ud800' }).items;
    expect(item?.title?.isWellFormed()).toBe(true);
    expect(item?.brand).toBe('B\ufffd');
  });

  it('leaves markup alone, it is shown as text', () => {
    const title = '<img src=x onerror=alert(1)>';
    expect(normalize({ id: 'a', title }).items[0]?.title).toBe(title);
  });

  it('takes an empty text as absent', () => {
    expect(normalize({ id: 'a', title: '  ', brand: '\u0000' }).items).toEqual([{ id: 'a' }]);
  });

  it.each([[{}], [[]], [true], [() => 'x'], [Symbol('x')]])('rejects %s as a title', (title) => {
    const result = normalize({ id: 'a', title });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')).toEqual({ count: 1, first: 'a.title' });
  });
});

describe('numbers and flags', () => {
  it.each([
    ['rating', 0],
    ['rating', 5],
    ['rating', '4.5'],
    ['ratingCount', 0],
    ['ratingCount', '12'],
  ] as const)('takes %s %j', (field, value) => {
    const result = normalize({ id: 'a', [field]: value });
    expect(result.items[0]?.[field]).toBe(Number(value));
    expect(result.warnings).toEqual([]);
  });

  it.each([
    ['rating', -1],
    ['rating', 5.1],
    ['rating', Number.NaN],
    ['rating', 'good'],
    ['rating', {}],
    ['ratingCount', -1],
    ['ratingCount', Infinity],
    ['currency', 'EURO'],
    ['currency', 978],
    ['currency', {}],
    ['available', 'yes'],
    ['available', 0],
  ])('rejects %s %j', (field, value) => {
    const result = normalize({ id: 'a', [field]: value });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')).toEqual({ count: 1, first: `a.${field}` });
  });

  it('writes currencies in capitals', () => {
    expect(normalize({ id: 'a', currency: 'eur' }).items[0]?.currency).toBe('EUR');
  });

  it('keeps items that are not available, marked', () => {
    expect(normalize({ id: 'a', available: false }).items[0]?.available).toBe(false);
  });
});

describe('lists', () => {
  it('keeps eight levels of a category path', () => {
    const path = Array.from({ length: 9 }, (_, level) => `level ${level}`);
    const result = normalize({ id: 'a', categoryPath: path });
    expect(result.items[0]?.categoryPath).toEqual(path.slice(0, 8));
    expect(warningOf(result, 'ITEM_TEXT_TRUNCATED')?.first).toBe('a.categoryPath');
  });

  it('splits a category written as text', () => {
    const result = normalize({ id: 'a', category: 'Home & Garden > Lamps' });
    expect(result.items[0]?.categoryPath).toEqual(['Home & Garden', 'Lamps']);
  });

  it('keeps 64 tags', () => {
    const tags = Array.from({ length: 70 }, (_, index) => `tag ${index}`);
    expect(normalize({ id: 'a', tags }).items[0]?.tags).toHaveLength(64);
  });

  it('splits tags written as text', () => {
    const result = normalize({ id: 'a', tags: 'warm, cosy,,  wool ' });
    expect(result.items[0]?.tags).toEqual(['warm', 'cosy', 'wool']);
  });

  it('leaves out single elements of the wrong type', () => {
    const result = normalize({ id: 'a', tags: ['ok', {}, null, ['x'], 'fine'] });
    expect(result.items[0]?.tags).toEqual(['ok', 'fine']);
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')?.count).toBe(2);
  });

  it.each([[{}], [5], [true]])('rejects %j as a list', (tags) => {
    const result = normalize({ id: 'a', tags });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')?.first).toBe('a.tags');
  });

  it('takes an empty list as absent', () => {
    expect(normalize({ id: 'a', tags: [], categoryPath: '' }).items).toEqual([{ id: 'a' }]);
  });
});

describe('links and pictures', () => {
  it.each([
    'https://shop.example/a?b=c#d',
    'http://shop.example/',
    '/a/b.png',
    'b.png',
    '../c',
    '?q=1',
    '//cdn.example/x.jpg',
    '/päth/ü',
    'HTTPS://SHOP.EXAMPLE/',
  ])('keeps %s exactly', (url) => {
    const result = normalize({ id: 'a', url, image: url });
    expect(result.items).toEqual([{ id: 'a', image: url, url }]);
    expect(result.warnings).toEqual([]);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'javascript://shop.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:image/svg+xml,<svg/>',
    'vbscript:msgbox(1)',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'filesystem:https://shop.example/x',
    'mailto:a@example.org',
    'http://',
    'https://[',
    `https://shop.example/${'x'.repeat(3000)}`,
  ])('rejects %j', (url) => {
    const result = normalize({ id: 'a', url, image: url });
    expect(result.items).toEqual([{ id: 'a' }]);
    expect(warningOf(result, 'ITEM_URL_REJECTED')).toEqual({ count: 2, first: 'a.image' });
  });

  it('rejects an object as a URL', () => {
    const result = normalize({ id: 'a', url: { toString: () => '/x' } });
    expect(warningOf(result, 'ITEM_FIELD_REJECTED')?.first).toBe('a.url');
  });
});

describe('links', () => {
  it('are taken where the browser takes them, plain paths without asking it', () => {
    const piece = fc.constantFrom(
      '/',
      '.',
      '..',
      'a',
      'B7',
      '_',
      '-',
      '?',
      '=',
      '&',
      ':',
      '\\',
      '%',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
        const url = pieces.join('');
        const isWeb = (): boolean =>
          ['http:', 'https:'].includes(new URL(url, 'https://base.invalid').protocol);
        const expected = ((): boolean => {
          try {
            return isWeb();
          } catch {
            return false;
          }
        })();
        expect(normalize({ id: 'a', url }).items[0]?.url).toBe(expected ? url : undefined);
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });
});
