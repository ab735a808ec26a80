import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMAGE_DIMS, isImageVector, learnImages } from '../../../src/catalog/image-block.ts';
import { createRandom } from '../../../src/core/rng.ts';
import { describePicture, PICTURE_PARTS } from '../../../src/image/picture-vector.ts';
import type { Pixels } from '../../../src/image/shrink.ts';
import { centredCosine, judgeColours } from './compare-pictures.ts';
import { draw, drawShop, type Drawing, type Rgb } from './drawn-pictures.ts';

function plain(rgba: readonly number[], width = 1, height = 1): Pixels {
  return { data: Array.from({ length: width * height }, () => rgba).flat(), width, height };
}

function vectorOf(drawing: Drawing): number[] {
  return describePicture(draw(drawing)) ?? [];
}

function part(vector: readonly number[] | null, name: string): number {
  return vector?.[PICTURE_PARTS.indexOf(name)] ?? NaN;
}

const RED: Rgb = [200, 40, 45];
const BLUE: Rgb = [40, 70, 180];

describe('a picture’s vector', () => {
  test('has as many numbers as the image block, each with a name', () => {
    expect(PICTURE_PARTS).toHaveLength(IMAGE_DIMS);
    expect(new Set(PICTURE_PARTS).size).toBe(IMAGE_DIMS);
    expect(isImageVector(vectorOf({ thing: 'mug', colour: RED }))).toBe(true);
  });

  test.each([
    ['one red pixel', plain([255, 0, 0, 255])],
    ['one white pixel', plain([255, 255, 255, 255])],
    ['one black pixel', plain([0, 0, 0, 255])],
    ['a constant picture', plain([90, 90, 90, 255], 50, 30)],
    ['a line of pixels', plain([10, 200, 10, 255], 300, 1)],
    ['a faint picture', plain([10, 200, 10, 1], 20, 20)],
  ])('is defined for %s', (_, pixels) => {
    const vector = describePicture(pixels);
    expect(isImageVector(vector)).toBe(true);
    for (const value of vector ?? []) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  test('is not there when every pixel is transparent', () => {
    expect(describePicture(plain([255, 0, 0, 0], 9, 9))).toBeNull();
  });

  test('is refused when the data is too short', () => {
    expect(() => describePicture({ data: [1, 2, 3], width: 1, height: 1 })).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    );
  });

  test('stays within 0 and 1 for any pixels', () => {
    const pixels = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }), fc.nat())
      .map(([width, height, seed]): Pixels => {
        const random = createRandom(seed);
        const data = Uint8ClampedArray.from({ length: width * height * 4 }, () => random() * 256);
        return { data, width, height };
      });
    fc.assert(
      fc.property(pixels, (picture) => {
        const vector = describePicture(picture);
        return vector !== null && vector.every((value) => value >= 0 && value <= 1);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test('names the colour of the thing, not of the ground', () => {
    const red = vectorOf({ thing: 'shirt', colour: RED });
    const blue = vectorOf({ thing: 'shirt', colour: BLUE });
    expect(part(red, 'red')).toBeGreaterThan(0.8);
    expect(part(red, 'white')).toBeLessThan(0.3);
    expect(part(blue, 'blue')).toBeGreaterThan(0.8);
    expect(part(blue, 'red')).toBeLessThan(0.1);
  });

  test('is hardly another on a tinted ground or cut out', () => {
    const white = vectorOf({ thing: 'mug', colour: BLUE });
    for (const ground of [null, [232, 238, 246]] as const) {
      const other = vectorOf({ thing: 'mug', colour: BLUE, ground });
      expect(centredCosine(white, other)).toBeGreaterThan(0.99);
    }
  });

  test('tells what lies from what stands, and smooth from striped', () => {
    const bench = vectorOf({ thing: 'bench', colour: RED });
    const lamp = vectorOf({ thing: 'lamp', colour: RED });
    expect(part(bench, 'aspect')).toBeGreaterThan(0.65);
    expect(part(lamp, 'aspect')).toBeLessThan(0.45);
    const striped = vectorOf({ thing: 'shirt', colour: RED, isStriped: true });
    const smooth = vectorOf({ thing: 'shirt', colour: RED });
    expect(part(striped, 'texture')).toBeGreaterThan(3 * part(smooth, 'texture'));
    expect(part(striped, 'flat edges')).toBeGreaterThan(part(smooth, 'flat edges'));
  });

  test('sees that a shirt is its own mirror image and a mug is not', () => {
    const shirt = vectorOf({ thing: 'shirt', colour: RED });
    const mug = vectorOf({ thing: 'mug', colour: RED });
    expect(part(shirt, 'symmetry')).toBeGreaterThan(part(mug, 'symmetry') + 0.1);
  });

  test('keeps a picture of nothing but a light thing', () => {
    const towel = describePicture(plain([240, 225, 200, 255], 40, 40));
    expect(part(towel, 'fill')).toBeCloseTo(1, 1);
    expect(part(towel, 'brightness')).toBeGreaterThan(0.85);
  });
});

describe('among drawn pictures of a shop', () => {
  const shop = drawShop(createRandom(7), 5);
  const vectors = shop.map(({ pixels }) => describePicture(pixels) ?? []);

  test('those of one colour are nearer than those of another', () => {
    const { otherMean, sameMean, sameNearest } = judgeColours(vectors, shop);
    expect(shop.length).toBeGreaterThanOrEqual(300);
    expect(sameMean).toBeGreaterThan(otherMean + 0.4);
    expect(sameNearest).toBeGreaterThan(0.9);
  });

  test('the same thing in another size or a little aside is nearly the same', () => {
    const centre = learnImages(vectors.map((imageVector) => ({ imageVector }))) ?? undefined;
    for (const thing of ['shirt', 'mug', 'lamp', 'bench'] as const) {
      const original = vectorOf({ thing, colour: BLUE });
      for (const size of [48, 77, 200, 333]) {
        const scaled = vectorOf({ thing, colour: BLUE, size });
        expect(centredCosine(original, scaled, centre)).toBeGreaterThan(0.97);
      }
      for (const move of [
        [0.03, 0],
        [-0.02, 0.04],
        [0.013, -0.027],
      ] as const) {
        const moved = vectorOf({ thing, colour: BLUE, move });
        expect(centredCosine(original, moved, centre)).toBeGreaterThan(0.95);
      }
    }
  });
});
