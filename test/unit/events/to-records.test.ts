import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interaction, LogRecord } from '../../../src/core/types.ts';
import { idOfEntry, type Placement, toRecords } from '../../../src/events/to-records.ts';
import { NOW, TYPES } from './fixtures.ts';

/** Records of what a shop may report, right or wrong. */
function recordsOf(
  interaction: unknown,
  places: Readonly<Record<string, Placement>> = {},
): LogRecord[] {
  let count = 0;
  return toRecords(interaction as Interaction, {
    now: NOW,
    newId: () => `id-${++count}`,
    placementOf: (itemId) => (Object.hasOwn(places, itemId) ? places[itemId] : undefined),
  });
}

const ids = (interaction: unknown): string[] => recordsOf(interaction).map(({ itemId }) => itemId);
const refused: unknown = expect.objectContaining({ code: 'EVENT_INVALID', name: 'VitrineError' });

describe('interactions that are refused', () => {
  it.each([
    ['an unknown type', { type: 'click', itemId: 'a' }],
    ['a type of another case', { type: 'VIEW_ITEM', itemId: 'a' }],
    ['a type from the prototype', { type: 'constructor', itemId: 'a' }],
    ['__proto__ as a type', { type: '__proto__', itemId: 'a' }],
    ['a number as a type', { type: 1, itemId: 'a' }],
    ['a list as a type', { type: ['view_item'], itemId: 'a' }],
    ['no type', { itemId: 'a' }],
    ['no item', { type: 'view_item' }],
    ['an empty id', { type: 'view_item', itemId: '' }],
    ['a blank id', { type: 'view_item', itemId: ' \n\t ' }],
    ['an id that is too long', { type: 'view_item', itemId: 'x'.repeat(201) }],
    ['an empty list', { type: 'purchase', items: [] }],
    ['a list of nothing', { type: 'purchase', items: [null, undefined, true, 1, {}, ''] }],
    ['items that are no list', { type: 'purchase', items: { 0: 'a', length: 1 } }],
    ['items without a usable id', { type: 'purchase', items: [{ item_id: {} }, { id: [] }] }],
    ['an id that is an object', { type: 'view_item', itemId: { toString: (): string => 'a' } }],
  ])('refuses %s with EVENT_INVALID', (_, interaction) => {
    expect(() => recordsOf(interaction)).toThrow(refused);
  });

  it('refuses an id that is null with EVENT_INVALID', () => {
    expect(() => recordsOf({ type: 'view_item', itemId: null })).toThrow(refused);
  });

  it.each<[string, unknown]>([
    ['type', { type: { toString: null }, itemId: 'a' }],
    ['row id', { type: 'view_item', itemId: 'a', rowId: { toString: null } }],
  ])('survives a %s that cannot be written as a text', (_, interaction) => {
    // String(value) throws a TypeError.
    let code: unknown = 'EVENT_INVALID';
    try {
      recordsOf(interaction);
    } catch (error) {
      ({ code } = error as { code?: unknown });
    }
    expect(code).toBe('EVENT_INVALID');
  });

  it('says which type it got, and which names no item', () => {
    expect(() => recordsOf({ type: 'click' })).toThrow('got type click');
    expect(() => recordsOf({ type: 'purchase' })).toThrow('purchase names no item');
  });

  it('either makes records or refuses, whatever is reported', () => {
    // An object that cannot be a text is the case above.
    const plain = fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()), fc.constant(null));
    const anything = fc.record(
      {
        type: fc.oneof(fc.constantFrom(...TYPES), plain),
        // null is the case above.
        itemId: fc.anything().filter((value) => value !== null),
        items: fc.oneof(fc.array(fc.anything()), fc.anything()),
        rowId: plain,
        time: fc.anything(),
        quantity: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anything, (interaction) => {
        let records: LogRecord[] = [];
        try {
          records = recordsOf(interaction);
        } catch (error) {
          expect(error).toMatchObject({ code: 'EVENT_INVALID' });
          return;
        }
        expect(records.length).toBeGreaterThan(0);
        for (const { itemId, time, quantity } of records) {
          expect(itemId.length > 0 && itemId.length <= 200).toBe(true);
          expect(Number.isFinite(time)).toBe(true);
          if (quantity !== undefined) expect(quantity).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('items of an interaction', () => {
  it('takes every type of the list', () => {
    for (const type of TYPES) expect(recordsOf({ type, itemId: 'a' })[0]!.type).toBe(type);
  });

  it('takes an id, a list of ids, or items as GA4 and as we spell them', () => {
    const items = ['a', { item_id: 'b' }, { itemId: 'c' }, { id: 'd' }, { item_id: 5 }];
    expect(ids({ type: 'purchase', items })).toEqual(['a', 'b', 'c', 'd', '5']);
    expect(ids({ type: 'purchase', itemId: 'z', items })).toEqual(['z', 'a', 'b', 'c', 'd', '5']);
  });

  it('prefers GA4’s spelling where several are given', () => {
    expect(idOfEntry({ id: 'ours', item_id: 'ga4', itemId: 'mine' })).toBe('ga4');
    expect(idOfEntry({ id: 'ours', itemId: 'mine' })).toBe('mine');
  });

  it('trims ids and keeps their case', () => {
    expect(idOfEntry('  SKU-1\n')).toBe('SKU-1');
    expect(idOfEntry('x'.repeat(200))).toBe('x'.repeat(200));
  });

  it('makes one record of an item that is named twice', () => {
    expect(ids({ type: 'purchase', itemId: 'a', items: ['a', ' a ', { id: 'a' }, 'b'] })).toEqual([
      'a',
      'b',
    ]);
  });

  it('keeps the good items of a list with bad ones', () => {
    expect(ids({ type: 'purchase', items: [null, 'a', {}, { item_id: '' }, 7, 'b'] })).toEqual([
      'a',
      'b',
    ]);
  });

  it('keeps the first 200 entries of a list', () => {
    const items = Array.from({ length: 500 }, (_, i) => `i${i}`);
    expect(ids({ type: 'view_item_list', items })).toEqual(items.slice(0, 200));
  });

  it.each(['__proto__', 'constructor', 'toString', '<img src=x>', '🥾', '../x'])(
    'takes %j as an id like any other',
    (itemId) => {
      expect(ids({ type: 'view_item', itemId })).toEqual([itemId]);
      expect(
        ids(JSON.parse(`{"type":"view_item","items":[{"id":${JSON.stringify(itemId)}}]}`)),
      ).toEqual([itemId]);
    },
  );

  it('gives every record an id of its own, which begins with that of the call', () => {
    const records = recordsOf({ type: 'purchase', items: ['a', 'b', 'c'] });
    expect(records.map(({ eventId }) => eventId)).toEqual(['id-1.0', 'id-1.1', 'id-1.2']);
    expect(recordsOf({ type: 'view_item', itemId: 'a' })[0]?.eventId).toBe('id-1');
  });
});

describe('time and quantity', () => {
  it('takes the shop’s time, and the page’s clock without one', () => {
    expect(recordsOf({ type: 'view_item', itemId: 'a', time: 5 })[0]!.time).toBe(5);
    for (const time of [undefined, Number.NaN, Infinity, '5', null]) {
      expect(recordsOf({ type: 'view_item', itemId: 'a', time })[0]!.time).toBe(NOW);
    }
  });

  it('keeps a quantity that is one', () => {
    expect(recordsOf({ type: 'purchase', itemId: 'a', quantity: 3 })[0]!.quantity).toBe(3);
    for (const quantity of [0, -1, Number.NaN, Infinity, 1e6, '3', null, undefined]) {
      const [record] = recordsOf({ type: 'purchase', itemId: 'a', quantity });
      expect(record).not.toHaveProperty('quantity');
    }
  });
});

describe('places', () => {
  const places = {
    a: { rowId: 'tech', segmentId: 'tech' },
    b: { rowId: 'explore', segmentId: 'gardeners', propensity: 0.2 },
    c: { rowId: 'server' },
  };

  it('notes where an item stood, with segment and propensity', () => {
    const [a, b, c, d] = recordsOf({ type: 'view_item_list', items: ['a', 'b', 'c', 'd'] }, places);
    expect(a).toMatchObject({ rowId: 'tech', segmentId: 'tech' });
    expect(a).not.toHaveProperty('propensity');
    expect(b).toMatchObject({ rowId: 'explore', segmentId: 'gardeners', propensity: 0.2 });
    expect(c).toMatchObject({ rowId: 'server' });
    expect(c).not.toHaveProperty('segmentId');
    expect(d).not.toHaveProperty('rowId');
  });

  it('believes the shop about the row, and then credits only its own segment', () => {
    const same = recordsOf({ type: 'select_item', itemId: 'b', rowId: 'explore' }, places);
    expect(same[0]).toMatchObject({ rowId: 'explore', segmentId: 'gardeners', propensity: 0.2 });
    const other = recordsOf({ type: 'select_item', itemId: 'b', rowId: 'search' }, places);
    expect(other[0]).toMatchObject({ rowId: 'search' });
    expect(other[0]).not.toHaveProperty('segmentId');
    expect(other[0]).not.toHaveProperty('propensity');
  });

  it('cuts a row id that is too long', () => {
    const [record] = recordsOf({ type: 'view_item', itemId: 'x', rowId: 'r'.repeat(900) });
    expect(record!.rowId).toHaveLength(200);
  });

  it('copies nothing else of what the shop reports', () => {
    const [record] = recordsOf({ type: 'view_item', itemId: 'x', email: 'a@b.c', eventId: 'mine' });
    expect(Object.keys(record!).sort()).toEqual(['eventId', 'itemId', 'time', 'type']);
    expect(record!.eventId).toBe('id-1');
  });
});
