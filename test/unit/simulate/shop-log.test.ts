import { beforeAll, describe, expect, it } from 'vitest';
import { readDataset } from '../../../src/cli/read-data.ts';
import { generateCatalog } from '../../../scripts/demo-catalog/generate.mjs';
import { createRandom } from '../../../src/core/rng.ts';
import { createPopulation } from '../../../src/simulate/population.ts';
import { readFacets } from '../../../src/simulate/read-catalog.ts';
import { runShop, shopLists, toInteractions } from '../../../src/simulate/shop-log.ts';
import { findTopics } from '../../../src/simulate/topics.ts';
import type { SimulatedEvent } from '../../../src/simulate/types.ts';
import { testFolder, writeData } from '../cli/data-folder.ts';
import { SHOP } from './shop-fixture.ts';

const population = createPopulation(SHOP, { visitors: 300, seed: 1, start: 5e11 });
let events: readonly SimulatedEvent[] = [];

beforeAll(() => {
  events = runShop(population, { visits: 20, seed: 1 });
});

const keyOf = ({ item, visit, visitorId }: SimulatedEvent): string =>
  `${visitorId} ${visit} ${item}`;

describe('what visitors do', () => {
  it('leads from views over carts to purchases', () => {
    const keysOf = (type: string): Set<string> =>
      new Set(events.filter((event) => event.type === type).map(keyOf));
    const [views, carts, purchases] = ['view_item', 'add_to_cart', 'purchase'].map(keysOf);
    expect(views!.size).toBeGreaterThan(carts!.size);
    expect(carts!.size).toBeGreaterThan(purchases!.size);
    expect(purchases!.size).toBeGreaterThan(100);
    for (const key of [...carts!, ...purchases!]) expect(views).toContain(key);
  });

  it('happens one after the other, from the start on', () => {
    const last = new Map<string, SimulatedEvent>();
    for (const event of events) {
      const before = last.get(event.visitorId);
      expect(event.time).toBeGreaterThan(before?.time ?? 5e11);
      expect(event.visit).toBeGreaterThanOrEqual(before?.visit ?? 0);
      last.set(event.visitorId, event);
    }
  });

  it('repeats purchases of what runs out, after some visits, and of nothing else', () => {
    const topics = findTopics(readFacets(SHOP), createRandom(1, 'topics'));
    const bought = new Map<string, SimulatedEvent[]>();
    for (const event of events.filter(({ type }) => type === 'purchase')) {
      const key = `${event.visitorId} ${event.item}`;
      bought.set(key, [...(bought.get(key) ?? []), event]);
    }
    const all = [...bought.values()];
    const isConsumable = ([event]: readonly SimulatedEvent[]): boolean =>
      topics.interval[topics.topicOf[event!.item]!]! > 0;
    const rate = (list: readonly SimulatedEvent[][]): number =>
      list.filter(({ length }) => length > 1).length / list.length;
    const consumables = all.filter(isConsumable);
    expect(consumables.length).toBeGreaterThan(50);
    expect(rate(consumables)).toBeGreaterThan(0.4);
    expect(rate(all.filter((list) => !isConsumable(list)))).toBeLessThan(0.02);
    expect(events.some(({ list, type }) => type === 'view_item' && list === undefined)).toBe(true);
  });

  it('follows a purchase by its complements more often than chance', () => {
    const topics = findTopics(readFacets(SHOP), createRandom(1, 'topics'));
    const carts = events.filter(({ type }) => type === 'add_to_cart');
    let [next, all] = [0, 0];
    const share = new Map<number, number>();
    for (const { item } of carts) {
      const topic = topics.topicOf[item]!;
      share.set(topic, (share.get(topic) ?? 0) + 1 / carts.length);
    }
    let chance = 0;
    for (const [k, cart] of carts.entries()) {
      const after = carts[k + 1];
      if (after?.visitorId !== cart.visitorId || after.visit === cart.visit) continue;
      const complements = topics.complements[topics.topicOf[cart.item]!]!;
      all++;
      if (complements.includes(topics.topicOf[after.item]!)) next++;
      chance += complements.reduce((sum, topic) => sum + (share.get(topic) ?? 0), 0);
    }
    expect(all).toBeGreaterThan(100);
    expect(next).toBeGreaterThan(1.3 * chance);
  });
});

describe('complements', () => {
  it('of a demo shop’s tents are other things to take outdoors', () => {
    const { items } = generateCatalog({ seed: 1 });
    const topics = findTopics(readFacets(items), createRandom(1, 'topics'));
    const tents = topics.names.indexOf('Outdoors & sports > Camping > Tents');
    const names = topics.complements[tents]!.map((topic) => topics.names[topic]);
    expect(names).toHaveLength(2);
    for (const name of names) expect(name).toMatch(/^Outdoors & sports > /u);
  });

  it('are other topics, and differ by seed', () => {
    const facets = readFacets(SHOP);
    const drawn = [1, 2, 3, 4].map((seed) => findTopics(facets, createRandom(seed)).complements);
    for (const complements of drawn) {
      for (const [topic, others] of complements.entries()) expect(others).not.toContain(topic);
    }
    expect(new Set(drawn.map((complements) => JSON.stringify(complements))).size).toBe(4);
  });
});

describe('shopLists', () => {
  it('shows everybody the first items, and the shelf that the visitor is after', () => {
    for (const visitor of population.visitors.slice(0, 20)) {
      const [shelf, home] = shopLists(population, visitor);
      expect(home!.items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      const topics = new Set(Array.from(shelf!.items, (row) => population.topicOf[row]));
      expect(topics).toEqual(new Set([population.intent(visitor)]));
    }
  });
});

describe('toInteractions', () => {
  it('keeps one line per visitor, visit and item: the most that was done, when it began', () => {
    const event = { visitorId: 'v', item: 3, visit: 0 };
    const lines = toInteractions(
      [
        { ...event, type: 'view_item', time: 1 },
        { ...event, type: 'view_item', time: 2, item: 4 },
        { ...event, type: 'add_to_cart', time: 3 },
        { ...event, type: 'purchase', time: 4 },
        { ...event, type: 'view_item', time: 5, visit: 1 },
      ],
      SHOP,
    );
    expect(lines).toEqual([
      { visitorId: 'v', itemId: 'i3', type: 'purchase', time: 1 },
      { visitorId: 'v', itemId: 'i4', type: 'view_item', time: 2 },
      { visitorId: 'v', itemId: 'i3', type: 'view_item', time: 5 },
    ]);
  });

  it('makes a data folder that training reads', () => {
    const interactions = toInteractions(events, SHOP);
    const dir = writeData(testFolder(), { catalog: SHOP, interactions });
    const { items, visitors } = readDataset(dir);
    expect(items).toHaveLength(SHOP.length);
    const met = new Map(visitors.map(({ items: rows, visitorId }) => [visitorId, new Set(rows)]));
    const isRead = interactions.every(({ itemId, visitorId }) =>
      met.get(visitorId)?.has(items.findIndex(({ id }) => id === itemId)),
    );
    expect(interactions.length).toBeGreaterThan(1000);
    expect(isRead).toBe(true);
  });
});
