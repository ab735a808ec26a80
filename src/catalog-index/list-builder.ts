/**
 * Items one batch after the other → lists.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';
import type { ResidentScorer } from '../kernels/resident-scorer.ts';
import { quantiseSigned } from '../pack/quantise.ts';
import type { ListTable } from './list-table.ts';
import { writeList } from './row-layout.ts';
import { nearestCentres } from './train-lists.ts';

/** Lists of items, without what a search must be told besides. */
export interface BuiltLists extends Omit<ListTable, 'reach'> {
  /** [N] numbers of the items as they were added, list by list. */
  readonly order: Int32Array;
  /** Writes the rows of one list after the other. */
  readonly rows: () => Generator<Uint8Array<ArrayBuffer>>;
}

/** Collects items; holds D + 8 bytes of each. */
export class ListBuilder {
  readonly #scorer: ResidentScorer;
  readonly #dims: number;
  readonly #bytes: Int8Array;
  readonly #factors: Float32Array;
  readonly #lists: Int32Array;
  /** [L, D] sums of the items' vectors. */
  readonly #sums: Float64Array;
  readonly #sizes: Int32Array;
  #count = 0;

  /**
   * @param scorer - Holds the centres.
   * @param centres - [L, D].
   * @param numItems - N, how many will be added at most.
   */
  constructor(scorer: ResidentScorer, centres: Matrix, numItems: number) {
    const { dims, rows } = centres;
    this.#scorer = scorer;
    this.#dims = dims;
    this.#bytes = new Int8Array(numItems * dims);
    this.#factors = new Float32Array(numItems);
    this.#lists = new Int32Array(numItems);
    this.#sums = new Float64Array(rows * dims);
    this.#sizes = new Int32Array(rows);
  }

  /**
   * Adds items behind those from before.
   *
   * @param vectors - [R, D] unit rows.
   */
  add(vectors: Matrix): void {
    const dims = this.#dims;
    const { integers, scales } = quantiseSigned(vectors.data, dims);
    this.#bytes.set(integers, this.#count * dims);
    this.#factors.set(scales, this.#count);
    const nearest = nearestCentres(this.#scorer, vectors);
    this.#lists.set(nearest, this.#count);
    for (const [row, list] of nearest.entries()) {
      this.#sizes[list] = (this.#sizes[list] as number) + 1;
      for (let d = 0; d < dims; d++) {
        const at = list * dims + d;
        this.#sums[at] = (this.#sums[at] as number) + (vectors.data[row * dims + d] as number);
      }
    }
    this.#count += vectors.rows;
  }

  /**
   * Groups what was added; lists that nothing is in are left out.
   *
   * @returns At least one item is expected.
   */
  finish(): BuiltLists {
    const dims = this.#dims;
    const used = [...this.#sizes.keys()].filter((list) => (this.#sizes[list] as number) > 0);
    const sizes = Int32Array.from(used, (list) => this.#sizes[list] as number);
    const means = new Float32Array(used.length * dims);
    const spreads = new Float32Array(used.length);
    for (const [k, list] of used.entries()) {
      let square = 0;
      for (let d = 0; d < dims; d++) {
        const mean = (this.#sums[list * dims + d] as number) / (sizes[k] as number);
        means[k * dims + d] = mean;
        square += mean * mean;
      }
      // Unit vectors: what the mean lacks to length 1 is the variance of all directions together.
      spreads[k] = Math.sqrt(Math.max(0, 1 - square) / dims);
    }
    const { integers, scales } = quantiseSigned(means, dims);
    const order = this.#order();
    const all = { bytes: this.#bytes, factors: this.#factors, dims };
    return {
      dims,
      sizes,
      spreads,
      means: writeList({ bytes: integers, factors: scales, dims }, [...sizes.keys()]),
      order,
      *rows() {
        let first = 0;
        for (const size of sizes) yield writeList(all, order.subarray(first, (first += size)));
      },
    };
  }

  /** Within a list, items stay in the order in which they came. */
  #order(): Int32Array {
    const next = new Int32Array(this.#sizes.length);
    for (let list = 1; list < next.length; list++) {
      next[list] = (next[list - 1] as number) + (this.#sizes[list - 1] as number);
    }
    const order = new Int32Array(this.#count);
    for (let item = 0; item < this.#count; item++) {
      const list = this.#lists[item] as number;
      const at = next[list] as number;
      order[at] = item;
      next[list] = at + 1;
    }
    return order;
  }
}
