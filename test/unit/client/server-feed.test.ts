import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { serverFeed } from '../../../src/client/server-feed.ts';

const list = (length: number): { id: string }[] =>
  Array.from({ length }, (_, index) => ({ id: `i${index}` }));

afterEach(() => vi.unstubAllGlobals());

describe('the feed without a worker', () => {
  it('keeps the server’s order in rows of the asked size', async () => {
    const feed = await serverFeed(list(7), { rows: 2, rowSize: 3 }, 'WORKER_LOST');
    expect(
      feed.rows.map((row) => [row.id, row.title, row.items.map((item) => item.itemId)]),
    ).toEqual([
      ['server', 'Featured', ['i0', 'i1', 'i2']],
      ['server-2', 'More to see', ['i3', 'i4', 'i5']],
    ]);
    expect(feed.order).toEqual(list(7).map(({ id }) => id));
    expect(feed).toMatchObject({
      personalized: false,
      reason: 'WORKER_LOST',
      seed: 0,
      packId: 'none',
      device: 'none',
      warnings: [],
    });
  });

  it('gives six rows of twelve unless asked otherwise, and a last row that is not full', async () => {
    const feed = await serverFeed(list(100), {}, 'WORKER_TIMEOUT');
    expect(feed.rows.map(({ items }) => items.length)).toEqual([12, 12, 12, 12, 12, 12]);
    const short = await serverFeed(list(13), {}, 'WORKER_TIMEOUT');
    expect(short.rows.map(({ items }) => items.length)).toEqual([12, 1]);
  });

  it('puts all candidates in the one row of a list', async () => {
    const request = { layout: 'list', rows: 1, rowSize: 1 / 0 } as const;
    const feed = await serverFeed(list(100), request, 'WORKER_LOST');
    expect(feed.rows.map(({ items }) => items.map(({ itemId }) => itemId))).toEqual([feed.order]);
    expect(feed.rows[0]?.items.at(-1)).toMatchObject({ rank: 100, score: 1 / 100 });
    expect((await serverFeed([], request, 'WORKER_LOST')).rows).toEqual([]);
  });

  it('leaves the item of the page out of the rows, not out of the order', async () => {
    const feed = await serverFeed(list(3), { contextItemId: 'i1' }, 'WORKER_LOST');
    expect(feed.rows[0]?.items.map((item) => item.itemId)).toEqual(['i0', 'i2']);
    expect(feed.order).toEqual(['i0', 'i1', 'i2']);
  });

  it('has scores that fall, are the sum of their parts, and ranks from 1 in each row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ id: fc.string() })),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 100 }),
        async (items, rows, rowSize) => {
          const feed = await serverFeed(items, { rows, rowSize }, 'INTERNAL');
          const shown = feed.rows.flatMap((row) => row.items);
          expect(shown.map((item) => item.itemId)).toEqual(feed.order.slice(0, rows * rowSize));
          expect(new Set(feed.order).size).toBe(feed.order.length);
          for (const [index, item] of shown.entries()) {
            expect(item.score).toBe(1 / (1 + index));
            expect(item.scoreParts.reduce((sum, part) => sum + part.value, 0)).toBe(item.score);
            expect(item.rank).toBe((index % rowSize) + 1);
            expect(item.why).not.toBe('');
          }
        },
      ),
    );
  });

  it('fetches candidates by URL, JSON or NDJSON', async () => {
    vi.stubGlobal(
      'fetch',
      async (url: string | URL) =>
        new Response(`${url}`.endsWith('.json') ? '[{"id":"a"}]' : '{"id":"a"}\n{"id":"b"}'),
    );
    expect((await serverFeed('/c.json', {}, 'WORKER_LOST')).order).toEqual(['a']);
    const url = new URL('https://shop.example/c.ndjson');
    expect((await serverFeed(url, {}, 'WORKER_LOST')).order).toEqual(['a', 'b']);
  });

  it('reads candidates that are text, and fetches nothing', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    for (const text of ['[{"id":"a"},{"id":"b"}]', ' {"id":"a"}\n{"id":"b"}\n']) {
      expect((await serverFeed(text, {}, 'WORKER_LOST')).order).toEqual(['a', 'b']);
    }
  });

  it.each([
    ['the network fails', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['the server says no', async () => new Response('[{"id":"a"}]', { status: 404 })],
    ['something else was sent', async () => new Response('<html>')],
  ])('is empty with the reason when %s', async (_, answer) => {
    vi.stubGlobal('fetch', answer);
    const feed = await serverFeed('/c.json', {}, 'WORKER_UNAVAILABLE');
    expect(feed).toMatchObject({ rows: [], order: [], reason: 'WORKER_UNAVAILABLE' });
  });
});
