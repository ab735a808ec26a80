import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/rng.ts';
import type { ComposedFeed } from '../../../src/feed/compose-feed.ts';
import { SIMILARITY_MARGIN } from '../../../src/feed/similarities.ts';
import { compose, randomItems, randomScene, views } from './fixtures.ts';

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
