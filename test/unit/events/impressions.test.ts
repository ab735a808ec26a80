import { describe, expect, it } from 'vitest';
import { TRIAL_HALF_LIFE_MS, trialsOf } from '../../../src/events/impressions.ts';
import { NOW, record } from './fixtures.ts';

describe('trialsOf', () => {
  it('counts what was shown and what was chosen, faded', () => {
    const log = [
      record('view_item_list', 'a'),
      record('view_item_list', 'a', { time: NOW - TRIAL_HALF_LIFE_MS }),
      record('view_item', 'b'),
      record('view_item_list', '__proto__'),
    ];
    expect([...trialsOf(log, NOW)]).toEqual([
      ['a', { shown: 1.5, engaged: 0 }],
      ['b', { shown: 0, engaged: 1 }],
      ['__proto__', { shown: 1, engaged: 0 }],
    ]);
  });

  it('knows nothing of what was neither shown nor chosen', () => {
    expect(trialsOf([record('remove_from_cart', 'a')], NOW).size).toBe(0);
  });
});
