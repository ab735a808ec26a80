/** What holds for any shop, visitor and page. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Item, Row, ScorePart } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { compose, randomScene, type Scene } from './fixtures.ts';

// Hundreds of feeds a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const anySeed = fc.nat({ max: 100_000 });
const idsOf = (feed: ComposedFeed): string[] =>
  feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
const isMade = ({ kind }: Row): boolean => kind === 'followed' || kind === 'inferred';

/** A page is whole: nothing twice, no empty row, all ids in the order. */
function expectWhole(feed: ComposedFeed, { items, options }: Scene): void {
  const ids = idsOf(feed);
  expect(new Set(ids).size).toBe(ids.length);
  expect(feed.order.toSorted()).toEqual(items.map(({ id }) => id).toSorted());
  expect(feed.rows.length).toBeLessThanOrEqual(options!.rows!);
  expect(new Set(feed.rows.map(({ id }) => id)).size).toBe(feed.rows.length);
  for (const { items: placed } of feed.rows) expect(placed.length).toBeGreaterThan(0);
}

describe('blocking a segment', () => {
  it('removes its rows, all of them, and never breaks the page', () => {
    let removed = 0;
    fc.assert(
      fc.property(anySeed, fc.nat({ max: 5 }), (seed, which) => {
        const visited = randomScene(seed);
        const before = compose(visited);
        const rows = before.rows.filter(isMade);
        const segmentId = rows[which % Math.max(1, rows.length)]?.segmentId;
        if (segmentId === undefined) return;
        removed++;
        const blocked = [...(visited.settings?.blocked ?? []), segmentId];
        const after = compose({ ...visited, settings: { ...visited.settings, blocked } });
        expectWhole(after, visited);
        expect(after.rows.map((row) => row.segmentId)).not.toContain(segmentId);
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(removed).toBeGreaterThan(20);
  });

  it('of all segments leaves the shop’s order', () => {
    for (let seed = 0; seed < 20; seed++) {
      const visited = randomScene(seed);
      const { context } = compose(visited);
      const blocked = [...context.library, ...context.visitor.segments].map(({ id }) => id);
      const options = { ...visited.options, exploration: 0 };
      const feed = compose({ ...visited, options, settings: { followed: [], blocked } });
      expectWhole(feed, visited);
      expect(feed.rows.every(({ kind }) => kind === 'server')).toBe(true);
      expect(feed.order).toEqual(visited.items.map(({ id }) => id));
    }
  });
});

/** The parts that do not depend on what else stands on the page. */
const ownParts = (parts: readonly ScorePart[]): readonly ScorePart[] =>
  parts.filter(({ name }) => name !== 'diversity' && name !== 'calibration');

/** A scene in which an item cannot be shown any more; what it taught about words and prices stays. */
function without(visited: Scene, index: number): { scene: Scene; id: string } {
  const { id } = visited.items[index % visited.items.length] as Item;
  const items = visited.items.map((item) =>
    item.id === id ? { ...item, available: false } : item,
  );
  return { id, scene: { ...visited, items } };
}

describe('taking one candidate away', () => {
  it('leaves the order of all others in a list', () => {
    const options = { layout: 'list', rows: 1, rowSize: Infinity } as const;
    fc.assert(
      fc.property(anySeed, fc.nat({ max: 200 }), (seed, index) => {
        const visited = { ...randomScene(seed), options };
        const { scene, id } = without(visited, index);
        const before = compose(visited);
        const after = compose(scene);
        expect(after.personalized).toBe(before.personalized);
        expect(idsOf(after).filter((other) => other !== id)).toEqual(
          idsOf(before).filter((other) => other !== id),
        );
      }),
      { numRuns: 40, seed: 6 },
    );
  });

  it('leaves the score of all others in a row as it is, but for what stands beside them', () => {
    let compared = 0;
    fc.assert(
      fc.property(anySeed, fc.nat({ max: 200 }), (seed, index) => {
        const visited = randomScene(seed);
        const { scene, id } = without(visited, index);
        const before = compose(visited);
        const after = compose(scene);
        expectWhole(after, scene);
        expect(after.personalized && idsOf(after).includes(id)).toBe(false);
        for (const row of after.rows.filter(isMade)) {
          const same = before.rows.find((other) => other.id === row.id)?.items ?? [];
          for (const item of row.items) {
            const other = same.find(({ itemId }) => itemId === item.itemId);
            if (!other) continue;
            compared++;
            expect(ownParts(item.scoreParts)).toEqual(ownParts(other.scoreParts));
          }
        }
      }),
      { numRuns: 40, seed: 7 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('that stands in no row and could stand in none leaves the page as it is', () => {
    for (let seed = 0; seed < 25; seed++) {
      const visited = randomScene(seed);
      const before = compose(visited);
      const index = visited.items.findIndex(({ id }) => before.context.state.heldBack.has(id));
      if (index < 0 || !before.personalized) continue;
      const { scene } = without(visited, index);
      expect(JSON.stringify(compose(scene).rows)).toBe(JSON.stringify(before.rows));
    }
  });
});

describe('any page', () => {
  it('is whole, has weights that sum to 1, and is the same again for the same seed', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        const visited = randomScene(seed);
        const feed = compose(visited);
        expectWhole(feed, visited);
        const weights = feed.ranked.reduce((sum, { weight }) => sum + weight, 0);
        if (feed.ranked.length > 0) expect(weights).toBeCloseTo(1, 9);
        for (const { memberships } of feed.rows.flatMap(({ items }) => items)) {
          const sum = memberships.reduce((total, { weight }) => total + weight, 0);
          if (memberships.length > 0) expect(sum).toBeCloseTo(1, 9);
        }
        expect(JSON.stringify(compose(visited).rows)).toBe(JSON.stringify(feed.rows));
      }),
      { numRuns: 40, seed: 8 },
    );
  });
});
