import { expect, test } from 'vitest';
import { readGeneratedFeatures } from '../../../src/catalog/model-fields.ts';
import type { GeneratedFeatures } from '../../../src/core/generated-features.ts';
import type { Item } from '../../../src/core/types.ts';
import { contentKey, ItemScores, type ItemScoresPorts } from '../../../src/engine/item-scores.ts';
import type { OpenPack } from '../../../src/engine/pack-keeper.ts';
import { writeModel } from '../../../src/models/attributes/model-file.ts';
import { openScorer } from '../../../src/models/attributes/open-scorer.ts';
import { drawnModel, TITLES } from '../../helpers/attribute-models.ts';

const FILE = writeModel(drawnModel(1));
const ITEMS: readonly Item[] = TITLES.map((title, n) => ({ id: `item ${n}`, title }));
const MANY: readonly Item[] = Array.from({ length: 30 }, (_, n) => ({
  id: `${n}`,
  title: `wool hat ${n}`,
}));
const NONE = { isKilled: false, ranker: null } as const;

function packOf(file: Uint8Array<ArrayBuffer> | null, packId = 'p'): OpenPack {
  return { ...NONE, packId, openFile: async () => file };
}

interface Bench {
  readonly scores: ItemScores;
  readonly kept: Map<string, unknown>;
  /** Slices that were scored. */
  readonly slices: number[];
  isBusy: boolean;
}

function bench(kept = new Map<string, unknown>(), ports: Partial<ItemScoresPorts> = {}): Bench {
  const slices: number[] = [];
  const made: Bench = {
    kept,
    slices,
    isBusy: false,
    scores: new ItemScores({
      openScorer: async (file) => {
        const scorer = await openScorer(file, { devices: [], wasmBaseUrl: '' });
        if (!scorer) return null;
        const score = scorer.score.bind(scorer);
        return Object.assign(scorer, {
          score: (items: readonly Item[], evidence: number) => {
            slices.push(items.length);
            return score(items, evidence);
          },
        });
      },
      readKept: async () => {
        const [entry] = kept;
        return entry ? { modelId: entry[0], entries: entry[1] } : null;
      },
      keep: async (modelId, table) => {
        kept.set(modelId, JSON.parse(JSON.stringify([...table])));
      },
      whenIdle: (job) => void setImmediate(job),
      isBusy: () => made.isBusy,
      pause: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        made.isBusy = false;
      },
      read: readGeneratedFeatures,
      ...ports,
    }),
  };
  return made;
}

async function scored(file: Uint8Array<ArrayBuffer> | null = FILE): Promise<Bench> {
  const made = bench();
  await made.scores.schedule(ITEMS, packOf(file));
  return made;
}

test('scores nothing before there is time, and all in slices when there is', async () => {
  const { scores, slices } = bench();
  const done = scores.schedule(ITEMS, packOf(FILE));
  expect(scores.apply(ITEMS)).toBe(ITEMS);
  await done;
  const items = scores.apply(ITEMS);
  expect(items.every(({ generated }) => generated?.modelId === scores.modelId)).toBe(true);
  expect(Object.keys(items[0]?.generated?.scores ?? {})).toEqual(['comfort', 'durability']);
  expect(Math.max(...slices)).toBeLessThanOrEqual(8);
});

test('scores an item once for all lists, and again when its text changes', async () => {
  const { scores, slices } = await scored();
  const before = slices.length;
  const changed = { ...(ITEMS[0] as Item), title: `${TITLES[0]} anew` };
  await scores.schedule([...ITEMS, { ...(ITEMS[1] as Item), id: 'a twin' }, changed], packOf(FILE));
  expect(slices.slice(before)).toEqual([1]);
  expect(scores.apply([{ ...(ITEMS[1] as Item), id: 'a twin' }])[0]?.generated).toBeDefined();
});

test('adds scores to the items of the list at hand, also when the list comes again', async () => {
  const { scores } = await scored();
  const first = scores.apply(ITEMS);
  const again = scores.apply(ITEMS.map((item) => ({ ...item, url: '/moved' })));
  expect(again.map(({ generated }) => generated)).toEqual(first.map((item) => item.generated));
  expect(again.every(({ url }) => url === '/moved')).toBe(true);
  const [changed] = scores.apply([{ ...(ITEMS[0] as Item), title: 'never seen' }]);
  expect(changed?.generated).toBeUndefined();
});

test('leaves what the server sent as it is', async () => {
  const { scores } = await scored();
  const sent: GeneratedFeatures = {
    modelId: 'theirs',
    scores: { style: 1 },
    latent: [],
    evidence: [],
    guessing: false,
  };
  const [item] = scores.apply([{ ...(ITEMS[0] as Item), generated: sent }]);
  expect(item?.generated).toBe(sent);
});

test('takes up what an earlier page kept, and scores only the rest', async () => {
  const { kept } = await scored();
  const later = bench(kept);
  await later.scores.recall();
  expect(later.scores.apply(ITEMS)[0]?.generated).toBeDefined();
  await later.scores.schedule([...ITEMS, { id: 'new', title: 'wool hat' }], packOf(FILE));
  expect(later.slices).toEqual([1]);
});

test('does not trust what lies on the disk', async () => {
  const { kept, scores } = await scored();
  const key = contentKey(ITEMS[0] as Item);
  kept.set(scores.modelId as string, [[key, { modelId: 'x', scores: { comfort: 99 } }], null, 7]);
  const later = bench(kept);
  await later.scores.recall();
  await later.scores.schedule(ITEMS, packOf(FILE));
  expect(later.slices.reduce((sum, count) => sum + count, 0)).toBe(ITEMS.length);
});

test('tells feeds of whole lists: each change makes them encode their candidates anew', async () => {
  const told: number[] = [];
  const made: Bench = bench(new Map(), {
    isBusy: () => {
      const items = made.scores.apply(MANY);
      told.push(items.filter(({ generated }) => generated !== undefined).length);
      return false;
    },
  });
  await made.scores.schedule(MANY, packOf(FILE));
  expect(told.length).toBeGreaterThan(2);
  expect(Math.max(...told)).toBe(0);
  expect(made.scores.count(MANY)).toBe(MANY.length);
  expect(made.scores.apply(MANY).every(({ generated }) => generated !== undefined)).toBe(true);
});

test('keeps nothing once the profile was erased, not even of work under way', async () => {
  const { kept, scores } = bench();
  const done = scores.schedule(MANY, packOf(FILE));
  scores.clear();
  await done;
  await scores.schedule(ITEMS, packOf(FILE));
  expect(scores.count(ITEMS)).toBe(ITEMS.length);
  expect(kept.size).toBe(0);
});

test('waits for a feed that is under way', async () => {
  let asked = 0;
  const waiting = bench(new Map(), {
    isBusy: () => asked++ < 5,
  });
  await waiting.scores.schedule(ITEMS, packOf(FILE));
  expect(asked).toBeGreaterThan(5);
  expect(waiting.slices.length).toBeGreaterThan(0);
});

test.each([
  ['has no model', packOf(null)],
  ['has a damaged model', packOf(new Uint8Array([1, 2, 3]))],
  [
    'cannot be read',
    { ...packOf(null), openFile: async () => Promise.reject(new Error('offline')) },
  ],
])('does without when the pack %s', async (_, pack) => {
  const { scores } = bench();
  await scores.schedule(ITEMS, pack);
  expect(scores.apply(ITEMS)).toBe(ITEMS);
  expect(await scores.explain(ITEMS[0] as Item)).toBeNull();
});

test('names the words behind a score when it is asked', async () => {
  const { scores } = await scored();
  const soft = { id: 'soft', title: 'soft wool socks' };
  expect(await scores.explain(soft)).toBeNull();
  const [item] = scores.apply([{ ...(ITEMS[1] as Item) }]);
  expect(item?.generated?.evidence).toEqual([]);
  const explained = await scores.explain(item as Item);
  expect(explained?.evidence.length).toBeGreaterThan(0);
  expect(explained?.scores).toEqual(item?.generated?.scores);
});

test('forgets the scores of one model when another comes', async () => {
  const { scores } = await scored();
  const before = scores.modelId;
  await scores.schedule(ITEMS.slice(0, 1), packOf(writeModel(drawnModel(2)), 'q'));
  expect(scores.modelId).not.toBe(before);
  expect(scores.count(ITEMS)).toBe(1);
});
