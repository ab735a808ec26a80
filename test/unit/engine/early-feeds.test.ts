import { describe, expect, it } from 'vitest';
import type { Feed } from '../../../src/core/types.ts';
import { EarlyFeeds } from '../../../src/engine/early-feeds.ts';
import type { Told } from '../../../src/protocol.ts';
import { idsOf, NOW, openTab } from './fixtures.ts';
import { ITEMS } from './learning-shop.ts';

/** So many lines, from one on. */
const lines = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, i) => `${JSON.stringify({ id: `item-${from + i}` })}\n`).join(
    '',
  );

/** Early feeds with a clock of their own; what they were made of is noted. */
function watch(): { early: EarlyFeeds; made: number[]; wait: (ms: number) => void } {
  let time = 0;
  const made: number[] = [];
  const make = async (text: string): Promise<void> => {
    const ids = text.trimEnd().split('\n');
    expect(text).toBe(lines(ids.length));
    made.push(ids.length);
  };
  const early = new EarlyFeeds({ clock: () => time, make });
  return { early, made, wait: (ms) => (time += ms) };
}

describe('early feeds', () => {
  it('wait for enough lines and a while, and then for twice as many', async () => {
    const { early, made, wait } = watch();
    early.arrived(lines(30));
    expect(made).toEqual([]);
    wait(250);
    early.arrived(`${lines(10, 30)}{"id":`);
    // One at a time.
    early.arrived('"item-40"}\n');
    await Promise.resolve();
    await Promise.resolve();
    wait(250);
    early.arrived(lines(20, 41));
    early.arrived(lines(40, 61));
    expect(made).toEqual([40, 101]);
    await early.settled();
  });

  it('are not made of text that is no list of lines', () => {
    for (const text of ['[\n', '{\n "items": [\n', 'no JSON\n', '\n\n']) {
      const { early, made, wait } = watch();
      wait(1000);
      early.arrived(text);
      early.arrived(lines(200));
      expect(made).toEqual([]);
    }
  });

  it('survive one that fails, and none begins once all is there', async () => {
    let calls = 0;
    let made = 0;
    const make = async (): Promise<void> => {
      made++;
      throw new Error('x');
    };
    const early = new EarlyFeeds({ clock: () => ++calls * 1000, make });
    early.arrived(lines(30));
    await early.settled();
    early.arrived(lines(300));
    await expect(early.settled()).resolves.toBeUndefined();
    expect(made).toBe(1);
  });
});

/** A list of which half has arrived after a while. */
function arriving(
  text: string,
): (url: string, onPiece?: (piece: string) => void) => Promise<string> {
  return async (_url, onPiece) => {
    onPiece?.(text.slice(0, text.length / 2));
    await new Promise((resolve) => setTimeout(resolve, 20));
    return text;
  };
}

describe('a list that arrives slowly', () => {
  const many = Array.from({ length: 5 }, (_, round) =>
    ITEMS.map((item) => ({ ...item, id: `${item.id} ${round}` })),
  ).flat();
  const text = many.map((item) => `${JSON.stringify(item)}\n`).join('');

  it('is told of while it does, and is all in the feed of the call', async () => {
    const told: Feed[] = [];
    const tell = (event: Told): void => void (event[0] === 'feed' && told.push(event[1]));
    let time = 0;
    const tab = await openTab({}, { fetchText: arriving(text), tell, clock: () => (time += 300) });
    await tab.track('view_item', ...many.slice(0, 5).map(({ id }) => id));
    const feed = await tab.engine.rerank('https://shop.test/list.ndjson', {}, NOW);
    expect(feed.isPartial).toBeUndefined();
    expect(feed.order).toHaveLength(many.length);
    const [early] = told;
    expect(told).toHaveLength(1);
    expect(early).toMatchObject({ isPartial: true });
    const count = early?.order.length ?? 0;
    expect(count).toBeGreaterThan(20);
    expect(count).toBeLessThan(many.length);
    const sent = new Set(many.slice(0, count).map(({ id }) => id));
    expect(idsOf(early as Feed).every((id) => sent.has(id))).toBe(true);
    // Explanations are of the whole list.
    await expect(tab.engine.explain(many.at(-1)?.id as string)).resolves.toMatchObject({});
  });

  it('may hold what cannot be used: the call tells, and nothing is told before', async () => {
    const told: Told[] = [];
    const bad = text.replaceAll('"id"', '"ID"');
    let time = 0;
    const bench = { fetchText: arriving(bad), clock: () => (time += 300) };
    const tab = await openTab({}, { ...bench, tell: (event) => told.push(event) });
    const feed = await tab.engine.rerank('https://shop.test/list.ndjson', {}, NOW);
    expect(feed.order).toEqual([]);
    expect(told.every(([, detail]) => (detail as Feed).order.length === 0)).toBe(true);
  });
});

describe('two lists at a time', () => {
  it('are not mixed up while a pack is on its way', async () => {
    let fail: () => void = () => undefined;
    const pack = new Promise<never>((_, reject) => (fail = () => reject(new Error('late'))));
    const packs = { open: () => pack };
    const tab = await openTab({ pack: 'https://shop.test/pack/' }, { packs });
    const half = ITEMS.length / 2;
    const lists = [ITEMS.slice(0, half), ITEMS.slice(half)];
    const calls = lists.map((list) => tab.engine.rerank(list, {}, NOW));
    setTimeout(fail, 20);
    const feeds = await Promise.all(calls);
    expect(feeds.map(({ order }) => order.toSorted())).toEqual(
      lists.map((list) => list.map(({ id }) => id).toSorted()),
    );
  });
});
