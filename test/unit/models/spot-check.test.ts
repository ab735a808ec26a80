import { expect, it } from 'vitest';
import { referenceScores } from '../../../src/core/similarity.ts';
import type { SimilarityInput } from '../../../src/core/similarity.ts';
import { spotCheckError } from '../../../src/models/spot-check.ts';

const ITEMS = 300;
const VECTORS = 7;

function matrix(
  rows: number,
  dims: number,
  value: (i: number) => number,
): SimilarityInput['items'] {
  return { data: Float32Array.from({ length: rows * dims }, (_, i) => value(i)), rows, dims };
}

const input: SimilarityInput = {
  items: matrix(ITEMS, 8, (i) => 0.3 + Math.abs(Math.sin(i))),
  itemPresence: matrix(ITEMS, 2, () => 1),
  vectors: matrix(VECTORS, 8, (i) => 0.3 + Math.abs(Math.cos(i))),
  vectorPresence: matrix(VECTORS, 2, () => 6),
};

it('lets a device pass that is right within the precision of a GPU, in every turn', () => {
  const scores = referenceScores(input).map((score) => score + 1e-5);
  for (let turn = 0; turn < 100; turn++) expect(spotCheckError(input, scores, turn)).toBeNull();
});

it.each([0, 64, 128, 192, 256])(
  'finds in any turn that the group at item %i is missing',
  (from) => {
    const scores = referenceScores(input);
    scores.fill(0, from * VECTORS, (from + 64) * VECTORS);
    for (let turn = 0; turn < 100; turn++) {
      expect(spotCheckError(input, scores, turn)).toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
    }
  },
);

it('asks every item in 64 turns', () => {
  for (let item = 0; item < 256; item++) {
    const scores = referenceScores(input);
    scores.fill(0, item * VECTORS, (item + 1) * VECTORS);
    const turns = Array.from({ length: 64 }, (_, turn) => spotCheckError(input, scores, turn));
    expect(turns.some((error) => error !== null)).toBe(true);
  }
});

it.each([
  ['NaN', (scores: Float32Array) => scores.fill(Number.NaN)],
  ['too few numbers', (scores: Float32Array) => scores.slice(0, -64 * VECTORS)],
  ['numbers that are 1 % too large', (scores: Float32Array) => scores.map((s) => s * 1.01)],
])('finds %s', (_, spoil) => {
  const wrong = spoil(referenceScores(input));
  expect(spotCheckError(input, wrong, 0)).toMatchObject({ code: 'DEVICE_WRONG_RESULT' });
});

it('has nothing to say of a job without items', () => {
  const empty = { ...input, items: matrix(0, 8, () => 0), itemPresence: matrix(0, 2, () => 0) };
  expect(spotCheckError(empty, new Float32Array(0), 3)).toBeNull();
});
