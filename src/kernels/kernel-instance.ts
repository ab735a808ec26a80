/**
 * One instance of the WASM kernels and its memory.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { SCRATCH_BYTES } from './kernel-format.ts';

const PAGE_BYTES = 65_536;

/** Functions of the module; sources in `scripts/kernels`. Addresses and sizes in bytes. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Packs rows of floats: (from, dims, padded dims, group, bytes of a group, rows, levels). */
  readonly itemsF32: PackItems;
  readonly itemsInt8: PackItems;
  /** Packs one row: (from, dims, to, stride, padded dims, levels) → factor. */
  readonly packF32: PackVector;
  readonly packInt16: PackVector;
  /** Scores all items: (group, bytes of a group, rows, tiles, their end, sink, its bytes, heap's bytes). */
  readonly scan: (...args: readonly number[]) => void;
  /** Sorts a heap: (from, to). */
  readonly sort: (from: number, to: number) => void;
  /** Drops what is not near from the list behind a heap and sorts the rest: (heap, its end). */
  readonly settle: (from: number, to: number) => void;
  /** With relaxed SIMD only. */
  readonly itemsInt7: PackItems;
  /** With relaxed SIMD only. */
  readonly packInt7: PackVector;
}

type PackItems = (...args: readonly number[]) => void;
type PackVector = (...args: readonly number[]) => number;

/** Memory that grows, and the kernels that work in it. */
export class KernelInstance {
  /** The functions. */
  readonly kernels: KernelExports;
  /** Whether it has the kernels of relaxed SIMD: {@link INT7_FORMAT}, and quicker ones of floats. */
  readonly isRelaxed: boolean;
  #floats: Float32Array;
  #ints: Int32Array;

  /**
   * @param module - Compiled by `compileKernels`.
   * @param relaxed - From `relaxedKernels`; default: none.
   */
  constructor(module: WebAssembly.Module, relaxed: WebAssembly.Module | null = null) {
    const plain = new WebAssembly.Instance(module).exports;
    const more = relaxed && new WebAssembly.Instance(relaxed, { kernels: plain }).exports;
    this.kernels = { ...plain, ...more } as unknown as KernelExports;
    this.isRelaxed = relaxed !== null;
    this.#floats = new Float32Array(this.kernels.memory.buffer);
    this.#ints = new Int32Array(this.kernels.memory.buffer);
  }

  /** Size of the memory; it never shrinks. */
  get bytes(): number {
    return this.kernels.memory.buffer.byteLength;
  }

  /** The memory as floats; void after {@link KernelInstance.reserve}. */
  get floats(): Float32Array {
    return this.#floats;
  }

  /** The memory as integers; void after {@link KernelInstance.reserve}. */
  get ints(): Int32Array {
    return this.#ints;
  }

  /**
   * Grows the memory where it is smaller.
   *
   * @param end - Bytes that are needed from the start.
   * @throws `DEVICE_LOST` when there is no memory.
   */
  reserve(end: number): void {
    const missing = end - this.bytes;
    if (missing <= 0) return;
    try {
      this.kernels.memory.grow(Math.ceil(missing / PAGE_BYTES));
    } catch (cause) {
      throw new VitrineError('DEVICE_LOST', `wasm: no memory for ${end} bytes.`, { cause });
    }
    this.#floats = new Float32Array(this.kernels.memory.buffer);
    this.#ints = new Int32Array(this.kernels.memory.buffer);
  }
}

/** Where items begin. */
export const ITEMS_START: number = SCRATCH_BYTES;

/**
 * Rounds an address up to what vectors of 128 bits like.
 *
 * @param address - In bytes.
 * @returns The next multiple of 16.
 */
export function aligned(address: number): number {
  return Math.ceil(address / 16) * 16;
}
