import { describe, expect, it } from 'vitest';
import type { MerchandisingRule } from '../../../src/core/rules.ts';
import { ITEMS } from '../feed/kinds.ts';
import { idsOf, NOW, openTab } from './fixtures.ts';

const RULES: readonly MerchandisingRule[] = [
  { id: 'no-books', type: 'exclude', match: { category: 'books' }, until: NOW + 10 },
  { id: 'gifts', type: 'pin', title: 'Gifts', match: { ids: ['necklace-1', 'necklace-2'] } },
];

describe('rules of an instance', () => {
  it('hold for every feed, before anything is known of the visitor and after', async () => {
    const tab = await openTab({ rules: RULES });
    for (const personalized of [false, true]) {
      const feed = await tab.engine.rerank(ITEMS, {}, NOW);
      expect(feed).toMatchObject({ personalized, warnings: [] });
      expect(feed.rows[0]).toMatchObject({ id: 'pinned:gifts', title: 'Gifts', kind: 'pinned' });
      expect(idsOf(feed).filter((id) => id.startsWith('stories'))).toEqual([]);
      await tab.track('view_item', 'plants-1', 'plants-2', 'plants-3');
    }
  });

  it('end at their time, on the page’s clock', async () => {
    const { engine } = await openTab({ rules: RULES });
    const feed = await engine.rerank(ITEMS, {}, NOW + 10);
    expect(idsOf(feed).some((id) => id.startsWith('stories'))).toBe(true);
  });

  it('that are wrong are told with every feed, one by one, and the others hold', async () => {
    const wrong = [{ id: 'x', type: 'bost', match: { brand: 'A' } }, 5] as never[];
    const { engine } = await openTab({ rules: [...wrong, ...RULES] });
    const { rows, warnings } = await engine.rerank(ITEMS, {}, NOW);
    expect(rows[0]!.id).toBe('pinned:gifts');
    expect(warnings).toEqual([
      {
        code: 'OPTION_INVALID',
        count: 1,
        first: expect.stringMatching(
          /^rules\[0\] “x”: type: got "bost", expected one of pin,/,
        ) as string,
      },
      { code: 'OPTION_INVALID', count: 1, first: 'rules[1]: got 5, expected an object.' },
    ]);
  });

  it('are part of the row that an interaction is logged with', async () => {
    const { engine } = await openTab({ rules: RULES });
    await engine.rerank(ITEMS, {}, NOW);
    await engine.track({ type: 'select_item', itemId: 'necklace-1' }, NOW);
    const { log } = await engine.exportProfile();
    expect(log.at(-1)).toMatchObject({ itemId: 'necklace-1', rowId: 'pinned:gifts' });
  });
});
