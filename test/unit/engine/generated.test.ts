/** Generated segments from the page's side: asked for, kept, shown, forgotten. */
import { describe, expect, it } from 'vitest';
import type { Feed, Item } from '../../../src/core/types.ts';
import { MINUTE, NOW, openTab, type Tab } from './fixtures.ts';
import { learnLinearModel } from '../../../src/segments/generate/linear-model.ts';
import { shopOf } from './generated-shop.ts';

const SHOP = shopOf();
const LATER = NOW + 30 * MINUTE;
const rerank = ({ engine }: Tab, items: readonly Item[] = SHOP): Promise<Feed> =>
  engine.rerank(items, {}, LATER);

describe('segments.generate', () => {
  it('makes a segment that the next feed knows, follows and blocks', async () => {
    const tab = await openTab();
    await rerank(tab);
    const made = await tab.engine.generate({ seedId: 'gardeners', temperature: 0.6 }, NOW);
    expect(made).toMatchObject({ origin: 'generated', seedId: 'gardeners', version: 1 });
    expect(made.support).toBeGreaterThanOrEqual(20);
    expect(made.vector).toHaveLength(128);
    expect(Object.keys(made.describes).length).toBeGreaterThan(0);
    await tab.engine.setSegment(made.id, 'followed');
    const [first] = (await rerank(tab)).rows;
    expect(first).toMatchObject({ kind: 'followed', segmentId: made.id, title: made.name });
    await tab.engine.setSegment(made.id, 'blocked');
    const { rows } = await rerank(tab);
    expect(rows.map(({ segmentId }) => segmentId)).not.toContain(made.id);
  });

  it('gives the same segment for the same profile seed', async () => {
    const names = [];
    for (let i = 0; i < 2; i++) {
      const tab = await openTab();
      await rerank(tab);
      const made = await tab.engine.generate({ seedId: 'home-cooks', temperature: 0.5 }, NOW);
      names.push(JSON.stringify(made));
    }
    expect(names[0]).toBe(names[1]);
  });

  it('lists the new segment at once, with vector and members', async () => {
    const tab = await openTab();
    await rerank(tab);
    const made = await tab.engine.generate({ seedId: 'gardeners' }, NOW);
    const listed = (await tab.engine.listSegments(NOW)).find(({ id }) => id === made.id);
    expect(listed).toMatchObject({ name: made.name, support: made.support });
    expect(listed?.vector).toEqual(made.vector);
    expect(listed).not.toHaveProperty('evidence');
  });

  it.each([
    ['more ceramic', (text: string) => text.includes('ceramic')],
    ['less plants', (text: string) => !text.includes('plants')],
  ])('goes toward “%s” when asked to', async (toward, isWanted) => {
    const tab = await openTab();
    await rerank(tab);
    const textOf = new Map(
      SHOP.map((item) => [item.id, `${item.description} ${item.categoryPath?.join(' ')}`]),
    );
    const shareOf = (rows: Feed['rows']): number => {
      const ids = rows[0]!.items.map(({ itemId }) => itemId);
      return ids.filter((itemId) => isWanted(textOf.get(itemId)!)).length / ids.length;
    };
    await tab.engine.setSegment('gardeners', 'followed');
    const before = shareOf((await rerank(tab)).rows);
    await tab.engine.setSegment('gardeners', 'unfollowed');
    const request = { seedId: 'gardeners', temperature: 0.4, toward };
    const made = await tab.engine.generate(request, NOW);
    await tab.engine.setSegment(made.id, 'followed');
    const after = shareOf((await rerank(tab)).rows);
    expect(after).toBeGreaterThanOrEqual(before);
    expect(after).toBeGreaterThan(0.7);
  });

  it.each([
    ['an unknown seed', { seedId: 'nobody' }, 'SEGMENT_UNKNOWN'],
    ['a temperature of 2', { seedId: 'gardeners', temperature: 2 }, 'OPTION_INVALID'],
    ['a word of no candidate', { seedId: 'gardeners', toward: 'more zyzzyva' }, 'OPTION_INVALID'],
    ['an empty direction', { seedId: 'gardeners', toward: ' ' }, 'OPTION_INVALID'],
    ['a sensitive direction', { seedId: 'gardeners', toward: 'more muslim' }, 'SEGMENT_REFUSED'],
    ['a seed without items here', { seedId: 'pet-owners' }, 'SEGMENT_REFUSED'],
  ])('rejects %s', async (_, request, code) => {
    const tab = await openTab();
    await rerank(tab);
    await expect(tab.engine.generate(request, NOW)).rejects.toMatchObject({ code });
    expect((await tab.engine.exportProfile()).settings.generated).toBeUndefined();
  });

  it('says which guard refused', async () => {
    const tab = await openTab();
    await rerank(tab);
    const asked = tab.engine.generate({ seedId: 'gardeners', toward: 'erotic' }, NOW);
    await expect(asked).rejects.toThrow(/sensitive: toward speaks of sexuality/u);
  });

  it('rejects before the first feed', async () => {
    const tab = await openTab();
    const asked = tab.engine.generate({ seedId: 'gardeners' }, NOW);
    await expect(asked).rejects.toMatchObject({ code: 'ITEM_UNKNOWN' });
  });

  it('uses the autoencoder when it could be trained, and its rival when not', async () => {
    const failing = await openTab(
      {},
      { trainSegments: () => Promise.reject(new Error('no wasm')) },
    );
    await rerank(failing);
    const made = await failing.engine.generate({ seedId: 'gardeners' }, NOW);
    expect(made.generator).toBe('linear');
    let trainings = 0;
    const working = await openTab(
      {},
      {
        trainSegments: async (samples) => {
          trainings++;
          return { ...learnLinearModel(samples, 8), kind: 'vae' };
        },
      },
    );
    await rerank(working);
    expect(trainings).toBe(0);
    expect((await working.engine.generate({ seedId: 'gardeners' }, NOW)).generator).toBe('vae');
    await working.engine.generate({ seedId: 'home-cooks' }, NOW);
    expect(trainings).toBe(1);
  });
});

describe('segments.fromItems', () => {
  const camping = SHOP.filter(({ id }) => id.startsWith('lantern')).map(({ id }) => id);

  it('makes a segment that those items belong to', async () => {
    const tab = await openTab();
    await rerank(tab);
    const made = await tab.engine.fromItems(camping.slice(0, 8), NOW);
    expect(made).toMatchObject({ origin: 'visitor' });
    expect(made.name.toLowerCase()).toContain('lantern');
    await tab.engine.setSegment(made.id, 'followed');
    const [row] = (await rerank(tab)).rows;
    expect(row!.items.every(({ itemId }) => itemId.startsWith('lantern'))).toBe(true);
  });

  it.each([
    ['one item', camping.slice(0, 1), 'OPTION_INVALID'],
    ['an item that is not here', [...camping.slice(0, 3), 'ghost'], 'ITEM_UNKNOWN'],
    ['what is no list', 'lantern-1' as unknown as string[], 'OPTION_INVALID'],
  ])('rejects %s', async (_, ids, code) => {
    const tab = await openTab();
    await rerank(tab);
    await expect(tab.engine.fromItems(ids, NOW)).rejects.toMatchObject({ code });
  });
});

describe('a generated segment', () => {
  it('is there after a reload, encoded anew for another list', async () => {
    const tab = await openTab();
    await rerank(tab);
    const { id } = await tab.engine.generate({ seedId: 'gardeners' }, NOW);
    const again = await openTab({}, { disk: tab.disk });
    await rerank(
      again,
      SHOP.filter((_, i) => i % 3 !== 0),
    );
    const listed = (await again.engine.listSegments(NOW)).find((segment) => segment.id === id);
    expect(listed?.vector.some((value) => value !== 0)).toBe(true);
  });

  it('goes with the profile', async () => {
    const tab = await openTab();
    await rerank(tab);
    const { id } = await tab.engine.generate({ seedId: 'gardeners' }, NOW);
    await tab.engine.erase();
    expect((await tab.engine.listSegments(NOW)).map((segment) => segment.id)).not.toContain(id);
    expect((await tab.disk.load()).settings).toBeNull();
  });

  it('is exported with the settings, in words only', async () => {
    const tab = await openTab();
    await rerank(tab);
    await tab.engine.generate({ seedId: 'gardeners' }, NOW);
    const [kept] = (await tab.engine.exportProfile()).settings.generated!;
    expect(kept).not.toHaveProperty('vector');
    expect(kept).toMatchObject({ state: 'born', isAutomatic: false, born: NOW });
  });

  it('is forgotten by its id', async () => {
    const tab = await openTab();
    await rerank(tab);
    const { id } = await tab.engine.generate({ seedId: 'gardeners' }, NOW);
    await tab.engine.forget({ segmentId: id }, NOW);
    expect((await tab.engine.exportProfile()).settings.generated).toEqual([]);
  });

  it('is one of at most 24, the oldest that is not followed makes room', async () => {
    const tab = await openTab();
    await rerank(tab);
    const { engine } = tab;
    const first = await engine.generate({ seedId: 'gardeners' }, NOW);
    await engine.setSegment(first.id, 'followed');
    const kept = (await engine.exportProfile()).settings.generated![0]!;
    const many = Array.from({ length: 23 }, (_, i) => ({ ...kept, id: `g-${i}`, name: `G ${i}` }));
    await tab.disk.saveSettings({
      seed: 42,
      followed: [first.id],
      blocked: [],
      generated: [kept, ...many],
    });
    void engine.hear('changed');
    const made = await engine.fromItems(
      SHOP.filter(({ id }) => id.startsWith('lantern'))
        .slice(0, 8)
        .map(({ id }) => id),
      NOW,
    );
    const ids = (await engine.exportProfile()).settings.generated!.map(({ id }) => id);
    expect(ids).toHaveLength(24);
    expect(ids).toContain(first.id);
    expect(ids).toContain(made.id);
    expect(ids).not.toContain('g-0');
  });
});
