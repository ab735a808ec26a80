import { describe, expect, it } from 'vitest';
import { VitrineError } from '../../../src/core/errors.ts';
import type { Feed, Item } from '../../../src/core/types.ts';
import type { OpenPack } from '../../../src/engine/pack-keeper.ts';
import { createPackRanker } from '../../../src/engine/pack-ranker.ts';
import type { WorkerOptions } from '../../../src/protocol.ts';
import { createListRanker } from '../../../src/ranker/list-ranker.ts';
import { toSequence } from '../../../src/ranker/to-sequence.ts';
import { trainedPack } from '../pack/pack-fixtures.ts';
import { type Bench, DAY, idsOf, NOW, openTab, shownOf, type Tab } from './fixtures.ts';

const PACK = trainedPack();
const STRANGERS = ['stranger 1', 'stranger 2', 'stranger 3'];
const ITEMS: readonly Item[] = [...PACK.ids, ...STRANGERS].map((id, i) => ({
  id,
  title: `${['Copper', 'Walnut', 'Linen'][i % 3]} ${['kettle', 'lamp', 'chair', 'bowl'][i % 4]} ${i}`,
  categoryPath: ['home', `shelf ${i % 4}`],
  price: 5 + i,
}));
const opened = (): OpenPack => ({
  packId: 'trained',
  isKilled: false,
  ranker: createPackRanker(PACK),
  openFile: async () => null,
});

function openWith(bench: Bench = {}, options: Partial<WorkerOptions> = {}): Promise<Tab> {
  const packs = { open: async () => opened() };
  return openTab({ pack: 'https://shop.test/pack/', ...options }, { packs, ...bench });
}

async function visit(tab: Tab, ...rows: readonly number[]): Promise<void> {
  await tab.track('view_item', ...rows.map((row) => PACK.ids[row] as string));
}

const rerank = ({ engine }: Tab, request = {}): Promise<Feed> =>
  engine.rerank(ITEMS, request, NOW + DAY / 24);

/** What `vitrine evaluate` computes for the same history and candidates. */
function scoresByPack(history: readonly number[]): Map<string, number> {
  const { rank } = createListRanker(PACK.model, PACK.ranker);
  const { items, step } = toSequence(
    history.map((row, time) => ({ row, time, type: 'view_item' })),
  );
  const candidates = Int32Array.from(PACK.ids, (_, row) => row);
  const { scores } = rank({ items, step, candidates });
  return new Map(PACK.ids.map((id, row) => [id, scores[row] as number]));
}

function rankedByPack(history: readonly number[]): string[] {
  const scores = scoresByPack(history);
  const scoreOf = (id: string): number => scores.get(id) as number;
  return [...PACK.ids].sort((a, b) => scoreOf(b) - scoreOf(a) || (a < b ? -1 : 1));
}

/** Places from 1 among the items that are not met; ties share the best. */
function placesByPack(history: readonly number[], met = history): Map<string, number> {
  const scores = scoresByPack(history);
  const rivals = [...scores].filter(([id]) => !met.includes(PACK.ids.indexOf(id)));
  const better = (own: number): number => rivals.filter(([, score]) => score > own).length;
  return new Map(Array.from(scores, ([id, score]) => [id, 1 + better(score)]));
}

describe('a list ranked by a pack', () => {
  it.each([[[3, 4]], [[0, 7, 7, 2]], [[20, 1, 13, 5, 9]]])(
    'stands in exactly the order that evaluate measures, after %j',
    async (history) => {
      const tab = await openWith();
      await visit(tab, ...history);
      const feed = await rerank(tab, { layout: 'list', rows: 1, rowSize: Infinity });
      const known = idsOf(feed).filter((id) => !STRANGERS.includes(id));
      expect(known).toEqual(rankedByPack(history));
      expect(feed.rows.map(({ id }) => id)).toEqual(['for-you']);
      expect(feed.order).toEqual(idsOf(feed));
      expect(feed.packId).toBe('trained');
    },
  );

  it('puts items that the pack does not know where its average stands', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4);
    const { rows } = await rerank(tab, { layout: 'list', rows: 1, rowSize: Infinity });
    const items = rows[0]?.items ?? [];
    const strangers = items.filter(({ itemId }) => STRANGERS.includes(itemId));
    expect(strangers.map(({ score }) => score)).toEqual([0, 0, 0]);
    const sum = items.reduce((total, { score }) => total + score, 0);
    expect(sum).toBeCloseTo(0, 9);
  });

  it('leaves out what was bought; its id comes last in the order', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4);
    await tab.track('purchase', PACK.ids[5] as string);
    const feed = await rerank(tab, { layout: 'list', rows: 1, rowSize: Infinity });
    expect(idsOf(feed)).not.toContain(PACK.ids[5]);
    expect(feed.order.at(-1)).toBe(PACK.ids[5]);
    expect(feed.order.toSorted()).toEqual(ITEMS.map(({ id }) => id).toSorted());
  });

  it('is the server’s order before anything is known of the visitor', async () => {
    const feed = await rerank(await openWith(), { layout: 'list', rows: 1, rowSize: Infinity });
    expect(feed).toMatchObject({ personalized: false, reason: 'COLD_START' });
    expect(feed.order).toEqual(ITEMS.map(({ id }) => id));
  });

  it('gives way to the server’s order as influence falls', async () => {
    const place = async (influence: number): Promise<number> => {
      const tab = await openWith({}, { influence });
      await visit(tab, 3, 4);
      const { order } = await rerank(tab, { layout: 'list', rows: 1, rowSize: Infinity });
      const moved = order.map((id, at) => Math.abs(at - ITEMS.findIndex((item) => item.id === id)));
      return moved.reduce((sum, distance) => sum + distance, 0);
    };
    expect(await place(0.05)).toBeLessThan(await place(1));
    expect(await place(0)).toBe(0);
  });
});

describe('a list without a pack', () => {
  it('is ordered by its scores, nearest to the visit first', async () => {
    const tab = await openTab();
    await tab.track('view_item', ITEMS[0]?.id as string, ITEMS[4]?.id as string);
    const feed = await rerank(tab, { layout: 'list', rows: 1, rowSize: Infinity });
    const scores = feed.rows[0]?.items.map(({ score }) => score) ?? [];
    expect(scores).toHaveLength(ITEMS.length);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(feed.rows[0]).toMatchObject({ id: 'for-you', why: 'Closest to what you looked at.' });
  });
});

describe('rows with a pack', () => {
  it('begin with what the pack picks, below what the visitor follows', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4);
    expect((await rerank(tab)).rows[0]).toMatchObject({ id: 'for-you', title: 'Picked for you' });
  });

  it('begin with the kind of thing that was just looked at three times', async () => {
    const tab = await openWith();
    await visit(tab, 0, 4, 8);
    const [first, second] = (await rerank(tab)).rows;
    expect(first?.id).toBe('visitor:home/shelf 0');
    expect(second).toMatchObject({ id: 'for-you', title: 'Picked for you' });
  });

  it('offer something else than what was just seen', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4);
    const { rows } = await rerank(tab);
    const picked = rows[0]?.items.map(({ itemId }) => itemId) ?? [];
    expect(picked.length).toBeGreaterThan(4);
    expect(picked).not.toContain(PACK.ids[3]);
    expect(picked).not.toContain(PACK.ids[4]);
    const parts = rows.flatMap(({ items }) => items.flatMap(({ scoreParts }) => scoreParts));
    const repeats = parts.filter(({ name, value }) => name === 'repeat' && value > 0);
    expect(repeats).toEqual([]);
  });

  it('hold no item twice, and parts that sum to the score', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4, 8);
    const feed = await rerank(tab, { rows: 4, rowSize: 5 });
    const ids = idsOf(feed);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { score, scoreParts } of feed.rows.flatMap(({ items }) => items)) {
      expect(scoreParts.reduce((sum, { value }) => sum + value, 0)).toBe(score);
    }
  });

  it('are the same on each call', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4, 8);
    expect(shownOf(await rerank(tab))).toBe(shownOf(await rerank(tab)));
  });

  it('are explained by the numbers that made them', async () => {
    const tab = await openWith();
    await visit(tab, 3, 4, 8);
    const feed = await rerank(tab);
    for (const { id, items } of feed.rows) {
      for (const { itemId, score, scoreParts, why } of items) {
        const explanation = await tab.engine.explain(itemId);
        expect(explanation).toMatchObject({ rowId: id, score, scoreParts, why });
      }
    }
  });

  it('tell what would be without the item that speaks most', async () => {
    const history = [3, 4, 8];
    const tab = await openWith();
    await visit(tab, ...history);
    const known = ITEMS.filter(({ id }) => !STRANGERS.includes(id));
    const request = { layout: 'list', rows: 1, rowSize: Infinity } as const;
    const { rows } = await tab.engine.rerank(known, request, NOW + DAY / 24);
    let told = 0;
    for (const { itemId } of rows[0]?.items ?? []) {
      const { counterfactual } = await tab.engine.explain(itemId);
      if (!counterfactual) continue;
      told++;
      const row = PACK.ids.indexOf(counterfactual.withoutItemId);
      expect(history).toContain(row);
      const rest = history.filter((other) => other !== row);
      expect(counterfactual.rowRank).toBe(placesByPack(history).get(itemId));
      expect(counterfactual.rowRankWithout).toBe(placesByPack(rest, history).get(itemId));
    }
    expect(told).toBeGreaterThan(3);
  });
});

describe('a pack that is not there', () => {
  const first = async (packs: Bench['packs']): Promise<Feed> => {
    const tab = await openWith({ packs: packs ?? {} });
    await visit(tab, 3, 4);
    return rerank(tab);
  };

  it.each(['PACK_INTEGRITY', 'PACK_VERSION', 'PACK_FORMAT'] as const)(
    'leaves the server’s order standing when it is refused by %s',
    async (code) => {
      const feed = await first({ open: () => Promise.reject(new VitrineError(code, 'x')) });
      expect(feed).toMatchObject({ personalized: false, reason: code });
      expect(feed.order).toEqual(ITEMS.map(({ id }) => id));
    },
  );

  it('leaves the server’s order standing when the shop switched it off', async () => {
    const feed = await first({ open: async () => ({ ...opened(), isKilled: true, ranker: null }) });
    expect(feed).toMatchObject({ personalized: false, reason: 'KILL_SWITCH' });
  });

  it('is done without when the network fails, and asked for again', async () => {
    let calls = 0;
    const tab = await openWith({
      packs: {
        open: async () => {
          calls++;
          // At the start and at the first feed.
          if (calls <= 2) throw new VitrineError('PACK_FETCH', 'offline');
          return opened();
        },
      },
    });
    await visit(tab, 3, 4);
    const without = await rerank(tab);
    expect(without).toMatchObject({ personalized: true });
    expect(without.packId).not.toBe('trained');
    expect(without.warnings).toContainEqual({ code: 'PACK_FETCH', count: 1, first: 'pack' });
    const then = await rerank(tab);
    expect(then).toMatchObject({ packId: 'trained', warnings: [] });
    expect(calls).toBe(3);
  });

  it('is done without while it is late, and used when it is there', async () => {
    let arrive: (pack: OpenPack) => void = () => undefined;
    const pack = new Promise<OpenPack>((resolve) => (arrive = resolve));
    const tab = await openWith({ packs: { open: () => pack, pause: () => Promise.resolve() } });
    await visit(tab, 3, 4);
    const early = await rerank(tab);
    expect(early.warnings).toContainEqual({ code: 'PACK_TIMEOUT', count: 1, first: 'pack' });
    arrive(opened());
    // One turn of the event loop, in which the keeper hears of it.
    await new Promise(setImmediate);
    expect(await rerank(tab)).toMatchObject({ packId: 'trained', warnings: [] });
  });

  it('changes nothing when it holds no ranker', async () => {
    const plain = await openTab();
    const content = await openWith({
      packs: { open: async () => ({ ...opened(), ranker: null }) },
    });
    for (const tab of [plain, content]) await visit(tab, 3, 4);
    const [a, b] = [await rerank(plain), await rerank(content)];
    expect(b.rows.map(({ id }) => id)).toEqual(a.rows.map(({ id }) => id));
    expect(idsOf(b)).toEqual(idsOf(a));
  });
});
