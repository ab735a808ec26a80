/**
 * The two number formats of the WASM kernels, as `scripts/kernels` lays them out.
 *
 * @packageDocumentation
 */
import type { KernelExports } from './kernel-instance.ts';

/** Items side by side in a group. */
export const GROUP = 8;

/** Bytes before a group's numbers: 8 factors (f32), then 8 class ids (i32). */
export const HEADER_BYTES = 64;

/** Bytes of the kernels' scratch place at the start of their memory: [5, 64] scores. */
export const SCRATCH_BYTES = 1280;

/** Rows whose scores the kernels hand out together. */
export const CHUNK = 64;

/** Largest signed byte that items are rounded to. */
const ITEM_LEVELS = 127;

/** What the kernels of one format need to be told. */
export interface KernelFormat {
  /** Dimensions of a step, which a vector holds in 32 bits; D is padded to a multiple. */
  readonly dimsStep: number;
  /** Bytes of one dimension of a group. */
  readonly groupBytesPerDim: number;
  /** Place of the kernel for one vector in the module's table; those for 2 to 5 follow. */
  readonly firstTile: number;
  /** Packs items; see `scripts/kernels/pack.mjs`. */
  readonly packItems: (kernels: KernelExports) => KernelExports['itemsF32'];
  /** Packs a vector. */
  readonly packVector: (kernels: KernelExports) => KernelExports['packF32'];
  /** Largest integer of items. */
  readonly itemLevels: number;
  /** Largest integer of vectors: D products must fit 32 bits. */
  readonly vectorLevels: (dims: number) => number;
}

/** 32-bit floats. */
export const FLOAT_FORMAT: KernelFormat = {
  dimsStep: 1,
  groupBytesPerDim: 32,
  firstTile: 0,
  packItems: (kernels) => kernels.itemsF32,
  packVector: (kernels) => kernels.packF32,
  itemLevels: 1,
  vectorLevels: () => 1,
};

/** Items in 8 bits with a scale each, vectors in 16. */
export const INT8_FORMAT: KernelFormat = {
  dimsStep: 2,
  groupBytesPerDim: 8,
  firstTile: 5,
  packItems: (kernels) => kernels.itemsInt8,
  packVector: (kernels) => kernels.packInt16,
  itemLevels: ITEM_LEVELS,
  vectorLevels: (dims) =>
    Math.max(1, Math.min(32_767, Math.floor((2 ** 31 - 1) / (ITEM_LEVELS * dims)))),
};
