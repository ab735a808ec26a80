import { describe, expect, it } from 'vitest';
import { explainItem } from '../../../src/engine/explain-item.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { sumParts } from '../../../src/feed/score-item.ts';
import { compose, randomScene, type Scene } from './fixtures.ts';

const SCENES: readonly { readonly scene: Scene; readonly feed: ComposedFeed }[] = Array.from(
  { length: 120 },
  (_, seed) => {
    const scene = randomScene(seed);
    return { scene, feed: compose(scene) };
  },
);

/** Checks something on many random feeds. */
function onRandomFeeds(check: (feed: ComposedFeed, scene: Scene) => void): void {
  for (const { scene, feed } of SCENES) check(feed, scene);
}

/** Score parts that compare vectors. */
const COMPARED = new Set(['segment', 'session', 'longTerm']);

const idsOf = (feed: ComposedFeed): string[] =>
  feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));

describe('any feed', () => {
  it('is personal in most of the random scenes, or the rest of this file would say little', () => {
    const personalized = SCENES.filter(({ feed }) => feed.personalized).length;
    expect(personalized).toBeGreaterThan(SCENES.length / 2);
    expect(personalized).toBeLessThan(SCENES.length);
  });

  it('shows no item twice', () => {
    onRandomFeeds((feed) => {
      const ids = idsOf(feed);
      expect(new Set(ids).size).toBe(ids.length);
    });
  });

  it('orders all candidates: the rows first, then the rest as the server sent it', () => {
    onRandomFeeds((feed, { items }) => {
      const server = items.map(({ id }) => id);
      expect(feed.order.toSorted()).toEqual(server.toSorted());
      if (feed.personalized) {
        const shown = idsOf(feed);
        expect(feed.order.slice(0, shown.length)).toEqual(shown);
        const rest = feed.order.slice(shown.length);
        expect(rest).toEqual(server.filter((id) => rest.includes(id)));
      } else {
        expect(feed.order).toEqual(server);
      }
    });
  });

  it('keeps to the size that the page asks for, without empty rows', () => {
    onRandomFeeds(({ rows }, { options }) => {
      expect(rows.length).toBeLessThanOrEqual(options!.rows!);
      for (const { items } of rows) {
        expect(items.length).toBeGreaterThan(0);
        expect(items.length).toBeLessThanOrEqual(options!.rowSize!);
      }
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    });
  });

  it('climbs down the ladder: followed, inferred, explored, the server’s', () => {
    const ladder = ['followed', 'inferred', 'explore', 'server'];
    onRandomFeeds(({ rows }) => {
      const steps = rows.map(({ kind }) => ladder.indexOf(kind));
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps).not.toContain(-1);
    });
  });

  it('has parts that sum to the score, for every item', () => {
    onRandomFeeds(({ rows }) => {
      for (const { itemId, score, scoreParts } of rows.flatMap(({ items }) => items)) {
        expect(sumParts(scoreParts), itemId).toBe(score);
        expect(Number.isFinite(score)).toBe(true);
        expect(new Set(scoreParts.map(({ name }) => name)).size).toBe(scoreParts.length);
      }
    });
  });

  it('gives a reason for every row and item', () => {
    onRandomFeeds(({ rows }) => {
      for (const row of rows) {
        expect(row.title.length * row.why.length).toBeGreaterThan(0);
        for (const [i, item] of row.items.entries()) {
          expect(item.rank).toBe(i + 1);
          expect(item.why).toMatch(/^[A-Z].*\.$/s);
        }
      }
    });
  });

  it('gives memberships that sum to 1, three at most', () => {
    onRandomFeeds(({ rows }) => {
      for (const { memberships } of rows.flatMap(({ items }) => items)) {
        expect(memberships.length).toBeLessThanOrEqual(3);
        const sum = memberships.reduce((total, { weight }) => total + weight, 0);
        if (memberships.length > 0) expect(sum).toBeCloseTo(1, 9);
      }
    });
  });

  it('gives explored places, and no others, a propensity in (0, 1]', () => {
    let explored = 0;
    onRandomFeeds(({ rows }, { options }) => {
      for (const { kind, items } of rows) {
        for (const item of items) {
          expect(item.explored !== undefined).toBe(kind === 'explore');
          if (!item.explored) continue;
          explored++;
          expect(item.explored.propensity).toBeGreaterThan(0);
          expect(item.explored.propensity).toBeLessThanOrEqual(1);
        }
        if (kind === 'explore') expect(options!.exploration).toBeGreaterThan(0);
      }
    });
    expect(explored).toBeGreaterThan(50);
  });

  it('never shows the page’s own item', () => {
    onRandomFeeds((feed, { options }) => {
      const { contextItemId } = options!;
      if (contextItemId !== undefined) expect(idsOf(feed)).not.toContain(contextItemId);
    });
  });

  it('holds back what is in the cart, bought, unavailable or without a price, once it is personal', () => {
    onRandomFeeds((feed, { items }) => {
      if (!feed.personalized) return;
      const byId = new Map(items.map((item) => [item.id, item]));
      for (const id of idsOf(feed)) {
        expect(feed.context.state.heldBack.has(id)).toBe(false);
        expect(byId.get(id)!.available).not.toBe(false);
        expect(byId.get(id)!.price).not.toBe(0);
      }
    });
  });

  it('never shows a row of a blocked segment', () => {
    onRandomFeeds(({ rows }, { settings }) => {
      for (const { segmentId } of rows) expect(settings!.blocked).not.toContain(segmentId);
    });
  });

  it('ends in the server’s order where there is room and something left to show', () => {
    onRandomFeeds((feed, { options }) => {
      const { rows, exploration } = options!;
      if (!feed.personalized || rows! < 2 || exploration === 1) return;
      const isLeft = feed.context.encoded.items.some(
        ({ id }, row) => feed.context.base[row] !== -Infinity && !feed.places.has(id),
      );
      if (isLeft) expect(feed.rows.at(-1)!.kind).toBe('server');
    });
  });

  it('shows no personal row that is thinner than four items', () => {
    onRandomFeeds(({ rows }, { options }) => {
      for (const { kind, items } of rows) {
        if (kind === 'server' || kind === 'explore') continue;
        expect(items.length).toBeGreaterThanOrEqual(Math.min(4, options!.rowSize!));
      }
    });
  });

  it('fills a segment’s row with items that belong to it', () => {
    onRandomFeeds(({ rows, context }) => {
      const ids = new Set(context.library.map(({ id }) => id));
      for (const { kind, segmentId, items } of rows) {
        if (kind === 'server' || segmentId === undefined || !ids.has(segmentId)) continue;
        for (const { memberships } of items) {
          expect(memberships.map((membership) => membership.segmentId)).toContain(segmentId);
        }
      }
    });
  });

  it('is the same again for the same seed', () => {
    onRandomFeeds((feed, scene) => {
      const again = compose(scene);
      expect(JSON.stringify(again.rows)).toBe(JSON.stringify(feed.rows));
      expect(again.order).toEqual(feed.order);
    });
  });

  it('gives the visitor’s segments weights that sum to 1', () => {
    onRandomFeeds(({ ranked }) => {
      const sum = ranked.reduce((total, { weight }) => total + weight, 0);
      if (ranked.length > 0) expect(sum).toBeCloseTo(1, 9);
      for (const [i, { score, weight }] of ranked.entries()) {
        expect(weight).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(ranked[i - 1]?.score ?? Infinity);
      }
    });
  });
});

describe('the explanation of any item', () => {
  it('has block shares that sum to the similarity, and similarities behind the parts', () => {
    onRandomFeeds((feed) => {
      for (const { id } of feed.context.encoded.items) {
        const { similarities, scoreParts, score } = explainItem(feed, id);
        expect(sumParts(scoreParts)).toBe(score);
        for (const { value, blocks } of similarities) {
          expect(blocks.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(value, 12);
          const weight = blocks.reduce((sum, block) => sum + block.weight, 0);
          if (blocks.length > 0) expect(weight).toBeCloseTo(1, 6);
          expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }
    });
  });

  it('tells the numbers that the feed shows', () => {
    onRandomFeeds((feed) => {
      for (const row of feed.rows) {
        for (const item of row.items) {
          expect(explainItem(feed, item.itemId)).toMatchObject({
            rowId: row.id,
            rank: item.rank,
            score: item.score,
            scoreParts: item.scoreParts,
            memberships: item.memberships,
            why: item.why,
          });
        }
      }
    });
  });

  it('has a similarity for each part that compares vectors, in proportion to it', () => {
    onRandomFeeds((feed) => {
      for (const row of feed.rows) {
        if (row.kind === 'server') continue;
        for (const { itemId, scoreParts } of row.items) {
          const { similarities } = explainItem(feed, itemId);
          const compared = scoreParts.filter(({ name }) => COMPARED.has(name));
          expect(compared.length).toBeGreaterThan(0);
          for (const { name, value } of compared) {
            const behind = similarities.find(({ to }) => to === name);
            expect(Math.sign(behind!.value), `${itemId} ${name}`).toBe(Math.sign(value));
          }
        }
      }
    });
  });
});
