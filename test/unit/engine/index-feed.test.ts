import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idsOf, NOW, openTab, type Tab } from './fixtures.ts';
import { BASE, createIndexShop, type IndexBench, type IndexShop, ITEMS } from './index-shop.ts';

let shop: IndexShop;
beforeAll(async () => {
  shop = await createIndexShop();
}, 60_000);
afterAll(() => shop.remove());

const CATEGORY = ITEMS.at(-1)?.categoryPath?.at(-1) as string;
const WANTED = ITEMS.filter(({ categoryPath }) => categoryPath?.includes(CATEGORY) === true);

async function open(bench: IndexBench = {}, options = {}): Promise<Tab> {
  const { keeper } = shop.open(bench);
  const fetchText = async (): Promise<string> => JSON.stringify(shop.manifest);
  return openTab(options, { openIndex: async () => keeper, fetchText });
}

/** Looks at items that the page was handed with the interaction, as on their own pages. */
async function look({ engine }: Tab): Promise<void> {
  for (const item of WANTED.slice(0, 3)) {
    await engine.track({ type: 'view_item', items: [item] }, NOW);
  }
}

const rerank = ({ engine }: Tab, candidates: unknown = BASE) =>
  engine.rerank(candidates, {}, NOW + 1000);

describe('a feed of an index', () => {
  it('has a row of what the visitor looks at, from all over the catalog', async () => {
    const tab = await open();
    await look(tab);
    const feed = await rerank(tab);
    expect(feed).toMatchObject({ personalized: true, reason: 'PERSONALIZED', warnings: [] });
    const beyond = new Set(ITEMS.slice(200).map(({ id }) => id));
    const found = idsOf(feed).filter((id) => beyond.has(id));
    expect(found.length).toBeGreaterThan(3);
    expect(feed.rows.some(({ title }) => title.includes(CATEGORY))).toBe(true);
  });

  it('has the rows that all items as candidates give', async () => {
    const [small, whole] = [await open(), await open()];
    await look(small);
    await look(whole);
    const [first] = (await rerank(small)).rows;
    const [wanted] = (await rerank(whole, ITEMS)).rows;
    expect(first?.title).toBe(wanted?.title);
    const ids = first?.items.map(({ itemId }) => itemId) ?? [];
    const best = wanted?.items.map(({ itemId }) => itemId) ?? [];
    const shared = best.filter((id) => ids.includes(id));
    expect(shared.length).toBeGreaterThanOrEqual(best.length * 0.75);
  });

  it('says of its items what they are, and explains them', async () => {
    const tab = await open();
    await look(tab);
    const { rows } = await rerank(tab);
    for (const { item, itemId } of rows.flatMap(({ items }) => items)) {
      expect(item?.id).toBe(itemId);
      expect(item?.title).toBe(ITEMS.find(({ id }) => id === itemId)?.title);
    }
    const last = rows[0]?.items[0]?.itemId as string;
    expect((await tab.engine.explain(last)).itemId).toBe(last);
  });

  it('is the head of the catalog before anything is known of the visitor', async () => {
    const feed = await rerank(await open());
    expect(feed).toMatchObject({ personalized: false, reason: 'COLD_START' });
    expect(feed.order).toEqual(ITEMS.slice(0, 200).map(({ id }) => id));
  });

  it('is made of a manifest that the page hands over, too', async () => {
    const tab = await open();
    await look(tab);
    expect(await rerank(tab, shop.manifest)).toMatchObject({ reason: 'PERSONALIZED' });
  });

  it('is the server’s order of the head when a byte of it was changed', async () => {
    const tab = await open({
      change: (_, bytes) => Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)]),
    });
    await look(tab);
    const feed = await rerank(tab);
    expect(feed).toMatchObject({ personalized: false, reason: 'INDEX_INTEGRITY' });
    expect(feed.order).toEqual(ITEMS.slice(0, 200).map(({ id }) => id));
    expect(idsOf(feed)).toEqual(feed.order.slice(0, 72));
  });

  it('is the server’s order when what searches cannot be loaded, and is tried again', async () => {
    const { keeper } = shop.open();
    let isDown = true;
    const tab = await openTab(
      {},
      { openIndex: () => (isDown ? Promise.reject(new Error('404')) : Promise.resolve(keeper)) },
    );
    await look(tab);
    expect(await rerank(tab, shop.manifest)).toMatchObject({ reason: 'INDEX_FETCH' });
    isDown = false;
    expect(await rerank(tab, shop.manifest)).toMatchObject({ reason: 'PERSONALIZED' });
  });

  it('is personalised from the head while the index is on its way', async () => {
    const tab = await open({ pause: async () => undefined });
    await look(tab);
    const feed = await rerank(tab);
    expect(feed.warnings.map(({ code }) => code)).toEqual(['INDEX_TIMEOUT']);
    expect(feed.order).toHaveLength(200);
  });

  it('keeps the server’s order for visitors who are held out, and for denied consent', async () => {
    const held = await open({}, { holdout: 1 });
    await look(held);
    const feed = await rerank(held);
    expect(feed.reason).toBe('HOLDOUT');
    expect(idsOf(feed)).toEqual(ITEMS.slice(0, 72).map(({ id }) => id));
    const denied = await open({}, { consent: 'denied' });
    expect((await rerank(denied)).reason).toBe('CONSENT_DENIED');
  });

  it('is the head alone where nothing searches', async () => {
    const tab = await openTab();
    await look(tab);
    const feed = await rerank(tab, shop.manifest);
    expect(feed.order).toHaveLength(200);
    expect(feed.rows[0]?.items[0]?.item).toBeUndefined();
  });
});
