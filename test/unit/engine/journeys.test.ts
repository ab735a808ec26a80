import { describe, expect, it } from 'vitest';
import type { Feed, Item } from '../../../src/core/types.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { DAY, idsOf, MINUTE, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const LATER = NOW + 10 * MINUTE;
const rerank = ({ engine }: Tab, request = {}, now = LATER): Promise<Feed> =>
  engine.rerank(ITEMS, request, now);
const FIVE = headphones(0, 1, 2, 3, 4);

describe('a visitor', () => {
  it('who is new sees the server’s order', async () => {
    const feed = await rerank(await openTab());
    expect(feed).toMatchObject({ personalized: false, reason: 'COLD_START', device: 'js' });
    expect(feed.order).toEqual(ITEMS.map(({ id }) => id));
  });

  it('who looked once sees the server’s order still', async () => {
    const tab = await openTab();
    await tab.track('view_item', 'headphones-0');
    expect(await rerank(tab)).toMatchObject({ personalized: false, reason: 'LOW_CONFIDENCE' });
  });

  it('who looked at five of a kind sees a row of that kind first', async () => {
    const tab = await openTab();
    await rerank(tab);
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab);
    expect(feed).toMatchObject({ personalized: true, reason: 'PERSONALIZED' });
    const [first] = feed.rows;
    expect(first!.items.every(({ itemId }) => itemId.startsWith('headphones'))).toBe(true);
    expect(first!.title).toBe('More in Headphones');
  });

  it('is known again after a reload', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    const before = await rerank(tab);
    const again = await openTab({}, { disk: tab.disk });
    expect(shownOf(await rerank(again))).toBe(shownOf(before));
    expect((await again.engine.profile(LATER)).events).toBe(5);
  });

  it('is forgotten with the page when consent is not known', async () => {
    const tab = await openTab({ consent: 'unknown' });
    await tab.track('view_item', ...FIVE);
    expect((await rerank(tab)).personalized).toBe(true);
    expect((await tab.disk.load()).log).toEqual([]);
    const again = await openTab({ consent: 'unknown' }, { disk: tab.disk });
    expect((await rerank(again)).reason).toBe('COLD_START');
  });

  it('who comes back after half a year of other things is not held to the old ones', async () => {
    const tab = await openTab();
    for (const itemId of FIVE) {
      await tab.engine.track({ type: 'view_item', itemId, time: NOW - 170 * DAY }, NOW);
    }
    expect((await rerank(tab)).reason).toBe('LOW_CONFIDENCE');
    await tab.track('view_item', ...Array.from({ length: 4 }, (_, n) => `plants-${n}`));
    const [first] = (await rerank(tab)).rows;
    expect(first!.items.every(({ itemId }) => itemId.startsWith('plants'))).toBe(true);
  });

  it('who buys is not shown what was bought', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    await tab.engine.track(
      { type: 'purchase', items: ['headphones-0', { item_id: 'headphones-5' }] },
      NOW,
    );
    const ids = idsOf(await rerank(tab, { rowSize: 24 }));
    expect(ids).not.toContain('headphones-0');
    expect(ids).not.toContain('headphones-5');
  });

  it('may look at things that are not among the candidates, when the shop describes them', async () => {
    const tab = await openTab();
    const items = Array.from({ length: 4 }, (_, n) => {
      const { id: _id, ...rest } = ITEMS[n * 5]!;
      return { ...rest, item_id: `elsewhere-${n}` };
    });
    for (const item of items) await tab.engine.track({ type: 'view_item', items: [item] }, NOW);
    const feed = await rerank(tab);
    expect(feed.rows[0]!.items.every(({ itemId }) => itemId.startsWith('headphones'))).toBe(true);
    const { recent } = await tab.engine.profile(LATER);
    expect(recent[0]).toMatchObject({ itemId: 'elsewhere-3', title: items[3]!.title });
  });

  it('is asked nothing and told nothing about the candidates of other pages', async () => {
    const tab = await openTab();
    await rerank(tab);
    await tab.track('view_item', ...FIVE);
    const others = ITEMS.filter(({ id }) => !id.startsWith('headphones'));
    const feed = await tab.engine.rerank(others, {}, LATER);
    expect(feed.order.toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  });
});

describe('options', () => {
  it('holdout keeps the server’s order for its share of visitors, each for good', async () => {
    const reasons = new Map<string, number>();
    for (let seed = 0; seed < 40; seed++) {
      const tab = await openTab({ holdout: 0.5, seed });
      await tab.track('view_item', ...FIVE);
      const small = ITEMS.slice(0, 40);
      const first = await tab.engine.rerank(small, {}, LATER);
      const second = await tab.engine.rerank(small, {}, LATER);
      expect(second.reason).toBe(first.reason);
      reasons.set(first.reason, (reasons.get(first.reason) ?? 0) + 1);
    }
    expect(reasons.get('HOLDOUT')).toBeGreaterThan(8);
    expect(reasons.get('HOLDOUT')).toBeLessThan(32);
    const all = await openTab({ holdout: 1 });
    await all.track('view_item', ...FIVE);
    expect((await rerank(all)).reason).toBe('HOLDOUT');
  });

  it('influence 0 keeps the server’s order', async () => {
    const tab = await openTab({ influence: 0 });
    await tab.track('view_item', ...FIVE);
    expect(await rerank(tab)).toMatchObject({ reason: 'INFLUENCE_ZERO', personalized: false });
  });

  it('seed and packId come with the feed', async () => {
    const drawn = await rerank(await openTab());
    expect(drawn.seed).toBe(42);
    expect((await rerank(await openTab({ seed: 7 }))).seed).toBe(7);
    expect(drawn.packId).toMatch(/^builtin-[0-9a-f]{16}$/);
    const own = await openTab({ segments: [{ name: 'Own', keywords: ['x'] }] });
    expect((await rerank(own)).packId).not.toBe(drawn.packId);
  });

  it('maxCandidates leaves the rest in the server’s order, at the end', async () => {
    const tab = await openTab({ maxCandidates: 100 });
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab);
    expect(feed.personalized).toBe(true);
    expect(feed.order).toHaveLength(120);
    expect(feed.order.slice(100)).toEqual(ITEMS.slice(100).map(({ id }) => id));
    expect(feed.warnings).toContainEqual({
      code: 'CANDIDATES_TOO_MANY',
      count: 20,
      first: ITEMS[100]!.id,
    });
    await expect(tab.engine.explain(ITEMS[110]!.id)).rejects.toMatchObject({
      code: 'ITEM_UNKNOWN',
    });
  });

  it('rows, rowSize and the page’s own item shape the feed', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    const feed = await rerank(tab, { rows: 3, rowSize: 5, contextItemId: 'headphones-7' });
    expect(feed.rows.length).toBeLessThanOrEqual(3);
    for (const { items } of feed.rows) expect(items.length).toBeLessThanOrEqual(5);
    expect(idsOf(feed)).not.toContain('headphones-7');
  });
});

describe('candidates', () => {
  it('may be none: the feed says so', async () => {
    const tab = await openTab();
    const feed = await tab.engine.rerank([], {}, LATER);
    expect(feed).toMatchObject({
      rows: [],
      order: [],
      reason: 'CANDIDATES_EMPTY',
      device: 'none',
      personalized: false,
    });
    expect(feed.warnings.map(({ code }) => code)).toEqual(['CANDIDATES_EMPTY']);
    expect(await tab.engine.rerank([{ title: 'no id' }], {}, LATER)).toMatchObject({
      reason: 'CANDIDATES_EMPTY',
    });
  });

  it('may be partly broken: the good ones count and the warnings tell', async () => {
    const tab = await openTab();
    const mixed: unknown[] = [
      ...ITEMS.slice(0, 30),
      null,
      { title: 'no id' },
      ITEMS[0],
      { id: 'x', price: -1 },
    ];
    const feed = await tab.engine.rerank(mixed, {}, LATER);
    expect(feed.order).toHaveLength(31);
    expect(feed.warnings.map(({ code }) => code).toSorted()).toEqual([
      'ITEM_DUPLICATE',
      'ITEM_INVALID',
      'ITEM_PRICE_INVALID',
      'ITEM_WITHOUT_ID',
    ]);
  });

  it('may come from a URL', async () => {
    const fetchText = async (): Promise<string> => JSON.stringify(ITEMS);
    const tab = await openTab({}, { fetchText });
    const feed = await tab.engine.rerank('https://shop.example/list.json', {}, LATER);
    expect(feed.order).toHaveLength(120);
  });

  it.each<[string, unknown, string]>([
    ['a URL that does not answer', 'https://shop.example/gone.json', 'CANDIDATES_FETCH'],
    ['a number', 5, 'CANDIDATES_FORMAT'],
    ['nothing', null, 'CANDIDATES_FORMAT'],
    ['an object of another kind', { a: 1 }, 'CANDIDATES_FORMAT'],
  ])('are refused when they are %s', async (_, candidates, code) => {
    const tab = await openTab();
    await expect(tab.engine.rerank(candidates, {}, LATER)).rejects.toMatchObject({ code });
    expect((await rerank(tab)).order).toHaveLength(120);
  });

  it('of a new price or stock are seen at once, though their texts are remembered', async () => {
    const tab = await openTab();
    await tab.track('view_item', ...FIVE);
    await rerank(tab);
    const sold = (id: string): Item[] =>
      ITEMS.map((item) => (item.id === id ? { ...item, available: false } : item));
    const feed = await tab.engine.rerank(sold('headphones-9'), { rowSize: 24 }, LATER);
    expect(idsOf(feed)).not.toContain('headphones-9');
    expect(idsOf(await rerank(tab, { rowSize: 24 }))).toContain('headphones-9');
  });
});
