/**
 * A visitor's way along the shop's lists, in classes: moves, what was gone past, and how far each
 * list was followed.
 *
 * @packageDocumentation
 */
import { HISTORY_EVENTS, type HistoryState } from './history-state.ts';
import type { ItemStats } from './types.ts';

/** Lower ends of the gap classes above the first, in items along one list. */
const GAPS = [-18, -8, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 19];
const NUM_STEPS = GAPS.length + 1;

/** Lower ends of the classes of a rank in a list that the visitor is not in. */
const RANKS = [6, 18, 36];
const NUM_RANKS = RANKS.length + 1;

/** Classes of {@link gapClass}: 0 for an unknown place, then gaps, then ranks in another list. */
export const NUM_GAPS: number = 1 + NUM_STEPS + NUM_RANKS;

/** Classes of {@link Fronts.classOf}: gaps in the list of the last item, in others, then ranks. */
export const NUM_FRONTS: number = 1 + 2 * NUM_STEPS + NUM_RANKS;

/** Lower ends of the classes of a move within one list. */
const MOVES = [-6, -1, 0, 1, 2, 7];

/** Class of a move to another list; 0 is none, or one whose ends are not known. */
export const OTHER_LIST = 1;

/** Classes of a move. */
export const NUM_MOVES: number = OTHER_LIST + 1 + MOVES.length + 1;

/** Latest moves that are looked at, and the longest that goes past what lies between. */
const MOST_MOVES = 40;
const LONGEST_PASS = 18;
const MOST_PASSES = 2;

/** Classes of {@link Moves.passes}. */
export const NUM_PASSES: number = (MOST_PASSES + 1) ** 2;

/** Places are whole numbers, but for the rounding of a pack's slices. */
const HALF = 0.5;

/** Where items stand. */
export type Shelves = Pick<ItemStats, 'section' | 'shelf'>;

/**
 * Number of lower ends that a value reaches.
 *
 * @param ends - Ascending.
 * @param value - Any number.
 * @returns 0 … ends.length.
 */
export function classOf(ends: readonly number[], value: number): number {
  let number = 0;
  while (number < ends.length && value >= (ends[number] as number)) number++;
  return number;
}

/**
 * Class of the gap between two items.
 *
 * @param shelves - Where items stand.
 * @param candidate - Item row.
 * @param last - Item row of the visitor's last item.
 * @returns 0 when a place is not known, else 1 … {@link NUM_GAPS} − 1.
 */
export function gapClass(shelves: Shelves, candidate: number, last: number): number {
  const { section, shelf } = shelves;
  const rank = shelf[candidate] as number;
  const gap = rank - (shelf[last] ?? Number.NaN);
  if (Number.isNaN(gap)) return 0;
  if (section[candidate] === section[last]) return 1 + classOf(GAPS, Math.round(gap));
  return 1 + NUM_STEPS + classOf(RANKS, Math.round(rank));
}

/** The latest moves. */
export class Moves {
  /** Class of the last move, and of the one before. */
  last = 0;
  before = 0;
  readonly #section = new Float32Array(MOST_MOVES);
  readonly #from = new Float32Array(MOST_MOVES);
  readonly #to = new Float32Array(MOST_MOVES);
  readonly #shelves: Shelves;
  #count = 0;

  /** @param shelves - Where items stand. */
  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  /**
   * Reads a history; cost O(40).
   *
   * @param history - Loaded.
   */
  load(history: HistoryState): void {
    const { items, length } = history;
    this.#count = 0;
    this.last = 0;
    this.before = 0;
    for (let p = Math.max(1, length - MOST_MOVES); p < length; p++) {
      this.before = this.last;
      this.last = this.#add(items[p - 1] as number, items[p] as number);
    }
  }

  /** Keeps a move and returns its class. */
  #add(a: number, b: number): number {
    const { section, shelf } = this.#shelves;
    const from = shelf[a] as number;
    const to = shelf[b] as number;
    if (Number.isNaN(from) || Number.isNaN(to)) return 0;
    if (section[a] !== section[b]) return OTHER_LIST;
    if (Math.abs(to - from) <= LONGEST_PASS) {
      this.#section[this.#count] = section[a] as number;
      this.#from[this.#count] = from;
      this.#to[this.#count++] = to;
    }
    return OTHER_LIST + 1 + classOf(MOVES, Math.round(to - from));
  }

  /**
   * How often the visitor went past a candidate, forward and back, each 0, 1 or more.
   *
   * @param candidate - Item row.
   * @returns 0 … {@link NUM_PASSES} − 1.
   */
  passes(candidate: number): number {
    const section = this.#shelves.section[candidate] as number;
    const rank = this.#shelves.shelf[candidate] as number;
    let forward = 0;
    let back = 0;
    for (let k = 0; k < this.#count; k++) {
      if (this.#section[k] !== section) continue;
      const from = this.#from[k] as number;
      const to = this.#to[k] as number;
      if (from + HALF < rank && rank < to - HALF) forward++;
      else if (to + HALF < rank && rank < from - HALF) back++;
    }
    return Math.min(MOST_PASSES, forward) * (MOST_PASSES + 1) + Math.min(MOST_PASSES, back);
  }
}

/** The furthest place met in each list. */
export class Fronts {
  readonly #section = new Float32Array(HISTORY_EVENTS);
  readonly #furthest = new Float32Array(HISTORY_EVENTS);
  readonly #shelves: Shelves;
  #count = 0;

  /** @param shelves - Where items stand. */
  constructor(shelves: Shelves) {
    this.#shelves = shelves;
  }

  /**
   * Reads a history; cost O(interactions × lists met).
   *
   * @param history - Loaded.
   */
  load(history: HistoryState): void {
    const { items, from, length } = history;
    this.#count = 0;
    for (let p = from; p < length; p++) this.#meet(items[p] as number);
  }

  #meet(item: number): void {
    const { section, shelf } = this.#shelves;
    const rank = shelf[item] as number;
    if (Number.isNaN(rank)) return;
    const k = this.#find(section[item] as number);
    const furthest = k < this.#count ? (this.#furthest[k] as number) : -Infinity;
    this.#section[k] = section[item] as number;
    this.#furthest[k] = Math.max(furthest, rank);
    if (k === this.#count) this.#count++;
  }

  #find(section: number): number {
    let k = 0;
    while (k < this.#count && this.#section[k] !== section) k++;
    return k;
  }

  /**
   * Class of a candidate beside the furthest place met in its own list; by its rank in a list that
   * the visitor has not met.
   *
   * @param candidate - Item row with a known place.
   * @param isHere - Whether the last item stands in the same list.
   * @returns 1 … {@link NUM_FRONTS} − 1.
   */
  classOf(candidate: number, isHere: boolean): number {
    const rank = this.#shelves.shelf[candidate] as number;
    const k = this.#find(this.#shelves.section[candidate] as number);
    if (k === this.#count) return 1 + 2 * NUM_STEPS + classOf(RANKS, Math.round(rank));
    const gap = classOf(GAPS, Math.round(rank - (this.#furthest[k] as number)));
    return 1 + gap + (isHere ? 0 : NUM_STEPS);
  }
}
