/**
 * How many visitors have both of two items.
 *
 * @packageDocumentation
 */
import type { Sequence } from './types.ts';
import { visitsByItem } from './visits-by-item.ts';

/** Items kept per visitor, the latest first met: a pair of them costs time in any case. */
const MAX_ITEMS = 300;

const FIRST_CAPACITY = 1 << 16;

/** A sparse symmetric matrix; row i lies at pointers[i] … pointers[i + 1]. */
export interface CoCounts {
  /** Length I + 1. */
  readonly pointers: Int32Array;
  /** Columns, in no order. */
  readonly index: Int32Array;
  /** Visitors, above 0; on the diagonal those of the item. */
  readonly count: Float32Array;
}

/** Grows by doubling. */
class PairList {
  index = new Int32Array(FIRST_CAPACITY);
  count = new Float32Array(FIRST_CAPACITY);
  length = 0;

  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.index.length) return;
    const capacity = Math.max(this.index.length * 2, needed);
    const index = new Int32Array(capacity);
    const count = new Float32Array(capacity);
    index.set(this.index);
    count.set(this.count);
    this.index = index;
    this.count = count;
  }
}

/**
 * Counts pairs, each visitor once.
 *
 * Cost: O(Σ n²) over the visitors' numbers of distinct items, at most 300 each; memory 8 bytes per
 * pair that occurs.
 *
 * @param sequences - One per visitor.
 * @param numItems - I.
 * @returns XᵀX of the visitors' 0/1 matrix X [V, I].
 */
export function coCounts(sequences: readonly Sequence[], numItems: number): CoCounts {
  const sets = sequences.map(({ items }) => Int32Array.from([...new Set(items)].slice(-MAX_ITEMS)));
  const visits = visitsByItem(sets, numItems);
  const sums = new Float64Array(numItems);
  const touched = new Int32Array(numItems);
  const pointers = new Int32Array(numItems + 1);
  const list = new PairList();
  let met = 0;
  const addSet = (items: Int32Array): void => {
    for (let k = 0; k < items.length; k++) {
      const item = items[k] as number;
      const sum = sums[item] as number;
      if (sum === 0) touched[met++] = item;
      sums[item] = sum + 1;
    }
  };
  for (let t = 0; t < numItems; t++) {
    met = 0;
    const end = visits.pointers[t + 1] as number;
    for (let e = visits.pointers[t] as number; e < end; e++) {
      addSet(sets[visits.sequence[e] as number] as Int32Array);
    }
    list.reserve(met);
    for (let k = 0; k < met; k++) {
      const item = touched[k] as number;
      list.index[list.length] = item;
      list.count[list.length++] = sums[item] as number;
      sums[item] = 0;
    }
    pointers[t + 1] = list.length;
  }
  return {
    pointers,
    index: list.index.subarray(0, list.length),
    count: list.count.subarray(0, list.length),
  };
}
