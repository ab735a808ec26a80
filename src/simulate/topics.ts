/**
 * Topics: what a visit can be about. Shelves of the shop where items have categories, else their
 * keywords, else their price; and which topics go together.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import { drawWeighted } from './draw.ts';
import { shareBelow } from './price-level.ts';
import type { CatalogFacets, ItemFacets } from './read-catalog.ts';

/** The topics of a catalog. */
export interface Topics {
  /** T names. */
  readonly names: readonly string[];
  /** [I] */
  readonly topicOf: Int32Array;
  /** Item rows by topic, in the catalog's order. */
  readonly members: readonly Int32Array[];
  /** [T × T] likeness of two topics, 0 to 1, symmetric, 0 with itself. */
  readonly affinity: Float32Array;
  /** By topic: topics wanted after something of it was bought; at most two. */
  readonly complements: readonly (readonly number[])[];
  /** By topic: visits until the same thing is needed again; 0 for what lasts. */
  readonly interval: Int32Array;
}

/** Fewer items than this make no topic, more topics than that are too many. */
const MIN_ITEMS = 4;
const MAX_TOPICS = 256;

const PRICE_BANDS = 8;
const NUM_COMPLEMENTS = 2;

/** Of how many nearest topics the complements are drawn. */
const NEAREST = 6;

/** The cheapest third of the topics may be consumables; where no price is known, any. */
const CHEAP_SHARE = 1 / 3;
const CONSUMABLE_CHANCE = { cheap: 0.6, unknown: 0.2 };
const INTERVAL = { least: 3, most: 6 };

function keywordNames(
  { keywords }: ItemFacets,
  { keywordCounts: counts, words }: CatalogFacets,
  most: number,
): string[] {
  return keywords
    .filter((word) => (counts[word] as number) <= most)
    .toSorted((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .map((word) => `keyword ${words[word]}`);
}

/** Names that an item could belong to, the one it would like best first. */
function candidateNames(facets: CatalogFacets): string[][] {
  const { items } = facets;
  const prices = Float64Array.from(items, ({ price }) => price)
    .filter((price) => price > 0)
    .sort();
  const mostItems = Math.max(MIN_ITEMS, items.length / 8);
  return items.map((item) => {
    const { path, price } = item;
    const paths = path.map((_, depth) => path.slice(0, path.length - depth).join(' > '));
    if (paths.length > 0) return paths;
    const names = keywordNames(item, facets, mostItems);
    if (price > 0) {
      names.push(`price ${Math.floor(PRICE_BANDS * shareBelow(prices, price))}`);
    }
    return names;
  });
}

function assignTopics(facets: CatalogFacets): Pick<Topics, 'names' | 'topicOf' | 'members'> {
  const candidates = candidateNames(facets);
  const counts = new Map<string, number>();
  for (const list of candidates) {
    for (const name of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const kept = new Set(
    [...counts]
      .filter(([, count]) => count >= MIN_ITEMS)
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, MAX_TOPICS)
      .map(([name]) => name),
  );
  const rows = new Map<string, number[]>();
  for (const [row, list] of candidates.entries()) {
    const name = list.find((candidate) => kept.has(candidate)) ?? 'other';
    const members = rows.get(name) ?? [];
    if (members.length === 0) rows.set(name, members);
    members.push(row);
  }
  const topicOf = new Int32Array(candidates.length);
  for (const [topic, members] of [...rows.values()].entries()) {
    for (const row of members) topicOf[row] = topic;
  }
  const members = Array.from(rows.values(), (list) => Int32Array.from(list));
  return { names: [...rows.keys()], topicOf, members };
}

/** idf-weighted keywords of a topic, of unit length. */
function profileOf(members: Int32Array, facets: CatalogFacets): Map<number, number> {
  const profile = new Map<number, number>();
  for (const row of members) {
    for (const word of facets.items[row]?.keywords ?? []) {
      const rarity = Math.log(facets.items.length / (facets.keywordCounts[word] as number));
      profile.set(word, (profile.get(word) ?? 0) + rarity);
    }
  }
  const norm = Math.hypot(...profile.values());
  for (const [word, weight] of profile) profile.set(word, norm > 0 ? weight / norm : 0);
  return profile;
}

function sharedPath(a: readonly string[], b: readonly string[]): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 0;
  const end = a.findIndex((name, depth) => name !== b[depth]);
  return (end < 0 ? a.length : end) / longest;
}

/** Half the keywords that two topics share, half how near they stand in the shop. */
function affinities(members: readonly Int32Array[], facets: CatalogFacets): Float32Array {
  const count = members.length;
  const profiles = members.map((rows) => profileOf(rows, facets));
  const paths = members.map((rows) => facets.items[rows[0] as number]?.path ?? []);
  const affinity = new Float32Array(count * count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < a; b++) {
      let cosine = 0;
      const other = profiles[b];
      for (const [word, weight] of profiles[a] ?? []) cosine += weight * (other?.get(word) ?? 0);
      const value = 0.5 * cosine + 0.5 * sharedPath(paths[a] ?? [], paths[b] ?? []);
      affinity[a * count + b] = value;
      affinity[b * count + a] = value;
    }
  }
  return affinity;
}

/**
 * Draws topics near a topic.
 *
 * @param topics - Their number and affinities.
 * @param topic - Where from.
 * @param count - At most how many.
 * @param random - Source.
 * @returns Distinct other topics, drawn from the six nearest by the square of their affinity.
 */
export function drawNear(
  topics: Pick<Topics, 'names' | 'affinity'>,
  topic: number,
  count: number,
  random: Random,
): number[] {
  const { length } = topics.names;
  const row = topics.affinity.subarray(topic * length, (topic + 1) * length);
  const nearest = Array.from(row, (value, other) => ({ value, other }))
    .filter(({ value }) => value > 0)
    .toSorted((a, b) => b.value - a.value || a.other - b.other)
    .slice(0, NEAREST);
  const drawn: number[] = [];
  while (drawn.length < count && nearest.length > 0) {
    const weights = nearest.map(({ value }) => value ** 2);
    const [pick] = nearest.splice(Math.max(0, drawWeighted(random, weights)), 1);
    if (pick) drawn.push(pick.other);
  }
  return drawn;
}

function medianPrice(members: Int32Array, { items }: CatalogFacets): number {
  const prices = Float64Array.from(members, (row) => items[row]?.price ?? NaN)
    .filter((price) => price > 0)
    .sort();
  return prices[Math.floor(prices.length / 2)] ?? NaN;
}

function drawIntervals(
  members: readonly Int32Array[],
  facets: CatalogFacets,
  random: Random,
): Int32Array {
  const medians = members.map((rows) => medianPrice(rows, facets));
  const known = medians.filter((price) => price > 0).toSorted((a, b) => a - b);
  const limit = known[Math.floor(known.length * CHEAP_SHARE)] ?? 0;
  return Int32Array.from(medians, (median) => {
    const isCheap = median < limit;
    const unknown = Number.isNaN(median) ? CONSUMABLE_CHANCE.unknown : 0;
    const chance = isCheap ? CONSUMABLE_CHANCE.cheap : unknown;
    const interval = INTERVAL.least + Math.floor(random() * (INTERVAL.most - INTERVAL.least + 1));
    return random() < chance ? interval : 0;
  });
}

/**
 * Finds the topics of a catalog, and draws what completes what and what runs out.
 *
 * An item belongs to its most special category that has at least four items; without categories to
 * the most frequent of its keywords that is not everywhere; else to its price band; else to `other`.
 *
 * @param facets - Of the catalog; not empty.
 * @param random - Source.
 * @returns At most 257 topics, each with at least one item.
 */
export function findTopics(facets: CatalogFacets, random: Random): Topics {
  const assigned = assignTopics(facets);
  const { members, names } = assigned;
  const affinity = affinities(members, facets);
  const complements = names.map((_, topic) =>
    drawNear({ names, affinity }, topic, NUM_COMPLEMENTS, random),
  );
  return { ...assigned, affinity, complements, interval: drawIntervals(members, facets, random) };
}
