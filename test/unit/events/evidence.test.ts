import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../src/events/evidence.ts';
import {
  decay,
  INTERACTION_WEIGHTS,
  LONG_TERM_HALF_LIFE_MS,
  SESSION_HALF_LIFE_MS,
} from '../../../src/events/weights.ts';
import { anyLog, DAY, MINUTE, NOW, record } from './fixtures.ts';

const W = INTERACTION_WEIGHTS;

describe('evidenceOf', () => {
  it('finds nothing in an empty log', () => {
    expect(evidenceOf([], NOW)).toEqual([]);
  });

  it('sums up an item’s interactions with their weights', () => {
    const log = [
      record('select_item', 'a'),
      record('view_item', 'a', { time: NOW - MINUTE }),
      record('add_to_cart', 'a'),
    ];
    const [a] = evidenceOf(log, NOW);
    const later = W.select_item + W.add_to_cart;
    expect(a).toMatchObject({ itemId: 'a', interactions: 3, lastTime: NOW });
    expect(a!.session).toBeCloseTo(later + W.view_item * decay(MINUTE, SESSION_HALF_LIFE_MS), 12);
    expect(a!.longTerm).toBeCloseTo(
      later + W.view_item * decay(MINUTE, LONG_TERM_HALF_LIFE_MS),
      12,
    );
  });

  it('passes over what was only shown', () => {
    expect(evidenceOf([record('view_item_list', 'a'), record('view_item_list', 'a')], NOW)).toEqual(
      [],
    );
  });

  it('weakens an item that is taken out of the cart, without forgetting it', () => {
    const kept = evidenceOf([record('view_item', 'a'), record('add_to_cart', 'a')], NOW);
    const log = [
      record('view_item', 'a'),
      record('add_to_cart', 'a'),
      record('remove_from_cart', 'a'),
    ];
    const [a] = evidenceOf(log, NOW);
    expect(a!.longTerm).toBeCloseTo(kept[0]!.longTerm + W.remove_from_cart, 12);
    expect(a!.interactions).toBe(2);
  });

  it('drops an item that speaks against itself in the end', () => {
    expect(evidenceOf([record('remove_from_cart', 'a')], NOW)).toEqual([]);
    expect(evidenceOf([record('view_item', 'a'), record('remove_from_cart', 'a')], NOW)).toEqual(
      [],
    );
  });

  it('never lets the session speak against an item that the long term speaks for', () => {
    const log = [
      record('purchase', 'a', { time: NOW - 2 * DAY }),
      record('remove_from_cart', 'a', { time: NOW }),
    ];
    const [a] = evidenceOf(log, NOW);
    expect(a!.session).toBe(0);
    expect(a!.longTerm).toBeGreaterThan(0);
  });

  it('puts the strongest first and ties in the order of their ids', () => {
    const log = [
      record('view_item', 'b'),
      record('view_item', 'a'),
      record('purchase', 'z'),
      record('view_item', 'old', { time: NOW - DAY }),
    ];
    expect(evidenceOf(log, NOW).map(({ itemId }) => itemId)).toEqual(['z', 'a', 'b', 'old']);
  });

  it('keeps the 400 strongest items', () => {
    const weak = Array.from({ length: 450 }, (_, i) => record('select_item', `w${i}`));
    const strong = Array.from({ length: 100 }, (_, i) => record('purchase', `s${i}`));
    const evidence = evidenceOf([...weak, ...strong], NOW);
    expect(evidence).toHaveLength(400);
    expect(evidence.filter(({ itemId }) => itemId.startsWith('s'))).toHaveLength(100);
  });

  it('survives a clock that was set back, and times that are no numbers', () => {
    const future = record('view_item', 'a', { time: NOW + 30 * DAY });
    const broken = record('view_item', 'b', { time: Number.NaN });
    const evidence = evidenceOf([future, broken], NOW);
    expect(evidence.find(({ itemId }) => itemId === 'a')).toMatchObject({
      session: 1,
      longTerm: 1,
    });
    expect(evidence.every(({ session, longTerm }) => Number.isFinite(session + longTerm))).toBe(
      true,
    );
  });

  it('is in range, sorted and without doubles for any log', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const evidence = evidenceOf(log, NOW);
        expect(new Set(evidence.map(({ itemId }) => itemId)).size).toBe(evidence.length);
        for (const [i, entry] of evidence.entries()) {
          expect(entry.longTerm).toBeGreaterThan(0);
          expect(entry.session).toBeGreaterThanOrEqual(0);
          expect(entry.longTerm).toBeLessThanOrEqual(evidence[i - 1]?.longTerm ?? Infinity);
          expect(log.some(({ itemId }) => itemId === entry.itemId)).toBe(true);
        }
      }),
    );
  });

  it('says the same whatever order the log is read in', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const round = (list: ReturnType<typeof evidenceOf>): unknown =>
          list
            .map((entry) => ({
              ...entry,
              session: entry.session.toFixed(9),
              longTerm: entry.longTerm.toFixed(9),
            }))
            .sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
        // An item at exactly 0 may fall on either side by a rounding step.
        const clear = (entries: ReturnType<typeof evidenceOf>): typeof entries =>
          entries.filter(({ longTerm }) => longTerm > 1e-9);
        expect(round(clear(evidenceOf(log.toReversed(), NOW)))).toEqual(
          round(clear(evidenceOf(log, NOW))),
        );
      }),
    );
  });

  it('rises with each further look and falls with time', () => {
    fc.assert(
      fc.property(anyLog, fc.integer({ min: 0, max: DAY }), (log, wait) => {
        const of = (entries: ReturnType<typeof evidenceOf>): number =>
          entries.find(({ itemId }) => itemId === 'a')?.longTerm ?? 0;
        const before = of(evidenceOf(log, NOW));
        expect(of(evidenceOf([...log, record('view_item', 'a')], NOW))).toBeGreaterThanOrEqual(
          before,
        );
        const positive = log.filter(({ type, time }) => W[type] >= 0 && time <= NOW);
        const now = of(evidenceOf(positive, NOW));
        expect(of(evidenceOf(positive, NOW + wait))).toBeLessThanOrEqual(now + 1e-12);
      }),
    );
  });
});
