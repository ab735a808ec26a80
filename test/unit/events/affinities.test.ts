import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item, LogRecord } from '../../../src/core/types.ts';
import { affinitiesOf, type Affinities } from '../../../src/events/affinities.ts';
import { anyLog, DAY, NOW, record } from './fixtures.ts';

const ITEMS: ReadonlyMap<string, Item> = new Map(
  [
    { id: 'a', categoryPath: ['shoes', 'boots'], brand: 'Aero', price: 100 },
    { id: 'b', categoryPath: ['shoes', 'boots'], brand: 'Berg', price: 200 },
    { id: 'c', categoryPath: ['tents'], brand: 'Aero', price: 300 },
    { id: 'd', categoryPath: [], price: 400 },
    { id: '__proto__', categoryPath: ['__proto__'], brand: '__proto__', price: 1 },
  ].map((item) => [item.id, item]),
);

const affinities = (log: readonly LogRecord[], now = NOW): Affinities =>
  affinitiesOf(log, (id) => ITEMS.get(id), now);

describe('affinitiesOf', () => {
  it('finds nothing in an empty log, nor in one of impressions or unknown items', () => {
    const nothing = { categories: [], brands: [], price: null };
    expect(affinities([])).toEqual(nothing);
    expect(affinities([record('view_item_list', 'a')])).toEqual(nothing);
    expect(affinities([record('purchase', 'gone')])).toEqual(nothing);
  });

  it('gives shares of the evidence', () => {
    const { categories, brands } = affinities([
      record('view_item', 'a'),
      record('view_item', 'b'),
      record('view_item', 'c'),
      record('view_item', 'c'),
    ]);
    expect(categories).toEqual([
      { name: 'shoes › boots', affinity: 0.5 },
      { name: 'tents', affinity: 0.5 },
    ]);
    expect(brands).toEqual([
      { name: 'Aero', affinity: 0.75 },
      { name: 'Berg', affinity: 0.25 },
    ]);
  });

  it('leaves out what the visitor turned away from', () => {
    const log = [
      record('view_item', 'a'),
      record('view_item', 'c'),
      record('remove_from_cart', 'c'),
    ];
    expect(affinities(log).categories.map(({ name }) => name)).toEqual(['shoes › boots']);
  });

  it('lists at most twenty names', () => {
    const many = Array.from({ length: 30 }, (_, i) => record('view_item', `x${i}`));
    const { brands, categories } = affinitiesOf(
      many,
      (id) => ({ id, brand: `Brand ${id}`, categoryPath: [id] }),
      NOW,
    );
    expect(brands).toHaveLength(20);
    expect(categories).toHaveLength(20);
  });

  it('prefers what is recent', () => {
    const log = [
      record('view_item', 'b', { time: NOW - 60 * DAY }),
      record('view_item', 'c', { time: NOW }),
    ];
    expect(affinities(log).brands[0]!.name).toBe('Aero');
  });

  it('gives price quartiles from three priced interactions on', () => {
    const views = (...ids: string[]): LogRecord[] => ids.map((id) => record('view_item', id));
    expect(affinities(views('a', 'b')).price).toBeNull();
    expect(affinities(views('a', 'b', 'c')).price).toEqual({ low: 100, median: 200, high: 300 });
    expect(affinities(views('d', 'c', 'b', 'a')).price).toEqual({
      low: 100,
      median: 200,
      high: 300,
    });
  });

  it('weighs prices by the interaction, and ignores prices that were turned away from', () => {
    const heavy = [record('purchase', 'd'), record('view_item', 'a'), record('view_item', 'b')];
    expect(affinities(heavy).price).toEqual({ low: 200, median: 400, high: 400 });
    const turned = [...heavy, record('remove_from_cart', 'a')];
    expect(affinities(turned).price).toEqual(affinities(heavy).price);
  });

  it('names the currency of the latest priced item, where one is given', () => {
    const priced = (id: string): Item => ({
      id,
      price: 5,
      ...(id === 'none' ? {} : { currency: id }),
    });
    const currencyOf = (...ids: readonly string[]): string | undefined =>
      affinitiesOf(
        ids.map((id) => record('view_item', id)),
        priced,
        NOW,
      ).price?.currency;
    expect(currencyOf('EUR', 'USD', 'none')).toBe('USD');
    expect(currencyOf('none', 'none', 'none')).toBeUndefined();
  });

  it('does not confuse names with fields of objects', () => {
    const { brands, categories } = affinities([record('view_item', '__proto__')]);
    expect(brands).toEqual([{ name: '__proto__', affinity: 1 }]);
    expect(categories).toEqual([{ name: '__proto__', affinity: 1 }]);
  });

  it('is in (0, 1], sorted, with quartiles in order, for any log', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { categories, brands, price } = affinities(log);
        for (const list of [categories, brands]) {
          for (const [i, { affinity }] of list.entries()) {
            expect(affinity).toBeGreaterThan(0);
            expect(affinity).toBeLessThanOrEqual(list[i - 1]?.affinity ?? 1);
          }
        }
        if (price) {
          expect(price.low).toBeLessThanOrEqual(price.median);
          expect(price.median).toBeLessThanOrEqual(price.high);
        }
      }),
    );
  });
});
