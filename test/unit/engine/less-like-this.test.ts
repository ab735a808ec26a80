import { describe, expect, it } from 'vitest';
import type { Feed, RankedItem } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { MINUTE, NOW, openTab, type Tab } from './fixtures.ts';

const LATER = NOW + 10 * MINUTE;
const rerank = ({ engine }: Tab, request = {}): Promise<Feed> =>
  engine.rerank(ITEMS, request, LATER);
const placed = (feed: Feed): RankedItem[] =>
  feed.rows.filter(({ kind }) => kind !== 'server').flatMap(({ items }) => items);
const partOf = ({ scoreParts }: RankedItem): number =>
  scoreParts.find(({ name }) => name === 'unwanted')?.value ?? 0;

async function visited(): Promise<Tab> {
  const tab = await openTab();
  await tab.track('view_item', ...headphones(0, 1, 2, 3, 4), 'plants-0', 'plants-1');
  return tab;
}

describe('less like this', () => {
  it('takes the item out of the rows, and says of its like that it counts against them', async () => {
    const tab = await visited();
    const before = placed(await rerank(tab));
    const first = before.find(({ itemId }) => itemId.startsWith('headphones'));
    await tab.track('less_like_this', first!.itemId);
    const after = placed(await rerank(tab));
    expect(after.map(({ itemId }) => itemId)).not.toContain(first!.itemId);
    const near = after.filter(({ itemId }) => itemId.startsWith('headphones'));
    const far = after.filter(({ itemId }) => itemId.startsWith('plants'));
    expect(near.some((item) => partOf(item) < 0)).toBe(true);
    expect(far.length).toBeGreaterThan(0);
    expect(far.every((item) => partOf(item) === 0)).toBe(true);
    for (const { score, scoreParts } of after) {
      expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    }
  });

  it('said often enough ends a row, and is taken back by undoing', async () => {
    const tab = await visited();
    const count = async (): Promise<number> =>
      placed(await rerank(tab)).filter(({ itemId }) => itemId.startsWith('headphones')).length;
    const before = await count();
    await tab.track('less_like_this', ...headphones(0, 1, 2, 3, 4));
    expect(await count()).toBeLessThan(before);
    for (let call = 0; call < 5; call++) await tab.engine.undo();
    expect(await count()).toBe(before);
  });

  it('holds for lists, and for items that are no candidates any more', async () => {
    const tab = await visited();
    await rerank(tab);
    await tab.track('less_like_this', 'headphones-7');
    const rest = ITEMS.filter(({ id }) => id !== 'headphones-7');
    const feed = await tab.engine.rerank(rest, { layout: 'list' }, LATER);
    const like = placed(feed).filter(({ itemId }) => itemId.startsWith('headphones'));
    expect(like.some((item) => partOf(item) < 0)).toBe(true);
  });
});
