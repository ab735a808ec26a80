import { describe, expect, test } from 'vitest';
import {
  IMAGE_DIMS,
  isImageVector,
  learnImages,
  TYPICAL_PICTURE,
  writeImage,
} from '../../../src/catalog/image-block.ts';

const vector = (fill: (i: number) => number): number[] =>
  Array.from({ length: IMAGE_DIMS }, (_, i) => fill(i));

/** A block written behind 3 other dimensions. */
function written(imageVector: readonly number[] | undefined, centre?: Float64Array): number[] {
  const values = new Float64Array(3 + IMAGE_DIMS);
  writeImage(values, 3, imageVector, centre);
  expect([...values.subarray(0, 3)]).toEqual([0, 0, 0]);
  return [...values.subarray(3)];
}

describe('an image vector', () => {
  test.each([
    ['nothing', undefined],
    ['a word', 'red'],
    ['too short a list', vector(() => 0.5).slice(1)],
    ['too long a list', [...vector(() => 0.5), 0.5]],
    ['words in a list', vector(() => 0.5).map(String)],
    ['a hole', vector((i) => (i === 4 ? NaN : 0.5))],
    ['no end', vector((i) => (i === 4 ? -Infinity : 0.5))],
    ['a number past all use', vector((i) => (i === 4 ? 1e300 : 0.5))],
    ['nothing but zeros', vector(() => 0)],
  ])('is not %s', (_, value) => {
    expect(isImageVector(value)).toBe(false);
    expect(written(value as number[] | undefined)).toEqual(vector(() => 0));
  });

  test('may be a shop’s own, with signs', () => {
    expect(isImageVector(vector((i) => (i % 2 === 0 ? -3 : 2)))).toBe(true);
  });
});

describe('the middle of a list’s pictures', () => {
  test('is not there when no item has a picture', () => {
    expect(learnImages([])).toBeNull();
    expect(learnImages([{}, { imageVector: [1, 2] }])).toBeNull();
  });

  test('is the mean of a long list, whatever is unusable in it', () => {
    const items = Array.from({ length: 2000 }, (_, i) => ({
      imageVector: vector(() => (i % 2 === 0 ? 0.2 : 0.6)),
    }));
    const centre = learnImages([...items, {}, { imageVector: [9] }]);
    for (const value of centre ?? []) expect(value).toBeCloseTo(0.4, 2);
    expect(centre).toHaveLength(IMAGE_DIMS);
  });

  test('keeps two like pictures alike, where the plain mean would make them opposites', () => {
    const red = TYPICAL_PICTURE.map((value, i) => (i === 0 ? 1 : value));
    const lighter = red.map((value, i) => (i === 14 ? value + 0.1 : value));
    const centre = learnImages([{ imageVector: red }, { imageVector: lighter }]) ?? undefined;
    const [a, b] = [written(red, centre), written(lighter, centre)];
    const dot = a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
    expect(dot / (Math.hypot(...a) * Math.hypot(...b))).toBeGreaterThan(0.9);
  });

  test('is the plain mean of a shop’s own numbers, which may mean anything', () => {
    const own = [vector(() => -4), vector(() => 8)].map((imageVector) => ({ imageVector }));
    expect([...(learnImages(own) ?? [])]).toEqual(vector(() => 2));
  });
});

test('a picture is written from the middle of the list', () => {
  const centre = Float64Array.from(vector(() => 0.25));
  expect(
    written(
      vector(() => 1),
      centre,
    ),
  ).toEqual(vector(() => 0.75));
  expect(written(vector(() => 1))).toEqual(vector(() => 1));
});
