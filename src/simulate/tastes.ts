/**
 * Hidden tastes over a catalog's own features, and how well an item matches one.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import { drawIndex, drawWeighted } from './draw.ts';
import type { ItemFacets } from './read-catalog.ts';
import { drawNear, type Topics } from './topics.ts';
import type { Taste } from './types.ts';

/** What tastes are drawn from. */
export interface TasteSource {
  /** I. */
  readonly items: readonly ItemFacets[];
  /** Of these items. */
  readonly topics: Topics;
  /** [I] From `priceLevels`. */
  readonly levels: Float32Array;
}

/** Parts of a match; what an item or a taste lacks is left out and the rest counts for more. */
const WEIGHTS = { topic: 0.45, brand: 0.15, price: 0.15, keywords: 0.25 };
/** Of an item about which nothing is known. */
const UNKNOWN_MATCH = 0.5;

const NUM_KEYWORDS = 5;
/** Liked keywords on one item that are all one can ask for. */
const ENOUGH_KEYWORDS = 2;
const NEAR_TOPICS = 2;
const NEAR_LIKING = { least: 0.4, most: 0.8 };
/** Distance of price levels at which a price no longer pleases. */
const PRICE_REACH = 0.6;

/** Draws some of a list without taking one twice. */
function drawSome<T>(list: readonly T[], count: number, random: Random): T[] {
  const rest = [...list];
  const drawn: T[] = [];
  while (drawn.length < count && rest.length > 0) {
    drawn.push(...rest.splice(drawIndex(random, rest.length), 1));
  }
  return drawn;
}

/**
 * Draws a taste around an item of the catalog, so that it never asks for what is not there.
 *
 * Larger topics are liked by more, by the square root of their size.
 *
 * @param source - The catalog.
 * @param random - Source of randomness.
 * @returns A main topic, up to two near ones, up to two brands, a price level, up to five keywords.
 */
export function drawTaste(source: TasteSource, random: Random): Taste {
  const { items, topics, levels } = source;
  const sizes = topics.members.map(({ length }) => Math.sqrt(length));
  const mainTopic = Math.max(0, drawWeighted(random, sizes));
  const liked = new Float32Array(topics.names.length);
  const near = drawNear(topics, mainTopic, drawIndex(random, NEAR_TOPICS + 1), random);
  for (const topic of near) {
    liked[topic] = NEAR_LIKING.least + random() * (NEAR_LIKING.most - NEAR_LIKING.least);
  }
  liked[mainTopic] = 1;
  const rows = topics.members[mainTopic] as Int32Array;
  const models = [0, 1].map(() => rows[drawIndex(random, rows.length)] as number);
  const facets = models.map((row) => items[row] as ItemFacets);
  const brands = facets.map(({ brand }) => brand).filter((brand) => brand !== '');
  const keywords = facets.flatMap((facet) => facet.keywords);
  return {
    topics: liked,
    mainTopic,
    brands: new Set(brands),
    priceLevel: models.map((row) => levels[row] as number).find((level) => level >= 0) ?? NaN,
    keywords: new Set(drawSome(keywords, NUM_KEYWORDS, random)),
  };
}

/**
 * How well an item matches a taste.
 *
 * @param taste - Somebody's.
 * @param source - The catalog.
 * @param row - The item.
 * @returns In [0, 1]: the weighted mean over topic, brand, price and keywords, as far as both sides
 *   have them; 0.5 when they have nothing.
 */
export function matchOf(taste: Taste, source: TasteSource, row: number): number {
  const item = source.items[row] as ItemFacets;
  // A single topic holds everything and tells nothing.
  const topicWeight = source.topics.names.length > 1 ? WEIGHTS.topic : 0;
  let weight = topicWeight;
  let sum = topicWeight * (taste.topics[source.topics.topicOf[row] as number] as number);
  if (item.brand !== '' && taste.brands.size > 0) {
    weight += WEIGHTS.brand;
    if (taste.brands.has(item.brand)) sum += WEIGHTS.brand;
  }
  const distance = Math.abs((source.levels[row] as number) - taste.priceLevel);
  if (!Number.isNaN(distance)) {
    weight += WEIGHTS.price;
    sum += WEIGHTS.price * Math.max(0, 1 - distance / PRICE_REACH);
  }
  if (item.keywords.length > 0 && taste.keywords.size > 0) {
    const hits = item.keywords.reduce((n, word) => n + (taste.keywords.has(word) ? 1 : 0), 0);
    weight += WEIGHTS.keywords;
    sum += WEIGHTS.keywords * Math.min(1, hits / ENOUGH_KEYWORDS);
  }
  return weight > 0 ? sum / weight : UNKNOWN_MATCH;
}
