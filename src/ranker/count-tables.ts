/**
 * Neighbours by counting: who saw both, what came next, what came soon after, what was bought at
 * the same time. One pass over the occurrences of each item.
 *
 * Cosine-like counts as in Sarwar et al. 2001 (item-based collaborative filtering), with long
 * sequences weighted down.
 *
 * @packageDocumentation
 */
import { createTable, TABLE_WIDTH, writeTop } from './neighbour-table.ts';
import { everySteps, type OnProgress } from './progress.ts';
import type { NeighbourTable, Sequence } from './types.ts';
import { visitsByItem, type VisitsByItem } from './visits-by-item.ts';

/** Pairs further apart than this in one sequence are not counted. */
const WINDOW = 300;

/** Steps after which "soon after" has faded to nothing. */
const REACH = 64;

/** Brings `together` to the size of the other tables. */
const TOGETHER_SCALE = 3;

/** Settings of {@link countTables}. */
export interface CountOptions {
  /** K, default 32. */
  readonly width?: number;
  /** Fading of `ahead` per step, in (0, 1]; default 0.8. */
  readonly decay?: number;
  /** Occurrences that a transition's source is thought to have beside the seen ones; default 5. */
  readonly smoothing?: number;
  /** Told how many items are done. */
  readonly onProgress?: OnProgress | undefined;
}

/** Counts per item, all [I]. */
export interface ItemCounts {
  /** Visitors with the item. */
  readonly people: Float32Array;
  /** Occurrences. */
  readonly events: Float32Array;
  /** Sum over occurrences of place / length, places counted from 1. */
  readonly late: Float32Array;
}

/** Neighbour tables and the counts that they rest on. */
export interface CountTables extends ItemCounts {
  /** Visitors with both, each weighted by 1 / √(1 + length): 3·c / √((n_s + 1)(n_t + 1)). */
  readonly together: NeighbourTable;
  /** Times that t came in the step right after s: c / (events_s + smoothing). */
  readonly next: NeighbourTable;
  /** t some steps after s, faded by decay^(steps between): c / √((n_s + 1)(n_t + 1)). */
  readonly ahead: NeighbourTable;
  /** At the same time (one basket): c / √((n_s + 1)(n_t + 1)). */
  readonly basket: NeighbourTable;
}

/**
 * Counts occurrences, visitors and lateness.
 *
 * @param sequences - One per visitor.
 * @param numItems - I.
 * @returns Zeros where an item never occurs.
 */
export function countItems(sequences: readonly Sequence[], numItems: number): ItemCounts {
  const people = new Float32Array(numItems);
  const events = new Float32Array(numItems);
  const late = new Float32Array(numItems);
  const latest = new Int32Array(numItems).fill(-1);
  for (const [visitor, { items }] of sequences.entries()) {
    for (let p = 0; p < items.length; p++) {
      const item = items[p] as number;
      events[item] = (events[item] as number) + 1;
      late[item] = (late[item] as number) + (p + 1) / items.length;
      if (latest[item] !== visitor) people[item] = (people[item] as number) + 1;
      latest[item] = visitor;
    }
  }
  return { people, events, late };
}

/** Counts around the occurrences of one target at a time; all arrays are [I] and reused. */
class PairCounter {
  readonly together: Float64Array;
  readonly next: Float64Array;
  readonly ahead: Float64Array;
  readonly basket: Float64Array;
  readonly #touched: Int32Array;
  readonly #isTouched: Uint8Array;
  readonly #shares: Float32Array;
  readonly #fading: Float64Array;
  readonly #sequences: readonly Sequence[];
  #count = 0;

  constructor(sequences: readonly Sequence[], numItems: number, decay: number) {
    this.#sequences = sequences;
    this.together = new Float64Array(numItems);
    this.next = new Float64Array(numItems);
    this.ahead = new Float64Array(numItems);
    this.basket = new Float64Array(numItems);
    this.#touched = new Int32Array(numItems);
    this.#isTouched = new Uint8Array(numItems);
    this.#shares = Float32Array.from(sequences, ({ items }) => 1 / Math.sqrt(1 + items.length));
    this.#fading = Float64Array.from({ length: REACH }, (_, age) => decay ** age);
  }

  /** Items that were met with the target; reorder at will. */
  get touched(): Int32Array {
    return this.#touched.subarray(0, this.#count);
  }

  /** Counts what stands around place p of a sequence. */
  add(visitor: number, p: number): void {
    const { items, step } = this.#sequences[visitor] as Sequence;
    const share = this.#shares[visitor] as number;
    const target = items[p] as number;
    const now = step[p] as number;
    const end = Math.min(items.length, p + WINDOW + 1);
    for (let q = Math.max(0, p - WINDOW); q < end; q++) {
      if (q === p) continue;
      const source = items[q] as number;
      if (this.#isTouched[source] === 0) {
        this.#isTouched[source] = 1;
        this.#touched[this.#count++] = source;
      }
      if (source !== target) this.together[source] = (this.together[source] as number) + share;
      const age = now - (step[q] as number);
      if (age > 0) this.#addBefore(source, age);
      else if (age === 0 && source !== target) {
        this.basket[source] = (this.basket[source] as number) + 1;
      }
    }
  }

  #addBefore(source: number, age: number): void {
    if (age === 1) this.next[source] = (this.next[source] as number) + 1;
    if (age > REACH) return;
    this.ahead[source] = (this.ahead[source] as number) + (this.#fading[age - 1] as number);
  }

  /** Turns counts into weights. */
  normalise(target: number, { people, events }: ItemCounts, smoothing: number): void {
    const own = (people[target] as number) + 1;
    for (let k = 0; k < this.#count; k++) {
      const s = this.#touched[k] as number;
      const root = Math.sqrt(((people[s] as number) + 1) * own);
      this.together[s] = (this.together[s] as number) * (TOGETHER_SCALE / root);
      this.next[s] = (this.next[s] as number) / ((events[s] as number) + smoothing);
      this.ahead[s] = (this.ahead[s] as number) / root;
      this.basket[s] = (this.basket[s] as number) / root;
    }
  }

  /** Makes ready for the next target. */
  clear(): void {
    for (let k = 0; k < this.#count; k++) {
      const s = this.#touched[k] as number;
      this.#isTouched[s] = 0;
      this.together[s] = 0;
      this.next[s] = 0;
      this.ahead[s] = 0;
      this.basket[s] = 0;
    }
    this.#count = 0;
  }
}

function countAround(counter: PairCounter, visits: VisitsByItem, target: number): void {
  const end = visits.pointers[target + 1] as number;
  for (let e = visits.pointers[target] as number; e < end; e++) {
    counter.add(visits.sequence[e] as number, visits.place[e] as number);
  }
}

/**
 * Counts neighbours of all items.
 *
 * Cost: O(Σ length · min(length, 600)); memory O(I·K + interactions).
 *
 * @param sequences - One per visitor; only what may be learned from.
 * @param numItems - I.
 * @param options - Settings.
 * @returns Tables by target, and counts. An item is its own neighbour only in `next` and `ahead`.
 */
export function countTables(
  sequences: readonly Sequence[],
  numItems: number,
  options: CountOptions = {},
): CountTables {
  const { width = TABLE_WIDTH, decay = 0.8, smoothing = 5 } = options;
  const progress = everySteps(options.onProgress, numItems);
  const counts = countItems(sequences, numItems);
  const visits = visitsByItem(
    sequences.map(({ items }) => items),
    numItems,
  );
  const counter = new PairCounter(sequences, numItems, decay);
  const tables = {
    together: createTable(numItems, width),
    next: createTable(numItems, width),
    ahead: createTable(numItems, width),
    basket: createTable(numItems, width),
  };
  for (let target = 0; target < numItems; target++) {
    countAround(counter, visits, target);
    counter.normalise(target, counts, smoothing);
    const { touched } = counter;
    writeTop(tables.together, target, touched, counter.together);
    writeTop(tables.next, target, touched, counter.next);
    writeTop(tables.ahead, target, touched, counter.ahead);
    writeTop(tables.basket, target, touched, counter.basket);
    counter.clear();
    progress(target + 1);
  }
  return { ...tables, ...counts };
}
