/** What no visitor can have done is left out (FAULTS I1). */
import { describe, expect, it } from 'vitest';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { withoutFlood } from '../../../src/events/flood.ts';

const NOW = 1_800_000_000_000;
let ids = 0;

const at = (time: number, itemId: string, type: InteractionType = 'view_item'): LogRecord => ({
  eventId: `event-${++ids}`,
  time,
  type,
  itemId,
});

/** A log that records are offered to one by one. */
function logOf(records: readonly LogRecord[]): LogRecord[] {
  const log: LogRecord[] = [];
  for (const record of records) log.push(...withoutFlood(log, [record]));
  return log;
}

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('a flood', () => {
  it('of clicks on one item leaves one for every ten seconds', () => {
    const log = logOf(many(10_000, (n) => at(NOW + n * 10, 'loop')));
    expect(log.map(({ time }) => time - NOW)).toEqual(many(10, (n) => n * 10_000));
  });

  it('over many items leaves thirty a minute', () => {
    const log = logOf(many(12_000, (n) => at(NOW + n * 10, `item-${n}`)));
    expect(log).toHaveLength(60);
  });

  it('of one type leaves room for another', () => {
    const views = logOf(many(100, (n) => at(NOW, `item-${n}`)));
    expect(withoutFlood(views, [at(NOW, 'item-0', 'add_to_cart')])).toHaveLength(1);
  });
});

describe('a visitor', () => {
  it('may put the same thing into the cart again and again', () => {
    expect(logOf(many(5, (n) => at(NOW + n, 'tin', 'add_to_cart')))).toHaveLength(5);
  });

  it('may buy a hundred things at once, and see rows one after the other', () => {
    const order = many(100, (n) => at(NOW, `item-${n}`, 'purchase'));
    expect(withoutFlood([], order)).toEqual(order);
    const rows = many(6, (row) => many(12, (n) => at(NOW + row, `${row}-${n}`, 'view_item_list')));
    const log: LogRecord[] = [];
    for (const row of rows) log.push(...withoutFlood(log, row));
    expect(log).toHaveLength(72);
  });

  it('whose history is told later keeps it, by the time of each event', () => {
    const history = many(500, (n) => at(NOW - n * 10_000, `item-${n % 50}`));
    expect(logOf(history)).toEqual(history);
  });
});
