/**
 * A decoded picture → the numbers of the `image` block.
 *
 * @packageDocumentation
 */
import { findThing } from './find-thing.ts';
import { HUES, paletteOf, varietyOf } from './palette.ts';
import { shapeOf } from './shape.ts';
import { type Pixels, shrink } from './shrink.ts';
import { surfaceOf } from './surface.ts';

/** What each of the 24 numbers says, in order. */
export const PICTURE_PARTS: readonly string[] = [
  ...HUES,
  'black',
  'grey',
  'white',
  'dark colours',
  'middle colours',
  'light colours',
  'brightness',
  'contrast',
  'texture',
  'variety',
  'flat edges',
  'upright edges',
  'leaning edges',
  'fill',
  'aspect',
  'symmetry',
];

/** Steps of what is written to a catalog. */
const STEP = 1000;

/**
 * Describes a picture: palette (14 numbers), light and texture (4), edges (3), shape (3).
 *
 * Shares of colours are given as square roots, so that the product of two palettes is their
 * Bhattacharyya coefficient and a small accent still counts. The numbers do not depend on the size
 * of the picture, and hardly on where the thing stands in it. A plain light ground is left out.
 *
 * Cost: O(width × height) to shrink it to 48 cells, then a few thousand steps.
 *
 * @param pixels - Decoded picture; 128 pixels on the longer side are as good as more.
 * @returns 24 numbers in [0, 1] of three places; null when every pixel is fully transparent.
 * @throws {@link VitrineError} `SHAPE_MISMATCH` when the data is too short for the size.
 * @example describePicture({ data: [255, 0, 0, 255], width: 1, height: 1 })?.[0] // 1: all of it red
 */
export function describePicture(pixels: Pixels): number[] | null {
  const grid = shrink(pixels);
  const thing = findThing(grid);
  if (!thing.some((weight) => weight > 0)) return null;
  const palette = paletteOf(grid, thing);
  const { brightness, contrast, edges, texture } = surfaceOf(grid, thing);
  const { aspect, fill, symmetry } = shapeOf(grid, thing);
  const values = [
    ...[...palette.hues, ...palette.greys, ...palette.tones].map(Math.sqrt),
    brightness,
    contrast,
    texture,
    varietyOf(palette),
    ...edges,
    fill,
    aspect,
    symmetry,
  ];
  return values.map((value) => Math.round(value * STEP) / STEP);
}
