/**
 * The numbers of a segment's vector, taken apart by what they speak of. Lists with scores or
 * pictures have further numbers behind the first 128; see src/catalog/blocks.ts.
 */

/**
 * @typedef {object} BlockSpan
 * @property {string} name - As in explanations: `price`, `category`, …
 * @property {number} start - First number.
 * @property {number} size - How many.
 */

/** @type {readonly (readonly [string, number])[]} */
const FIRST = [
  ['price', 8],
  ['category', 44],
  ['brand', 24],
  ['text', 34],
  ['features', 16],
  ['sentiment', 2],
];

const IMAGE_SIZE = 24;

/**
 * The blocks of a vector.
 *
 * @param {number} length - How many numbers it has; 0 before the first feed.
 * @param {boolean} hasPictures - Whether some candidate has an `imageVector`.
 * @returns {BlockSpan[]} In order, without gaps; none for a length that no vector has.
 */
export function blocksOf(length, hasPictures) {
  const known = FIRST.reduce((sum, [, size]) => sum + size, 0);
  const image = hasPictures ? IMAGE_SIZE : 0;
  const generated = length - known - image;
  if (generated < 0) return [];
  /** @type {(readonly [string, number])[]} */
  const sizes = [...FIRST, ['generated', generated], ['image', image]];
  let start = 0;
  return sizes
    .filter(([, size]) => size > 0)
    .map(([name, size]) => {
      const span = { name, start, size };
      start += size;
      return span;
    });
}

/**
 * What a vector says in one block.
 *
 * @param {readonly number[]} vector - Of a segment.
 * @param {BlockSpan | undefined} block - One of its blocks.
 * @returns {number[]} Scaled to length 1; empty when it says nothing there.
 */
function partOf(vector, block) {
  if (block === undefined) return [];
  const values = vector.slice(block.start, block.start + block.size);
  const length = Math.hypot(...values);
  return length > 1e-9 ? values.map((value) => value / length) : [];
}

/**
 * How alike two vectors are in one block.
 *
 * @param {readonly number[]} a - Of a segment.
 * @param {readonly number[]} b - Of another one.
 * @param {BlockSpan} block - The block.
 * @returns {number | null} Cosine, -1 to 1; null when one of them says nothing there.
 */
export function likenessIn(a, b, block) {
  const left = partOf(a, block);
  const right = partOf(b, block);
  if (left.length === 0 || right.length === 0) return null;
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
