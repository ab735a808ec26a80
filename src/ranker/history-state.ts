/**
 * The visitor's history spread over the items, for look-ups by item while candidates are scored.
 *
 * @packageDocumentation
 */
import type { Sequence } from './types.ts';

/** Latest interactions that signals look at. */
export const HISTORY_EVENTS = 300;
/** Latest interactions that pairwise likeness is computed with. */
export const RECENT_EVENTS = 10;
const DECAY = 0.8;
const MAX_AGE = 511;
const DECAYED = Float64Array.from({ length: MAX_AGE + 1 }, (_, age) => DECAY ** age);

/**
 * Weight of an interaction by its age.
 *
 * @param age - Steps since it happened, at least 0.
 * @returns 0.8^age, in (0, 1].
 */
export function recencyOf(age: number): number {
  return DECAYED[Math.min(MAX_AGE, age)] as number;
}

/** A history, read once; arrays by item are 0 for items outside it. */
export interface HistoryState {
  /** Item rows in order. */
  readonly items: Int32Array;
  /** Steps, ascending. */
  readonly step: Int32Array;
  /** Number of interactions n. */
  readonly length: number;
  /** First interaction that counts: max(0, n − 300). */
  readonly from: number;
  /** The last step; 0 for an empty history. */
  readonly end: number;
  /** Row of the last item; -1 for an empty history. */
  readonly last: number;
  /** Σ of the recency weights. */
  readonly total: number;
  /** [I] Σ of an item's recency weights. */
  readonly recency: Float32Array;
  /** [I] 1 for items of the last step. */
  readonly inLast: Float32Array;
  /** [I] interactions with an item. */
  readonly count: Float32Array;
  /** [I] last step of an item in the history. */
  readonly lastStep: Int32Array;
}

/** Loads histories one after the other into the same scratch. */
export interface HistoryLoader {
  /**
   * Spreads a history; {@link HistoryLoader.clear} must follow before the next.
   *
   * @param list - Items and steps of the same length; rows in 0 … I − 1.
   * @returns The state, valid until `clear`.
   */
  load(list: Pick<Sequence, 'items' | 'step'>): HistoryState;
  /** Undoes `load`; cost O(history). */
  clear(): void;
}

/**
 * Scratch for histories over a catalog: 16 bytes per item, allocated once.
 *
 * @param numItems - I.
 * @returns A loader.
 */
export function createHistoryLoader(numItems: number): HistoryLoader {
  const recency = new Float32Array(numItems);
  const inLast = new Float32Array(numItems);
  const count = new Float32Array(numItems);
  const lastStep = new Int32Array(numItems);
  let loaded: Int32Array = new Int32Array(0);
  return {
    load({ items, step }) {
      const length = items.length;
      const end = step[length - 1] ?? 0;
      const from = Math.max(0, length - HISTORY_EVENTS);
      loaded = items.subarray(from);
      let total = 0;
      for (let p = from; p < length; p++) {
        const item = items[p] as number;
        const at = step[p] as number;
        const weight = recencyOf(end - at);
        recency[item] = (recency[item] as number) + weight;
        count[item] = (count[item] as number) + 1;
        lastStep[item] = at;
        if (at === end) inLast[item] = 1;
        total += weight;
      }
      const last = items[length - 1] ?? -1;
      return { items, step, length, from, end, last, total, recency, inLast, count, lastStep };
    },
    clear() {
      for (const item of loaded) {
        recency[item] = 0;
        inLast[item] = 0;
        count[item] = 0;
        lastStep[item] = 0;
      }
    },
  };
}
