/**
 * The `image` block: what an item's picture looks like, as {@link IMAGE_DIMS} numbers.
 *
 * The numbers come from `src/image` (or from the shop) and are 0 or more, so that any two pictures
 * would look alike by cosine. They are therefore counted from the middle of the list's pictures:
 * what all of them share (a white ground, much grey) says nothing.
 *
 * @packageDocumentation
 */

/** Dimensions of the block. */
export const IMAGE_DIMS = 24;

/** A larger number is none of ours, and its square could leave the range of a float. */
const MOST = 1e6;

/**
 * Mean of the demo shop's pictures (test/unit/image/demo-pictures.test.ts): in a short list it says
 * better what pictures share than the few that are there; two pictures alone would be opposites.
 */
export const TYPICAL_PICTURE: readonly number[] = [
  0.19, 0.26, 0.15, 0.09, 0.09, 0.13, 0.05, 0.06, 0.22, 0.44, 0.33, 0.23, 0.44, 0.31, 0.65, 0.22,
  0.34, 0.49, 0.4, 0.33, 0.27, 0.7, 0.48, 0.72,
];

/** It counts as so many pictures of the list. */
const TYPICAL_COUNT = 4;

/** The part of an item that this file needs. */
interface Pictured {
  readonly imageVector?: readonly number[];
}

/**
 * Whether a value can stand in the block.
 *
 * @param value - Anything, such as a field of a candidate.
 * @returns True for an array of 24 finite numbers in [-1e6, 1e6] that are not all 0.
 * @example isImageVector([1, 2]) // false
 */
export function isImageVector(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length === IMAGE_DIMS &&
    value.every((entry) => typeof entry === 'number' && Math.abs(entry) <= MOST) &&
    value.some((entry) => entry !== 0)
  );
}

/** Ours lie in [0, 1]; a shop's own numbers may mean anything, and then ours do not help. */
function isOurs(imageVector: readonly number[]): boolean {
  return imageVector.every((value) => value >= 0 && value <= 1);
}

/**
 * The middle of a list's pictures; of a few, moved towards {@link TYPICAL_PICTURE}.
 *
 * Cost: linear in the items.
 *
 * @param items - Items; those without a usable `imageVector` do not count.
 * @returns 24 means; null when no item has a picture, and then the space needs no `image` block.
 */
export function learnImages(items: readonly Pictured[]): Float64Array | null {
  const centre = new Float64Array(IMAGE_DIMS);
  let count = 0;
  let isOwn = true;
  for (const { imageVector } of items) {
    if (!isImageVector(imageVector)) continue;
    count++;
    isOwn &&= isOurs(imageVector);
    for (let i = 0; i < IMAGE_DIMS; i++) {
      centre[i] = (centre[i] as number) + (imageVector[i] as number);
    }
  }
  if (count === 0) return null;
  const prior = isOwn ? TYPICAL_COUNT : 0;
  return centre.map((sum, i) => (sum + prior * (TYPICAL_PICTURE[i] as number)) / (count + prior));
}

/**
 * Writes a picture into a raw vector.
 *
 * @param values - Raw vector, at least `start` + 24 long; changed in place.
 * @param start - First dimension of the block.
 * @param imageVector - Of the item; one that is not usable leaves the block absent.
 * @param centre - From {@link learnImages}; without it the numbers count from 0.
 */
export function writeImage(
  values: Float64Array,
  start: number,
  imageVector: readonly number[] | undefined,
  centre?: Float64Array | null,
): void {
  if (!isImageVector(imageVector)) return;
  for (let i = 0; i < IMAGE_DIMS; i++) {
    values[start + i] = (imageVector[i] as number) - (centre?.[i] ?? 0);
  }
}
