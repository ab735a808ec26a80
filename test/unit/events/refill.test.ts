import { describe, expect, it } from 'vitest';
import { heldBackItems } from '../../../src/events/held-back.ts';
import { isConsumable, REFILL_MS, refillTime } from '../../../src/events/refill.ts';
import { DAY, HOUR, NOW, record } from './fixtures.ts';

const of = (...categoryPath: readonly string[]): boolean => isConsumable({ id: 'a', categoryPath });

describe('what is used up', () => {
  it.each([
    ['Groceries'],
    ['grocery', 'Green Tea'],
    ['Beauty', 'skin-care'],
    ['Office', 'Ink & Toner'],
    ['pets', 'Cat_litter', 'Treats'],
    ['Wines'],
    ['floral', 'seeds'],
  ])('is told by the name of a category: %s %s', (...path) => {
    expect(of(...path)).toBe(true);
  });

  it.each([
    ['furniture', 'Coffee tables'],
    ['Kitchen', 'Wine glasses'],
    ['electronics', 'Vacuum cleaners'],
    ['apparel', 'jackets'],
    [''],
  ])('is not told by a word that stands before another one: %s %s', (...path) => {
    expect(of(...path)).toBe(false);
  });

  it('is whatever the shop’s tags say', () => {
    expect(isConsumable({ id: 'a', tags: ['Consumable'] })).toBe(true);
    expect(isConsumable({ id: 'a', tags: ['durable'], categoryPath: ['coffee'] })).toBe(false);
    expect(isConsumable({ id: 'a' })).toBe(false);
  });
});

describe('what was bought', () => {
  it('never comes back when it lasts', () => {
    expect(refillTime([NOW], false)).toBe(Infinity);
  });

  it('comes back after a month when it is used up', () => {
    expect(refillTime([NOW], true)).toBe(NOW + REFILL_MS);
  });

  it('comes back at the visitor’s own pace once there is one, whatever it is', () => {
    const times = [0, 14, 28, 90].map((day) => NOW + day * DAY);
    expect(refillTime(times, false)).toBe(NOW + (90 + 14) * DAY);
    expect(refillTime(times, true)).toBe(NOW + (90 + 14) * DAY);
  });

  it('was bought once when it was bought twice on one day', () => {
    expect(refillTime([NOW, NOW + HOUR], false)).toBe(Infinity);
  });

  it('is held back until then, and again after the next purchase', () => {
    const isCoffee = (itemId: string): boolean => itemId === 'coffee';
    const log = [record('purchase', 'coffee'), record('purchase', 'kettle')];
    const heldAt = (time: number, more = log): string[] =>
      [...heldBackItems(more, time, isCoffee)].toSorted();
    expect(heldAt(NOW + 29 * DAY)).toEqual(['coffee', 'kettle']);
    expect(heldAt(NOW + 30 * DAY)).toEqual(['kettle']);
    const again = [...log, record('purchase', 'coffee', { time: NOW + 40 * DAY })];
    expect(heldAt(NOW + 79 * DAY, again)).toEqual(['coffee', 'kettle']);
    expect(heldAt(NOW + 80 * DAY, again)).toEqual(['kettle']);
  });

  it('lies in the cart no more', () => {
    const log = [record('add_to_cart', 'coffee'), record('purchase', 'coffee')];
    expect(heldBackItems(log, NOW + 31 * DAY, () => true).size).toBe(0);
    const more = [...log, record('add_to_cart', 'coffee')];
    expect(heldBackItems(more, NOW + 31 * DAY, () => true).size).toBe(1);
  });
});
