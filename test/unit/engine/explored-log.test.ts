import { describe, expect, it } from 'vitest';
import type { RankedItem } from '../../../src/core/types.ts';
import { ITEMS } from '../feed/kinds.ts';
import { NOW, openTab } from './fixtures.ts';

describe.each(['thompson', 'epsilon'] as const)('exploration by %s', (policy) => {
  it('is logged with row, segment and propensity of each place', async () => {
    const tab = await openTab({ exploration: { share: 0.3, policy } });
    await tab.track('view_item', 'headphones-0', 'headphones-1', 'headphones-2', 'headphones-3');
    const feed = await tab.engine.rerank(ITEMS, {}, NOW);
    const row = feed.rows.find(({ kind }) => kind === 'explore')!;
    const items = row.items.map(({ itemId }) => itemId);
    await tab.engine.track({ type: 'view_item_list', rowId: row.id, items }, NOW);
    const { log } = await tab.engine.exportProfile();
    const shown = log.filter(({ type }) => type === 'view_item_list');
    expect(shown.map(({ itemId, propensity, rowId }) => ({ itemId, propensity, rowId }))).toEqual(
      row.items.map(({ itemId, explored }: RankedItem) => ({
        itemId,
        propensity: explored!.propensity,
        rowId: row.id,
      })),
    );
    expect(shown.every(({ segmentId }) => segmentId !== undefined)).toBe(true);
  });
});

describe('exploration', () => {
  it('by greedy shows nothing that nothing speaks for', async () => {
    const tab = await openTab({ exploration: { share: 0.3, policy: 'greedy' } });
    await tab.track('view_item', 'headphones-0', 'headphones-1', 'headphones-2', 'headphones-3');
    const feed = await tab.engine.rerank(ITEMS, {}, NOW);
    expect(feed.personalized).toBe(true);
    expect(feed.rows.some(({ kind }) => kind === 'explore')).toBe(false);
  });

  it('begins with the first visit where the shop wants that', async () => {
    const tab = await openTab({ exploration: { whenCold: true } });
    const feed = await tab.engine.rerank(ITEMS, {}, NOW);
    expect(feed.reason).toBe('COLD_START');
    expect(feed.rows[0]!.kind).toBe('explore');
  });
});
