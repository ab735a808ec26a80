import { describe, expect, it } from 'vitest';
import { lastRowsOf } from '../../../src/events/last-rows.ts';
import { settledTime } from '../../../src/events/settled-time.ts';
import { DAY, NOW, record } from './fixtures.ts';

const seen = (...rows: readonly string[]): ReturnType<typeof record>[] =>
  rows.flatMap((rowId) => ['a', 'b'].map((id) => record('view_item_list', id, { rowId })));

describe('the rows that were seen last', () => {
  it('are those of the last page, from the first', () => {
    expect(lastRowsOf([...seen('x', 'y', 'z'), ...seen('y', 'x')])).toEqual(['y', 'x']);
    expect(lastRowsOf(seen('x', 'y', 'z'))).toEqual(['x', 'y', 'z']);
  });

  it('are none where no row was seen', () => {
    expect(lastRowsOf([])).toEqual([]);
    expect(lastRowsOf([record('view_item', 'a', { rowId: 'x' })])).toEqual([]);
    expect(lastRowsOf([record('view_item_list', 'a')])).toEqual([]);
  });

  it('are not changed by what the visitor does between them', () => {
    const log = [...seen('x'), record('select_item', 'a', { rowId: 'q' }), ...seen('y')];
    expect(lastRowsOf(log)).toEqual(['x', 'y']);
  });
});

describe('the time that interest is measured at', () => {
  it('is that of the last sign of interest, whatever was shown since', () => {
    const log = [record('view_item', 'a', { time: NOW - DAY }), ...seen('x')];
    expect(settledTime(log, NOW)).toBe(NOW - DAY);
  });

  it('is never in the future, and now where there is no sign', () => {
    expect(settledTime([record('view_item', 'a', { time: NOW + DAY })], NOW)).toBe(NOW);
    expect(settledTime(seen('x'), NOW)).toBe(NOW);
    expect(settledTime([], NOW)).toBe(NOW);
  });
});
