import { describe, expect, it } from 'vitest';
import type { Counterfactual } from '../../../src/core/explanation.ts';
import { explainItem } from '../../../src/engine/explain-item.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { compose, randomScene, type Scene, views } from '../feed/fixtures.ts';
import { ITEMS, scene } from '../feed/kinds.ts';

/** The counterfactual of each personal row, by the row's id. */
function counterfactualsOf(feed: ComposedFeed): Map<string, Counterfactual> {
  const found = new Map<string, Counterfactual>();
  for (const { id, items } of feed.rows) {
    const { counterfactual } = explainItem(feed, items[0]!.itemId);
    if (counterfactual) found.set(id, counterfactual);
  }
  return found;
}

/** The same visitor who never met the item: no record of it in the log. */
function without(visited: Scene, itemId: string): ComposedFeed {
  return compose({ ...visited, log: visited.log.filter((entry) => entry.itemId !== itemId) });
}

/** Place among the visitor's segments, from 1; null when the segment is none of them. */
function rankOf(feed: ComposedFeed, row: string): number | null {
  // A segment's second row is called `ID:2`.
  const rowId = row.endsWith(':2') ? row.slice(0, -2) : row;
  const own = feed.context.visitor.segments.findIndex(({ id }) => id === rowId);
  const at = own >= 0 ? own : feed.ranked.findIndex(({ segmentId }) => segmentId === rowId);
  return at < 0 ? null : at + 1;
}

/** All counterfactuals of many random feeds, beside what a log without the item really gives. */
const CASES = Array.from({ length: 80 }, (_, seed) => randomScene(seed)).flatMap((visited) => {
  const feed = compose(visited);
  return [...counterfactualsOf(feed)].map(([rowId, counterfactual]) => ({
    visited,
    feed,
    rowId,
    counterfactual,
    truth: without(visited, counterfactual.withoutItemId),
  }));
});

describe('counterfactuals', () => {
  it('are given for many rows', () => {
    expect(CASES.length).toBeGreaterThan(40);
  });

  it('name the place that the row has now', () => {
    for (const { feed, rowId, counterfactual } of CASES) {
      expect(counterfactual.rowRank).toBe(rankOf(feed, rowId));
    }
  });

  // rankVisitor(context, without) keeps taste vectors and posteriors that hold the item's events.
  it('name the place that it would really have, by a log without the item', () => {
    const wrong = CASES.filter(
      ({ truth, rowId, counterfactual }) => rankOf(truth, rowId) !== counterfactual.rowRankWithout,
    ).map(
      ({ truth, rowId, counterfactual }) =>
        `${rowId}: said ${counterfactual.rowRankWithout}, is ${rankOf(truth, rowId)}`,
    );
    expect(wrong).toEqual([]);
  });

  it('count the interactions that speak for the item', () => {
    for (const { visited, counterfactual } of CASES) {
      const own = visited.log.filter(({ itemId }) => itemId === counterfactual.withoutItemId);
      expect(counterfactual.interactions).toBeGreaterThan(0);
      expect(counterfactual.interactions).toBeLessThanOrEqual(own.length);
    }
  });

  it('say in words what the numbers say', () => {
    for (const { counterfactual } of CASES) {
      const { sentence, rowRank, rowRankWithout, interactions } = counterfactual;
      expect(sentence).toMatch(/^Without your \d+ interactions? with “/);
      expect(sentence).toContain(
        `your ${interactions} interaction${interactions === 1 ? ' ' : 's '}`,
      );
      if (rowRankWithout === null) expect(sentence).toMatch(/would (not be|be no)/);
      else if (rowRankWithout === rowRank) expect(sentence).toContain('still be');
    }
  });

  it('are not given for the server’s rows and for explored places', () => {
    for (const { feed } of CASES) {
      for (const { kind, items } of feed.rows) {
        if (kind !== 'server' && kind !== 'explore') continue;
        for (const { itemId } of items) expect(explainItem(feed, itemId).counterfactual).toBeNull();
      }
    }
  });

  it('are not given for a row that is followed and that nothing speaks for', () => {
    const feed = compose(scene({ log: [], settings: { followed: ['gardeners'] } }));
    expect(feed.rows[0]!.id).toBe('gardeners');
    expect(explainItem(feed, feed.rows[0]!.items[0]!.itemId).counterfactual).toBeNull();
  });

  it('say that a row made of two looks would be gone without one', () => {
    const feed = compose(scene({ log: views('headphones-0', 'headphones-1') }));
    const { counterfactual, rowId } = explainItem(feed, feed.rows[0]!.items[0]!.itemId);
    expect(rowId).toBe('visitor:electronics/headphones');
    expect(counterfactual).toMatchObject({ rowRank: 1, rowRankWithout: null, interactions: 1 });
    expect(counterfactual!.sentence).toContain('there would be no row “More in Headphones”');
  });

  it('say 1st, 2nd, 3rd, as English does', () => {
    const feed = compose(scene());
    const sentences = [...counterfactualsOf(feed).values()].map(({ sentence }) => sentence);
    for (const sentence of sentences)
      expect(sentence).not.toMatch(/[023456789]st |[03456789]nd |\dundefined/);
  });
});

describe('the explanation of an item in no row', () => {
  it('tells the server’s place and its segments', () => {
    const feed = compose(scene({ options: { rows: 2, rowSize: 4 } }));
    const rest = ITEMS.find(({ id }) => !feed.places.has(id))!;
    const explanation = explainItem(feed, rest.id);
    expect(explanation).toMatchObject({ rowId: null, rank: 0, counterfactual: null });
    expect(explanation.scoreParts.map(({ name }) => name)).toEqual(['serverOrder']);
    expect(explanation.features.keywords.length).toBeGreaterThan(0);
  });

  it('does not exist for an item that was not among the candidates', () => {
    const feed = compose(scene());
    const unknown = expect.objectContaining({ code: 'ITEM_UNKNOWN' }) as Error;
    for (const id of ['gone', '', '__proto__', 'constructor']) {
      expect(() => explainItem(feed, id)).toThrow(unknown);
    }
  });
});
