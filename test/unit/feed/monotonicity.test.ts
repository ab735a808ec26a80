import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Row } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { liesUnder } from '../../../src/feed/visitor-segments.ts';
import { compose, randomItems, randomLog, record, type Scene, views } from './fixtures.ts';

/** Scenes whose rows follow from the visitor alone: no exploration, nothing held back. */
function quietScene(seed: number): Scene {
  const items = randomItems(seed, 60).map((item) => ({ ...item, available: true }));
  const random = createRandom(seed, 'quiet');
  const log = randomLog(seed, items, 3 + Math.floor(random() * 12)).map(({ time, itemId }) =>
    record('view_item', itemId, { time }),
  );
  return { items, log, options: { exploration: 0, rows: 8 } };
}

/** Items that speak for a row and for no other segment. */
function speakersOf(feed: ComposedFeed, row: Row): string[] {
  const { encoded, visitor } = feed.context;
  const own = visitor.segments.find(({ id }) => id === row.id);
  return encoded.items
    .filter((item, n) => {
      if (own) return liesUnder(item, own.path);
      const memberships = feed.context.membershipsOf(n);
      return memberships.length === 1 && memberships[0]!.segmentId === row.id;
    })
    .map(({ id }) => id);
}

const placeOf = (feed: ComposedFeed, id: string): number => {
  const at = feed.rows.findIndex((row) => row.id === id);
  return at < 0 ? Infinity : at;
};

describe('more engagement with a segment', () => {
  const cases = Array.from({ length: 60 }, (_, seed) => {
    const scene = quietScene(seed);
    const feed = compose(scene);
    return { seed, scene, feed };
  }).flatMap(({ seed, scene, feed }) =>
    feed.rows
      .filter(({ kind }) => kind === 'inferred')
      .flatMap((row) =>
        speakersOf(feed, row)
          .slice(0, 1)
          .map((itemId) => ({ seed, scene, feed, row, itemId })),
      ),
  );

  it('is tried on many rows of both kinds', () => {
    const own = cases.filter(({ row }) => row.id.startsWith('visitor:')).length;
    expect(own).toBeGreaterThan(5);
    expect(cases.length - own).toBeGreaterThan(5);
  });

  const compared = cases.map(({ scene, feed, row, itemId, seed }) => {
    const after = compose({ ...scene, log: [...scene.log, ...views(itemId)] });
    return { feed, row, after, name: `${seed} ${row.id} ${itemId}` };
  });
  const isOwn = ({ id }: Row): boolean => id.startsWith('visitor:');

  it('never lowers a segment of the library among the visitor’s segments', () => {
    const rankOf = ({ ranked }: ComposedFeed, id: string): number => {
      const at = ranked.findIndex(({ segmentId }) => segmentId === id);
      return at < 0 ? Infinity : at;
    };
    const lowered = compared.filter(
      ({ row, feed, after }) => !isOwn(row) && rankOf(after, row.id) > rankOf(feed, row.id),
    );
    expect(lowered.map(({ name }) => name)).toEqual([]);
  });

  it('lowers the row of a segment only for a row of the visitor’s own, made of the same looks', () => {
    const lowered = compared.filter(({ row, feed, after }) => {
      if (isOwn(row)) return false;
      const ownBefore = new Set(feed.rows.filter(isOwn).map(({ id }) => id));
      const isMade = after.rows.some((other) => isOwn(other) && !ownBefore.has(other.id));
      const above = ({ rows }: ComposedFeed): number =>
        rows.filter((other) => !isOwn(other)).findIndex(({ id }) => id === row.id);
      return above(after) === -1 ? !isMade && !isRaised(feed, after) : above(after) > above(feed);
    });
    expect(lowered.map(({ name }) => name)).toEqual([]);
  });

  it('never lowers a row of the visitor’s own, unless a more special one takes its place', () => {
    const lowered = compared.filter(({ row, feed, after }) => {
      if (!isOwn(row) || row.id === 'visitor:recent') return false;
      const heir = after.rows.findIndex(({ id }) => id === row.id || id.startsWith(`${row.id}/`));
      return heir === -1 || heir > placeOf(feed, row.id);
    });
    expect(lowered.map(({ name }) => name)).toEqual([]);
  });
});

/** Whether a row of the visitor's own moved up, and took items first. */
function isRaised(before: ComposedFeed, after: ComposedFeed): boolean {
  return after.rows.some(
    ({ id }) => id.startsWith('visitor:') && placeOf(after, id) < placeOf(before, id),
  );
}
