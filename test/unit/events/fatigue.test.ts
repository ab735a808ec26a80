import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fatigueOf } from '../../../src/events/fatigue.ts';
import { heldBackItems } from '../../../src/events/held-back.ts';
import { FATIGUE_HALF_LIFE_MS, INTERACTION_WEIGHTS } from '../../../src/events/weights.ts';
import { anyLog, NOW, record } from './fixtures.ts';

const shown = (times: number, itemId = 'a'): ReturnType<typeof record>[] =>
  Array.from({ length: times }, () => record('view_item_list', itemId));

describe('fatigueOf', () => {
  it('grows with each impression up to 1', () => {
    const levels = [1, 2, 3, 4, 5, 50].map(
      (times) => fatigueOf(shown(times), NOW).get('a') as number,
    );
    expect(levels[0]).toBeGreaterThan(0);
    for (let i = 1; i < 4; i++) expect(levels[i]).toBeGreaterThan(levels[i - 1] as number);
    expect(levels.slice(3)).toEqual([1, 1, 1]);
  });

  it('recovers by half in a half-life', () => {
    const fresh = fatigueOf(shown(2), NOW).get('a') as number;
    expect(fatigueOf(shown(2), NOW + FATIGUE_HALF_LIFE_MS).get('a')).toBeCloseTo(fresh / 2, 12);
  });

  it('ends when the item is chosen, and begins anew after that', () => {
    expect(fatigueOf([...shown(3), record('select_item', 'a')], NOW).has('a')).toBe(false);
    const again = [...shown(3), record('view_item', 'a'), ...shown(1)];
    expect(fatigueOf(again, NOW).get('a')).toBe(fatigueOf(shown(1), NOW).get('a'));
  });

  it('does not end when an item leaves the cart', () => {
    const log = [...shown(2), record('remove_from_cart', 'a')];
    expect(fatigueOf(log, NOW).get('a')).toBe(fatigueOf(shown(2), NOW).get('a'));
  });

  it('keeps items apart, odd ids included', () => {
    const log = [...shown(1, '__proto__'), ...shown(2, 'constructor'), record('view_item', 'x')];
    const fatigue = fatigueOf(log, NOW);
    expect([...fatigue.keys()]).toEqual(['__proto__', 'constructor']);
    expect(fatigue.get('constructor')).toBeGreaterThan(fatigue.get('__proto__') as number);
  });

  it('has no entry for an impression of the year 1970: it is all recovered', () => {
    // decay() underflows to 0, which is not in (0, 1].
    expect([...fatigueOf([record('view_item_list', 'a', { time: 0 })], NOW)]).toEqual([]);
  });

  it('is in [0, 1] and only of items that were shown, for any log', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        for (const [itemId, value] of fatigueOf(log, NOW)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          expect(log.some((r) => r.itemId === itemId && r.type === 'view_item_list')).toBe(true);
          expect(
            log.findLast((r) => r.itemId === itemId && INTERACTION_WEIGHTS[r.type] >= 0)?.type,
          ).toBe('view_item_list');
        }
      }),
    );
  });
});

describe('heldBackItems', () => {
  it('holds back what lies in the cart, until it is taken out', () => {
    const put = [record('add_to_cart', 'a')];
    expect([...heldBackItems(put)]).toEqual(['a']);
    expect([...heldBackItems([...put, record('remove_from_cart', 'a')])]).toEqual([]);
    expect([...heldBackItems([...put, record('remove_from_cart', 'a'), ...put])]).toEqual(['a']);
  });

  it('holds back what was bought, whatever the cart says after', () => {
    const bought = [record('purchase', 'a'), record('remove_from_cart', 'a')];
    expect([...heldBackItems(bought)]).toEqual(['a']);
    expect([...heldBackItems([record('add_to_cart', 'a'), ...bought])]).toEqual(['a']);
  });

  it('shows again what was only looked at, listed or wished for', () => {
    const log = (['view_item', 'select_item', 'view_item_list', 'add_to_wishlist'] as const).map(
      (type) => record(type, 'a'),
    );
    expect(heldBackItems(log).size).toBe(0);
  });

  it('goes by the order of the log, not by clocks that may differ between tabs', () => {
    const log = [
      record('add_to_cart', 'a', { time: NOW }),
      record('remove_from_cart', 'a', { time: NOW - 60_000 }),
    ];
    expect(heldBackItems(log).size).toBe(0);
  });

  it('ignores the removal of something that was never in the cart', () => {
    expect(heldBackItems([record('remove_from_cart', 'a')]).size).toBe(0);
  });

  it('counts pieces: what is left in the cart is still in the cart', () => {
    const put = record('add_to_cart', 'a', { quantity: 3 });
    const one = record('remove_from_cart', 'a');
    expect([...heldBackItems([put, one])]).toEqual(['a']);
    expect([...heldBackItems([put, one, one, one])]).toEqual([]);
    expect([...heldBackItems([put, record('remove_from_cart', 'a', { quantity: 9 })])]).toEqual([]);
  });

  it('does not owe pieces that were taken out before they were put in', () => {
    const out = record('remove_from_cart', 'a', { quantity: 5 });
    expect([...heldBackItems([out, record('add_to_cart', 'a')])]).toEqual(['a']);
  });

  it('holds all that was bought, and nothing that never was in the cart, for any log', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const held = heldBackItems(log);
        for (const itemId of new Set(log.map((r) => r.itemId))) {
          const types = log.filter((r) => r.itemId === itemId).map(({ type }) => type);
          const cart = types.filter(
            (type) => type === 'add_to_cart' || type === 'remove_from_cart',
          );
          if (types.includes('purchase') || cart.at(-1) === 'add_to_cart') {
            expect(held.has(itemId)).toBe(true);
          } else if (!types.includes('add_to_cart')) {
            expect(held.has(itemId)).toBe(false);
          }
        }
      }),
    );
  });
});
