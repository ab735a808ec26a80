import { describe, expect, it } from 'vitest';
import { createPopulation } from '../../../src/simulate/population.ts';
import type { Population, SimulatedEvent, SimulatedVisitor } from '../../../src/simulate/types.ts';
import { SHOP, visitOften, visitorsOf } from './shop-fixture.ts';

const VISITS = 30;

/** Share of the views that lie in a taste's main topic. */
function shareIn(population: Population, taste: number, events: readonly SimulatedEvent[]): number {
  const topic = population.tastes[taste]!.mainTopic;
  const views = events.filter(({ type }) => type === 'view_item');
  return views.filter(({ item }) => population.topicOf[item] === topic).length / views.length;
}

/** Two tastes that have no topic in common. */
function areApart(population: Population, a: number, b: number): boolean {
  const [one, other] = [population.tastes[a]!.topics, population.tastes[b]!.topics];
  return one.every((liked, topic) => liked === 0 || other[topic] === 0);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Visitors whose two tastes can be told apart. */
function apart(population: Population): SimulatedVisitor[] {
  return population.visitors.filter(({ otherTaste, tastes }) =>
    areApart(population, tastes[0]!.taste, otherTaste ?? tastes[1]!.taste),
  );
}

it('draws the kinds by their shares', () => {
  const { visitors } = createPopulation(SHOP, { visitors: 4000, seed: 2 });
  const count = (kind: string): number =>
    visitors.filter((visitor) => visitor.kind === kind).length / visitors.length;
  const shares = ['single', 'mixed', 'drifting', 'gift', 'bot'].map(count);
  for (const [k, share] of [0.4, 0.25, 0.2, 0.12, 0.03].entries()) {
    expect(Math.abs(shares[k]! - share)).toBeLessThan(0.03);
  }
});

describe('a single-minded visitor', () => {
  it('has one taste on all visits, and looks at it most', () => {
    const population = visitorsOf('single', 60);
    const shares = population.visitors.map((visitor) => {
      const taste = visitor.tastes[0]!.taste;
      const early = visitOften(population, visitor, VISITS / 2);
      const late = visitOften(population, visitor, VISITS / 2, 2);
      expect(population.tastesNow(visitor)).toEqual([{ taste, share: 1 }]);
      return [shareIn(population, taste, early), shareIn(population, taste, late)];
    });
    // One shelf of nine, and the shelves near it.
    expect(mean(shares.map(([early]) => early!))).toBeGreaterThan(0.35);
    expect(mean(shares.map(([, late]) => late!))).toBeGreaterThan(0.3);
  });
});

describe('a mixed visitor', () => {
  it('clicks 70 to 30 by two tastes', () => {
    const population = visitorsOf('mixed', 200);
    const rates = apart(population).map((visitor) => {
      const [main, side] = visitor.tastes;
      expect([main!.share, side!.share]).toEqual([0.7, expect.closeTo(0.3)]);
      const events = visitOften(population, visitor, 10);
      return [shareIn(population, main!.taste, events), shareIn(population, side!.taste, events)];
    });
    expect(rates.length).toBeGreaterThan(40);
    const [main, side] = [mean(rates.map(([m]) => m!)), mean(rates.map(([, s]) => s!))];
    expect(main / side).toBeGreaterThan(1.6);
    expect(main / side).toBeLessThan(3.6);
  });
});

describe('a drifting visitor', () => {
  it('has another taste from some visit in the middle third on', () => {
    const population = visitorsOf('drifting', 200);
    const shares = apart(population).map((visitor) => {
      const { otherTaste, otherVisit, tastes } = visitor;
      expect(otherVisit).toBeGreaterThanOrEqual(VISITS / 3);
      expect(otherVisit).toBeLessThan((2 * VISITS) / 3);
      const events = visitOften(population, visitor, VISITS);
      const before = events.filter(({ visit }) => visit < otherVisit!);
      const after = events.filter(({ visit }) => visit >= otherVisit!);
      return [
        shareIn(population, tastes[0]!.taste, before),
        shareIn(population, otherTaste!, before),
        shareIn(population, tastes[0]!.taste, after),
        shareIn(population, otherTaste!, after),
      ];
    });
    expect(shares.length).toBeGreaterThan(40);
    const [oldBefore, newBefore, oldAfter, newAfter] = [0, 1, 2, 3].map((k) =>
      mean(shares.map((list) => list[k]!)),
    );
    expect(oldBefore).toBeGreaterThan(3 * newBefore!);
    expect(newAfter).toBeGreaterThan(3 * oldAfter!);
  });
});

describe('a gift shopper', () => {
  it('has another taste on one visit only', () => {
    const population = visitorsOf('gift', 200);
    const shares = apart(population).map((visitor) => {
      const { otherTaste, otherVisit, tastes } = visitor;
      const events = visitOften(population, visitor, VISITS);
      const gift = events.filter(({ visit }) => visit === otherVisit);
      const own = events.filter(({ visit }) => visit !== otherVisit);
      const shareOfGift = gift.length === 0 ? NaN : shareIn(population, otherTaste!, gift);
      return [
        shareOfGift,
        shareIn(population, tastes[0]!.taste, own),
        shareIn(population, otherTaste!, own),
      ];
    });
    const known = shares.filter(([gift]) => !Number.isNaN(gift));
    expect(known.length).toBeGreaterThan(40);
    const [gift, own, stray] = [0, 1, 2].map((k) => mean(known.map((list) => list[k]!)));
    expect(gift).toBeGreaterThan(0.3);
    expect(own).toBeGreaterThan(0.3);
    expect(stray).toBeLessThan(0.1);
  });
});

describe('a bot', () => {
  it('views half of everything, evenly over places and items, and buys nothing', () => {
    const population = visitorsOf('bot', 40);
    const events = population.visitors.flatMap((visitor) => visitOften(population, visitor, 5));
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['view_item']));
    const pages = 40 * 5;
    expect(Math.abs(events.length / (pages * SHOP.length) - 0.5)).toBeLessThan(0.02);
    const inFirst = events.filter(({ place }) => place! < SHOP.length / 2).length;
    expect(Math.abs(inFirst / events.length - 0.5)).toBeLessThan(0.02);
    const byItem = SHOP.map((_, row) => events.filter(({ item }) => item === row).length / pages);
    expect(Math.min(...byItem)).toBeGreaterThan(0.35);
    expect(Math.max(...byItem)).toBeLessThan(0.65);
  });
});
