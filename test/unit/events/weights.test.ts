import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decay,
  FATIGUE_HALF_LIFE_MS,
  INTERACTION_WEIGHTS,
  LONG_TERM_HALF_LIFE_MS,
  SESSION_HALF_LIFE_MS,
} from '../../../src/events/weights.ts';
import { DAY, NOW } from './fixtures.ts';

describe('interaction weights', () => {
  it('say more the more an interaction costs the visitor', () => {
    const w = INTERACTION_WEIGHTS;
    expect(w.view_item_list).toBe(0);
    expect(w.view_item).toBe(1);
    const rising = [w.select_item, w.view_item, w.add_to_wishlist, w.add_to_cart, w.purchase];
    expect([...rising].sort((a, b) => a - b)).toEqual(rising);
    expect(new Set(rising).size).toBe(rising.length);
  });

  it('take back part of a cart, so that the interest in it remains', () => {
    const { add_to_cart: put, remove_from_cart: taken } = INTERACTION_WEIGHTS;
    expect(taken).toBeLessThan(0);
    expect(put + taken).toBeGreaterThan(0);
  });

  it('forget sessions before seen items, and those before tastes', () => {
    expect(SESSION_HALF_LIFE_MS).toBeLessThan(FATIGUE_HALF_LIFE_MS);
    expect(FATIGUE_HALF_LIFE_MS).toBeLessThan(LONG_TERM_HALF_LIFE_MS);
  });
});

describe('decay', () => {
  it('is 1 now, a half after a half-life, a quarter after two', () => {
    expect(decay(0, SESSION_HALF_LIFE_MS)).toBe(1);
    expect(decay(SESSION_HALF_LIFE_MS, SESSION_HALF_LIFE_MS)).toBe(0.5);
    expect(decay(2 * SESSION_HALF_LIFE_MS, SESSION_HALF_LIFE_MS)).toBe(0.25);
    expect(decay(LONG_TERM_HALF_LIFE_MS, LONG_TERM_HALF_LIFE_MS)).toBe(0.5);
  });

  it('takes an event from the future as new: the clock was set back', () => {
    expect(decay(-1, SESSION_HALF_LIFE_MS)).toBe(1);
    expect(decay(-400 * DAY, LONG_TERM_HALF_LIFE_MS)).toBe(1);
  });

  it('takes an event of the year 1970 as old, not as nothing', () => {
    expect(decay(NOW, LONG_TERM_HALF_LIFE_MS)).toBe(decay(400 * DAY, LONG_TERM_HALF_LIFE_MS));
    expect(decay(NOW, LONG_TERM_HALF_LIFE_MS)).toBeGreaterThan(0);
  });

  it.each([Number.NaN, Infinity, -Infinity])('takes an age of %d as the oldest', (age) => {
    expect(decay(age, LONG_TERM_HALF_LIFE_MS)).toBe(decay(NOW, LONG_TERM_HALF_LIFE_MS));
  });

  it('is at least 0, at most 1, and never rises with age', () => {
    const age = fc.double({ noNaN: true });
    const halfLife = fc.constantFrom(SESSION_HALF_LIFE_MS, LONG_TERM_HALF_LIFE_MS);
    fc.assert(
      fc.property(age, age, halfLife, (a, b, half) => {
        const [young, old] = [decay(Math.min(a, b), half), decay(Math.max(a, b), half)];
        expect(old).toBeGreaterThanOrEqual(0);
        expect(young).toBeLessThanOrEqual(1);
        if (Number.isFinite(a) && Number.isFinite(b)) expect(old).toBeLessThanOrEqual(young);
      }),
    );
  });
});
