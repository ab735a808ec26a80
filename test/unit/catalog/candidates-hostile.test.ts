// oxlint-disable no-script-url -- values that must be refused
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeCandidates } from '../../../src/catalog/candidates.ts';
import type { Item } from '../../../src/core/types.ts';
import { isVitrineError } from '../../../src/core/errors.ts';

const ALL = { maxItems: 50 };

function throwing(): never {
  throw new Error('hostile');
}

/** A Proxy each of whose traps throws. */
function bomb(target: object): object {
  const traps = ['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'];
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, throwing])));
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

describe('objects that fight back', () => {
  it('keeps an item whose getter throws, without that field', () => {
    const record = {
      id: 'a',
      title: 'T',
      get description(): string {
        return throwing();
      },
    };
    const result = normalizeCandidates([record], ALL);
    expect(result.items).toEqual([{ id: 'a', title: 'T' }]);
    expect(result.warnings).toEqual([
      { code: 'ITEM_FIELD_REJECTED', count: 1, first: 'a.description' },
    ]);
  });

  it('leaves out an item whose id throws', () => {
    const record = {
      get id(): string {
        return throwing();
      },
    };
    const result = normalizeCandidates([record, { id: 'b' }], ALL);
    expect(result.items).toEqual([{ id: 'b' }]);
  });

  it.each([
    ['throws at every touch', bomb({ id: 'x' })],
    ['is revoked', revoked({ id: 'x' })],
  ])('leaves out a Proxy that %s', (_name, record) => {
    const result = normalizeCandidates([{ id: 'a' }, record, { id: 'b' }], ALL);
    expect(result.items.map((item) => item.id)).toEqual(['a', 'b']);
  });

  it.each([
    ['throws at every touch', bomb([])],
    ['is revoked', revoked([])],
  ])('survives a list that %s', (_name, list) => {
    let code = '';
    try {
      expect(normalizeCandidates(list, ALL).items).toEqual([]);
    } catch (error) {
      code = isVitrineError(error) ? error.code : String(error);
    }
    expect(['', 'CANDIDATES_FORMAT']).toContain(code);
  });

  it.each(['tags', 'categoryPath', 'price', 'title', 'url', 'image', 'rating', 'offers'])(
    'keeps an item with a Proxy as %s',
    (field) => {
      for (const value of [bomb([]), bomb({}), revoked([]), revoked({})]) {
        const result = normalizeCandidates([{ id: 'a', [field]: value }], ALL);
        expect(result.items).toEqual([{ id: 'a' }]);
      }
    },
  );

  it('survives Proxies in every place of linked data', () => {
    for (const trap of [bomb([]), bomb({}), revoked([])]) {
      for (const input of [
        { '@type': 'Product', sku: 'a', offers: trap, aggregateRating: trap, brand: trap },
        { '@type': 'Product', sku: 'a', image: trap, category: trap },
      ]) {
        expect(normalizeCandidates(input, ALL).items).toEqual([{ id: 'a' }]);
      }
    }
  });

  it('takes frozen and null-prototype records', () => {
    const bare = Object.assign(Object.create(null) as object, { id: 'b' });
    const result = normalizeCandidates(Object.freeze([Object.freeze({ id: 'a' }), bare]), ALL);
    expect(result.items.map((item) => item.id)).toEqual(['a', 'b']);
  });

  it('reads no symbol as a number', () => {
    const stars = { ratingValue: Symbol('x'), bestRating: Symbol('y') };
    const record = { '@type': 'Product', sku: 'a', aggregateRating: stars };
    expect(normalizeCandidates(record, ALL).items).toEqual([{ id: 'a' }]);
  });

  it('survives nesting of 50,000 levels', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 50_000; level++) deep = [deep];
    const result = normalizeCandidates([{ id: 'a', title: deep, tags: deep }], ALL);
    expect(result.items).toEqual([{ id: 'a' }]);
  });

  it('survives a record that holds itself', () => {
    const record: Record<string, unknown> = { id: 'a' };
    record['title'] = record;
    record['tags'] = [record];
    expect(normalizeCandidates([record], ALL).items).toEqual([{ id: 'a' }]);
  });
});

describe('forbidden names', () => {
  it.each(['__proto__', 'constructor', 'prototype'])(
    'reports an own %s and keeps the item',
    (name) => {
      const record: unknown = JSON.parse(`{"id":"a","${name}":{"polluted":1},"title":"T"}`);
      const result = normalizeCandidates([record], ALL);
      expect(result.items).toEqual([{ id: 'a', title: 'T' }]);
      expect(result.warnings[0]?.code).toBe('ITEM_FIELD_REJECTED');
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('does not read fields from a polluted prototype', () => {
    const record: unknown = JSON.parse('{"id":"a","__proto__":{"title":"stolen"}}');
    expect(normalizeCandidates([record], ALL).items[0]).not.toHaveProperty('title');
  });
});

describe('texts that are too big', () => {
  it('cuts a description of 10 MB at its limit', () => {
    const description = `${'word '.repeat(1000)}${'\u0000'.repeat(10_000_000)}`;
    const result = normalizeCandidates([{ id: 'a', description }], ALL);
    expect(result.items[0]?.description).toHaveLength(4999);
  });

  it('reads no further than four times the limit into a body of 10 MB', () => {
    const body = `<p>${'<b'.repeat(5_000_000)}`;
    const [item] = normalizeCandidates([{ id: 'a', body_html: body }], ALL).items;
    expect(item?.description).toBeUndefined();
  });

  it('keeps 64 tags of 10 MB of text', () => {
    const [item] = normalizeCandidates([{ id: 'a', tags: 'a,'.repeat(5_000_000) }], ALL).items;
    expect(item?.tags).toHaveLength(64);
  });
});

/** Values that are wrong in every way that a shop, or an attacker, has thought of. */
const anything = fc.oneof(
  fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true }),
  fc.constantFrom<unknown>(
    '__proto__',
    'constructor',
    'javascript:alert(1)',
    Number.NaN,
    -1,
    Infinity,
    '\ud800',
    '\u202e',
    [],
    {},
  ),
  fc.string({ unit: 'binary' }),
);
const fieldNames = (
  'id title description categoryPath brand price currency rating ratingCount tags image url available ' +
  'item_id item_name item_category @type @graph sku name offers aggregateRating body_html product_type ' +
  'handle variants images price_min itemListElement item __proto__ constructor'
).split(' ');
const record = fc
  .array(fc.tuple(fc.constantFrom(...fieldNames), anything), { maxLength: 8 })
  .map((fields) => Object.fromEntries(fields) as unknown);
const ids = fc.constantFrom<unknown>('a', 'b', 'c', ' a ', 1, '1', '', null);

function expectValid(item: Item): void {
  expect(item.id).toMatch(/\S/);
  for (const [text, limit] of [
    [item.title, 300],
    [item.description, 5000],
    [item.brand, 200],
  ] as const) {
    expect((text ?? '').length).toBeLessThanOrEqual(limit);
    expect((text ?? '').isWellFormed()).toBe(true);
  }
  const { price = 0, rating = 0 } = item;
  expect(price >= 0 && price < Infinity).toBe(true);
  expect(rating >= 0 && rating <= 5).toBe(true);
  expect((item.categoryPath ?? []).length).toBeLessThanOrEqual(8);
  expect(structuredClone(item)).toEqual(item);
}

function claimedIds(records: readonly unknown[]): Set<string> {
  const all = new Set<string>();
  for (const each of records) {
    if (typeof each !== 'object' || each === null) continue;
    for (const value of Object.values(each) as unknown[]) {
      if (['string', 'number', 'bigint'].includes(typeof value)) all.add(String(value).trim());
    }
  }
  return all;
}

describe('whatever comes', () => {
  it('never throws for an array, and gives distinct ids that were in the input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(record, anything), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (records, maxItems) => {
          // An array that begins with linked data is walked differently; see the next property.
          const { items, overflow } = normalizeCandidates([{ id: 'zero' }, ...records], {
            maxItems,
          });
          const out = [...items.map((item) => item.id), ...overflow];
          expect(new Set(out).size).toBe(out.length);
          const claimed = claimedIds([{ id: 'zero' }, ...records]);
          for (const id of out) expect(claimed.has(id)).toBe(true);
          expect(items.length).toBeLessThanOrEqual(maxItems);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('throws nothing but CANDIDATES_FORMAT for any input', () => {
    fc.assert(
      fc.property(fc.oneof(anything, record, fc.array(record, { maxLength: 4 })), (input) => {
        try {
          normalizeCandidates(input, ALL);
        } catch (error) {
          expect(error).toMatchObject({ name: 'VitrineError', code: 'CANDIDATES_FORMAT' });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('gives items that hold valid fields only', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (records) => {
        const { items } = normalizeCandidates([{ id: 'zero' }, ...records], ALL);
        for (const item of items) expectValid(item);
      }),
      { numRuns: 1500 },
    );
  });

  it('loses no valid id, keeps the order, and says how many it left out', () => {
    fc.assert(
      fc.property(
        fc.array(ids, { maxLength: 20 }),
        fc.integer({ min: 1, max: 4 }),
        (list, maxItems) => {
          const records = list.map((id) => ({ id }));
          const { items, overflow, warnings } = normalizeCandidates(records, { maxItems });
          const valid = list
            .filter((id) => id !== '' && id !== null)
            .map((id) => String(id).trim());
          expect([...items.map((item) => item.id), ...overflow]).toEqual([...new Set(valid)]);
          const count = (code: string): number => warnings.find((w) => w.code === code)?.count ?? 0;
          expect(count('ITEM_DUPLICATE')).toBe(valid.length - new Set(valid).size);
          expect(count('ITEM_WITHOUT_ID')).toBe(list.length - valid.length);
          expect(count('CANDIDATES_TOO_MANY')).toBe(overflow.length);
        },
      ),
    );
  });

  it('does not change Object.prototype', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).length;
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        normalizeCandidates(records.length > 0 ? [{ id: 'zero' }, ...records] : [], ALL);
        expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(before);
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same result for the same input', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const input = [{ id: 'zero' }, ...records];
        expect(normalizeCandidates(input, ALL)).toEqual(normalizeCandidates(input, ALL));
      }),
      { numRuns: 300 },
    );
  });
});
