import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Item, LogRecord } from '../../../src/core/types.ts';
import { describeVisitor } from '../../../src/engine/describe-visitor.ts';
import { forgottenBy, lastCall } from '../../../src/engine/forget.ts';
import {
  buildLibrary,
  encodeLibrary,
  hashOf,
  PREDEFINED,
  PREDEFINED_ID,
} from '../../../src/engine/library.ts';
import { areSameItems, readCandidates } from '../../../src/engine/read-candidates.ts';
import { evidenceOf } from '../../../src/events/evidence.ts';
import predefined from '../../../src/segments/library.json' with { type: 'json' };
import { validateSegments } from '../../../src/segments/validate-segments.ts';
import { encodedOf, NOW, randomItems, record, views } from '../feed/fixtures.ts';

const noNetwork = (): Promise<string> => Promise.reject(new Error('offline'));

describe('readCandidates', () => {
  it('takes lists, containers, JSON and NDJSON text, and URLs', async () => {
    const list = [{ id: 'a' }, { id: 'b' }];
    const lines = '{"id":"a"}\n{"id":"b"}';
    for (const candidates of [list, { products: list }, JSON.stringify(list), ` ${lines}`]) {
      const { items, warnings } = await readCandidates(candidates, 10, noNetwork);
      expect(items.map(({ id }) => id)).toEqual(['a', 'b']);
      expect(warnings).toEqual([]);
    }
    const { items } = await readCandidates('/list.json', 10, async () => lines);
    expect(items).toHaveLength(2);
  });

  it('counts broken lines and keeps the others', async () => {
    const { items, warnings } = await readCandidates(
      '/x',
      10,
      async () => '{"id":"a"}\n{"id":\n{"id":"b"}',
    );
    expect(items).toHaveLength(2);
    expect(warnings[0]).toMatchObject({ code: 'CANDIDATES_PARSE', count: 1 });
  });

  it('says what kept it from reading', async () => {
    await expect(readCandidates('/x', 10, noNetwork)).rejects.toMatchObject({
      code: 'CANDIDATES_FETCH',
    });
    await expect(readCandidates('/x', 10, async () => '<html>')).rejects.toMatchObject({
      code: 'CANDIDATES_PARSE',
    });
    await expect(readCandidates(7, 10, noNetwork)).rejects.toMatchObject({
      code: 'CANDIDATES_FORMAT',
    });
  });
});

describe('areSameItems', () => {
  const item: Item = {
    id: 'a',
    title: 't',
    categoryPath: ['x', 'y'],
    tags: ['p'],
    price: 1,
    rating: 3,
  };

  it('knows a list again by what vectors and scores depend on', () => {
    expect(areSameItems([item], [structuredClone(item)])).toBe(true);
    expect(areSameItems([], [])).toBe(true);
    expect(areSameItems([item], [])).toBe(false);
  });

  it.each<[string, Partial<Item>]>([
    ['id', { id: 'b' }],
    ['title', { title: 'u' }],
    ['description', { description: 'd' }],
    ['brand', { brand: 'b' }],
    ['price', { price: 2 }],
    ['rating', { rating: 4 }],
    ['count of ratings', { ratingCount: 1 }],
    ['stock', { available: false }],
    ['category', { categoryPath: ['x', 'z'] }],
    ['depth of the category', { categoryPath: ['x'] }],
    ['tags', { tags: ['q'] }],
    ['order of tags', { tags: ['p', 'q'] }],
  ])('sees another %s', (_, change) => {
    expect(areSameItems([item], [{ ...item, ...change }])).toBe(false);
  });

  it('sees another order', () => {
    const other = { ...item, id: 'b' };
    expect(areSameItems([item, other], [other, item])).toBe(false);
  });
});

describe('forgottenBy', () => {
  const log: LogRecord[] = [
    record('view_item', 'a', { time: 1, segmentId: 's' }),
    record('view_item', 'b', { time: 2 }),
    record('view_item_list', 'c', { time: 3 }),
  ];
  const idsOf = (
    query: Parameters<typeof forgottenBy>[0],
    main = new Map<string, string>(),
  ): string[] =>
    forgottenBy(query, log, main).map((id) => log.find(({ eventId }) => eventId === id)!.itemId);

  it('takes the records that any of its conditions names', () => {
    expect(idsOf({})).toEqual([]);
    expect(idsOf({ itemId: 'b' })).toEqual(['b']);
    expect(idsOf({ since: 2 })).toEqual(['b', 'c']);
    expect(idsOf({ segmentId: 's' })).toEqual(['a']);
    expect(idsOf({ segmentId: 's' }, new Map([['c', 's']]))).toEqual(['a', 'c']);
    expect(idsOf({ itemId: 'a', since: 3 })).toEqual(['a', 'c']);
  });

  it('finds the last call that said something', () => {
    expect(lastCall([])).toEqual([]);
    expect(lastCall([log[2]!])).toEqual([]);
    expect(lastCall(log)).toEqual([log[1]!.eventId]);
  });
});

describe('the library', () => {
  it('has a hash of its content', () => {
    const plain = buildLibrary(null, true);
    expect(plain.packId).toBe(buildLibrary(validateSegments([], 'merchant'), true).packId);
    expect(plain.packId).not.toBe(buildLibrary(null, false).packId);
    const own = validateSegments([{ name: 'A', keywords: ['b'] }], 'merchant');
    expect(plain.packId).not.toBe(buildLibrary(own, true).packId);
    expect(plain.wanted).toHaveLength(plain.segments.length);
  });

  it('takes its predefined segments as validating gives them, and knows their hash', () => {
    const { segments } = validateSegments(predefined, 'predefined');
    expect(JSON.stringify(PREDEFINED)).toBe(JSON.stringify(segments));
    expect(PREDEFINED_ID).toBe(hashOf(segments));
    expect(buildLibrary(null, true).packId).toBe(PREDEFINED_ID);
  });

  it('encodes each segment to the same vector as alone', () => {
    const { model } = encodedOf(randomItems(5, 60));
    const { segments } = buildLibrary(null, true);
    const all = encodeLibrary(segments, model);
    for (const [s, segment] of segments.entries()) {
      const alone = encodeLibrary([segment], model).vectors.data;
      expect(all.vectors.data.slice(s * 128, (s + 1) * 128)).toEqual(alone);
    }
    expect(encodeLibrary([], model).vectors.data).toHaveLength(0);
  });
});

describe('describeVisitor', () => {
  const items = randomItems(6, 50);
  const encoded = encodedOf(items);
  const visitorOf = (
    log: readonly LogRecord[],
    snapshots: readonly Item[] = [],
  ): ReturnType<typeof describeVisitor> =>
    describeVisitor(evidenceOf(log, NOW), new Map(snapshots.map((item) => [item.id, item])), {
      encoded,
      offered: encoded.items,
    });

  it('has no block in the vectors of a visitor who did nothing', () => {
    const { taste, items: met, sessionMass, longTermMass, segments } = visitorOf([]);
    expect([met, sessionMass, longTermMass, segments]).toEqual([[], 0, 0, []]);
    expect(taste.vectors.rows).toBe(2);
    expect(taste.presence.data.every((value) => value === 0)).toBe(true);
  });

  it('encodes an item that is gone as if it were still there', () => {
    const gone = { ...items[4]!, id: 'gone' };
    const { itemVectors } = visitorOf(views(items[4]!.id, 'gone'), [gone]);
    expect(itemVectors.vectors.data.slice(0, 128)).toEqual(
      itemVectors.vectors.data.slice(128, 256),
    );
    expect(itemVectors.presence.rows).toBe(2);
  });

  it('believes the candidates over what was kept', () => {
    const stale = { ...items[4]!, title: 'Something else entirely' };
    expect(visitorOf(views(items[4]!.id), [stale]).items[0]!.item).toBe(items[4]);
  });

  it('passes over items of which nothing is known', () => {
    expect(visitorOf(views('unknown', items[0]!.id)).items.map(({ itemId }) => itemId)).toEqual([
      items[0]!.id,
    ]);
  });

  it('sums up the evidence of what it knows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 49 }), { maxLength: 12 }), (rows) => {
        const visitor = visitorOf(views(...rows.map((row) => items[row]!.id)));
        expect(visitor.sessionMass).toBeCloseTo(rows.length, 9);
        expect(visitor.longTermMass).toBeCloseTo(rows.length, 9);
        expect(visitor.itemVectors.vectors.rows).toBe(new Set(rows).size);
        expect(visitor.segmentVectors.vectors.rows).toBe(visitor.segments.length);
      }),
      { numRuns: 40 },
    );
  });
});
