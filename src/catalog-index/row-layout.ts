/**
 * Items in 8 bits as the WASM kernels read them, so that a file's bytes are ready for use where they
 * lie: groups of eight items, side by side (`scripts/kernels/wat.mjs`).
 *
 * A group: 8 factors (f32), 8 class ids (i32, all 0 here: every item has the same one block), then for
 * each pair of dimensions 8 × 2 signed bytes. value = byte × factor. A list begins with a group of its
 * own; what is left of its last group is zeros.
 *
 * @packageDocumentation
 */
import { GROUP, HEADER_BYTES, INT8_FORMAT } from '../kernels/kernel-format.ts';

/** Bytes of a pair of dimensions in a group. */
const PAIR_BYTES = 2 * GROUP;

/**
 * D as the kernels store it.
 *
 * @param dims - D, at least 1.
 * @returns The next multiple of a step.
 */
export function paddedDims(dims: number): number {
  const { dimsStep } = INT8_FORMAT;
  return Math.ceil(dims / dimsStep) * dimsStep;
}

/**
 * Size of a group.
 *
 * @param dims - D.
 * @returns Bytes.
 */
export function groupBytesOf(dims: number): number {
  return HEADER_BYTES + paddedDims(dims) * INT8_FORMAT.groupBytesPerDim;
}

/**
 * Size of a list.
 *
 * @param size - Items, at least 0.
 * @param dims - D.
 * @returns Bytes, whole groups.
 */
export function listBytesOf(size: number, dims: number): number {
  return Math.ceil(size / GROUP) * groupBytesOf(dims);
}

/** Numbers in 8 bits with a factor per row. */
export interface ByteRows {
  /** [R, D] from -127 to 127. */
  readonly bytes: Int8Array;
  /** [R] value = byte × factor. */
  readonly factors: Float32Array;
  /** D. */
  readonly dims: number;
}

/**
 * Writes some rows as one list.
 *
 * Cost: O(rows·D).
 *
 * @param from - Rows in any order.
 * @param rows - Which of them, in the list's order.
 * @returns Whole groups, zeros behind the last row.
 */
export function writeList(from: ByteRows, rows: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const { bytes, dims, factors } = from;
  const groupBytes = groupBytesOf(dims);
  const out = new Uint8Array(listBytesOf(rows.length, dims));
  const view = new DataView(out.buffer);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const lane = i % GROUP;
    const group = Math.floor(i / GROUP) * groupBytes;
    view.setFloat32(group + 4 * lane, factors[row] as number, true);
    const first = group + HEADER_BYTES + 2 * lane;
    for (let d = 0; d < dims; d++) {
      view.setInt8(first + (d >> 1) * PAIR_BYTES + (d & 1), bytes[row * dims + d] as number);
    }
  }
  return out;
}

/**
 * Reads one item back.
 *
 * @param memory - Groups.
 * @param group - Where the group begins.
 * @param lane - Of the item in it, 0 to 7.
 * @param dims - D.
 * @returns [D] floats.
 */
export function readItem(
  memory: DataView,
  group: number,
  lane: number,
  dims: number,
): Float32Array {
  const factor = memory.getFloat32(group + 4 * lane, true);
  const first = group + HEADER_BYTES + 2 * lane;
  return Float32Array.from(
    { length: dims },
    (_, d) => memory.getInt8(first + (d >> 1) * PAIR_BYTES + (d & 1)) * factor,
  );
}
