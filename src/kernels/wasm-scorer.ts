/**
 * Items in the memory of the WASM kernels, in 32-bit floats or in 8 bits.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { checkSets, checkedCount } from './job-input.ts';
import { CHUNK, FLOAT_FORMAT, GROUP, HEADER_BYTES, INT8_FORMAT } from './kernel-format.ts';
import type { KernelFormat } from './kernel-format.ts';
import { ITEMS_START, KernelInstance, aligned } from './kernel-instance.ts';
import { presenceClasses } from './presence-classes.ts';
import type { PresenceClasses } from './presence-classes.ts';
import { CANDIDATES, firstDepth, rescore } from './rescore.ts';
import type { ResidentScorer, TopRows } from './resident-scorer.ts';
import { EMPTY_KEY, readKeys } from './top-keys.ts';
import { writeVectors } from './vector-job.ts';

/** Rows that are copied at once before they are packed. */
const STAGED_ROWS = 128;

/** Rows of scores that are copied out at once; a multiple of CHUNK. */
const COPIED_ROWS = 64 * CHUNK;

/** The kernels may look at one key behind the last heap. */
const READ_BEHIND = 8;

/** Items that are in the memory. */
interface Resident {
  readonly items: VectorSet;
  readonly classes: PresenceClasses;
  /** D, padded. */
  readonly padded: number;
  readonly groupBytes: number;
  /** First free byte behind them. */
  readonly end: number;
}

/**
 * Makes a scorer on WebAssembly; it holds no items yet.
 *
 * fp32 differs from `referenceScores` by at most 1e-5. With int8, `scores` differs by what rounding
 * to 8 bits costs (some 1e-3, at most 1e-2 for vectors of unit length), while `top` scores its
 * candidates again in 64-bit sums.
 *
 * @param module - From `compileKernels`.
 * @param kernel - Which format.
 * @returns An empty scorer.
 */
export function createWasmScorer<K extends 'wasm' | 'wasm-int8'>(
  module: WebAssembly.Module,
  kernel: K,
): ResidentScorer & { readonly kernel: K } {
  return new WasmScorer(module, kernel);
}

class WasmScorer<K extends 'wasm' | 'wasm-int8'> implements ResidentScorer {
  readonly kernel: K;
  readonly #format: KernelFormat;
  #instance: KernelInstance | null;
  #resident: Resident | null = null;

  constructor(module: WebAssembly.Module, kernel: K) {
    this.kernel = kernel;
    this.#format = kernel === 'wasm' ? FLOAT_FORMAT : INT8_FORMAT;
    this.#instance = new KernelInstance(module);
  }

  load(items: VectorSet): void {
    const instance = this.#opened();
    checkSets(items);
    this.#resident = null;
    const { dims, rows } = items.vectors;
    const { dimsStep, groupBytesPerDim } = this.#format;
    const padded = Math.ceil(dims / dimsStep) * dimsStep;
    const groupBytes = HEADER_BYTES + padded * groupBytesPerDim;
    const end = aligned(ITEMS_START + Math.ceil(rows / GROUP) * groupBytes);
    instance.reserve(end + 4 * dims * Math.min(rows, STAGED_ROWS));
    const resident = { items, classes: presenceClasses(items.presence), padded, groupBytes, end };
    this.#pack(instance, resident);
    this.#resident = resident;
  }

  scores(vectors: VectorSet): Float32Array {
    const resident = this.#checked(vectors);
    const numItems = resident.items.vectors.rows;
    const width = vectors.vectors.rows;
    const out = new Float32Array(numItems * width);
    if (out.length === 0) return out;
    const instance = this.#opened();
    const copied = Math.min(COPIED_ROWS, Math.ceil(numItems / CHUNK) * CHUNK);
    const job = writeVectors(this.#place(resident), vectors, 4 * copied * width);
    const { floats, kernels } = instance;
    for (let row = 0; row < numItems; row += copied) {
      const rows = Math.min(copied, numItems - row);
      const group = ITEMS_START + (row / GROUP) * resident.groupBytes;
      const tiles = [job.tiles, job.tilesEnd] as const;
      kernels.scan(group, resident.groupBytes, rows, ...tiles, job.end, 4 * width, 0);
      out.set(floats.subarray(job.end / 4, job.end / 4 + rows * width), row * width);
    }
    return out;
  }

  top(vectors: VectorSet, count: number): TopRows {
    const resident = this.#checked(vectors);
    const wanted = checkedCount(count, resident.items.vectors.rows);
    if (wanted === 0 || vectors.vectors.rows === 0) {
      return { count: wanted, rows: new Int32Array(0), scores: new Float32Array(0) };
    }
    return this.kernel === 'wasm'
      ? this.#select(resident, vectors, wanted)
      : this.#selectExact(resident, vectors, wanted);
  }

  bytes(): number {
    return this.#instance?.bytes ?? 0;
  }

  dispose(): void {
    this.#instance = null;
    this.#resident = null;
  }

  #select(resident: Resident, vectors: VectorSet, count: number): TopRows {
    const { kernels } = this.#opened();
    const width = vectors.vectors.rows;
    const heapBytes = 8 * count;
    const job = writeVectors(this.#place(resident), vectors, heapBytes * width + READ_BEHIND);
    const keys = new BigInt64Array(kernels.memory.buffer, job.end, count * width).fill(EMPTY_KEY);
    const { groupBytes, items } = resident;
    const tiles = [job.tiles, job.tilesEnd] as const;
    kernels.scan(ITEMS_START, groupBytes, items.vectors.rows, ...tiles, job.end, heapBytes, 1);
    for (let v = 0; v < width; v++) {
      kernels.sort(job.end + v * heapBytes, job.end + (v + 1) * heapBytes);
    }
    return { count, ...readKeys(keys) };
  }

  /** Coarse candidates by int8, exact scores for them; deeper while another item could be better. */
  #selectExact(resident: Resident, vectors: VectorSet, count: number): TopRows {
    const items = resident.items.vectors;
    const job = { items, classes: resident.classes, vectors, count };
    for (let round = 1, depth = firstDepth(count); ; round++, depth *= CANDIDATES.deeper) {
      const found = this.#select(resident, vectors, Math.min(depth, items.rows));
      const { isSure, ...top } = rescore(found, job);
      if (isSure || depth >= items.rows || round === CANDIDATES.rounds) return top;
    }
  }

  #pack({ kernels, floats, ints }: KernelInstance, resident: Resident): void {
    const { classes, end, groupBytes, items, padded } = resident;
    const { data, dims, rows } = items.vectors;
    const pack = this.#format.packItems(kernels);
    // The last group's items that do not exist; they must not stay those of another catalog.
    floats.fill(0, (end - Math.min(groupBytes, end - ITEMS_START)) / 4, end / 4);
    for (let row = 0; row < rows; row += STAGED_ROWS) {
      const count = Math.min(STAGED_ROWS, rows - row);
      floats.set(data.subarray(row * dims, (row + count) * dims), end / 4);
      const group = ITEMS_START + (row / GROUP) * groupBytes;
      pack(end, dims, padded, group, groupBytes, count, this.#format.itemLevels);
    }
    for (let row = 0; row < rows; row++) {
      const group = ITEMS_START + Math.floor(row / GROUP) * groupBytes;
      ints[group / 4 + GROUP + (row % GROUP)] = classes.ids[row] as number;
    }
  }

  #place({ classes, end, padded }: Resident): Parameters<typeof writeVectors>[0] {
    const instance = this.#opened();
    return { instance, format: this.#format, start: end, padded, masks: classes.masks };
  }

  #checked(vectors: VectorSet): Resident {
    this.#opened();
    const resident = this.#resident;
    if (resident === null) throw new VitrineError('DEVICE_LOST', 'No items were loaded.');
    checkSets(resident.items, vectors);
    return resident;
  }

  #opened(): KernelInstance {
    if (this.#instance === null) throw new VitrineError('DISPOSED', `${this.kernel} was closed.`);
    return this.#instance;
  }
}
