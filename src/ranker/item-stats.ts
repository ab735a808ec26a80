/**
 * Statistics of items that several signals share.
 *
 * @packageDocumentation
 */
import type { ItemCounts } from './count-tables.ts';
import { shelfOrder } from './shelf-order.ts';
import type { Attributes, ItemStats, Sequence } from './types.ts';

/** Visitors that each item is thought to have beside the seen ones. */
const PRIOR_VISITORS = 0.5;

/** Prior of the lateness: 3.3 occurrences with a sum of 2, the usual mean of short sequences. */
const PRIOR_LATE = 2;
const PRIOR_EVENTS = 3.3;

/** Items of mean popularity that each attribute is thought to have beside its own. */
const PRIOR_ITEMS = 5;

/** Log of an attribute's mean popularity beside that of all items. */
function attributeLogs(attributes: Attributes, people: Float32Array, mean: number): Float64Array {
  const { count, pointers, index } = attributes;
  const visitors = new Float64Array(count);
  const holders = new Float64Array(count);
  for (let i = 0; i < people.length; i++) {
    for (let e = pointers[i] as number; e < (pointers[i + 1] as number); e++) {
      const a = index[e] as number;
      visitors[a] = (visitors[a] as number) + (people[i] as number);
      holders[a] = (holders[a] as number) + 1;
    }
  }
  return visitors.map((sum, a) => {
    const own = (sum + PRIOR_ITEMS * mean) / ((holders[a] as number) + PRIOR_ITEMS);
    return mean > 0 ? Math.log(own / mean) : 0;
  });
}

/** Mean of its attributes' logs per item, by weight; 0 without attributes. */
function attributePopularity(
  attributes: Attributes,
  counts: ItemCounts,
  mean: number,
): Float32Array {
  const { pointers, index, weight } = attributes;
  const logs = attributeLogs(attributes, counts.people, mean);
  return counts.people.map((_, i) => {
    let sum = 0;
    let weights = 0;
    for (let e = pointers[i] as number; e < (pointers[i + 1] as number); e++) {
      sum += (weight[e] as number) * (logs[index[e] as number] as number);
      weights += weight[e] as number;
    }
    return weights > 0 ? sum / weights : 0;
  });
}

/** Mean page and place of each item, NaN where no interaction tells both. */
function meanPlaces(
  sequences: readonly Sequence[],
  numItems: number,
): Pick<ItemStats, 'page' | 'place'> {
  const page = new Float32Array(numItems);
  const place = new Float32Array(numItems);
  const seen = new Float32Array(numItems);
  for (const sequence of sequences) {
    for (let p = 0; p < sequence.items.length; p++) {
      const onPage = sequence.page[p] as number;
      const at = sequence.position[p] as number;
      if (Number.isNaN(onPage) || Number.isNaN(at)) continue;
      const item = sequence.items[p] as number;
      page[item] = (page[item] as number) + onPage;
      place[item] = (place[item] as number) + at;
      seen[item] = (seen[item] as number) + 1;
    }
  }
  const mean = (sum: number, i: number): number =>
    seen[i] === 0 ? NaN : sum / (seen[i] as number);
  return { page: page.map(mean), place: place.map(mean) };
}

/**
 * Computes the items' statistics.
 *
 * popularity = ln((visitors + ½) / (mean visitors + ½)); lateness = (Σ place/length + 2) /
 * (occurrences + 3.3); attributePopularity is 0 for an item without attributes.
 *
 * @param sequences - What the counts were made from.
 * @param attributes - Of the items.
 * @param counts - By `countItems` or `countTables`.
 * @returns All [I].
 */
export function buildItemStats(
  sequences: readonly Sequence[],
  attributes: Attributes,
  counts: ItemCounts,
): ItemStats {
  const { people, events, late } = counts;
  const numItems = people.length;
  const mean = numItems > 0 ? people.reduce((sum, count) => sum + count, 0) / numItems : 0;
  const places = meanPlaces(sequences, numItems);
  return {
    popularity: people.map((count) => Math.log((count + PRIOR_VISITORS) / (mean + PRIOR_VISITORS))),
    lateness: late.map((sum, i) => (sum + PRIOR_LATE) / ((events[i] as number) + PRIOR_EVENTS)),
    attributePopularity: attributePopularity(attributes, counts, mean),
    ...places,
    ...shelfOrder(sequences, places, attributes.section),
  };
}
