import { describe, expect, it } from 'vitest';
import { evenly } from '../../../src/cli/evenly.ts';

describe('an even sample', () => {
  it('is the list itself where that is short enough', () => {
    const list = ['a', 'b'];
    expect(evenly(list, 2)).toBe(list);
    expect(evenly([], 3)).toEqual([]);
  });

  it('begins with the first and leaves gaps that differ by one at most', () => {
    const all = Array.from({ length: 1_000 }, (_, i) => i);
    for (const most of [1, 7, 333, 999]) {
      const some = evenly(all, most);
      expect(some).toHaveLength(most);
      expect(some[0]).toBe(0);
      const gaps = some.map((at, k) => (some[k + 1] ?? all.length) - at);
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }
  });
});
