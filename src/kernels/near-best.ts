/**
 * What a coarse kernel finds: for each vector the items that could be among its best K.
 *
 * @packageDocumentation
 */
import type { KernelInstance } from './kernel-instance.ts';
import type { Candidates } from './rescore.ts';
import { EMPTY_ORDER, orderedBits, scoreOf } from './top-keys.ts';
import type { VectorJob } from './vector-job.ts';

/** Bytes of a list's state, between its heap and its keys (`scripts/kernels/select.mjs`). */
const STATE_BYTES = 16;

/** Bytes of a key. */
const KEY_BYTES = 8;

/** How much is looked for. */
export interface Reach {
  /** K, 1 to N. */
  readonly count: number;
  /** Most keys of a list, at least 2 K or N: older ones that are near no more leave first. */
  readonly most: number;
  /** How far below the worst of the K best coarse scores an item is still a candidate. */
  readonly margin: number;
}

/** Items to look at. */
export interface Rows {
  /** Where they begin. */
  readonly from: number;
  /** Of a group. */
  readonly groupBytes: number;
  /** N. */
  readonly count: number;
}

/** Bytes of a vector's heap and list. */
function sinkBytes({ count, most }: Reach): number {
  return KEY_BYTES * (count + most) + STATE_BYTES;
}

/**
 * Bytes that {@link collectNear} writes behind a job's vectors.
 *
 * @param width - V.
 * @param reach - See {@link Reach}.
 * @returns A multiple of 8.
 */
export function nearBytes(width: number, reach: Reach): number {
  return width * sinkBytes(reach);
}

/** Where the lists of a job are. */
interface Sinks {
  readonly start: number;
  readonly bytes: number;
  readonly heapBytes: number;
  readonly width: number;
}

/** Empties heaps and lists. */
function clear({ floats, ints }: KernelInstance, sinks: Sinks, margin: number): void {
  const { bytes, heapBytes, start, width } = sinks;
  for (let sink = start; sink < start + width * bytes; sink += bytes) {
    const state = (sink + heapBytes) / 4;
    for (let at = sink / 4; at < state; at += 2) {
      ints[at] = 0;
      ints[at + 1] = EMPTY_ORDER;
    }
    ints[state] = sink + heapBytes + STATE_BYTES;
    floats[state + 1] = margin;
    ints[state + 2] = 0;
  }
}

/** Reads the lists, sorted, and whether all were long enough. */
function read(
  { ints, floats, kernels }: KernelInstance,
  sinks: Sinks,
  numItems: number,
): Candidates & { readonly isWhole: boolean } {
  const { bytes, heapBytes, start, width } = sinks;
  const ends = new Int32Array(width);
  const floors = new Float64Array(width);
  let isWhole = true;
  let total = 0;
  for (let v = 0; v < width; v++) {
    const heap = start + v * bytes;
    const state = (heap + heapBytes) / 4;
    kernels.settle(heap, heap + heapBytes);
    const length = ((ints[state] as number) / 4 - state - STATE_BYTES / 4) / 2;
    ends[v] = total += length;
    const least = scoreOf(ints[heap / 4 + 1] as number);
    floors[v] = length === numItems ? -Infinity : least - (floats[state + 1] as number);
    isWhole &&= ints[state + 2] === 0;
  }
  const rows = new Int32Array(total);
  const bits = new Int32Array(total);
  for (let v = 0, at = 0; v < width; v++) {
    let key = (start + v * bytes + heapBytes + STATE_BYTES) / 4;
    for (; at < (ends[v] as number); at++, key += 2) {
      rows[at] = ~(ints[key] as number);
      bits[at] = orderedBits(ints[key + 1] as number);
    }
  }
  return { rows, scores: new Float32Array(bits.buffer), ends, floors, isWhole };
}

/**
 * Scores items and lists those that are near the best.
 *
 * @param instance - Kernels and memory, of which `nearBytes` are free behind the job's vectors.
 * @param of - The vectors, how many they are, and the items.
 * @param reach - What is near.
 * @returns Candidates, and whether all lists were long enough.
 */
export function collectNear(
  instance: KernelInstance,
  of: { readonly job: VectorJob; readonly rows: Rows; readonly width: number },
  reach: Reach,
): Candidates & { readonly isWhole: boolean } {
  const { job, rows, width } = of;
  const bytes = sinkBytes(reach);
  const heapBytes = KEY_BYTES * reach.count;
  const sinks = { start: job.end, bytes, heapBytes, width };
  clear(instance, sinks, reach.margin);
  const tiles = [job.tiles, job.tilesEnd] as const;
  const { from, groupBytes, count } = rows;
  instance.kernels.scan(from, groupBytes, count, ...tiles, job.end, bytes, heapBytes);
  return read(instance, sinks, count);
}
