import { describe, expect, it } from 'vitest';
import type { RankedItem } from '../../../src/core/types.ts';
import { composeFeed, type ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { createFeedContext } from '../../../src/feed/feed-context.ts';
import type { PlacedItem } from '../../../src/feed/fill-row.ts';
import { placeExploreRows } from '../../../src/feed/place-explore.ts';
import { compose, inputOf, OPTIONS, type Scene, views } from './fixtures.ts';
import { FIVE_LOOKS, headphones, scene } from './kinds.ts';

describe('exploration', () => {
  const input = inputOf(scene());
  const exploring = (exploration: number, seed = 1): ComposedFeed =>
    composeFeed({ ...input, options: { ...OPTIONS, exploration, seed } });
  const context = createFeedContext(input);
  const placesOf = (exploration: number, seed: number): readonly PlacedItem[] =>
    placeExploreRows(
      { ...context, options: { ...OPTIONS, exploration, seed } },
      new Set(),
      new Set(),
      { most: OPTIONS.rows, won: [] },
    ).flatMap(({ items }) => items);
  const explored = (feed: ComposedFeed): readonly RankedItem[] =>
    feed.rows.filter(({ kind }) => kind === 'explore').flatMap(({ items }) => items);

  it('gives no place at 0', () => {
    for (let seed = 0; seed < 30; seed++) expect(explored(exploring(0, seed))).toEqual([]);
  });

  it('gives all rows at 1', () => {
    const feed = exploring(1);
    expect(feed.personalized).toBe(true);
    expect(feed.rows.length).toBeGreaterThan(0);
    expect(feed.rows[0]!.kind).toBe('explore');
    expect(feed.rows.every(({ kind }) => kind === 'explore' || kind === 'server')).toBe(true);
  });

  it.each([
    [0.02, 200],
    [0.1, 10],
    [0.3, 10],
  ])('gives about %d of the places over many visitors', (exploration, visitors) => {
    let places = 0;
    for (let seed = 0; seed < visitors; seed++) places += placesOf(exploration, seed).length;
    const share = places / visitors / (OPTIONS.rows * OPTIONS.rowSize);
    expect(share).toBeGreaterThan(exploration * 0.7);
    expect(share).toBeLessThan(exploration * 1.3);
  });

  it('shows segments that the visitor has not met, by the item’s own segment', () => {
    const feed = exploring(0.3);
    const met = new Set(feed.ranked.map(({ segmentId }) => segmentId));
    expect(explored(feed).length).toBeGreaterThan(3);
    for (const { itemId, why } of explored(feed)) {
      const place = feed.places.get(itemId)!;
      const segment = feed.context.library[place.placed.explored!.segment]!;
      expect(met.has(segment.id)).toBe(false);
      expect(why).toContain(segment.name);
    }
  });

  it('has a propensity that a thousand visitors confirm', () => {
    // The first explored place: how often it goes to a segment, beside what the log would say.
    const counts = new Map<number, { drawn: number; expected: number }>();
    const visitors = 1_000;
    for (let seed = 0; seed < visitors; seed++) {
      const first = placesOf(0.02, seed)[0]?.explored;
      if (!first) continue;
      const count = counts.get(first.segment) ?? { drawn: 0, expected: first.propensity };
      count.drawn++;
      counts.set(first.segment, count);
    }
    expect(counts.size).toBeGreaterThan(1);
    for (const { drawn, expected } of counts.values()) {
      const sigma = Math.sqrt(visitors * expected * (1 - expected));
      expect(Math.abs(drawn - visitors * expected)).toBeLessThan(4.5 * sigma);
    }
  });

  it('is the same for the same seed, and differs between seeds', () => {
    const ids = (seed: number): string => JSON.stringify(explored(exploring(0.3, seed)));
    expect(ids(1)).toBe(ids(1));
    expect(new Set(Array.from({ length: 10 }, (_, seed) => ids(seed))).size).toBeGreaterThan(3);
  });

  it('draws anew when something happens, and not when the page is loaded again', () => {
    const ids = (log: Scene['log']): string =>
      JSON.stringify(explored(compose(scene({ log, options: { exploration: 0.3 } }))));
    expect(ids(FIVE_LOOKS)).toBe(ids([...FIVE_LOOKS]));
    const later = Array.from({ length: 8 }, (_, n) =>
      ids([...FIVE_LOOKS, ...views(...headphones(...Array.from({ length: n }, () => 0)))]),
    );
    expect(new Set(later).size).toBeGreaterThan(1);
  });

  it('does not touch the rows that are not explored', () => {
    const rest = (seed: number): string =>
      JSON.stringify(exploring(0.1, seed).rows.filter(({ kind }) => kind === 'inferred'));
    for (let seed = 0; seed < 10; seed++) expect(rest(seed)).toBe(rest(0));
  });
});
