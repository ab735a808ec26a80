import { describe, expect, it } from 'vitest';
import { blockCosine } from '../../../src/core/block-cosine.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { createSimilarities, SIMILARITY_MARGIN } from '../../../src/feed/similarities.ts';
import { referenceScores } from '../../../src/core/similarity.ts';
import { encodeLibrary } from '../../../src/engine/library.ts';
import { encodedOf, LIBRARY, randomItems } from './fixtures.ts';

const encoded = encodedOf(randomItems(3, 60));
const items = { vectors: encoded.vectors, presence: encoded.presence };
const vectors = encodeLibrary(LIBRARY.segments, encoded.model);
const { space } = encoded.model;
const V = vectors.vectors.rows;
const exactScores = referenceScores({
  items: items.vectors,
  itemPresence: items.presence,
  vectors: vectors.vectors,
  vectorPresence: vectors.presence,
});
const wrong: unknown = expect.objectContaining({ code: 'DEVICE_WRONG_RESULT' });

function wrap(scores: Float32Array): ReturnType<typeof createSimilarities> {
  return createSimilarities({ items, vectors, space, scores });
}

describe('similarities', () => {
  it('are the exact cosines, whatever the device says within the margin', () => {
    const random = createRandom(5, 'device');
    const noisy = wrap(exactScores.map((score) => score + (random() - 0.5) * SIMILARITY_MARGIN));
    for (let n = 0; n < 60; n++) {
      for (let v = 0; v < V; v++) {
        const cosine = blockCosine({ set: items, row: n }, { set: vectors, row: v }, space.blocks);
        expect(noisy.exact(n, v)).toBe(cosine);
        expect(noisy.exact(n, v)).toBe(cosine);
      }
    }
  });

  it('find the same best items from any device', () => {
    const random = createRandom(6, 'device');
    const noisy = wrap(exactScores.map((score) => score + (random() - 0.5) * SIMILARITY_MARGIN));
    const clean = wrap(exactScores);
    for (let v = 0; v < V; v++) {
      for (const limit of [1, 3, 60, 99]) expect(noisy.top(v, limit)).toEqual(clean.top(v, limit));
    }
    expect(clean.top(0, 99)).toHaveLength(60);
  });

  it('hand out what the device said, row by row and column by column', () => {
    const clean = wrap(exactScores);
    const out = new Float64Array(60).fill(1);
    clean.addApproximate(out, 2, 0.5);
    for (let n = 0; n < 60; n++) {
      expect(clean.approximate(n, 2)).toBe(exactScores[n * V + 2]);
      expect(out[n]).toBe(1 + 0.5 * (exactScores[n * V + 2] as number));
    }
    expect(clean.count).toBe(60);
  });

  it.each<[string, (score: number, i: number) => number]>([
    ['zeros', () => 0],
    ['one everywhere', () => 1],
    ['not a number', () => Number.NaN],
    ['minus infinity beside the truth', (score, i) => (i % V === 0 ? score / 3 : -Infinity)],
    ['noise', (_, i) => ((i * 7919) % 200) / 100 - 1],
    ['the opposite', (score) => -score],
    ['results shifted by more than the margin', (score) => score + 3 * SIMILARITY_MARGIN],
    ['half of each result', (score) => score / 2],
  ])('tell a device that returns %s', (_, distort) => {
    const lying = wrap(exactScores.map(distort));
    expect(() => {
      for (let v = 0; v < V; v++) lying.top(v, 3);
    }).toThrow(wrong);
  });

  it('tell a device that returns infinity', () => {
    // exactTop passes over rows of +Infinity: `approximation >= examined` at the very first depth.
    const lying = wrap(new Float32Array(60 * V).fill(Infinity));
    expect(() => lying.top(0, 3)).toThrow(wrong);
  });

  it('tell it again at the next question: a wrong number is not remembered', () => {
    const lying = wrap(new Float32Array(60 * V).fill(0.5));
    expect(() => lying.exact(0, 0)).toThrow(wrong);
    expect(() => lying.exact(0, 0)).toThrow(wrong);
  });
});
