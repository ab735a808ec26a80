import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../src/core/types.ts';
import { fatigueOf } from '../../../src/events/fatigue.ts';
import { MOST_VISITS, showingsOf, VISIT_GAP_MS } from '../../../src/events/resting.ts';
import { anyLog, DAY, HOUR, MINUTE, NOW, record } from './fixtures.ts';

const shownAt = (...times: readonly number[]): LogRecord[] =>
  times.map((time) => record('view_item_list', 'a', { time }));
const daily = (days: number): number[] =>
  Array.from({ length: days }, (_, day) => NOW - (days - day) * DAY);
const rests = (log: readonly LogRecord[], now = NOW): boolean =>
  showingsOf(log, now).resting.has('a');

describe('an item that is shown and never chosen', () => {
  it('rests after six visits, and not before', () => {
    expect(rests(shownAt(...daily(MOST_VISITS - 1)))).toBe(false);
    expect(rests(shownAt(...daily(MOST_VISITS)))).toBe(true);
  });

  it('comes back when these visits are not among the last twenty any more', () => {
    const shown = shownAt(...daily(MOST_VISITS));
    const later = (visits: number): LogRecord[] =>
      Array.from({ length: visits }, (_, n) => record('view_item', 'b', { time: NOW + n * DAY }));
    const at = (visits: number): boolean => rests([...shown, ...later(visits)], NOW + visits * DAY);
    expect(at(13)).toBe(true);
    expect(at(14)).toBe(false);
  });

  it('does not rest once it is chosen', () => {
    const log = shownAt(...daily(MOST_VISITS + 3));
    expect(rests([...log, record('select_item', 'a')])).toBe(false);
    expect(rests([...log, record('remove_from_cart', 'a')])).toBe(true);
  });

  it('counts a visit once, however many of its pages showed it', () => {
    const often = daily(3).flatMap((time) => [time, time + MINUTE, time + 2 * MINUTE]);
    expect(showingsOf(shownAt(...often), NOW).visits.get('a')).toBe(3);
  });

  it('tells visits apart by half an hour of silence', () => {
    const count = (gap: number): number | undefined =>
      showingsOf(shownAt(NOW - gap, NOW), NOW).visits.get('a');
    expect(count(VISIT_GAP_MS)).toBe(1);
    expect(count(VISIT_GAP_MS + 1)).toBe(2);
  });

  it('stays for the rest of the visit that shows it for the sixth time', () => {
    const log = [...shownAt(...daily(MOST_VISITS - 1)), record('view_item_list', 'a')];
    expect(rests(log, NOW + MINUTE)).toBe(false);
    expect(rests(log, NOW + HOUR)).toBe(true);
  });

  it('rests half a day when it was shown four times on one visit', () => {
    const log = shownAt(NOW, NOW, NOW, NOW);
    expect(rests(log.slice(1))).toBe(false);
    expect(rests(log)).toBe(true);
    expect(rests(log, NOW + 11 * HOUR)).toBe(true);
    expect(rests(log, NOW + 13 * HOUR)).toBe(false);
  });

  it('is forgotten after half a year', () => {
    const log = shownAt(...daily(MOST_VISITS));
    expect(showingsOf(log, NOW + 181 * DAY).visits.size).toBe(0);
  });

  it('tires a little from visit to visit, days apart', () => {
    const levels = [1, 2, 3, 6].map((days) => {
      const log = shownAt(...daily(days));
      return fatigueOf(log, NOW, showingsOf(log, NOW).visits).get('a');
    });
    expect(levels).toEqual([1 / 6, 2 / 6, 3 / 6, 1]);
  });
});

describe('any log', () => {
  it('gives counts from 1 to 20, and rest only to what was shown', () => {
    fc.assert(
      fc.property(anyLog, (log) => {
        const { visits, resting } = showingsOf(log, NOW);
        for (const count of visits.values()) {
          expect(count).toBeGreaterThanOrEqual(1);
          expect(count).toBeLessThanOrEqual(20);
        }
        for (const id of resting) {
          expect(log.some((r) => r.itemId === id && r.type === 'view_item_list')).toBe(true);
        }
      }),
    );
  });
});
