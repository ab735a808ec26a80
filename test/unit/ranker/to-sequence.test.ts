import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSequence } from '../../../src/ranker/to-sequence.ts';

describe('toSequence', () => {
  it('orders by time and counts distinct times as steps', () => {
    const { items, step, time } = toSequence([
      { row: 7, time: 30 },
      { row: 5, time: 10 },
      { row: 6, time: 10 },
    ]);
    expect([...items]).toEqual([5, 6, 7]);
    expect([...step]).toEqual([0, 0, 1]);
    expect([...time]).toEqual([10, 10, 30]);
  });

  it('takes a click, a look and a purchase of one item for one choice', () => {
    const { items, step } = toSequence([
      { row: 1, time: 1, type: 'select_item' },
      { row: 1, time: 2, type: 'view_item' },
      { row: 1, time: 3, type: 'add_to_cart' },
      { row: 2, time: 4, type: 'view_item' },
    ]);
    expect([...items]).toEqual([1, 2]);
    expect([...step]).toEqual([0, 1]);
  });

  it('takes two looks at one item for two', () => {
    const look = { row: 1, type: 'view_item' };
    expect([...toSequence([1, 2].map((time) => ({ ...look, time }))).items]).toEqual([1, 1]);
    expect([...toSequence([1, 2].map((time) => ({ row: 1, time }))).items]).toEqual([1, 1]);
  });

  it('leaves out lists that were seen and items that were put back', () => {
    const events = ['view_item_list', 'remove_from_cart', 'view_item'];
    const { items } = toSequence(events.map((type, time) => ({ row: time, time, type })));
    expect([...items]).toEqual([2]);
  });

  it('keeps page and position, NaN where unknown', () => {
    const { page, position } = toSequence([
      { row: 1, time: 1, page: 2, position: 3 },
      { row: 2, time: 2 },
    ]);
    expect([...page]).toEqual([2, Number.NaN]);
    expect([...position]).toEqual([3, Number.NaN]);
  });

  it('gives arrays of one length with ascending steps from 0', () => {
    const event = fc.record({
      row: fc.nat(5),
      time: fc.nat(9),
      type: fc.constantFrom('view_item', 'purchase', 'view_item_list', undefined),
    });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { items, step, time, page, position } = toSequence(events);
        const { length } = items;
        expect([step, time, page, position].map((list) => list.length)).toEqual(
          Array(4).fill(length),
        );
        for (let i = 1; i < length; i++) {
          const isLater = (time[i] as number) > (time[i - 1] as number);
          expect((step[i] as number) - (step[i - 1] as number)).toBe(isLater ? 1 : 0);
        }
        expect(step[0] ?? 0).toBe(0);
      }),
    );
  });
});
