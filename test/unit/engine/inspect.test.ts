import { describe, expect, it } from 'vitest';
import type { Chances, Inspection, Replay } from '../../../src/core/inspection.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import { DAY, MINUTE, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const page = async ({ engine }: Tab, now = NOW): Promise<Inspection> =>
  (await engine.inspect(undefined, now)) as Inspection;
const replay = async ({ engine }: Tab, number: number, now = NOW): Promise<Replay> =>
  (await engine.inspect({ replay: number }, now)) as Replay;

/** A visitor who looked at three headphones and has the page inspected. */
async function openInspected(options: Parameters<typeof openTab>[0] = {}): Promise<Tab> {
  const tab = await openTab(options);
  await page(tab);
  await tab.track('view_item', ...headphones(1, 2, 3));
  return tab;
}

describe('the inspection of a page', () => {
  it('tells of the log alone before the first feed', async () => {
    const tab = await openTab();
    await tab.track('view_item', 'plants-1');
    const inspection = await page(tab);
    expect(inspection).toMatchObject({ feeds: [], options: null, taste: [], segments: [] });
    expect(inspection.events).toMatchObject([{ type: 'view_item', itemId: 'plants-1' }]);
  });

  it('takes both vectors of the visitor apart by block, with what is nearest by name', async () => {
    const tab = await openInspected();
    await tab.engine.rerank(ITEMS, {}, NOW);
    const { taste } = await page(tab);
    expect(taste.map(({ of }) => of)).toEqual(['session', 'longTerm']);
    for (const { blocks, mass } of taste) {
      expect(mass).toBeGreaterThan(0);
      expect(blocks.map(({ block }) => block)).toEqual([
        'price',
        'category',
        'brand',
        'text',
        'features',
        'sentiment',
      ]);
      const category = blocks.find(({ block }) => block === 'category')!;
      expect(Math.hypot(...category.values)).toBeCloseTo(1, 5);
      expect(category.near[0]!.name).toBe('headphones');
      expect(category.near[0]!.cosine).toBeCloseTo(1, 5);
    }
  });

  it('names the visitor’s segments with what is believed of them', async () => {
    const tab = await openInspected();
    const { rows } = await tab.engine.rerank(ITEMS, {}, NOW);
    const row = rows.find(({ segmentId }) => segmentId !== undefined)!;
    const items = row.items.map(({ itemId }) => itemId);
    await tab.engine.track({ type: 'view_item_list', items, rowId: row.id }, NOW);
    await tab.engine.setSegment('gardeners', 'followed');
    const { segments } = await page(tab);
    const weights = segments.map(({ weight }) => weight);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(segments.find(({ segmentId }) => segmentId === 'gardeners')!.followed).toBe(true);
    const believed = segments.find(({ engagement }) => engagement !== null)!;
    expect(believed.engagement!.alpha).toBeGreaterThan(0);
  });

  it('lists events newest first, with the id to forget one by', async () => {
    const tab = await openInspected();
    const { events } = await page(tab);
    expect(events.map(({ itemId }) => itemId)).toEqual(headphones(3, 2, 1));
    expect(await tab.engine.forget({ eventId: events[1]!.eventId }, NOW)).toBe(1);
    const { events: left } = await page(tab);
    expect(left.map(({ itemId }) => itemId)).toEqual(headphones(3, 1));
  });

  it('counts what each rule is about and what stands on the page because of it', async () => {
    const tab = await openInspected({
      rules: [
        { id: 'gifts', type: 'pin', title: 'Gifts', match: { ids: ['necklace-1', 'necklace-2'] } },
        { id: 'over', type: 'exclude', match: { category: 'books' }, until: NOW - 1 },
        { id: 'x', type: 'bost', match: { brand: 'A' } } as never,
      ],
    });
    await tab.engine.rerank(ITEMS, {}, NOW);
    const { ruleFaults, rules } = await page(tab);
    expect(rules).toEqual([
      { id: 'gifts', type: 'pin', isInForce: true, matches: 2, shown: 2 },
      { id: 'over', type: 'exclude', isInForce: false, matches: 24, shown: 0 },
    ]);
    expect(ruleFaults).toEqual([expect.stringContaining('rules[2] “x”') as string]);
  });

  it('tells the propensity of each explored place, as the feed has it', async () => {
    const tab = await openInspected({ exploration: 0.5 });
    const { rows } = await tab.engine.rerank(ITEMS, {}, NOW);
    const expected = rows.flatMap(({ id, items }) =>
      items.flatMap(({ explored, itemId }) =>
        explored ? [{ itemId, rowId: id, propensity: explored.propensity }] : [],
      ),
    );
    const { explored, options } = await page(tab);
    expect(expected.length).toBeGreaterThan(0);
    expect(explored).toMatchObject(expected);
    expect(options).toMatchObject({ exploration: 0.5, policy: 'thompson', held: null });
  });

  it('says of held back items why', async () => {
    const tab = await openInspected();
    await tab.track('add_to_cart', 'headphones-7');
    await tab.engine.rerank(ITEMS, {}, NOW + MINUTE);
    const { held } = await page(tab);
    expect(held).toContainEqual(
      expect.objectContaining({ itemId: 'headphones-7', because: 'held' }) as object,
    );
  });
});

describe('a replay', () => {
  it('gives the same rows to the last bit, however the log has moved on', async () => {
    const tab = await openInspected({ exploration: 0.3 });
    const feed = await tab.engine.rerank(ITEMS, {}, NOW);
    await tab.track('view_item', 'plants-1', 'plants-2', 'plants-3', 'plants-4');
    await tab.engine.setSegment('gardeners', 'followed');
    const [past] = (await page(tab)).feeds;
    expect(past).toMatchObject({ seed: feed.seed, packId: feed.packId, events: 3 });
    const { again, forgotten, since, today } = await replay(tab, past!.number, NOW + MINUTE);
    expect(again).toEqual({ rows: feed.rows, isSame: true, moved: [] });
    expect([forgotten, since]).toEqual([0, 4]);
    expect(today.isSame).toBe(false);
    expect(today.rows[0]!.kind).toBe('followed');
    expect(today.moved.length).toBeGreaterThan(0);
  });

  it('is the feed of now when nothing has happened since', async () => {
    const tab = await openInspected();
    await tab.engine.rerank(ITEMS, {}, NOW);
    const [past] = (await page(tab)).feeds;
    const { again, today } = await replay(tab, past!.number, NOW);
    expect([again.isSame, today.isSame]).toEqual([true, true]);
  });

  it('keeps feeds apart, and leaves the page’s own as it is', async () => {
    const tab = await openInspected();
    const first = await tab.engine.rerank(ITEMS, { rows: 2 }, NOW);
    await tab.track('view_item', 'plants-1', 'plants-2', 'plants-3');
    const second = await tab.engine.rerank(ITEMS, { rowSize: 6 }, NOW + MINUTE);
    const { feeds } = await page(tab);
    const replays = [];
    for (const { number } of feeds) replays.push(await replay(tab, number, NOW + 2 * MINUTE));
    expect(replays.map(({ again }) => again.rows)).toEqual([first.rows, second.rows]);
    const { itemId } = second.rows[0]!.items[0]!;
    expect((await tab.engine.explain(itemId)).rowId).toBe(second.rows[0]!.id);
    const next = await tab.engine.rerank(ITEMS, { rowSize: 6 }, NOW + MINUTE);
    expect(shownOf(next)).toBe(shownOf(second));
  });

  it('says how many of its interactions were forgotten, and is made without them', async () => {
    const tab = await openInspected();
    await tab.track('view_item', 'plants-1');
    // Behind the clock of what was tracked.
    await tab.engine.rerank(ITEMS, {}, NOW + DAY);
    await tab.engine.forget({ itemId: 'plants-1' }, NOW);
    const [past] = (await page(tab)).feeds;
    const { again, forgotten, since } = await replay(tab, past!.number, NOW + DAY);
    expect([forgotten, since, again.isSame]).toEqual([1, 0, false]);
  });

  it('goes back to any interaction: the feed of then, from a later one', async () => {
    const tab = await openTab({ exploration: 0.3 });
    const { engine } = tab;
    const look = (itemId: string, time: number): Promise<void> =>
      engine.track({ type: 'view_item', itemId }, time);
    await page(tab);
    for (const [n, itemId] of headphones(1, 2, 3).entries()) await look(itemId, NOW + n * MINUTE);
    const first = await engine.rerank(ITEMS, {}, NOW + 2 * MINUTE);
    await look('plants-1', NOW + 3 * MINUTE);
    await engine.track({ type: 'add_to_cart', itemId: 'plants-2' }, NOW + 4 * MINUTE);
    const second = await engine.rerank(ITEMS, {}, NOW + 4 * MINUTE);
    await look('plants-3', NOW + DAY);
    const last = await engine.rerank(ITEMS, {}, NOW + DAY);
    expect(shownOf(last)).not.toBe(shownOf(first));
    const { feeds } = await page(tab, NOW + DAY);
    const { log } = await engine.exportProfile();
    const backTo = async (event: number): Promise<Replay> => {
      const request = { replay: feeds.at(-1)!.number, after: log[event]!.eventId };
      return (await engine.inspect(request, NOW + DAY)) as Replay;
    };
    expect(await backTo(2)).toMatchObject({ again: { rows: first.rows, isSame: false }, since: 3 });
    expect(await backTo(4)).toMatchObject({ again: { rows: second.rows }, since: 1 });
    expect((await backTo(5)).again.isSame).toBe(true);
    for (const after of ['of nobody', 7]) {
      const request = { replay: feeds.at(-1)!.number, after };
      await expect(engine.inspect(request, NOW)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    }
  });

  it('is refused for a feed that is gone, by its number', async () => {
    const tab = await openInspected();
    await tab.engine.rerank(ITEMS, {}, NOW);
    const [past] = (await page(tab)).feeds;
    await tab.engine.erase();
    expect((await page(tab)).feeds).toEqual([]);
    await expect(tab.engine.inspect({ replay: past!.number }, NOW)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
    await expect(tab.engine.inspect({ replay: 'last' }, NOW)).rejects.toMatchObject({
      code: 'OPTION_INVALID',
    });
  });
});

describe('feeds of a page', () => {
  it('are not kept before somebody inspects, but for the last one', async () => {
    const tab = await openTab();
    await tab.engine.rerank(ITEMS, {}, NOW);
    await tab.engine.rerank(ITEMS, { rows: 2 }, NOW);
    expect((await page(tab)).feeds).toHaveLength(1);
    await tab.engine.rerank(ITEMS, { rows: 3 }, NOW);
    expect((await page(tab)).feeds).toHaveLength(2);
  });

  it('are kept twenty at most', async () => {
    const tab = await openTab();
    await page(tab);
    const numbers = Array.from({ length: 22 }, (_, n) => n);
    for (const n of numbers) await tab.engine.rerank(ITEMS.slice(0, 10), {}, NOW + n);
    const { feeds } = await page(tab);
    expect(feeds.map(({ at }) => at)).toEqual(numbers.slice(2).map((n) => NOW + n));
  });
});

describe('the chances of an item', () => {
  it('are its score in each row, beside the last one that stands there', async () => {
    const tab = await openInspected();
    const { rows } = await tab.engine.rerank(ITEMS, { rowSize: 6 }, NOW);
    const shown = new Set(rows.flatMap(({ items }) => items.map(({ itemId }) => itemId)));
    const { id } = ITEMS.find((item) => item.id.startsWith('headphones') && !shown.has(item.id))!;
    const chances = (await tab.engine.inspect({ itemId: id }, NOW)) as Chances;
    expect(chances.rows.length).toBeGreaterThan(0);
    for (const { needed, score, scoreParts } of chances.rows) {
      expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBe(score);
      expect(needed).toBeGreaterThan(0);
    }
    expect(chances.rows.some(({ belongs }) => belongs)).toBe(true);
    const plant = (await tab.engine.inspect({ itemId: 'plants-9' }, NOW)) as Chances;
    expect(plant.rows.every(({ belongs }) => !belongs)).toBe(true);
  });

  it('equal the score of an item that stands in the row, but for variety', async () => {
    const tab = await openInspected();
    const { rows } = await tab.engine.rerank(ITEMS, {}, NOW);
    const row = rows.find(({ kind }) => kind === 'inferred')!;
    const [item] = row.items;
    const chances = (await tab.engine.inspect({ itemId: item!.itemId }, NOW)) as Chances;
    const own = chances.rows.find(({ rowId }) => rowId === row.id)!;
    const late = new Set(['diversity', 'calibration']);
    expect(own.scoreParts).toEqual(item!.scoreParts.filter(({ name }) => !late.has(name)));
  });

  it('are refused for what is no candidate', async () => {
    const tab = await openInspected();
    await tab.engine.rerank(ITEMS, {}, NOW);
    await expect(tab.engine.inspect({ itemId: 'gone' }, NOW)).rejects.toMatchObject({
      code: 'ITEM_UNKNOWN',
    });
  });
});
