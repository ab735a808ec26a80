import { expect, test } from 'vitest';
import { DEFAULT_SPACE } from '../../../src/catalog/blocks.ts';
import {
  createTextCache,
  encodeDescription,
  encodeItems,
} from '../../../src/catalog/encode-items.ts';
import { blockOf, writeRow } from '../../../src/catalog/encode-vector.ts';
import { blockCosine } from '../../../src/core/block-cosine.ts';
import type { GeneratedFeatures } from '../../../src/core/generated-features.ts';
import type { Item, SegmentDescription } from '../../../src/core/types.ts';
import { emptySet } from '../../../src/core/vector-set.ts';

function scored(comfort: number, style: number, change: Partial<GeneratedFeatures> = {}): Item {
  const generated: GeneratedFeatures = {
    modelId: 'm1',
    scores: { comfort, style },
    latent: [comfort - style, 0.2],
    evidence: [],
    guessing: false,
    ...change,
  };
  return { id: `${comfort}-${style}-${Object.keys(change).join('')}`, title: 'Chair', generated };
}

const LIST: readonly Item[] = [
  scored(0.9, 0.1),
  scored(0.8, 0.2),
  scored(0.1, 0.9),
  scored(0.2, 0.7),
  scored(0.5, 0.5),
];

const encode = (items: readonly Item[]): ReturnType<typeof encodeItems> =>
  encodeItems(items, createTextCache());

function cosineWith(items: readonly Item[], row: number, describes: SegmentDescription): number {
  const encoded = encode(items);
  const { blocks, dims } = encoded.model.space;
  const wanted = emptySet(1, dims, blocks.length);
  const vector = encodeDescription(describes, encoded.model);
  writeRow(vector, wanted.vectors.data, wanted.presence.data, { row: 0, weighted: true });
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  return blockCosine({ set, row }, { set: wanted, row: 0 }, blocks);
}

function presence(items: readonly Item[], row: number): number {
  const { model, presence: mask } = encode(items);
  const at = model.space.blocks.findIndex(({ name }) => name === 'generated');
  return mask.data[row * mask.dims + at] as number;
}

test('leaves the space as it is for candidates without scores and pictures', () => {
  const { model, vectors } = encode([{ id: 'a', title: 'Chair' }]);
  expect(model.space).toBe(DEFAULT_SPACE);
  expect(vectors.dims).toBe(128);
});

test('gives scores and latent dimensions a block of their own', () => {
  const { model } = encode(LIST);
  expect(blockOf(model.space, 'generated')).toMatchObject({ start: 128, size: 4 });
  const total = model.space.blocks.reduce((sum, { weight }) => sum + weight, 0);
  expect(total).toBeCloseTo(1, 12);
});

test('brings items closer whose scores are alike', () => {
  const encoded = encode(LIST);
  const { blocks } = encoded.model.space;
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const cosine = (a: number, b: number): number =>
    blockCosine({ set, row: a }, { set, row: b }, blocks);
  expect(cosine(0, 1)).toBeGreaterThan(cosine(0, 2) + 0.05);
});

test('finds items that have what a segment wants of a score', () => {
  const wanted: SegmentDescription = { attributes: { comfort: 'high' } };
  expect(cosineWith(LIST, 0, wanted)).toBeGreaterThan(0.4);
  expect(cosineWith(LIST, 2, wanted)).toBeLessThan(-0.4);
  expect(cosineWith(LIST, 2, { attributes: { comfort: 'low' } })).toBeGreaterThan(0.4);
});

test('ignores wishes for scores that no candidate has', () => {
  expect(cosineWith(LIST, 0, { attributes: { sparkle: 'high' } })).toBe(0);
});

test('does not count guesses, nor the scores of another model', () => {
  const guess = scored(0.9, 0.1, { guessing: true });
  const other = scored(0.9, 0.1, { modelId: 'm2' });
  const list = [...LIST, guess, other];
  expect(presence(list, 0)).toBe(1);
  expect(presence(list, 5)).toBe(0);
  expect(presence(list, 6)).toBe(0);
});

test('has no block when all scores are the same: they tell none from another', () => {
  const same = [scored(0.5, 0.5), { ...scored(0.5, 0.5), id: 'b' }];
  expect(presence(same, 0)).toBe(0);
  const { vectors } = encode(same);
  expect(vectors.data.every((value) => Number.isFinite(value))).toBe(true);
});
