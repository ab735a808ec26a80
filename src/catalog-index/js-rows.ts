/**
 * Rows in an ordinary buffer, scored by plain loops: where there is no WebAssembly, and what the
 * kernels must equal.
 *
 * @packageDocumentation
 */
import { boundedCosine, rowProduct } from '../core/dot.ts';
import type { Matrix } from '../core/shapes.ts';
import { GROUP } from '../kernels/kernel-format.ts';
import { groupBytesOf, readItem } from './row-layout.ts';
import type { RowMemory, RowPlace } from './row-memory.ts';

const NONE: Matrix = { data: new Float32Array(0), rows: 0, dims: 1 };

/** See {@link RowMemory}; sums in 64 bits. */
export class JsRows implements RowMemory {
  readonly #memory: DataView;
  readonly #dims: number;
  #queries = NONE;
  #scores = new Float32Array(0);

  /** @param place - How much. */
  constructor({ bytes, dims }: RowPlace) {
    this.#memory = new DataView(new ArrayBuffer(bytes));
    this.#dims = dims;
  }

  get bytes(): number {
    return this.#memory.byteLength;
  }

  fill(offset: number, bytes: Uint8Array): void {
    new Uint8Array(this.#memory.buffer).set(bytes, offset);
  }

  prepare(queries: Matrix): void {
    this.#queries = queries;
  }

  scores(offset: number, count: number): Float32Array {
    const { rows } = this.#queries;
    const dims = this.#dims;
    if (this.#scores.length < count * rows) this.#scores = new Float32Array(count * rows);
    for (let i = 0; i < count; i++) {
      const group = offset + Math.floor(i / GROUP) * groupBytesOf(dims);
      const data = readItem(this.#memory, group, i % GROUP, dims);
      const item = { data, rows: 1, dims };
      for (let v = 0; v < rows; v++) {
        this.#scores[i * rows + v] = boundedCosine(rowProduct(item, 0, this.#queries, v));
      }
    }
    return this.#scores.subarray(0, count * rows);
  }
}
