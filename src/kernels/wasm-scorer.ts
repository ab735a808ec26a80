/**
 * Items in the memory of the WASM kernels, in 32-bit floats or in 8 bits.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import { relaxedKernels } from './compile-kernels.ts';
import { checkSets, checkedCount } from './job-input.ts';
import {
  CHUNK,
  FLOAT_FORMAT,
  GROUP,
  HEADER_BYTES,
  INT7_FORMAT,
  INT8_FORMAT,
} from './kernel-format.ts';
import type { KernelFormat } from './kernel-format.ts';
import { ITEMS_START, KernelInstance, aligned } from './kernel-instance.ts';
import { presenceClasses } from './presence-classes.ts';
import type { PresenceClasses } from './presence-classes.ts';
import { type Reach, collectNear, nearBytes } from './near-best.ts';
import { type Rescored, rescoreLists } from './rescore.ts';
import type { ResidentScorer, TopRows } from './resident-scorer.ts';
import { EMPTY_KEY, readKeys } from './top-keys.ts';
import { writeVectors } from './vector-job.ts';

/** Rows that are copied at once before they are packed. */
const STAGED_ROWS = 128;

/** Rows of scores that are copied out at once; a multiple of CHUNK. */
const COPIED_ROWS = 16 * CHUNK;

/** Length of a list of candidates for K results, how often it may grow, and by how much. */
const LISTS = { times: 4, more: 64, rounds: 3, longer: 4, wider: 1.25 } as const;

/** The kernels may look at one key behind the last heap. */
const READ_BEHIND = 8;

/** Items that are in the memory. */
interface Resident {
  readonly items: VectorSet;
  readonly format: KernelFormat;
  readonly classes: PresenceClasses;
  /** D, padded. */
  readonly padded: number;
  readonly groupBytes: number;
  /** First free byte behind them. */
  readonly end: number;
  /** How far below the best coarse scores candidates are looked for; grows when that was too little. */
  margin: number;
}

/**
 * Makes a scorer on WebAssembly; it holds no items yet.
 *
 * fp32 differs from `referenceScores` by at most 1e-5. With int8, `scores` differs by what rounding
 * to 8 bits costs (some 1e-3, at most 1e-2 for vectors of unit length), while `top` scores its
 * candidates again in 64-bit sums. Where there is relaxed SIMD it finds them among items in 7 bits;
 * the first `scores` then packs the items anew.
 *
 * @param module - From `compileKernels`.
 * @param kernel - Which format.
 * @param relaxed - Default: {@link relaxedKernels}; null for none.
 * @returns An empty scorer.
 */
export function createWasmScorer<K extends 'wasm' | 'wasm-int8'>(
  module: WebAssembly.Module,
  kernel: K,
  relaxed: WebAssembly.Module | null = relaxedKernels(),
): ResidentScorer & { readonly kernel: K } {
  return new WasmScorer(kernel, new KernelInstance(module, relaxed));
}

class WasmScorer<K extends 'wasm' | 'wasm-int8'> implements ResidentScorer {
  readonly kernel: K;
  #instance: KernelInstance | null;
  #resident: Resident | null = null;

  constructor(kernel: K, instance: KernelInstance) {
    this.kernel = kernel;
    this.#instance = instance;
  }

  load(items: VectorSet): void {
    const { isRelaxed } = this.#opened();
    checkSets(items);
    const isNarrow = isRelaxed && items.vectors.dims <= INT7_FORMAT.mostDims;
    const coarse = isNarrow ? INT7_FORMAT : INT8_FORMAT;
    this.#keep(items, this.kernel === 'wasm' ? FLOAT_FORMAT : coarse);
  }

  #keep(items: VectorSet, format: KernelFormat): Resident {
    const instance = this.#opened();
    this.#resident = null;
    const { dims, rows } = items.vectors;
    const { dimsTurn, groupBytesPerDim } = format;
    const padded = Math.ceil(dims / dimsTurn) * dimsTurn;
    const groupBytes = HEADER_BYTES + padded * groupBytesPerDim;
    const end = aligned(ITEMS_START + Math.ceil(rows / GROUP) * groupBytes);
    instance.reserve(end + 4 * dims * Math.min(rows, STAGED_ROWS));
    const classes = presenceClasses(items.presence);
    const { margin } = format;
    const resident = { items, format, classes, padded, groupBytes, end, margin };
    this.#pack(instance, resident);
    this.#resident = resident;
    return resident;
  }

  scores(vectors: VectorSet): Float32Array {
    const found = this.#checked(vectors);
    // Nothing is scored again here, so that 7 bits are too few.
    const isNarrow = found.format === INT7_FORMAT;
    const resident = isNarrow ? this.#keep(found.items, INT8_FORMAT) : found;
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
    kernels.scan(
      ITEMS_START,
      groupBytes,
      items.vectors.rows,
      ...tiles,
      job.end,
      heapBytes,
      heapBytes,
    );
    for (let v = 0; v < width; v++) {
      kernels.sort(job.end + v * heapBytes, job.end + (v + 1) * heapBytes);
    }
    return { count, ...readKeys(keys) };
  }

  /** Coarse candidates by int8, exact scores for them; more while another item could be better. */
  #selectExact(resident: Resident, vectors: VectorSet, count: number): TopRows {
    let most = LISTS.times * count + LISTS.more;
    for (let round = 1; ; round++, most *= LISTS.longer) {
      const reach = { count, most, margin: resident.margin };
      const { isSure, isWhole, missing, ...top } = this.#rescored(resident, vectors, reach);
      if (isSure || round === LISTS.rounds) return top;
      // The next job will have as much to tell as this one.
      if (isWhole) resident.margin += LISTS.wider * missing;
    }
  }

  #rescored(
    resident: Resident,
    vectors: VectorSet,
    reach: Reach,
  ): Rescored & { readonly isWhole: boolean } {
    const instance = this.#opened();
    const { classes, groupBytes, items } = resident;
    const width = vectors.vectors.rows;
    const extra = nearBytes(width, reach) + READ_BEHIND;
    const job = writeVectors(this.#place(resident), vectors, extra);
    const rows = { from: ITEMS_START, groupBytes, count: items.vectors.rows };
    const found = collectNear(instance, { job, rows, width }, reach);
    const again = { items: items.vectors, classes, vectors, count: reach.count };
    return { ...rescoreLists(found, again), isWhole: found.isWhole };
  }

  #pack({ kernels, floats, ints }: KernelInstance, resident: Resident): void {
    const { classes, end, format, groupBytes, items, padded } = resident;
    const { data, dims, rows } = items.vectors;
    const pack = format.packItems(kernels);
    const levels = format.itemLevels(dims);
    // The last group's items that do not exist; they must not stay those of another catalog.
    floats.fill(0, (end - Math.min(groupBytes, end - ITEMS_START)) / 4, end / 4);
    for (let row = 0; row < rows; row += STAGED_ROWS) {
      const count = Math.min(STAGED_ROWS, rows - row);
      floats.set(data.subarray(row * dims, (row + count) * dims), end / 4);
      const group = ITEMS_START + (row / GROUP) * groupBytes;
      pack(end, dims, padded, group, groupBytes, count, levels);
    }
    for (let row = 0; row < rows; row++) {
      const group = ITEMS_START + Math.floor(row / GROUP) * groupBytes;
      ints[group / 4 + GROUP + (row % GROUP)] = classes.ids[row] as number;
    }
  }

  #place({ classes, end, format, padded }: Resident): Parameters<typeof writeVectors>[0] {
    return { instance: this.#opened(), format, start: end, padded, masks: classes.masks };
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
