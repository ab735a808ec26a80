/**
 * The number formats of the WASM kernels, as `scripts/kernels` lays them out.
 *
 * @packageDocumentation
 */
import type { KernelExports } from './kernel-instance.ts';

/** Items side by side in a group. */
export const GROUP = 8;

/** Bytes before a group's numbers: 8 factors (f32), then 8 class ids (i32). */
export const HEADER_BYTES = 64;

/** Bytes of the kernels' scratch place at the start of their memory: [5, 256] scores. */
export const SCRATCH_BYTES = 5120;

/** Rows whose scores the kernels hand out together. */
export const CHUNK = 256;

/** Largest signed byte that items are rounded to. */
const ITEM_LEVELS = 127;

/**
 * Length of rows in {@link INT7_FORMAT}: √(2^15 - 1), less a bit for 32-bit floats, so that a product
 * of two fits 16 bits.
 */
const NARROW_LENGTH = 180.5;

/** What the kernels of one format need to be told. */
export interface KernelFormat {
  /** Dimensions of a step, which a vector holds in 32 bits. */
  readonly dimsStep: number;
  /** Dimensions of a turn of the inner loop; D is padded to a multiple. */
  readonly dimsTurn: number;
  /** Bytes of one dimension of a group. */
  readonly groupBytesPerDim: number;
  /** Place of the kernel for one vector in the module's table; those for 2 to 5 follow. */
  readonly firstTile: number;
  /** Packs items; see `scripts/kernels/pack.mjs`. */
  readonly packItems: (kernels: KernelExports) => KernelExports['itemsF32'];
  /** Packs a vector. */
  readonly packVector: (kernels: KernelExports) => KernelExports['packF32'];
  /** Bytes of a vector behind its steps. */
  readonly tailBytes: number;
  /** Most dimensions. */
  readonly mostDims: number;
  /** How far below the best coarse scores candidates are looked for at first: twice their errors. */
  readonly margin: number;
  /** Largest integer of items, or their greatest length. */
  readonly itemLevels: (dims: number) => number;
  /** Of vectors. D products must fit the integers that they are summed in. */
  readonly vectorLevels: (dims: number) => number;
}

/** 32-bit floats. */
export const FLOAT_FORMAT: KernelFormat = {
  dimsStep: 1,
  dimsTurn: 1,
  groupBytesPerDim: 32,
  firstTile: 0,
  packItems: (kernels) => kernels.itemsF32,
  packVector: (kernels) => kernels.packF32,
  tailBytes: 0,
  mostDims: Infinity,
  margin: 0,
  itemLevels: () => 1,
  vectorLevels: () => 1,
};

/** Items in 8 bits with a scale each, vectors in 16. */
export const INT8_FORMAT: KernelFormat = {
  dimsStep: 2,
  dimsTurn: 2,
  groupBytesPerDim: 8,
  firstTile: 5,
  packItems: (kernels) => kernels.itemsInt8,
  packVector: (kernels) => kernels.packInt16,
  tailBytes: 0,
  mostDims: Infinity,
  margin: 0.0055,
  itemLevels: () => ITEM_LEVELS,
  vectorLevels: (dims) =>
    Math.max(1, Math.min(32_767, Math.floor((2 ** 31 - 1) / (ITEM_LEVELS * dims)))),
};

/** Rounding to the nearest may make a row longer by half a level in each dimension. */
const narrowLevels = (dims: number): number => NARROW_LENGTH - Math.sqrt(dims) / 2;

/**
 * Items in 7 bits and vectors in 8, laid out as {@link INT8_FORMAT}, for {@link KernelInstance.isRelaxed}:
 * twice as fast, with three times its error (2e-3 for vectors of unit length, at most 1e-2 among
 * thousands).
 */
export const INT7_FORMAT: KernelFormat = {
  dimsStep: 2,
  dimsTurn: 4,
  groupBytesPerDim: 8,
  firstTile: 10,
  packItems: (kernels) => kernels.itemsInt7,
  packVector: (kernels) => kernels.packInt7,
  tailBytes: 4,
  // Here the length that is left for numbers is still 149.
  mostDims: 4096,
  margin: 0.016,
  itemLevels: narrowLevels,
  vectorLevels: narrowLevels,
};
