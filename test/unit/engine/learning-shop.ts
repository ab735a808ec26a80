/** A shop whose visitor loves a maker that the pack knows nothing of, and what learning needs. */
import { expect } from 'vitest';
import type { LearnResult } from '../../../src/core/learn.ts';
import type { Feed, Item } from '../../../src/core/types.ts';
import type { EnginePorts } from '../../../src/engine/create-engine.ts';
import { createPackRanker } from '../../../src/engine/pack-ranker.ts';
import type { Told } from '../../../src/protocol.ts';
import { trainedPack } from '../pack/pack-fixtures.ts';
import { type Bench, DAY, NOW, openTab, type Tab } from './fixtures.ts';

const PACK = trainedPack();
/** Every third is of a maker whom the pack knows nothing of, and this visitor loves. */
export const ITEMS: readonly Item[] = PACK.ids.map((id, i) => ({
  id,
  title: `${['Copper', 'Walnut', 'Linen'][i % 3]} thing ${i}`,
  brand: ['Arc', 'Bol', 'Cid'][i % 3] as string,
  categoryPath: ['home', `shelf ${i % 4}`],
  price: 5 + i,
}));
export const ARC = ITEMS.filter(({ brand }) => brand === 'Arc').map(({ id }) => id);
const OTHERS = ITEMS.filter(({ brand }) => brand !== 'Arc').map(({ id }) => id);
export const LIST = { layout: 'list', rows: 1, rowSize: Infinity } as const;
export const LATER = NOW + DAY / 24;

/** What the workers told; a test empties it. */
export const told: Told[] = [];

export const alone: NonNullable<EnginePorts['learning']> = {
  tell: (message) => told.push(message),
  lock: (job) => job(),
};

const packOf = (packId: string): Bench['packs'] => ({
  open: async () => ({
    packId,
    isKilled: false,
    ranker: createPackRanker(PACK),
    openFile: async () => null,
  }),
  pause: () => new Promise((resolve) => setTimeout(resolve)),
});

export function openWith(bench: Bench = {}, packId = 'trained'): Promise<Tab> {
  const options = { pack: 'https://shop.test/pack/' };
  return openTab(options, { packs: packOf(packId) ?? {}, learning: alone, ...bench });
}

export const rerank = ({ engine }: Tab, request = {}): Promise<Feed> =>
  engine.rerank(ITEMS, request, LATER);
export const list = (tab: Tab): Promise<Feed> => rerank(tab, LIST);

/** Forty choices, nine of ten of them of the one maker. */
export async function chooseArc(tab: Tab, count = 40): Promise<void> {
  await rerank(tab);
  const ids = Array.from({ length: count }, (_, n) => {
    const from = n % 10 === 9 ? OTHERS : ARC;
    return from[(n * 3) % from.length] as string;
  });
  await tab.track('view_item', ...ids);
}

export async function learned(tab: Tab): Promise<LearnResult> {
  await chooseArc(tab);
  const result = await tab.engine.learn(LATER);
  expect(result.verdict).toBe('kept');
  return result;
}

/** Mean place of the maker's items in a list, from 0. */
export function placeOfArc(feed: Feed): number {
  const places = ARC.map((id) => feed.order.indexOf(id));
  return places.reduce((sum, place) => sum + place, 0) / places.length;
}
