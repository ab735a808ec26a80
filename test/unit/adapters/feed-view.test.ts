import { describe, expect, it } from 'vitest';
import { isSameList, rankView, serverView } from '../../../src/client/feed-view.ts';
import type { Feed, RankedItem, Vitrine } from '../../../src/core/types.ts';

const ITEMS = ['a', 'b', 'c'].map((id) => ({ id, title: id.toUpperCase() }));

const ranked = (itemId: string): RankedItem => ({
  itemId,
  rank: 1,
  score: 1,
  scoreParts: [],
  memberships: [],
  why: `why ${itemId}`,
});

/** An instance whose feed has one row. */
function instance(personalized: boolean, ids: readonly string[]): Pick<Vitrine, 'rerank'> {
  const row = { id: 'r', title: 'R', kind: 'inferred', why: 'w', items: ids.map(ranked) } as const;
  const feed = { personalized, rows: [row], reason: 'PERSONALIZED' } as unknown as Feed;
  return { rerank: async () => feed };
}

describe('what a framework draws', () => {
  it('has the candidate beside what was said of it, and leaves out what the page does not know', async () => {
    const view = await rankView(instance(true, ['c', 'x', 'a']), ITEMS, {});
    expect(view.isPersonalized).toBe(true);
    expect(view.rows[0]?.items.map(({ item, why }) => [item['title'], why])).toEqual([
      ['C', 'why c'],
      ['A', 'why a'],
    ]);
  });

  it('is the server’s order, row for row, where the feed is not personalised', async () => {
    const view = await rankView(instance(false, ['c']), ITEMS, { rowSize: 2 });
    expect(view.rows).toEqual(serverView(ITEMS, { rowSize: 2 }).rows);
    expect([view.isPersonalized, view.feed?.rows.length]).toEqual([false, 1]);
  });

  it('is the server’s order where ranking fails', async () => {
    const broken = { rerank: () => Promise.reject(new Error('disposed')) };
    const view = await rankView(broken, ITEMS, {});
    expect(view).toEqual(serverView(ITEMS, {}));
  });

  it('tells lists that say the same from others', () => {
    const copy = structuredClone(ITEMS);
    expect(isSameList(ITEMS, copy)).toBe(true);
    expect(isSameList(ITEMS, copy.toReversed())).toBe(false);
    expect(isSameList(ITEMS, [...copy.slice(1), { id: 'a', title: 'New' }])).toBe(false);
    expect(isSameList('/a.json', '/a.json')).toBe(true);
    expect(isSameList('/a.json', '/b.json')).toBe(false);
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(isSameList(circle, { ...circle })).toBe(false);
  });
});
