/**
 * A made-up catalog of any size as vectors of an index, for the bench and the tests: 64 dimensions
 * in six blocks with the weights of the feature space (`src/catalog/blocks.ts`). 600 categories below
 * 24 departments, some frequent and most rare, each with its price, its own brands, its words.
 */
import { createRandom } from '../../src/core/rng.ts';

/** Sizes and weights of price, category, brand, words, features, sentiment. */
const BLOCKS = [
  { size: 6, weight: 0.14 },
  { size: 24, weight: 0.34 },
  { size: 12, weight: 0.1 },
  { size: 14, weight: 0.22 },
  { size: 6, weight: 0.16 },
  { size: 2, weight: 0.04 },
];

const DEPARTMENTS = 24;
const CATEGORIES = 600;
const BRANDS = 2_000;
const BRANDS_OF_CATEGORY = 40;

/** Noise of an item beside what its category has in common. */
const NOISE = { words: 0.45, features: 0.7 };

/** D. */
const INDEX_DIMS = BLOCKS.reduce((sum, { size }) => sum + size, 0);

/**
 * Draws a catalog.
 *
 * @param {number} count - N.
 * @param {number} seed - Of all draws.
 * @returns {import('../../src/core/shapes.ts').Matrix} [N, 64] unit rows, the same for the same seed.
 */
export function drawCatalog(count, seed) {
  const random = createRandom(seed, `index ${count}`);
  const noise = () => random() + random() - 1;
  const codes = (/** @type {number} */ rows, /** @type {number} */ size) =>
    Float32Array.from({ length: rows * size }, noise);
  // The larger the power, the fewer are frequent.
  const pick = (/** @type {number} */ most, /** @type {number} */ power) =>
    Math.min(most - 1, Math.floor(most * random() ** power));
  const departments = codes(DEPARTMENTS, 24);
  const categories = codes(CATEGORIES, 24);
  const brands = codes(BRANDS, 12);
  const words = codes(CATEGORIES, 14);
  const features = codes(CATEGORIES, 6);
  const data = new Float32Array(count * INDEX_DIMS);
  for (let item = 0; item < count; item++) {
    const category = pick(CATEGORIES, 1.6);
    const department = category % DEPARTMENTS;
    const brand = (category * 37 + pick(BRANDS_OF_CATEGORY, 2) * 53) % BRANDS;
    const price = random() * 6 - 0.5;
    const mood = (random() * Math.PI) / 2;
    /** @type {((k: number) => number)[]} */
    const values = [
      (k) => Math.exp(-(((k - price) / 1.1) ** 2)),
      (k) => Number(departments[department * 24 + k]) + Number(categories[category * 24 + k]),
      (k) => Number(brands[brand * 12 + k]),
      (k) => Number(words[category * 14 + k]) + NOISE.words * noise(),
      (k) => Number(features[category * 6 + k]) + NOISE.features * noise(),
      (k) => (k === 0 ? Math.sin(mood) : Math.cos(mood)),
    ];
    let at = item * INDEX_DIMS;
    for (const [b, { size, weight }] of BLOCKS.entries()) {
      let square = 0;
      for (let k = 0; k < size; k++) {
        const value = Number(values[b]?.(k));
        data[at + k] = value;
        square += value * value;
      }
      const factor = Math.sqrt(weight / square);
      for (let k = 0; k < size; k++) data[at + k] = Number(data[at + k]) * factor;
      at += size;
    }
  }
  return { data, rows: count, dims: INDEX_DIMS };
}
