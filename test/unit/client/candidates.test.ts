import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsById, parseCandidates } from '../../../src/client/candidates.ts';

const ids = (candidates: unknown): string[] => [...itemsById(candidates).keys()];

describe('ids on the page', () => {
  it('keeps the order of the list and the first of two with one id', () => {
    const items = itemsById([{ id: 'b', n: 1 }, { id: 'a' }, { id: 'b', n: 2 }]);
    expect([...items.keys()]).toEqual(['b', 'a']);
    expect(items.get('b')).toEqual({ id: 'b', n: 1 });
  });

  it('looks at nothing behind the first 100,000', () => {
    let isRead = false;
    const last = {
      get id(): string {
        isRead = true;
        return 'last';
      },
    };
    const list = [...Array.from({ length: 100_000 }, (_, id) => ({ id })), last];
    expect(ids(list).at(-1)).toBe('99999');
    expect(isRead).toBe(false);
  });

  it('reads the id fields of the known formats', () => {
    const list = [
      { id: 7 },
      { item_id: 'ga4' },
      { sku: 'sku' },
      { productID: 'p' },
      { '@id': '#x' },
    ];
    expect(ids(list)).toEqual(['7', 'ga4', 'sku', 'p', '#x']);
  });

  it('finds lists in the usual containers', () => {
    expect(ids({ items: [{ id: 'a' }] })).toEqual(['a']);
    expect(ids({ products: [{ id: 1 }] })).toEqual(['1']);
    expect(ids({ product: { id: 1 } })).toEqual(['1']);
    expect(ids({ ecommerce: { items: [{ item_id: 'a' }] } })).toEqual(['a']);
  });

  it('finds the products of schema.org lists, not the list', () => {
    const list = {
      '@type': 'ItemList',
      '@id': '#list',
      itemListElement: [
        { '@type': 'ListItem', position: 1, item: { '@type': 'Product', sku: 'a' } },
        { '@type': 'ListItem', position: 2, item: { '@type': 'Product', '@id': '#b' } },
      ],
    };
    expect(ids(list)).toEqual(['a', '#b']);
    expect(ids([{ '@graph': [list] }])).toEqual(['a', '#b']);
  });

  it('takes the id as the worker does: trimmed, 1 to 200 characters, finite', () => {
    const list = ['  a ', '', ' ', 'x'.repeat(201), 0, Number.NaN, Infinity, null, {}, true];
    expect(ids(list.map((id) => ({ id })))).toEqual(['a', '0']);
  });

  it('keeps what it read before a getter that throws', () => {
    const trap = Object.defineProperty({}, 'id', {
      get() {
        throw new Error('no');
      },
    });
    expect(ids([{ id: 'a' }, trap])).toEqual(['a']);
  });

  it('never throws, whatever comes in', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (anything) => {
        itemsById(anything);
        itemsById([anything]);
      }),
    );
    let deep: unknown = { id: 'deep' };
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(ids(deep)).toEqual([]);
    const ring: Record<string, unknown> = {};
    ring['items'] = [ring];
    expect(ids(ring)).toEqual([]);
  });

  it('is not led astray by names of the prototype', () => {
    const list = JSON.parse('[{"id":"__proto__"},{"id":"constructor"},{"__proto__":{"id":"x"}}]');
    expect(ids(list)).toEqual(['__proto__', 'constructor']);
    expect(({} as { id?: string }).id).toBeUndefined();
  });
});

describe('candidates as text', () => {
  it('reads JSON, else a value for each line', () => {
    expect(parseCandidates('[{"id":"a"}]')).toEqual([{ id: 'a' }]);
    expect(parseCandidates('{"id":"a"}\r\nbroken\n\n{"id":"b"}\n')).toEqual([
      { id: 'a' },
      { id: 'b' },
    ]);
    expect(parseCandidates('<!doctype html>')).toEqual([]);
  });
});
