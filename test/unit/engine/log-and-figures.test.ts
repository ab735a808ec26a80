/** What the log says of places in rows, and what `stats` says. */
import { describe, expect, it } from 'vitest';
import { ITEMS } from '../feed/kinds.ts';
import { idsOf, memory, openTab } from './fixtures.ts';
import { FIVE, LATER, rerank, visited } from './small-shop.ts';

describe('places in the log', () => {
  it('are noted with row, segment and propensity', async () => {
    const tab = await openTab({ exploration: 1 });
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab);
    const [explored] = feed.rows[0]!.items;
    await tab.engine.track({ type: 'select_item', itemId: explored!.itemId }, LATER);
    const record = (await tab.engine.exportProfile()).log.at(-1)!;
    expect(record).toMatchObject({ rowId: 'explore', propensity: explored!.explored!.propensity });
    expect(explored!.why).toContain('Something new');
    expect(record.segmentId).toBeTruthy();
    expect(idsOf(feed)).toContain(record.itemId);
  });

  it('are those of the last feed only', async () => {
    const tab = await visited();
    await rerank(tab);
    await tab.engine.rerank(ITEMS.slice(60), {}, LATER);
    await tab.track('select_item', 'not-shown');
    expect((await tab.engine.exportProfile()).log.at(-1)).not.toHaveProperty('rowId');
  });
});

describe('figures', () => {
  it('tell device, storage, counts and timings', async () => {
    const tab = await visited();
    expect(await (await openTab({}, { disk: memory() })).engine.stats()).toMatchObject({
      device: 'none',
      feeds: 0,
      candidates: 0,
      events: 0,
    });
    await rerank(tab);
    const stats = await tab.engine.stats();
    expect(stats).toMatchObject({
      device: 'js',
      devicesLeft: [],
      events: 8,
      feeds: 2,
      candidates: 60,
      tensors: 0,
    });
    expect(stats.storage.bytes).toBeGreaterThan(100);
    expect(Object.keys(stats.timings)).toContain('total');
  });
});
