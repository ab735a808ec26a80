import { expect, test } from 'vitest';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { unwantedItems } from '../../../src/events/unwanted.ts';
import { LONG_TERM_HALF_LIFE_MS } from '../../../src/events/weights.ts';

const record = (type: InteractionType, itemId: string, time = 0): LogRecord => ({
  eventId: `${type}-${itemId}-${time}`,
  type,
  itemId,
  time,
});

test('remembers what the visitor wants less of, and lets it fade', () => {
  const log = [
    record('less_like_this', 'a'),
    record('less_like_this', 'b', LONG_TERM_HALF_LIFE_MS),
  ];
  const unwanted = unwantedItems(log, LONG_TERM_HALF_LIFE_MS);
  expect([...unwanted]).toEqual([
    ['a', 0.5],
    ['b', 1],
  ]);
});

test('ends when the visitor turns to the item after all, and begins again when asked', () => {
  const log = [record('less_like_this', 'a'), record('view_item', 'a')];
  expect(unwantedItems(log, 0).size).toBe(0);
  expect(unwantedItems([...log, record('less_like_this', 'a')], 0).size).toBe(1);
});

test('is not ended by being shown, and not begun by taking out of the cart', () => {
  const log = [record('less_like_this', 'a'), record('view_item_list', 'a')];
  expect(unwantedItems(log, 0).has('a')).toBe(true);
  expect(unwantedItems([record('remove_from_cart', 'a')], 0).size).toBe(0);
});

test('keeps the newest twelve', () => {
  const log = Array.from({ length: 20 }, (_, n) => record('less_like_this', `${n}`, n));
  const kept = unwantedItems(log, 20);
  expect([...kept.keys()]).toEqual(Array.from({ length: 12 }, (_, n) => `${n + 8}`));
});
