import { describe, expect, it } from 'vitest';
import type { InteractionType, LogRecord } from '../../../src/core/types.ts';
import { choicesOf, shownWith } from '../../../src/learn/choices.ts';

const MINUTE = 60_000;

/** A log of `type item row` lines, a minute apart. */
function logOf(...lines: readonly string[]): LogRecord[] {
  return lines.map((line, n) => {
    const [type, itemId, rowId] = line.split(' ');
    return {
      eventId: `e${n}`,
      time: n * MINUTE,
      type: type as InteractionType,
      itemId: itemId as string,
      ...(rowId === undefined ? {} : { rowId }),
    };
  });
}

const shownWithFirst = (log: readonly LogRecord[]): string[] =>
  choicesOf(log)
    .slice(0, 1)
    .flatMap((choice) => shownWith(log, choice));
const itemsOf = (log: readonly LogRecord[]): string[] => choicesOf(log).map(({ itemId }) => itemId);

describe('choices of a log', () => {
  it('are what was selected, looked at, put in the cart or bought', () => {
    const log = logOf('select_item a', 'view_item b', 'add_to_cart c', 'purchase d');
    expect(itemsOf(log)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are not what was only shown, nor what was put back', () => {
    expect(itemsOf(logOf('view_item_list a', 'remove_from_cart b'))).toEqual([]);
  });

  it('count the way from a click to a purchase as one, by its strongest step', () => {
    const [choice, ...more] = choicesOf(logOf('select_item a', 'view_item a', 'purchase a'));
    expect(more).toEqual([]);
    expect(choice).toMatchObject({ itemId: 'a', at: 0, weight: 2 });
  });

  it('count looking at the same item twice as two', () => {
    expect(itemsOf(logOf('view_item a', 'view_item a'))).toEqual(['a', 'a']);
  });

  it('know what was shown in the same row', () => {
    const log = logOf(
      'view_item_list a top',
      'view_item_list b top',
      'view_item_list c other',
      'select_item a top',
    );
    expect(shownWithFirst(log)).toEqual(['b']);
  });

  it('know what was shown anywhere when no row is named', () => {
    const log = logOf('view_item_list b top', 'view_item_list c other', 'view_item a');
    expect(shownWithFirst(log).toSorted()).toEqual(['b', 'c']);
  });

  it('forget what was shown more than half an hour before', () => {
    const shown = logOf('view_item_list b');
    const later = { ...(logOf('view_item a')[0] as LogRecord), time: 31 * MINUTE };
    expect(shownWithFirst([...shown, later])).toEqual([]);
  });
});
