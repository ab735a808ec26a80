import { describe, expect, it } from 'vitest';
import { impressionsOf } from '../../../src/events/impressions.ts';
import { NOW, record } from './fixtures.ts';

describe('impressionsOf', () => {
  it('counts what was shown, not what was chosen, however long ago', () => {
    const log = [
      record('view_item_list', 'a'),
      record('view_item_list', 'a', { time: NOW - 300 * 86_400_000 }),
      record('view_item', 'b'),
      record('view_item_list', '__proto__'),
    ];
    expect([...impressionsOf(log)]).toEqual([
      ['a', 2],
      ['__proto__', 1],
    ]);
  });
});
