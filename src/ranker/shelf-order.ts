/**
 * The order in which a shop shows its items: lists (by category), pages, places, and within one
 * place the direction in which visitors go.
 *
 * @packageDocumentation
 */
import type { ItemStats, Sequence } from './types.ts';

/** Steps between two items of one place that each is thought to have in both directions. */
const PRIOR_STEPS = 1;

/** Where items stand; both [I], NaN for an item whose place is not known. */
export type ShelfOrder = Pick<ItemStats, 'section' | 'shelf'>;

/** Number of the list and place that an item stands in, -1 without a place. */
function cellsOf(
  places: Pick<ItemStats, 'page' | 'place'>,
  sections: Int32Array | undefined,
): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(places.page, (page, i) => {
    const place = places.place[i] as number;
    if (Number.isNaN(page) || Number.isNaN(place)) return -1;
    const key = `${sections?.[i] ?? 0} ${Math.round(page)} ${Math.round(place)}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** Steps from one item to another of the same cell, by from · I + to. */
function countSteps(sequences: readonly Sequence[], cells: Int32Array): Map<number, number> {
  const steps = new Map<number, number>();
  for (const { items } of sequences) {
    for (let p = 1; p < items.length; p++) {
      const from = items[p - 1] as number;
      const to = items[p] as number;
      if (from === to || cells[from] === -1 || cells[from] !== cells[to]) continue;
      const key = from * cells.length + to;
      steps.set(key, (steps.get(key) ?? 0) + 1);
    }
  }
  return steps;
}

/** How much more visitors leave an item for others of its cell than they come from them, [I]. */
function headStart(sequences: readonly Sequence[], cells: Int32Array): Float64Array {
  const numItems = cells.length;
  const steps = countSteps(sequences, cells);
  const lead = new Float64Array(numItems);
  for (const [key, count] of steps) {
    const from = Math.floor(key / numItems);
    const to = key % numItems;
    const back = steps.get(to * numItems + from) ?? 0;
    const share = (count - back) / (count + back + 2 * PRIOR_STEPS);
    lead[from] = (lead[from] as number) + share;
    // The other direction is met by itself when it was ever taken.
    if (back === 0) lead[to] = (lead[to] as number) - share;
  }
  return lead;
}

/**
 * Puts the items of each list in order: by mean page, by mean place (both rounded), and where
 * several stand in one place (a row of a grid), first those that visitors go on from.
 *
 * Cost: O(I log I + interactions).
 *
 * @param sequences - Only what may be learned from.
 * @param places - Mean pages and places, [I], NaN where unknown.
 * @param sections - [I] number of the list that an item stands in, such as its category; without
 *   it all items stand in one list.
 * @returns `section` as given, and `shelf`, the rank in the list from 0.
 */
export function shelfOrder(
  sequences: readonly Sequence[],
  places: Pick<ItemStats, 'page' | 'place'>,
  sections?: Int32Array,
): ShelfOrder {
  const cells = cellsOf(places, sections);
  const lead = headStart(sequences, cells);
  const sectionOf = (i: number): number => sections?.[i] ?? 0;
  const rounded = (values: Float32Array, i: number): number => Math.round(values[i] as number);
  const order = Int32Array.from(cells.keys())
    .filter((i) => cells[i] !== -1)
    .sort(
      (a, b) =>
        sectionOf(a) - sectionOf(b) ||
        rounded(places.page, a) - rounded(places.page, b) ||
        rounded(places.place, a) - rounded(places.place, b) ||
        (lead[b] as number) - (lead[a] as number) ||
        a - b,
    );
  const section = new Float32Array(cells.length).fill(Number.NaN);
  const shelf = new Float32Array(cells.length).fill(Number.NaN);
  let rank = 0;
  for (const [k, i] of order.entries()) {
    const isNewList = k === 0 || sectionOf(i) !== sectionOf(order[k - 1] as number);
    rank = isNewList ? 0 : rank + 1;
    section[i] = sectionOf(i);
    shelf[i] = rank;
  }
  return { section, shelf };
}
