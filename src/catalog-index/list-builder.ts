/**
 * Items one batch after the other → lists.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';
import type { ResidentScorer } from '../kernels/resident-scorer.ts';
import { dequantise, quantiseSigned } from '../pack/quantise.ts';
import type { ListTable } from './list-table.ts';
import { writeList } from './row-layout.ts';
import { nearestCentres } from './train-lists.ts';

/** Items whose lists are looked for at once. */
const BATCH = 16_384;

/** Told how much is done. */
type Report = (done: number, total: number) => void;

/** Lists of items, without what a search must be told besides. */
export interface BuiltLists extends Omit<ListTable, 'reach'> {
  /** [N] numbers of the items as they were added, list by list. */
  readonly order: Int32Array;
  /** Writes the rows of one list after the other. */
  readonly rows: () => Generator<Uint8Array<ArrayBuffer>>;
}

/** Collects items in 8 bits; holds D + 8 bytes of each. */
export class ListBuilder {
  readonly #dims: number;
  readonly #bytes: Int8Array;
  readonly #factors: Float32Array;
  #count = 0;

  /**
   * @param dims - D.
   * @param numItems - N, how many will be added at most.
   */
  constructor(dims: number, numItems: number) {
    this.#dims = dims;
    this.#bytes = new Int8Array(numItems * dims);
    this.#factors = new Float32Array(numItems);
  }

  /**
   * Adds items behind those from before.
   *
   * @param vectors - [R, D] unit rows.
   */
  add(vectors: Matrix): void {
    const { integers, scales } = quantiseSigned(vectors.data, this.#dims);
    this.#bytes.set(integers, this.#count * this.#dims);
    this.#factors.set(scales, this.#count);
    this.#count += vectors.rows;
  }

  /**
   * Items from all over what was added, to learn centres from.
   *
   * @param most - Fewer are there: all.
   * @returns [R, D] rows of about unit length.
   */
  sample(most: number): Matrix {
    const rows = Math.min(most, this.#count);
    const data = new Float32Array(rows * this.#dims);
    for (let row = 0; row < rows; row++) {
      const item = Math.floor((row * this.#count) / rows);
      data.set(this.#read(item, item + 1), row * this.#dims);
    }
    return { data, rows, dims: this.#dims };
  }

  /**
   * Groups what was added; lists that nothing is in are left out.
   *
   * Cost: O(N·L·D).
   *
   * @param scorer - Holds the centres.
   * @param numCentres - How many.
   * @param report - Told how many items are in lists.
   * @returns At least one item is expected.
   */
  group(scorer: ResidentScorer, numCentres: number, report?: Report): BuiltLists {
    const dims = this.#dims;
    const lists = new Int32Array(this.#count);
    const sizes = new Int32Array(numCentres);
    const sums = new Float64Array(numCentres * dims);
    for (let start = 0; start < this.#count; start += BATCH) {
      const end = Math.min(start + BATCH, this.#count);
      const data = this.#read(start, end);
      const nearest = nearestCentres(scorer, { data, rows: end - start, dims });
      lists.set(nearest, start);
      for (const [row, list] of nearest.entries()) {
        sizes[list] = (sizes[list] as number) + 1;
        addRow(sums.subarray(list * dims), data.subarray(row * dims, (row + 1) * dims));
      }
      report?.(end, this.#count);
    }
    const used = [...sizes.keys()].filter((list) => (sizes[list] as number) > 0);
    const order = orderOf(lists, sizes);
    const own = Int32Array.from(used, (list) => sizes[list] as number);
    const all = { bytes: this.#bytes, factors: this.#factors, dims };
    return {
      dims,
      sizes: own,
      ...describeLists(sums, sizes, used, dims),
      order,
      *rows() {
        let first = 0;
        for (const size of own) yield writeList(all, order.subarray(first, (first += size)));
      },
    };
  }

  #read(start: number, end: number): Float32Array {
    const dims = this.#dims;
    const integers = this.#bytes.subarray(start * dims, end * dims);
    return dequantise({ integers, scales: this.#factors.subarray(start, end) }, dims);
  }
}

function addRow(sum: Float64Array, row: Float32Array): void {
  for (let d = 0; d < row.length; d++) sum[d] = (sum[d] as number) + (row[d] as number);
}

/** Means in 8 bits, and spreads, of the lists that hold anything. */
function describeLists(
  sums: Float64Array,
  sizes: Int32Array,
  used: readonly number[],
  dims: number,
): Pick<BuiltLists, 'means' | 'spreads'> {
  const means = new Float32Array(used.length * dims);
  const spreads = new Float32Array(used.length);
  for (const [k, list] of used.entries()) {
    let square = 0;
    for (let d = 0; d < dims; d++) {
      const mean = (sums[list * dims + d] as number) / (sizes[list] as number);
      means[k * dims + d] = mean;
      square += mean * mean;
    }
    // Unit vectors: what the mean lacks to length 1 is the variance of all directions together.
    spreads[k] = Math.sqrt(Math.max(0, 1 - square) / dims);
  }
  const { integers, scales } = quantiseSigned(means, dims);
  const rows = { bytes: integers, factors: scales, dims };
  return { means: writeList(rows, [...used.keys()]), spreads };
}

/** Items list by list; within a list, in the order in which they came. */
function orderOf(lists: Int32Array, sizes: Int32Array): Int32Array {
  const next = new Int32Array(sizes.length);
  for (let list = 1; list < next.length; list++) {
    next[list] = (next[list - 1] as number) + (sizes[list - 1] as number);
  }
  const order = new Int32Array(lists.length);
  for (const [item, list] of lists.entries()) {
    const at = next[list] as number;
    order[at] = item;
    next[list] = at + 1;
  }
  return order;
}
