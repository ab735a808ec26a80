import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Item, RankedItem, Row } from '../../../src/core/types.ts';
import type { VarietyOptions } from '../../../src/core/variety.ts';
import { explainItem } from '../../../src/engine/explain-item.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { areVariants } from '../../../src/feed/variants.ts';
import { compose, encodedOf, randomItems, randomScene, views } from './fixtures.ts';

// Hundreds of feeds a test; a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const isMade = ({ kind }: Row): boolean => kind !== 'server' && kind !== 'pinned';
const byId = (feed: ComposedFeed): Map<string, Item> =>
  new Map(feed.context.encoded.items.map((item) => [item.id, item]));
const itemsOf = (feed: ComposedFeed, row: Row): Item[] =>
  row.items.map(({ itemId }) => byId(feed).get(itemId) as Item);

/** The largest number of items of one kind. */
function most(items: readonly Item[], kindOf: (item: Item) => string | undefined): number {
  const counts = new Map<string, number>();
  for (const item of items) {
    const kind = kindOf(item);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
const brandOf = ({ brand }: Item): string | undefined => brand;
const categoryOf = ({ categoryPath }: Item): string | undefined => categoryPath?.join('/');

/** Limits as a shop may set them. */
const limits: fc.Arbitrary<VarietyOptions> = fc.record(
  {
    brandPerRow: fc.integer({ min: 1, max: 5 }),
    categoryPerRow: fc.integer({ min: 1, max: 5 }),
    brandPerPage: fc.integer({ min: 1, max: 9 }),
    categoryPerPage: fc.integer({ min: 1, max: 9 }),
  },
  { requiredKeys: [] },
);

describe('the shop’s limits', () => {
  it('hold in every row and on every page that the profile made', () => {
    let personal = 0;
    fc.assert(
      fc.property(fc.nat({ max: 400 }), limits, (seed, variety) => {
        const visited = randomScene(seed);
        const feed = compose({ ...visited, options: { ...visited.options, variety } });
        const rows = feed.rows.filter(isMade);
        const { brandPerRow = 99, brandPerPage = 999, categoryPerPage = 999 } = variety;
        for (const row of rows) {
          // What a row is about is no surplus: no predefined segment names a brand.
          expect(most(itemsOf(feed, row), brandOf)).toBeLessThanOrEqual(brandPerRow);
        }
        const all = rows.flatMap((row) => itemsOf(feed, row));
        expect(most(all, brandOf)).toBeLessThanOrEqual(brandPerPage);
        expect(most(all, categoryOf)).toBeLessThanOrEqual(categoryPerPage);
        if (feed.personalized) personal++;
      }),
      { numRuns: 60, seed: 1 },
    );
    expect(personal).toBeGreaterThan(15);
  });

  it('hold for categories, but for the one that a row is about', () => {
    for (let seed = 0; seed < 40; seed++) {
      const visited = randomScene(seed);
      const options = { ...visited.options, variety: { categoryPerRow: 2 } };
      const feed = compose({ ...visited, options });
      const { library, visitor } = feed.context;
      for (const row of feed.rows.filter(isMade)) {
        const about = new Set(
          [
            ...(library.find(({ id }) => id === row.segmentId)?.describes.categories ?? []),
            ...(visitor.segments.find(({ id }) => id === row.id)?.path.slice(-1) ?? []),
          ].map((name) => name.toLowerCase()),
        );
        const others = itemsOf(feed, row).filter(
          ({ categoryPath }) => !about.has(categoryPath?.at(-1)?.toLowerCase() ?? ''),
        );
        expect(most(others, categoryOf)).toBeLessThanOrEqual(2);
      }
    }
  });

  it('say why an item that scored higher is in no row', () => {
    const reasons = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const visited = randomScene(seed);
      const options = { ...visited.options, variety: { brandPerRow: 1, brandPerPage: 2 } };
      const feed = compose({ ...visited, options });
      for (const { id } of visited.items) {
        const { rowId, notShown } = explainItem(feed, id);
        if (notShown) {
          expect(rowId).toBeNull();
          expect(notShown.words.length).toBeGreaterThan(5);
          reasons.add(notShown.because);
        }
      }
    }
    for (const reason of ['brand', 'held', 'price', 'unavailable', 'variant', 'page']) {
      expect(reasons).toContain(reason);
    }
  });
});

/** A shop of one subject with one brand that scores above all others. */
const STARS: readonly Item[] = Array.from({ length: 60 }, (_, n) => ({
  id: `lamp-${n}`,
  title: `Smart lamp ${n} ${['with app control', 'and voice control'][n % 2]}`,
  categoryPath: ['electronics', `smart home ${n % 6}`],
  // What the visitor looks at has no brand, so that ratings decide.
  ...(n < 4 ? {} : { brand: n % 4 === 0 ? 'Star' : `Maker ${n % 11}` }),
  price: 30 + (n % 5),
  rating: n % 4 === 0 ? 5 : 1,
  ratingCount: 4000,
}));
const LOOKS = views('lamp-0', 'lamp-1', 'lamp-2', 'lamp-3');

describe('without limits of the shop', () => {
  it('a brand has no more of a row than a quarter, or than its share of what is there', () => {
    const feed = compose({ items: STARS, log: LOOKS });
    const [row] = feed.rows;
    expect(row!.items.length).toBe(12);
    // A third of the 36 that the row may choose from, at most.
    expect(most(itemsOf(feed, row!), brandOf)).toBeLessThanOrEqual(4);
    const open = compose({
      items: STARS,
      log: LOOKS,
      options: { variety: { brandPerRow: 100, brandPerPage: 100 } },
    });
    expect(most(itemsOf(open, open.rows[0]!), brandOf)).toBeGreaterThan(4);
  });

  it('a shop of one brand has full rows', () => {
    const items = STARS.map((item) => ({ ...item, brand: 'Star' }));
    const feed = compose({ items, log: LOOKS });
    expect(feed.rows[0]!.items.length).toBe(12);
  });

  it('a visitor who wants one brand only may have more of it', () => {
    const fans = STARS.filter(({ brand }) => brand === 'Star').map(({ id }) => id);
    const feed = compose({ items: STARS, log: views(...fans.slice(0, 5)) });
    expect(most(itemsOf(feed, feed.rows[0]!), brandOf)).toBeGreaterThan(5);
  });
});

describe('prices of a row', () => {
  it('do not all lie in one third of what the row can choose from', () => {
    // The dear ones are rated best: without the limit the row would hold nothing else.
    const items = STARS.map((item, n) => ({
      ...item,
      price: 10 + 5 * n,
      rating: n >= 30 ? 5 : 3.9,
    }));
    const feed = compose({ items, log: views('lamp-1', 'lamp-2', 'lamp-3') });
    const prices = itemsOf(feed, feed.rows[0]!).map(({ price }) => price as number);
    expect(Math.max(...prices) / Math.min(...prices)).toBeGreaterThan(1.5);
    const pool = items.map(({ price }) => price).toSorted((a, b) => a - b);
    const third = pool[40] as number;
    expect(prices.filter((price) => price >= third).length).toBeLessThan(12);
  });
});

const tee = (id: string, title: string, rest: Partial<Item> = {}): Item => ({
  id,
  title,
  categoryPath: ['clothing', 'tees'],
  brand: 'Aero',
  price: 20,
  ...rest,
});

describe('variants of one product', () => {
  const same = (a: Partial<Item>, b: Partial<Item>, cosine = 0.9): boolean => {
    const items = [
      tee('a', 'Classic comfort tee', a),
      tee('b', 'Classic comfort tee', b),
      ...randomItems(3, 20),
    ];
    const there = areVariants(encodedOf(items), [0, 1], cosine);
    expect(areVariants(encodedOf(items), [1, 0], cosine)).toBe(there);
    return there;
  };

  it.each<[string, Partial<Item>, Partial<Item>]>([
    [
      'in another colour',
      { title: 'Classic white comfort tee' },
      { title: 'Classic black comfort tee' },
    ],
    [
      'in another size',
      { title: 'Classic comfort tee, XL' },
      { title: 'Classic comfort tee, medium' },
    ],
    ['listed twice', {}, {}],
    ['a little dearer', {}, { price: 24 }],
    ['written otherwise', { title: 'Classic Comfort-Tee' }, { title: 'CLASSIC comfort tee' }],
  ])('are the same thing %s', (_, a, b) => {
    expect(same(a, b)).toBe(true);
  });

  it.each<[string, Partial<Item>, Partial<Item>]>([
    ['brands', {}, { brand: 'Berg' }],
    ['categories', {}, { categoryPath: ['clothing', 'shirts'] }],
    ['prices', {}, { price: 40 }],
    ['numbers', { title: 'Phone 14 classic black' }, { title: 'Phone 15 classic black' }],
    ['words', { title: 'Striped summer tee' }, { title: 'Classic comfort tee' }],
  ])('differ in more than their %s', (_, a, b) => {
    expect(same(a, b)).toBe(false);
  });

  it('may share but half of their words when their vectors are almost the same', () => {
    const a = { title: 'Prime cut ribeye steak' };
    const b = { title: 'Prime cut beef steak' };
    expect(same(a, b, 0.9)).toBe(false);
    expect(same(a, b, 0.97)).toBe(true);
  });

  it('never stand in one row, in any feed', () => {
    let doubles = 0;
    for (let seed = 0; seed < 80; seed++) {
      const feed = compose(randomScene(seed));
      for (const row of feed.rows.filter(isMade)) {
        const seen = new Set<string>();
        for (const { title, categoryPath, brand, price } of itemsOf(feed, row)) {
          const key = JSON.stringify([title, categoryPath, brand, price]);
          expect(seen.has(key), `${seed} ${row.id} ${title}`).toBe(false);
          seen.add(key);
        }
      }
      doubles += [...feed.context.passed.values()].filter((why) => why === 'variant').length;
    }
    expect(doubles).toBeGreaterThan(20);
  });

  it('may stand side by side where the shop says so', () => {
    const items = Array.from({ length: 30 }, (_, n) => tee(`tee-${n}`, 'Classic comfort tee'));
    const log = views('tee-1', 'tee-2', 'tee-3');
    const shown = (variants: boolean): number =>
      compose({ items, log, options: { variety: { variants } } }).rows.filter(isMade).length;
    expect(shown(true)).toBeGreaterThan(0);
    expect(shown(false)).toBe(0);
  });

  it('make room for what is further down, when a row is full of them', () => {
    const copies = Array.from({ length: 80 }, (_, n) => tee(`copy-${n}`, 'Classic comfort tee'));
    const others = Array.from({ length: 12 }, (_, n) =>
      tee(`other-${n}`, `${'abcdefghijkl'[n]}wear striped number ${n} tee`, { rating: 1 }),
    );
    const feed = compose({ items: [...copies, ...others], log: views('copy-1', 'other-2') });
    const first = feed.rows[0]!.items.map(({ itemId }: RankedItem) => itemId);
    expect(first.filter((id) => id.startsWith('copy')).length).toBe(1);
    expect(first.length).toBeGreaterThan(8);
  });
});
