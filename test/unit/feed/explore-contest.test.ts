import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../../../src/core/types.ts';
import { contestRows, putInSlots } from '../../../src/feed/explore-contest.ts';
import type { FeedOptions } from '../../../src/feed/feed-context.ts';
import type { PlacedRow } from '../../../src/feed/place-rows.ts';
import { compose, LIBRARY, record, type Scene } from './fixtures.ts';
import { FIVE_LOOKS, headphones, scene } from './kinds.ts';

const rowOf = (id: string, kind: PlacedRow['kind'] = 'inferred', vector = -1): PlacedRow => ({
  id,
  kind,
  ...(kind === 'inferred' || kind === 'followed' ? { vector } : {}),
  items: [],
});

/** Places in a row, and how many of them were chosen. */
const places = (
  [kind, shown, chosen]: readonly [string, number, number],
  fields: Partial<LogRecord>,
): LogRecord[] => [
  ...Array.from({ length: shown }, (_, i) => record('view_item_list', `${kind}-${i % 24}`, fields)),
  ...Array.from({ length: chosen }, (_, i) => record('select_item', `${kind}-${i}`, fields)),
];

const GOOD = places(['headphones', 40, 12], { segmentId: 'good', rowId: 'good' });
const BAD = places(['plants', 60, 0], { segmentId: 'gardeners', rowId: 'gardeners' });
const TRIED = places(['stories', 40, 4], {
  segmentId: 'book-lovers',
  rowId: 'explore',
  propensity: 0.5,
});

/** The row of the visitor's own: headphones. */
const OWN = LIBRARY.segments.length;
const GARDENERS = LIBRARY.segments.findIndex(({ id }) => id === 'gardeners');
const good = rowOf('good', 'inferred', OWN);
const bad = rowOf('gardeners', 'inferred', GARDENERS);

const wonBy = (log: Scene['log'], options: Partial<FeedOptions>, rows: PlacedRow[]): number[] =>
  contestRows(compose(scene({ log, options })).context, rows).map(({ slot }) => slot);

describe('a contest for rows', () => {
  const log = [...FIVE_LOOKS, ...GOOD, ...BAD, ...TRIED];
  const options = { adapt: true, exploration: 0.1 };
  const rows = [good, bad];
  const { context } = compose(scene({ log, options }));
  const contestsOf = (of: typeof context, held: readonly PlacedRow[]) =>
    Array.from({ length: 200 }, (_, seed) =>
      contestRows({ ...of, options: { ...of.options, seed } }, held),
    );
  const contests = contestsOf(context, rows);
  const wins = (row: number): number =>
    contests.filter((won) => won.some(({ slot }) => slot === row)).length;

  it('is won from rows that are passed over, hardly ever from those that are engaged with', () => {
    expect(wins(0)).toBeLessThan(20);
    expect(wins(1)).toBeGreaterThan(150);
  });

  it('counts what became of a row’s items wherever they stood, and not for exploration too', () => {
    const found = { segmentId: 'tech', rowId: 'explore', propensity: 0.5 };
    const finds = places(['headphones', 40, 12], found);
    const won = contestsOf(compose(scene({ log: [...FIVE_LOOKS, ...finds], options })).context, [
      good,
    ]);
    // Credited to exploration instead, the finds would win about every place.
    expect(won.flat().length).toBeLessThan(70);
    const elsewhere = contestsOf(
      compose(scene({ log: [...FIVE_LOOKS, ...finds, ...BAD], options })).context,
      [bad],
    );
    expect(elsewhere.flat().length).toBeGreaterThan(180);
  });

  it('is won as often as its chance says', () => {
    const first = contests.flat().find(({ slot }) => slot === 1);
    const sigma = Math.sqrt(200 * first!.chance * (1 - first!.chance));
    expect(Math.abs(wins(1) - 200 * first!.chance)).toBeLessThan(4 * sigma);
  });

  it('is not held unless the shop lets exploration adapt', () => {
    for (const other of [
      { adapt: false },
      { policy: 'epsilon' as const },
      { policy: 'greedy' as const },
      { exploration: 0 },
    ]) {
      expect(wonBy(log, { ...options, ...other }, rows)).toEqual([]);
    }
  });

  it('is won from rows in the server’s order until one is engaged with', () => {
    const server = [rowOf('server', 'server'), rowOf('server-2', 'server')];
    const seen = places(['pans', 40, 0], { rowId: 'server' });
    expect(wonBy(seen, options, server)).toEqual([0, 1]);
    const liked = [...TRIED, ...places(['pans', 20, 9], { rowId: 'server' })];
    const rivals = compose(scene({ log: liked, options })).context;
    const won = Array.from({ length: 100 }, (_, seed) =>
      contestRows({ ...rivals, options: { ...rivals.options, seed } }, server),
    );
    expect(won.flat().length).toBeLessThan(20);
  });

  it('never takes the row of a segment that the visitor follows', () => {
    for (let seed = 0; seed < 50; seed++) {
      const one = { ...context, options: { ...context.options, seed } };
      expect(contestRows(one, [rowOf('gardeners', 'followed', GARDENERS)])).toEqual([]);
    }
  });
});

describe('a page with won rows', () => {
  it('has them where they were won, and the row of the share behind the others', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => rowOf(id));
    const explore = [rowOf('explore', 'explore'), rowOf('explore-2', 'explore')];
    const placed = putInSlots([a!, b!, c!], explore, [{ slot: 1, chance: 0.5 }]);
    expect(placed.map(({ id }) => id)).toEqual(['a', 'explore', 'c', 'explore-2']);
  });

  it('shows no item twice, and each propensity is that of its place', () => {
    const log = [
      ...FIVE_LOOKS,
      ...headphones(0, 1, 2, 3, 4, 5, 6, 7).flatMap((id) =>
        record('view_item_list', id, { segmentId: 'visitor:electronics/headphones' }),
      ),
    ];
    for (let seed = 0; seed < 20; seed++) {
      const feed = compose(scene({ log, options: { adapt: true, seed } }));
      const ids = feed.rows.flatMap(({ items }) => items.map(({ itemId }) => itemId));
      expect(new Set(ids).size).toBe(ids.length);
      for (const { items, kind } of feed.rows) {
        for (const { explored } of items) {
          expect(explored !== undefined).toBe(kind === 'explore');
          expect(explored?.propensity ?? 1).toBeGreaterThan(0);
        }
      }
    }
  });
});
