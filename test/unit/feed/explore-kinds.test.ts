import { describe, expect, it } from 'vitest';
import type { Item, RankedItem } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { NEW_ITEM_BUDGET, newItems } from '../../../src/feed/explore-new.ts';
import type { FeedOptions } from '../../../src/feed/feed-context.ts';
import { compose, NOW, record, type Scene } from './fixtures.ts';
import { FIVE_LOOKS, ITEMS, scene } from './kinds.ts';

const exploredOf = (feed: ComposedFeed): readonly RankedItem[] =>
  feed.rows.filter(({ kind }) => kind === 'explore').flatMap(({ items }) => items);

const segmentsOf = (feed: ComposedFeed): string[] =>
  exploredOf(feed).map(
    ({ itemId }) => feed.context.library[feed.places.get(itemId)!.placed.explored!.segment]!.id,
  );

const POLICIES = ['thompson', 'epsilon', 'greedy'] as const;

describe.each(POLICIES)('exploration by %s', (policy) => {
  // A segment that was engaged with and is not the visitor's, so that greedy has something to try.
  const tried = record('view_item_list', 'none', { segmentId: 'gardeners' });
  const liked = record('select_item', 'none', { segmentId: 'gardeners' });
  const log = [...FIVE_LOOKS, tried, liked];
  const exploring = (options: Scene['options'], settings: Scene['settings'] = {}): ComposedFeed =>
    compose(scene({ log, options: { exploration: 0.3, policy, ...options }, settings }));

  it('gives the same places for the same seed', () => {
    const ids = (seed: number): string => JSON.stringify(exploredOf(exploring({ seed })));
    expect(exploredOf(exploring({ seed: 3 })).length).toBeGreaterThan(3);
    expect(ids(3)).toBe(ids(3));
  });

  it('gives none at share 0', () => {
    expect(exploredOf(exploring({ exploration: 0 }))).toEqual([]);
  });

  it('never gives one to a blocked segment', () => {
    for (let seed = 0; seed < 20; seed++) {
      const before = new Set(segmentsOf(exploring({ seed })));
      const blocked = [...before].slice(0, 1);
      const after = segmentsOf(exploring({ seed }, { blocked }));
      expect(after).not.toContain(blocked[0]);
    }
  });

  it('logs a propensity above 0 and at most 1 with each place', () => {
    for (const { explored } of exploredOf(exploring({}))) {
      expect(explored!.propensity).toBeGreaterThan(0);
      expect(explored!.propensity).toBeLessThanOrEqual(1);
    }
  });
});

describe('greedy', () => {
  it('tries nothing that nothing speaks for', () => {
    const feed = compose(scene({ options: { exploration: 0.3, policy: 'greedy' } }));
    expect(exploredOf(feed)).toEqual([]);
    expect(feed.personalized).toBe(true);
    const none = compose(scene({ options: { exploration: 0 } }));
    expect(feed.rows.map(({ id }) => id)).toEqual(none.rows.map(({ id }) => id));
  });

  it('gives all its places to the segment that did best', () => {
    const log = [...FIVE_LOOKS, record('select_item', 'none', { segmentId: 'gardeners' })];
    const feed = compose(scene({ log, options: { exploration: 0.3, policy: 'greedy' } }));
    expect(new Set(segmentsOf(feed))).toEqual(new Set(['gardeners']));
    for (const { explored } of exploredOf(feed)) expect(explored!.propensity).toBe(1);
  });
});

describe('epsilon', () => {
  it('gives all segments the same chance, whatever is known of them', () => {
    const log = [...FIVE_LOOKS, record('select_item', 'none', { segmentId: 'gardeners' })];
    const feed = compose(scene({ log, options: { exploration: 0.3, policy: 'epsilon' } }));
    const values = exploredOf(feed).map(({ explored }) => 1 / explored!.propensity);
    expect(values.length).toBeGreaterThan(3);
    for (const value of values) expect(value).toBeCloseTo(Math.round(value), 9);
  });
});

describe('a visitor of whom nothing is known', () => {
  const cold = (options: Partial<FeedOptions>): ComposedFeed =>
    compose(scene({ log: [], options }));

  it('gets the server’s order', () => {
    const { order, personalized, reason } = cold({ exploration: 0.3 });
    expect([personalized, reason]).toEqual([false, 'COLD_START']);
    expect(order).toEqual(ITEMS.map(({ id }) => id));
  });

  it('gets a row of something new above it where the shop wants that', () => {
    const { personalized, reason, rows } = cold({ exploration: 0.3, whenCold: true });
    expect([personalized, reason]).toEqual([true, 'COLD_START']);
    expect(rows[0]!.kind).toBe('explore');
    expect(rows[0]!.items.length).toBeGreaterThan(3);
    const idsOf = (kind: string): string[] =>
      rows.filter((row) => row.kind === kind).flatMap((row) => row.items.map((i) => i.itemId));
    const first = new Set(idsOf('explore'));
    const rest = idsOf('server');
    expect(rest.length).toBeGreaterThan(12);
    const server = ITEMS.map(({ id }) => id).filter((id) => !first.has(id));
    expect(rest).toEqual(server.slice(0, rest.length));
  });

  it('keeps the server’s order when nothing may be explored', () => {
    const { personalized, order } = cold({ exploration: 0, whenCold: true });
    expect(personalized).toBe(false);
    expect(order).toEqual(ITEMS.map(({ id }) => id));
  });
});

describe('new items', () => {
  const NEW = new Set(['plants-3', 'cookware-4', 'necklace-5', 'stories-6']);
  const items = ITEMS.map((item): Item => (NEW.has(item.id) ? { ...item, ratingCount: 0 } : item));
  const options = { exploration: 0.3, rowSize: 12 };
  const newPlaces = (log: Scene['log'], list: readonly Item[] = items): RankedItem[] =>
    Array.from({ length: 10 }, (_, seed) =>
      exploredOf(compose(scene({ items: list, log, options: { ...options, seed } }))),
    )
      .flat()
      .filter(({ itemId }) => NEW.has(itemId));

  it('get at most a quarter of the explored places', () => {
    const feed = compose(scene({ items, options }));
    const count = exploredOf(feed).filter(({ itemId }) => NEW.has(itemId)).length;
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(exploredOf(feed).length / 4);
  });

  it('are drawn with the chance that is logged', () => {
    const [first] = newPlaces(FIVE_LOOKS);
    expect(first!.explored!.propensity).toBeCloseTo(1 / NEW.size, 12);
  });

  it('get no more places once their budget is spent', () => {
    const shown = [...NEW].flatMap((id) =>
      Array.from({ length: NEW_ITEM_BUDGET }, () =>
        record('view_item_list', id, { time: NOW - 3_600_000 * 9 }),
      ),
    );
    const before = new Set(newPlaces(FIVE_LOOKS).map(({ itemId }) => itemId));
    expect(before.size).toBe(NEW.size);
    const feed = compose(scene({ items, log: [...FIVE_LOOKS, ...shown], options }));
    const fromBudget = exploredOf(feed)
      .slice(0, 4)
      .filter(({ itemId }) => NEW.has(itemId));
    expect(fromBudget).toEqual([]);
  });

  it('are not told from others where nothing is rated', () => {
    const unrated = ITEMS.map(({ rating: _rating, ratingCount: _count, ...item }): Item => item);
    const found = (list: readonly Item[]): number =>
      newItems(compose(scene({ items: list, options })).context, new Set()).length;
    expect(found(items)).toBe(NEW.size);
    expect(found(unrated)).toBe(0);
  });
});
