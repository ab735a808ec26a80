/** What no visitor can have done is left out (FAULTS I1). */
import { describe, expect, it } from 'vitest';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { FloodGauge, withoutFlood } from '../../../src/events/flood.ts';

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

describe('a gauge of floods', () => {
  it('says nothing of ten in a minute, and one word of more', () => {
    const gauge = new FloodGauge();
    const said = many(1_000, (n) => gauge.count(1, NOW + n * 50)).filter((count) => count > 0);
    expect(said).toEqual([11]);
  });

  it('speaks again in each minute of a flood that goes on, and counts each minute anew', () => {
    const gauge = new FloodGauge();
    const said = many(180, (n) => gauge.count(1, NOW + n * 1_000)).filter((count) => count > 0);
    expect(said).toEqual([11, 11, 11]);
    expect(many(60, (n) => gauge.count(1, NOW + (n + 4) * 6_000_000))).toEqual(many(60, () => 0));
  });

  it('tells of all of a large piece, and of none where nothing was left out', () => {
    const gauge = new FloodGauge();
    expect([gauge.count(0, NOW), gauge.count(500, NOW), gauge.count(500, NOW)]).toEqual([
      0, 500, 0,
    ]);
  });

  it('begins a new minute when the clock is put back', () => {
    const gauge = new FloodGauge();
    expect([gauge.count(20, NOW), gauge.count(20, NOW - 3_600_000)]).toEqual([20, 20]);
  });
});
