import { describe, expect, it, vi } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { claimOf, PageShares } from '../../../src/feed/calibration.ts';
import { createFeedContext } from '../../../src/feed/feed-context.ts';
import { compose, inputOf, randomScene, type Scene, views } from './fixtures.ts';

// Hundreds of feeds a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

describe('calibration', () => {
  /** Shares of memberships in the rows that the profile made, against the visitor's. */
  function distance(feed: ComposedFeed, ids: readonly string[]): number {
    const sums = new Map<string, number>();
    let total = 0;
    for (const { kind, items } of feed.rows) {
      if (kind !== 'inferred') continue;
      for (const { segmentId, weight } of items.flatMap(({ memberships }) => memberships)) {
        sums.set(segmentId, (sums.get(segmentId) ?? 0) + weight);
        total += weight;
      }
    }
    const wanted = new Map(feed.ranked.map(({ segmentId, weight }) => [segmentId, weight]));
    return ids.reduce(
      (sum, id) => sum + Math.abs((wanted.get(id) ?? 0) - (sums.get(id) ?? 0) / total),
      0,
    );
  }

  const KINDS = [
    [
      'lamp',
      'home-automation',
      'Smart thermostat sensor with app control',
      ['electronics', 'smart home'],
    ],
    ['seed', 'gardeners', 'Garden flower seeds for soil and plant pots', ['garden', 'seeds']],
  ] as const;
  const items: readonly Item[] = Array.from({ length: 160 }, (_, n) => {
    const [kind, , title, path] = KINDS[n % 2]!;
    const random = createRandom(n, 'calibration');
    return {
      id: `${kind}-${n}`,
      title: `${title} ${n}`,
      // No category has enough to be a row of the visitor's own.
      categoryPath: [...path, `${path[1]} ${Math.floor(random() * 40)}`],
      price: 20 + Math.floor(random() * 10),
    };
  });
  const looks = (lamps: number, seeds: number): Scene['log'] =>
    views(
      ...items
        .filter(({ id }) => id.startsWith('lamp'))
        .slice(0, lamps)
        .map(({ id }) => id),
      ...items
        .filter(({ id }) => id.startsWith('seed'))
        .slice(0, seeds)
        .map(({ id }) => id),
    );
  const shareOfLamps = (feed: ComposedFeed): number => {
    const shown = feed.rows
      .filter(({ kind }) => kind === 'inferred')
      .flatMap((row) => row.items.map(({ itemId }) => itemId));
    return shown.filter((id) => id.startsWith('lamp')).length / shown.length;
  };

  it.each([
    [7, 3],
    [3, 7],
    [5, 5],
  ])(
    'shows a visitor of %i looks at lamps and %i at seeds about as many of each',
    (lamps, seeds) => {
      const feed = compose({ items, log: looks(lamps, seeds) });
      expect(Math.abs(shareOfLamps(feed) - lamps / (lamps + seeds))).toBeLessThan(0.15);
      expect(distance(feed, ['home-automation', 'gardeners'])).toBeLessThan(0.4);
    },
  );

  it('is a part of the score where a row belongs to no segment', () => {
    const parts = Array.from({ length: 60 }, (_, seed) => compose(randomScene(seed)))
      .flatMap(({ rows }) => rows)
      .flatMap(({ items: placed }) => placed)
      .flatMap(({ scoreParts }) => scoreParts)
      .filter(({ name }) => name === 'calibration');
    expect(parts.length).toBeGreaterThan(20);
    expect(parts.some(({ value }) => value > 0)).toBe(true);
    expect(parts.some(({ value }) => value < 0)).toBe(true);
    for (const { value } of parts) expect(Math.abs(value)).toBeLessThanOrEqual(0.3);
  });
});

describe('the shares of a page', () => {
  const context = createFeedContext(inputOf(randomScene(4)));
  const rows = [...context.encoded.items.keys()].filter((row) => context.membershipsOf(row).length);

  it('are those of the items on it, and lack what the visitor wants more of', () => {
    const [first = 0] = rows;
    const { segmentId, weight } = context.membershipsOf(first)[0]!;
    const page = new PageShares(context, new Map([[segmentId, 1]]), [first]);
    expect(page.shareOf(segmentId)).toBeCloseTo(weight, 12);
    expect(page.shareOf('none')).toBe(0);
    expect(page.rowsOf(segmentId)).toBeCloseTo(weight / context.options.rowSize, 12);
    for (const row of rows) expect(Math.abs(page.lackOf(row))).toBeLessThanOrEqual(1);
    expect(new PageShares(context, new Map([[segmentId, 1]])).lackOf(first)).toBe(0);
  });

  it('are nearer to what is wanted with an item that is lacked than with one that is not', () => {
    const wanted = new Map(context.library.map(({ id }, n) => [id, n === 3 ? 0.7 : 0.3 / 30]));
    const distance = (page: PageShares): number =>
      context.library.reduce(
        (sum, { id }) => sum + ((wanted.get(id) ?? 0) - page.shareOf(id)) ** 2,
        0,
      );
    const base = rows.slice(0, 10);
    const page = new PageShares(context, wanted, base);
    const byLack = rows.slice(10).toSorted((a, b) => page.lackOf(b) - page.lackOf(a));
    const after = (row: number): number =>
      distance(new PageShares(context, wanted, [...base, row]));
    expect(after(byLack[0]!)).toBeLessThan(after(byLack.at(-1)!));
  });

  it('give a second row a claim of a third, less where the page shows the segment anyway', () => {
    expect(claimOf(0.9, 0)).toBeCloseTo(0.3, 12);
    expect(claimOf(0.9, 1)).toBeCloseTo(0.3, 12);
    expect(claimOf(0.9, 2)).toBeCloseTo(0.18, 12);
  });
});
