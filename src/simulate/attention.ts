/**
 * Which places of a page are looked at.
 *
 * @packageDocumentation
 */
import type { ShownList } from './types.ts';

/** Chance of a look falls with the list's and the place's number to these powers. */
const LIST_FALL = 0.5;
const PLACE_FALL = 0.6;

/** A place on the page. */
export interface Place {
  /** Item row. */
  readonly item: number;
  /** Index of the list. */
  readonly list: number;
  /** Index in the list. */
  readonly place: number;
  /** Chance that a person looks there, in (0, 1]. */
  readonly attention: number;
}

/** Chance that a person looks at a place (position-based model, Craswell et al. 2008). */
function attentionAt(list: number, place: number): number {
  return (1 + list) ** -LIST_FALL * (1 + place) ** -PLACE_FALL;
}

/**
 * The places of a page.
 *
 * @param lists - As shown.
 * @returns From the top; an item that stands twice counts at its first place.
 */
export function placesOf(lists: readonly ShownList[]): Place[] {
  const places: Place[] = [];
  const known = new Set<number>();
  for (const [list, { items }] of lists.entries()) {
    for (let place = 0; place < items.length; place++) {
      const item = items[place] as number;
      if (known.has(item)) continue;
      known.add(item);
      places.push({ item, list, place, attention: attentionAt(list, place) });
    }
  }
  return places;
}

/**
 * The largest Σ attention · chance that an order of distinct items can have.
 *
 * @param attentions - Of the places, in any order.
 * @param chances - [I]
 * @returns Sum of the products, best with best.
 */
export function bestSum(attentions: readonly number[], chances: Float64Array): number {
  const places = attentions.toSorted((a, b) => b - a);
  const best: number[] = [];
  for (const chance of chances) {
    if (best.length === places.length && !(chance > (best.at(-1) ?? Infinity))) continue;
    let low = 0;
    let high = best.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((best[middle] as number) >= chance) low = middle + 1;
      else high = middle;
    }
    best.splice(low, 0, chance);
    if (best.length > places.length) best.pop();
  }
  return best.reduce((sum, chance, k) => sum + chance * (places[k] as number), 0);
}
