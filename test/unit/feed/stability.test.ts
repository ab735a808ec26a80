import { describe, expect, it, vi } from 'vitest';
import type { LogRecord } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { compose, NOW, randomScene, record, type Scene, views } from './fixtures.ts';
import { FIVE_LOOKS, headphones, scene } from './kinds.ts';

// Hundreds of feeds a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const rowIds = ({ rows }: ComposedFeed): string[] =>
  rows.filter(({ kind }) => kind === 'followed' || kind === 'inferred').map(({ id }) => id);
const firstRow = ({ rows }: ComposedFeed): string[] =>
  rows[0]?.items.map(({ itemId }) => itemId) ?? [];

describe('time alone', () => {
  // What was passed over recovers, and what is used up comes back: that is no matter here.
  const scenes = Array.from({ length: 80 }, (_, seed) => {
    const visited = randomScene(seed);
    return {
      ...visited,
      log: visited.log.filter(({ type }) => type !== 'view_item_list' && type !== 'purchase'),
    };
  });
  const moved = (away: number): string[] =>
    scenes
      .map((visited): [Scene, ComposedFeed] => [visited, compose(visited)])
      .filter(([, feed]) => feed.personalized)
      .flatMap(([visited, feed]) => {
        const later = compose({ ...visited, now: NOW + away });
        if (later.reason === 'LOW_CONFIDENCE') return [];
        const [before, after] = [rowIds(feed).join(' '), rowIds(later).join(' ')];
        return before === after ? [] : [`${before} -> ${after}`];
      });

  it.each([
    ['a minute', HOUR / 60],
    ['an hour', HOUR],
    ['a day', DAY],
    ['a week', 7 * DAY],
  ])('moves no row in %s', (_, away) => {
    expect(moved(away)).toEqual([]);
  });

  it('lets what was just seen come back', () => {
    const seenPart = (now: number): number | undefined =>
      compose(scene({ now, options: { rowSize: 24 } }))
        .rows.flatMap(({ items }) => items)
        .find(({ itemId }) => itemId === 'headphones-4')
        ?.scoreParts.find(({ name }) => name === 'seen')?.value;
    expect(seenPart(NOW)).toBeLessThan(-0.4);
    expect(seenPart(NOW + DAY)).toBeCloseTo(0, 6);
  });

  it('ends in the shop’s order when there is next to nothing left of the interest', () => {
    const feed = compose(scene({ log: views(...headphones(0, 1)), now: NOW + 90 * DAY }));
    expect(feed.reason).toBe('LOW_CONFIDENCE');
  });
});

describe('rows of about the same strength', () => {
  // As many looks at plants as at headphones: their order is that of their names.
  const looks = views('plants-0', 'headphones-0', 'plants-1', 'headphones-1', 'plants-2').concat(
    views('headphones-2', 'plants-3', 'headphones-3'),
  );
  const own = (feed: ComposedFeed): string[] =>
    feed.rows.map(({ id }) => id).filter((id) => id.startsWith('visitor:'));
  const seen = (...ids: readonly string[]): LogRecord[] =>
    ids.map((rowId) => record('view_item_list', 'books-0', { rowId }));

  it('stand as the visitor saw them last', () => {
    const ids = own(compose(scene({ log: looks })));
    expect(ids.length).toBe(2);
    for (const order of [ids, ids.toReversed()]) {
      expect(own(compose(scene({ log: [...looks, ...seen(...order)] })))).toEqual(order);
    }
  });

  it('change places when there is reason to', () => {
    const log = [
      ...looks,
      ...seen('visitor:garden/plants', 'visitor:electronics/headphones'),
      ...views(...headphones(5, 6, 7, 8)),
    ];
    expect(own(compose(scene({ log })))[0]).toBe('visitor:electronics/headphones');
  });
});

describe('twenty visits without a click', () => {
  const most = (visited: Scene, gap: number): [number, number] => {
    const counts = new Map<string, number>();
    const log = [...visited.log];
    let now = NOW;
    let personal = 0;
    for (let visit = 0; visit < 20; visit++) {
      now += gap;
      const feed = compose({ ...visited, log, now });
      if (feed.personalized) {
        personal++;
        for (const id of firstRow(feed)) counts.set(id, (counts.get(id) ?? 0) + 1);
      }
      const shown = feed.rows.flatMap(({ id: rowId, segmentId, items }) =>
        items.map(({ itemId }) =>
          record('view_item_list', itemId, {
            time: now,
            rowId,
            ...(segmentId === undefined ? {} : { segmentId }),
          }),
        ),
      );
      log.push(...shown);
    }
    return [Math.max(0, ...counts.values()), personal];
  };

  it.each([
    ['a minute', HOUR / 60],
    ['twenty-nine minutes', 29 * (HOUR / 60)],
    ['an hour', HOUR],
    ['a day', DAY],
    ['a week', 7 * DAY],
  ])('show no item in the first row more than six times, %s apart', (_, gap) => {
    const [times, personal] = most(scene({ log: FIVE_LOOKS }), gap);
    expect(times).toBeGreaterThan(1);
    expect(times).toBeLessThanOrEqual(6);
    expect(personal).toBeGreaterThan(6);
  });

  it('do so in any shop', () => {
    for (let seed = 0; seed < 8; seed++) {
      const [times] = most(randomScene(seed), DAY);
      expect(times, `${seed}`).toBeLessThanOrEqual(6);
    }
  });
});
