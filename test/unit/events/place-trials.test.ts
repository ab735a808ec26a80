import { describe, expect, it } from 'vitest';
import { placeTrialsOf } from '../../../src/events/place-trials.ts';
import { ROWS_HALF_LIFE_MS } from '../../../src/events/posteriors.ts';
import { NOW, record } from './fixtures.ts';

const NONE = { shown: 0, chosen: 0 };
const HOUR_MS = 3_600_000;

describe('placeTrialsOf', () => {
  it('tells places of exploration and of the server’s order from the others', () => {
    const log = [
      record('view_item_list', 'a', { rowId: 'explore-2', propensity: 0.2 }),
      record('view_item', 'a', { rowId: 'explore-2', propensity: 0.2 }),
      record('view_item_list', 'b', { rowId: 'server-2' }),
      record('view_item_list', 'c', { rowId: 's' }),
    ];
    const once = { shown: 1, chosen: 0 };
    const both = { shown: 1, chosen: 1 };
    expect(placeTrialsOf(log, NOW)).toEqual(
      new Map([
        ['a', { all: both, explored: both, server: NONE, lastChosen: NOW }],
        ['b', { all: once, explored: NONE, server: once, lastChosen: -Infinity }],
        ['c', { all: once, explored: NONE, server: NONE, lastChosen: -Infinity }],
      ]),
    );
  });

  it('counts an item chosen once in a visit, and what was in no place not at all', () => {
    const row = { rowId: 's' };
    const log = [
      record('select_item', 'a', row),
      record('view_item', 'a', row),
      record('purchase', 'a', row),
      record('view_item', 'b'),
      record('less_like_this', 'c', row),
    ];
    const trials = placeTrialsOf(log, NOW);
    expect([...trials.keys()]).toEqual(['a']);
    expect(trials.get('a')?.all).toEqual({ shown: 0, chosen: 1 });
    const later = [...log, record('view_item', 'a', { ...row, time: NOW + HOUR_MS })];
    expect(placeTrialsOf(later, NOW).get('a')?.all.chosen).toBe(2);
  });

  it('forgets half in four days', () => {
    const log = [record('view_item', 'c', { rowId: 's' })];
    expect(placeTrialsOf(log, NOW + ROWS_HALF_LIFE_MS).get('c')?.all.chosen).toBeCloseTo(0.5, 12);
  });
});
