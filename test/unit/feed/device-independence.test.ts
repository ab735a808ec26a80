import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { Item } from '../../../src/core/types.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { createFeedContext, type FeedContext } from '../../../src/feed/feed-context.ts';
import { fillRow, type RowQuery } from '../../../src/feed/fill-row.ts';
import { PART_WEIGHTS, popularityOf, serverOrderOf } from '../../../src/feed/score-item.ts';
import { SIMILARITY_MARGIN } from '../../../src/feed/similarities.ts';
import { compose, inputOf, randomItems, randomScene, views } from './fixtures.ts';

type Distort = (scores: Float32Array) => Float32Array;

/** The worst that a device may do and still be believed is a little less than the margin. */
const ERROR = SIMILARITY_MARGIN / 2;

/** What the page gets, byte by byte. */
function bytesOf({ rows, order, personalized, reason, ranked }: ComposedFeed): string {
  return JSON.stringify({ rows, order, personalized, reason, ranked });
}

function noise(seed: number): Distort {
  const random = createRandom(seed, 'noise');
  return (scores) => scores.map((score) => score + (random() * 2 - 1) * ERROR);
}

/** Every number off by the whole error, up or down. */
function extremes(seed: number): Distort {
  const random = createRandom(seed, 'extremes');
  return (scores) => scores.map((score) => score + (random() < 0.5 ? ERROR : -ERROR));
}

/** As a device with 16-bit numbers would round. */
const rounded: Distort = (scores) => scores.map((score) => Math.round(score / ERROR) * ERROR);

describe('the same feed on every device', () => {
  it('holds to the byte for random shops, visitors and errors within the margin', () => {
    let personalized = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const scene = randomScene(seed);
        const plain = compose(scene);
        if (plain.personalized) personalized++;
        const expected = bytesOf(plain);
        const distort = seed % 2 === 0 ? noise(seed) : extremes(seed);
        expect(bytesOf(compose(scene, distort))).toBe(expected);
      }),
      { numRuns: 120, seed: 20_261_123 },
    );
    // Guards against a property that holds because nothing happens.
    expect(personalized).toBeGreaterThan(60);
  }, 60_000);

  it('holds when a device only ever errs upwards, downwards or by rounding', () => {
    for (let seed = 0; seed < 8; seed++) {
      const scene = randomScene(seed);
      const expected = bytesOf(compose(scene));
      for (const distort of [
        (scores: Float32Array) => scores.map((score) => score + ERROR),
        (scores: Float32Array) => scores.map((score) => score - ERROR),
        rounded,
      ]) {
        expect(bytesOf(compose(scene, distort))).toBe(expected);
      }
    }
  });
});

/** The rating that gives this popularity, among 100 ratings. */
function ratingFor(popularity: number): number {
  let [low, high] = [0, 5];
  for (let i = 0; i < 60; i++) {
    const rating = (low + high) / 2;
    if (popularityOf({ id: 'a', rating, ratingCount: 100 }) < popularity) low = rating;
    else high = rating;
  }
  expect(popularityOf({ id: 'a', rating: low, ratingCount: 100 })).toBeCloseTo(popularity, 9);
  return low;
}

describe('a row whose edges are close', () => {
  // Two hundred items of one subject whose scores lie within a few margins of each other.
  const items: readonly Item[] = Array.from({ length: 200 }, (_, i) => ({
    id: `lamp-${(i * 7919) % 200}`,
    title: ['Smart lamp', 'Smart plug', 'Smart bulb with app control'][i % 3] as string,
    categoryPath: ['electronics', 'smart home'],
    price: 20 + i / 1000,
    rating: 4 + (i % 5) / 1000,
    ratingCount: 50,
  }));
  // Most of them are the same lamp: here they may stand side by side.
  const options = { variety: { variants: true } };
  const seen = { items, log: views('lamp-3', 'lamp-50', 'lamp-51'), options };
  const contextOf = (distort?: Distort): FeedContext => createFeedContext(inputOf(seen, distort));
  const plain = contextOf();
  const taken = new Set<number>();

  it.each([1, 2, 5])(
    'is cut at the same item when it takes %i of 100 that score the same',
    (size) => {
      // Ratings make up for the server's order, but for steps far smaller than a device's error.
      const { popularity, serverOrder } = PART_WEIGHTS;
      const wanted = (i: number): number =>
        (serverOrder * (serverOrderOf(0, 240) - serverOrderOf(i, 240)) + 1e-6 * ((i * 37) % 100)) /
        popularity;
      const least = popularityOf({ id: 'a', rating: 2.6, ratingCount: 100 });
      const even = Array.from({ length: 240 }, (_, i) => ({
        ...(i < 100 ? items[0]! : { title: 'A novel', categoryPath: ['books'] }),
        id: `even-${i}`,
        ratingCount: 100,
        rating: ratingFor(least + wanted(Math.min(i, 100))),
      }));
      const shelf = { items: even, log: views('even-101', 'even-102'), options };
      const vector = plain.library.findIndex(({ id }) => id === 'home-automation');
      const query = { vector, taken, size, minCosine: -1, belongs: (row: number) => row < 100 };
      const expected = fillRow(createFeedContext(inputOf(shelf)), query);
      expect(expected).toHaveLength(size);
      for (let seed = 0; seed < 12; seed++) {
        const context = createFeedContext(inputOf(shelf, extremes(seed)));
        expect(fillRow(context, query)).toEqual(expected);
      }
    },
  );

  it('keeps an item whose cosine is exactly the least that is asked for', () => {
    const vector = plain.library.findIndex(({ id }) => id === 'home-automation');
    for (let row = 0; row < 12; row++) {
      const minCosine = plain.similarities.exact(row, vector);
      const queryIn = (context: FeedContext): RowQuery => ({
        vector,
        taken,
        size: 200,
        minCosine,
        belongs: (n) => context.similarities.exact(n, vector) >= minCosine,
      });
      const expected = fillRow(plain, queryIn(plain)).map((placed) => placed.row);
      expect(expected).toContain(row);
      const noisy = contextOf(extremes(row));
      expect(fillRow(noisy, queryIn(noisy)).map((placed) => placed.row)).toEqual(expected);
    }
  }, 30_000);
});

describe('a device that is wrong', () => {
  const items = randomItems(8, 90);
  const scene = { items, log: views(...items.slice(0, 6).map(({ id }) => id)) };
  const refused: unknown = expect.objectContaining({ code: 'DEVICE_WRONG_RESULT' });

  it.each<[string, Distort]>([
    ['zeros', (scores) => scores.map(() => 0)],
    ['noise', (scores) => scores.map((_, i) => ((i * 7919) % 200) / 100 - 1)],
    ['nothing that is a number', (scores) => scores.map(() => Number.NaN)],
    ['zeros for every tenth item', (scores) => scores.map((s, i) => (i % 10 === 0 ? 0 : s))],
    ['too few numbers', (scores) => scores.slice(0, scores.length / 2)],
    ['numbers of another job', (scores) => scores.toReversed()],
  ])('is told by its %s', (_, distort) => {
    expect(compose(scene).personalized).toBe(true);
    expect(() => compose(scene, distort)).toThrow(refused);
  });

  it('never ranks: what is not told does not change the feed', () => {
    const expected = bytesOf(compose(scene));
    for (let seed = 0; seed < 25; seed++) {
      const random = createRandom(seed, 'fault');
      // Errors of a few numbers upwards: they are looked at, and so they are told.
      const distort: Distort = (scores) =>
        scores.map((score) => (random() < 0.001 ? Math.min(1, score + 0.5) : score));
      let bytes = expected;
      try {
        bytes = bytesOf(compose(scene, distort));
      } catch (error) {
        expect(error).toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
      }
      expect(bytes).toBe(expected);
    }
  });
});
