/**
 * Rows in the memory of the WASM kernels, which score them where they lie.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';
import { CHUNK, INT8_FORMAT } from '../kernels/kernel-format.ts';
import { ITEMS_START, KernelInstance, aligned } from '../kernels/kernel-instance.ts';
import { type VectorJob, writeVectors } from '../kernels/vector-job.ts';
import { groupBytesOf, paddedDims } from './row-layout.ts';
import type { RowMemory, RowPlace } from './row-memory.ts';

/** Every item has the one block that there is. */
const MASKS: Matrix = { data: Float32Array.of(1), rows: 1, dims: 1 };

/** See {@link RowMemory}. */
export class WasmRows implements RowMemory {
  readonly #instance: KernelInstance;
  readonly #place: RowPlace;
  readonly #end: number;
  #job: VectorJob | null = null;
  #width = 0;

  /**
   * @param module - From `compileKernels`.
   * @param place - How much.
   * @throws `DEVICE_LOST` when there is no memory for it.
   */
  constructor(module: WebAssembly.Module, place: RowPlace) {
    this.#place = place;
    this.#instance = new KernelInstance(module);
    this.#end = aligned(ITEMS_START + place.bytes);
    this.#instance.reserve(this.#end);
  }

  get bytes(): number {
    return this.#instance.bytes;
  }

  fill(offset: number, bytes: Uint8Array): void {
    const { kernels } = this.#instance;
    new Uint8Array(kernels.memory.buffer, ITEMS_START, this.#place.bytes).set(bytes, offset);
  }

  prepare(queries: Matrix, mostItems: number): void {
    const { dims } = this.#place;
    const place = {
      instance: this.#instance,
      format: INT8_FORMAT,
      start: this.#end,
      padded: paddedDims(dims),
      masks: MASKS,
    };
    const presence = { data: new Float32Array(queries.rows).fill(1), rows: queries.rows, dims: 1 };
    const most = Math.ceil(mostItems / CHUNK) * CHUNK;
    this.#width = queries.rows;
    this.#job = writeVectors(place, { vectors: queries, presence }, 4 * most * queries.rows);
  }

  scores(offset: number, count: number): Float32Array {
    const { end, tiles, tilesEnd } = this.#job as VectorJob;
    const { floats, kernels } = this.#instance;
    const groupBytes = groupBytesOf(this.#place.dims);
    const width = this.#width;
    kernels.scan(ITEMS_START + offset, groupBytes, count, tiles, tilesEnd, end, 4 * width, 0);
    return floats.subarray(end / 4, end / 4 + count * width);
  }
}
