import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Item } from '../../../src/core/types.ts';
import { explainItem } from '../../../src/engine/explain-item.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { sumParts } from '../../../src/feed/score-item.ts';
import { compose, NOW, randomScene } from '../feed/fixtures.ts';
import { headphones, ITEMS } from '../feed/kinds.ts';
import {
  composeWith,
  find,
  ids,
  idsIn,
  meanPlace,
  NOBODY,
  placed,
  type Rule,
  SOMEBODY,
} from './compose-with.ts';

// Hundreds of feeds a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

describe('exclude and filter', () => {
  const brand = (feed: ComposedFeed): Set<string | undefined> => {
    const byId = new Map(ITEMS.map((item) => [item.id, item.brand]));
    return new Set(ids(feed).map((id) => byId.get(id)));
  };

  it.each([
    ['somebody', SOMEBODY],
    ['nobody', NOBODY],
  ])('keep items from the rows of %s, and put them last in the order', (_, visited) => {
    const feed = composeWith(visited, [{ type: 'exclude', match: { brand: 'brand 3' } }]);
    expect(brand(feed)).not.toContain('Brand 3');
    expect(feed.order.toSorted()).toEqual(ITEMS.map(({ id }) => id).toSorted());
    const count = ITEMS.filter((item) => item.brand === 'Brand 3').length;
    const last = new Set(feed.order.slice(-count));
    for (const item of ITEMS) expect(last.has(item.id)).toBe(item.brand === 'Brand 3');
    expect(feed.personalized).toBe(visited === SOMEBODY);
  });

  it('all filters must let an item through', () => {
    const feed = composeWith(SOMEBODY, [
      { type: 'filter', match: { brand: ['Brand 1', 'Brand 2', 'Brand 3', 'Brand 4'] } },
      { type: 'filter', match: { price: { max: 130 } } },
    ]);
    expect(ids(feed).length).toBeGreaterThan(5);
    const byId = new Map(ITEMS.map((item) => [item.id, item]));
    for (const id of ids(feed)) {
      expect(byId.get(id)!.brand).toMatch(/^Brand [1234]$/);
      expect(byId.get(id)!.price).toBeLessThanOrEqual(130);
    }
  });

  it('are told by the explanation', () => {
    const feed = composeWith(SOMEBODY, [{ type: 'exclude', match: { ids: ['headphones-7'] } }]);
    expect(explainItem(feed, 'headphones-7')).toMatchObject({
      rowId: null,
      notShown: { because: 'rule', words: 'the shop holds it back' },
    });
  });

  it('win over pins', () => {
    const feed = composeWith(SOMEBODY, [
      { type: 'pin', title: 'Chosen', match: { ids: ['stories-1', 'stories-2'] } },
      { type: 'exclude', match: { ids: ['stories-1'] } },
    ]);
    expect(idsIn(feed.rows[0])).toEqual(['stories-2']);
  });
});

describe('boost and bury', () => {
  const boosted = { type: 'boost', match: { brand: 'Brand 2' }, strength: 0.6 } as const;

  it('move items, by a part of the score that says so', () => {
    const plain = compose(SOMEBODY);
    const up = composeWith(SOMEBODY, [boosted]);
    const down = composeWith(SOMEBODY, [{ ...boosted, type: 'bury' }]);
    const isOf = new Set(ITEMS.filter((item) => item.brand === 'Brand 2').map(({ id }) => id));
    const count = (feed: ComposedFeed): number =>
      feed.rows
        .filter(({ kind }) => kind === 'inferred')
        .flatMap(idsIn)
        .filter((id) => isOf.has(id)).length;
    expect(count(up)).toBeGreaterThan(count(plain));
    expect(count(down)).toBeLessThan(count(plain));
    for (const [feed, value] of [
      [up, 0.6],
      [down, -0.6],
    ] as const) {
      const made = feed.rows
        .filter(({ kind }) => kind === 'inferred')
        .flatMap(({ items }) => items);
      for (const { itemId, score, scoreParts } of made) {
        const part = scoreParts.find(({ name }) => name === 'rule:r0');
        expect(part?.value).toBe(isOf.has(itemId) ? value : undefined);
        expect(sumParts(scoreParts)).toBe(score);
      }
    }
  });

  it('say so in words', () => {
    const feed = composeWith(SOMEBODY, [{ ...boosted, id: 'autumn' }]);
    const item = placed(feed).find(({ scoreParts }) =>
      scoreParts.some(({ name }) => name === 'rule:autumn'),
    );
    const part = explainItem(feed, item!.itemId).scoreParts.find(
      ({ name }) => name === 'rule:autumn',
    );
    expect(part!.words).toBe('moved up by the shop (rule “autumn”)');
  });

  it('leave the shop’s own order as it is, which the shop can change itself', () => {
    expect(composeWith(NOBODY, [boosted]).order).toEqual(ITEMS.map(({ id }) => id));
  });

  it('add up, and count in lists too', () => {
    const visited = {
      ...SOMEBODY,
      options: { layout: 'list', rows: 1, rowSize: Infinity },
    } as const;
    const twice = composeWith(visited, [
      boosted,
      { ...boosted, match: { ids: ['stories-23'] } },
      { ...boosted, match: { ids: ['stories-23'] } },
    ]);
    expect(twice.order.indexOf('stories-23')).toBeLessThan(
      compose(visited).order.indexOf('stories-23'),
    );
    expect(
      find(twice, 'stories-23')!.scoreParts.filter(({ name }) => name.startsWith('rule:')).length,
    ).toBe(2);
  });

  it('reach segments by name', () => {
    const match = { segment: 'gardeners' };
    const feed = composeWith(SOMEBODY, [{ type: 'boost', match, strength: 1 }]);
    for (const { memberships, scoreParts } of placed(feed)) {
      const isIn = memberships.some(({ segmentId }) => segmentId === 'gardeners');
      const isMoved = scoreParts.some(({ name }) => name === 'rule:r0');
      if (isMoved) expect(isIn).toBe(true);
    }
    expect(meanPlace(feed, /^plants/)).toBeLessThan(meanPlace(compose(SOMEBODY), /^plants/));
  });
});

describe('sponsored items', () => {
  const paid = { id: 'ad', type: 'sponsored', match: { brand: 'Brand 2' } } as const;

  it('carry their label wherever they stand, and their reason begins with it', () => {
    for (const visited of [SOMEBODY, NOBODY]) {
      const feed = composeWith(visited, [{ ...paid, label: 'Advertisement' }]);
      const brands = new Map(ITEMS.map((item) => [item.id, item.brand]));
      let count = 0;
      for (const { itemId, sponsored, why } of placed(feed)) {
        const isPaid = brands.get(itemId) === 'Brand 2';
        expect(sponsored).toEqual(isPaid ? { label: 'Advertisement', ruleId: 'ad' } : undefined);
        expect(why.startsWith('Advertisement. ')).toBe(isPaid);
        if (isPaid) count++;
      }
      expect(count).toBeGreaterThan(0);
    }
  });

  it('get a quarter of a row at most, however much they pay', () => {
    const everything = { ...paid, match: { price: { min: 0 } }, strength: 0.2 };
    for (const match of [paid.match, { brand: ['Brand 1', 'Brand 2', 'Brand 3'] }]) {
      const feed = composeWith(SOMEBODY, [{ ...everything, match }]);
      for (const { kind, items } of feed.rows.filter((row) => row.kind === 'inferred')) {
        const count = items.filter(({ sponsored }) => sponsored).length;
        expect(count, kind).toBeLessThanOrEqual(3);
      }
    }
  });
});

describe('rules', () => {
  it('are in force from their beginning until their end', () => {
    const rule = {
      type: 'exclude',
      match: { ids: headphones(7) },
      from: NOW,
      until: NOW + 10,
    } as const;
    const isOut = (now: number): boolean =>
      !ids(composeWith({ ...NOBODY, options: { rowSize: 30 } }, [rule], now)).includes(
        'headphones-7',
      );
    expect([NOW - 1, NOW, NOW + 9, NOW + 10].map(isOut)).toEqual([false, true, true, false]);
  });

  it('change nothing when they match nothing', () => {
    for (const type of ['boost', 'bury', 'exclude', 'sponsored'] as const) {
      const feed = composeWith(SOMEBODY, [{ type, match: { brand: 'Nobody' } }]);
      expect(JSON.stringify(feed.rows)).toBe(JSON.stringify(compose(SOMEBODY).rows));
    }
  });

  const anyMatch = fc.oneof(
    fc.record({ brand: fc.constantFrom('Aero', 'Berg', 'Cala') }),
    fc.record({ price: fc.record({ min: fc.integer({ min: 0, max: 60 }) }) }),
    fc.record({ segment: fc.constantFrom('gardeners', 'home-cooks', 'tech-early-adopters') }),
  );
  const anyRule: fc.Arbitrary<Rule> = fc.oneof(
    fc.record({
      type: fc.constantFrom('boost', 'bury', 'exclude', 'filter', 'sponsored'),
      match: anyMatch,
    }),
    fc.record({ type: fc.constant('pin'), title: fc.constant('Chosen'), match: anyMatch }),
    fc.record({
      type: fc.constant('pin'),
      match: anyMatch,
      where: fc.record({
        row: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constant('server')),
        position: fc.integer({ min: 1, max: 14 }),
      }),
    }),
  );

  it('never break a page: no item twice, parts that sum up, all ids in the order, nothing excluded', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.array(anyRule, { maxLength: 4 }), (seed, rules) => {
        const visited = randomScene(seed);
        const feed = composeWith(visited, rules);
        expect(new Set(ids(feed)).size).toBe(ids(feed).length);
        expect(feed.order.toSorted()).toEqual(visited.items.map(({ id }) => id).toSorted());
        expect(feed.rows.length).toBeLessThanOrEqual(visited.options!.rows!);
        const byId = new Map(visited.items.map((item) => [item.id, item]));
        const isOut = (item: Item): boolean => {
          const row = feed.context.encoded.indexOf.get(item.id)!;
          return feed.context.rules?.isOut(row) === true;
        };
        for (const { kind, items } of feed.rows) {
          expect(items.length).toBeGreaterThan(0);
          expect(items.length).toBeLessThanOrEqual(visited.options!.rowSize!);
          if (kind === 'pinned') expect(items.every(({ pinned }) => pinned)).toBe(true);
        }
        for (const { itemId, score, scoreParts } of placed(feed)) {
          expect(isOut(byId.get(itemId)!)).toBe(false);
          expect(sumParts(scoreParts)).toBe(score);
          expect(new Set(scoreParts.map(({ name }) => name)).size).toBe(scoreParts.length);
        }
      }),
      { numRuns: 80, seed: 3 },
    );
  });

  it('keep what is pinned where it is pinned', () => {
    let kept = 0;
    for (let seed = 0; seed < 60; seed++) {
      const visited = randomScene(seed);
      const before = compose(visited);
      const target = visited.items[seed % visited.items.length]!;
      const position = 1 + (seed % 3);
      const rules: Rule[] = [
        { type: 'pin', match: { ids: [target.id] }, where: { row: 1, position } },
      ];
      const feed = composeWith(visited, rules);
      const { context } = before;
      const row = context.encoded.indexOf.get(target.id)!;
      if (!context.mayStand(row) || position > visited.options!.rowSize!) continue;
      const first = idsIn(feed.rows[0]);
      expect(first.indexOf(target.id), `${seed}`).toBe(Math.min(position, first.length) - 1);
      kept++;
    }
    expect(kept).toBeGreaterThan(30);
  });
});
