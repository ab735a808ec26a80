import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isVitrineError } from '../../../src/core/errors.ts';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import { createPopulation } from '../../../src/simulate/population.ts';
import { runShop } from '../../../src/simulate/shop-log.ts';
import type { Population, SimulatedVisitor } from '../../../src/simulate/types.ts';
import { SHOP, shuffled, visitOften, visitorsOf } from './shop-fixture.ts';

const first = ({ visitors }: Population): SimulatedVisitor => visitors[0] as SimulatedVisitor;

/** Mean of a row's chances by a test on the row. */
function meanChance(chances: Float64Array, isMeant: (row: number) => boolean): number {
  const meant = chances.filter((_, row) => isMeant(row));
  return meant.reduce((sum, chance) => sum + chance, 0) / meant.length;
}

describe('what visitors are attracted by', () => {
  it('is their main topic, and there the items that match in price, brand and words', () => {
    const population = visitorsOf('single', 30);
    for (const visitor of population.visitors) {
      const taste = population.tastes[visitor.tastes[0]!.taste]!;
      const chances = population.attraction(visitor);
      const isMain = (row: number): boolean => population.topicOf[row] === taste.mainTopic;
      const isLiked = (row: number): boolean => taste.topics[population.topicOf[row]!]! > 0;
      const isBrand = (row: number): boolean => taste.brands.has(SHOP[row]!.brand!);
      const other = meanChance(chances, (row) => !isLiked(row));
      expect(meanChance(chances, isMain)).toBeGreaterThan(5 * other);
      const liked = meanChance(chances, (row) => isMain(row) && isBrand(row));
      const rest = meanChance(chances, (row) => isMain(row) && !isBrand(row));
      if (taste.brands.size < 3) expect(liked).toBeGreaterThan(rest);
    }
  });

  it('falls with each look that led to nothing, and recovers', () => {
    const population = visitorsOf('single', 1);
    const visitor = first(population);
    const random = createRandom(3);
    const before = population.attraction(visitor);
    const { seen } = population.visit(visitor, shuffled(random));
    const tired = population.attraction(visitor);
    expect(seen.length).toBeGreaterThan(5);
    for (const row of seen) expect(tired[row]).toBeLessThan(before[row]!);
    for (let k = 0; k < 40; k++) population.visit(visitor, []);
    const after = population.attraction(visitor);
    for (const row of seen) expect(after[row]).toBeGreaterThan(0.9 * before[row]!);
  });

  it('turns to what completes a thing that was put in the cart', () => {
    const population = visitorsOf('single', 200);
    let risen = 0;
    for (const visitor of population.visitors) {
      const before = population.attraction(visitor);
      const { events } = population.visit(visitor, shuffled(createRandom(visitor.index)));
      if (!events.some(({ type }) => type === 'add_to_cart')) continue;
      const after = population.attraction(visitor);
      const topics = population.topics.map((_, topic) => {
        const isIn = (row: number): boolean => population.topicOf[row] === topic;
        return meanChance(after, isIn) / meanChance(before, isIn);
      });
      if (Math.max(...topics) > 3) risen++;
    }
    expect(risen).toBeGreaterThan(20);
  });

  it('is a half for bots, whatever it is', () => {
    const population = visitorsOf('bot', 1);
    expect(new Set(population.attraction(first(population)))).toEqual(new Set([0.5]));
    expect(population.tastesNow(first(population))).toEqual([]);
  });
});

describe('the page', () => {
  it('gets more clicks at its first places', () => {
    const population = visitorsOf('single', 300);
    const byPlace = new Map<number, number>();
    for (const visitor of population.visitors) {
      for (const { place, type } of visitOften(population, visitor, 3)) {
        if (type === 'view_item' && place !== undefined) {
          byPlace.set(place, (byPlace.get(place) ?? 0) + 1);
        }
      }
    }
    const clicks = (from: number, to: number): number =>
      [...byPlace].reduce((sum, [place, n]) => sum + (place >= from && place < to ? n : 0), 0);
    expect(clicks(0, 10)).toBeGreaterThan(2 * clicks(30, 40));
    expect(clicks(30, 40)).toBeGreaterThan(1.2 * clicks(90, 100));
  });

  it('gets as many clicks as expected', () => {
    for (const kind of ['single', 'mixed', 'drifting', 'gift', 'bot'] as const) {
      const population = visitorsOf(kind, 150);
      const random = createRandom(7, kind);
      let clicks = 0;
      let expected = 0;
      for (const visitor of population.visitors) {
        for (let k = 0; k < 10; k++) {
          const lists = [...shuffled(random, 60), ...shuffled(random, 60)];
          expected += population.expectedClicks(visitor, lists);
          clicks += population.visit(visitor, lists).clicks;
        }
      }
      // Sums of independent clicks: variance is at most the mean.
      expect(Math.abs(clicks - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('can get no more clicks than the best one', () => {
    const population = createPopulation(SHOP, { visitors: 40, seed: 5 });
    const rows = fc.array(fc.nat(SHOP.length - 1), { maxLength: 20 });
    const pages = fc.array(rows, { maxLength: 4 });
    fc.assert(
      fc.property(fc.nat(39), pages, (index, page) => {
        const visitor = population.visitors[index]!;
        const lists = page.map((items, k) => ({ id: `${k}`, items }));
        const most = population.bestClicks(visitor, lists);
        expect(population.expectedClicks(visitor, lists)).toBeLessThanOrEqual(most + 1e-9);
      }),
    );
  });

  it('gets the most clicks from its best order', () => {
    const population = visitorsOf('mixed', 20);
    for (const visitor of population.visitors) {
      const chances = population.attraction(visitor);
      const items = [...SHOP.keys()].toSorted((a, b) => chances[b]! - chances[a]!).slice(0, 12);
      const lists = [{ id: 'best', items }];
      const expected = population.expectedClicks(visitor, lists);
      expect(population.bestClicks(visitor, lists)).toBeCloseTo(expected, 12);
    }
  });

  it('counts an item that stands twice once', () => {
    const population = visitorsOf('single', 1);
    const twice = [
      { id: 'a', items: [4, 4, 5] },
      { id: 'b', items: [5] },
    ];
    const once = [{ id: 'a', items: [4] }];
    const visitor = first(population);
    expect(population.expectedClicks(visitor, twice)).toBeGreaterThan(
      population.expectedClicks(visitor, once),
    );
    for (let k = 0; k < 30; k++) {
      const { seen } = population.visit(visitor, twice);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });
});

describe('the same seed', () => {
  const log = (seed: number, visitors = 40): unknown[] =>
    runShop(createPopulation(SHOP, { visitors, seed }), { visits: 5, seed });

  it('gives the same log, another one another', () => {
    expect(log(1)).toEqual(log(1));
    expect(log(1)).not.toEqual(log(2));
  });

  it('gives each visitor the same, however many others there are and what they do', () => {
    const few = createPopulation(SHOP, { visitors: 5, seed: 1 });
    const many = createPopulation(SHOP, { visitors: 50, seed: 1 });
    for (const visitor of many.visitors.slice(5)) visitOften(many, visitor, 2);
    expect(many.visitors.slice(0, 5)).toEqual(few.visitors);
    for (const visitor of few.visitors) {
      expect(visitOften(many, visitor, 4)).toEqual(visitOften(few, visitor, 4));
    }
  });

  it('is not disturbed by questions', () => {
    const [asked, left] = [visitorsOf('drifting', 3), visitorsOf('drifting', 3)];
    for (const visitor of asked.visitors) {
      asked.attraction(visitor);
      asked.intent(visitor);
      asked.expectedClicks(visitor, shuffled(createRandom(1)));
      expect(asked.intent(visitor)).toBe(asked.intent(visitor));
      expect(visitOften(asked, visitor, 3)).toEqual(visitOften(left, visitor, 3));
    }
  });
});

describe('a catalog', () => {
  const without = (...fields: readonly (keyof Item)[]): Item[] =>
    SHOP.map(
      (item) =>
        Object.fromEntries(
          Object.entries(item).filter(([name]) => !fields.includes(name as keyof Item)),
        ) as unknown as Item,
    );

  it.each([
    ['titles', ['title']],
    ['prices', ['price']],
    ['tags', ['tags']],
    ['categories', ['categoryPath']],
    ['titles and prices', ['title', 'price']],
    ['all but tags', ['title', 'price', 'brand', 'rating', 'categoryPath']],
    ['all but titles', ['tags', 'price', 'brand', 'rating', 'categoryPath']],
    ['all but prices', ['tags', 'title', 'brand', 'rating', 'categoryPath']],
  ] as const)('without %s still has topics that visitors prefer', (_, fields) => {
    const population = createPopulation(without(...fields), {
      visitors: 40,
      seed: 1,
      kinds: { single: 1 },
    });
    expect(population.topics.length).toBeGreaterThan(2);
    for (const visitor of population.visitors) {
      const taste = population.tastes[visitor.tastes[0]!.taste]!;
      const chances = population.attraction(visitor);
      const isMain = (row: number): boolean => population.topicOf[row] === taste.mainTopic;
      const isOther = (row: number): boolean => taste.topics[population.topicOf[row]!] === 0;
      expect(meanChance(chances, isMain)).toBeGreaterThan(2 * meanChance(chances, isOther));
    }
  });

  it('of bare ids has one topic, and items of different quality', () => {
    const bare = SHOP.map(({ id }) => ({ id }));
    const population = createPopulation(bare, { visitors: 3, seed: 1, kinds: { single: 1 } });
    expect(population.topics).toEqual(['other']);
    const chances = population.attraction(first(population));
    expect(Math.max(...chances)).toBeGreaterThan(1.5 * Math.min(...chances));
    expect(chances.every((chance) => chance > 0 && chance < 1)).toBe(true);
  });

  it('of one item is enough', () => {
    const population = createPopulation([{ id: 'a', title: 'Lamp' }], { visitors: 9, seed: 1 });
    const events = runShop(population, { visits: 5, seed: 1 });
    expect(new Set(events.map(({ item }) => item))).toEqual(new Set([0]));
  });

  it('without items is refused', () => {
    let thrown: unknown;
    try {
      createPopulation([], { visitors: 1, seed: 1 });
    } catch (error) {
      thrown = error;
    }
    expect(isVitrineError(thrown) && thrown.code).toBe('DATA_INVALID');
  });
});
