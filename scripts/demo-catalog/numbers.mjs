/**
 * Prices and ratings of a designed item.
 */

/** @type {(value: number) => number} */
const round2 = (value) => Math.round(value * 100) / 100;

/**
 * A shop's way to end a price: .99, .95 or .50 below 50, whole or .99 below 200, then tens less one.
 *
 * @param {number} price EUR
 * @param {number} level of the brand
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {number} EUR
 */
function shopEnding(price, level, rng) {
  if (price >= 200) return Math.round(price / 10) * 10 - (level === 3 ? 0 : 1);
  if (price >= 50) return Math.round(price) - (level < 2 && rng.chance(0.6) ? 0.01 : 0);
  if (level >= 2) return Math.round(price * 2) / 2;
  return Math.floor(price) + rng.pick([0.99, 0.99, 0.95, 0.5]);
}

/** Shift of the log price by brand level, as a share of the type's log range. */
const LEVEL_SHIFT = [-0.26, -0.07, 0.1, 0.3];

/**
 * Log-normal around the middle of the type's range, moved by the brand's level and the size.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {number} EUR, inside the type's range
 */
export function priceOf({ type, brand, size }, rng) {
  const [low, high] = type.price;
  const level = brand?.level ?? 1;
  const centre = (Math.log(low) + Math.log(high)) / 2;
  const span = Math.log(high) - Math.log(low);
  const sizeRank = type.sizes ? type.sizes.indexOf(size) / (type.sizes.length - 1) - 0.5 : 0;
  const shift = (LEVEL_SHIFT[level] ?? 0) + sizeRank * 0.2;
  const price = Math.exp(centre + span * (shift + rng.normal() * 0.12));
  const kept = Math.min(high, Math.max(low, price));
  return round2(Math.min(high, Math.max(low, shopEnding(kept, level, rng))));
}

/**
 * Popularity: long-tailed, higher for cheaper things and well-liked brands.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {number} price EUR, more than 0
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {number} more than 0
 */
export function popularityOf({ brand }, price, rng) {
  const liking = 0.6 + (brand?.quality ?? 0.4);
  return liking * Math.exp(rng.normal() * 1.15) * (60 / (60 + price)) ** 0.35;
}

/**
 * Rating by the brand's quality with noise; a few items have none yet.
 *
 * @param {import('./design.mjs').Design} design the item
 * @param {number} popularity more than 0
 * @param {import('./rng.mjs').Rng} rng source of randomness
 * @returns {{ rating: number, ratingCount: number } | undefined} undefined when nobody rated it
 */
export function ratingOf({ brand }, popularity, rng) {
  if (rng.chance(0.06)) return undefined;
  const ratingCount = Math.max(
    1,
    Math.round(22 * popularity ** 1.35 * Math.exp(rng.normal() * 0.6)),
  );
  const noise = 0.22 + 0.5 / Math.sqrt(ratingCount);
  const mean = 3.2 + 1.35 * (brand?.quality ?? 0.5) + rng.normal() * noise;
  return { rating: Math.round(Math.min(5, Math.max(1.4, mean)) * 10) / 10, ratingCount };
}
