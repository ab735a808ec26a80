/**
 * Items on the GPU, in as many tensors as one binding can hold.
 *
 * @packageDocumentation
 */
import { engine } from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { VectorSet } from '../../core/block-cosine.ts';
import type { PresenceClasses } from '../../kernels/presence-classes.ts';
import { STEP, type TileFormat, packTiles, paddedRows, stepsOf } from './item-tiles.ts';

/** Tensors by the names that the kernels know them by. */
export type NamedTensors = Record<string, Tensor>;

/** Items on the device. */
export interface ResidentTiles {
  /** `items0`, `scales0`, `classes0`, `items1`, … */
  readonly tensors: NamedTensors;
  /** Items of each chunk. */
  readonly chunkRows: readonly number[];
  /** Bytes on the device. */
  readonly bytes: number;
}

/**
 * Most items that one binding holds.
 *
 * @param bindingBytes - Of one buffer.
 * @param rowBytes - Of the widest thing that is kept or made per item.
 * @returns A multiple of 256, at least 256.
 */
export function mostRows(bindingBytes: number, rowBytes: number): number {
  return Math.max(paddedRows(1), paddedRows(Math.floor(bindingBytes / rowBytes) - 255));
}

/**
 * Bytes of one item.
 *
 * @param dims - D.
 * @param format - How it is kept.
 * @returns 4 or 1 per dimension, padded.
 */
export function tileBytes(dims: number, format: TileFormat): number {
  return stepsOf(dims) * STEP * (format === 'f32' ? 4 : 1);
}

/** A tensor outside of any `tidy`. */
function tensorOf(values: Float32Array | Int32Array): Tensor {
  const type = values instanceof Float32Array ? 'float32' : 'int32';
  return engine().keep(engine().makeTensor(values, [values.length], type));
}

/**
 * Puts items on the device that is in use; they go there with the first job.
 *
 * @param set - Items [N, D] and [N, B].
 * @param classes - Of their presence.
 * @param format - How they are kept.
 * @param most - Most items of a chunk, a multiple of 256.
 * @returns Tensors, to be disposed of by {@link releaseTensors}.
 */
export function loadTiles(
  set: VectorSet,
  classes: PresenceClasses,
  format: TileFormat,
  most: number,
): ResidentTiles {
  const { vectors } = set;
  const tensors: NamedTensors = {};
  const chunkRows: number[] = [];
  for (let from = 0; from < vectors.rows; from += most) {
    const to = Math.min(from + most, vectors.rows);
    const { scales, words } = packTiles(vectors, from, to, format);
    const ids = new Int32Array(scales.length / 2);
    ids.set(classes.ids.subarray(from, to));
    const chunk = chunkRows.push(to - from) - 1;
    tensors[`items${chunk}`] = tensorOf(words);
    tensors[`scales${chunk}`] = tensorOf(scales);
    tensors[`classes${chunk}`] = tensorOf(ids);
  }
  const bytes = Object.values(tensors).reduce((sum, { size }) => sum + 4 * size, 0);
  return { tensors, chunkRows, bytes };
}

/**
 * Lets tensors go.
 *
 * @param tensors - Any.
 */
export function releaseTensors(tensors: NamedTensors): void {
  for (const tensor of Object.values(tensors)) tensor.dispose();
}

/**
 * Tensors of one job.
 *
 * @param words - Its vectors and factors.
 * @returns Named, to be disposed of after the job's commands are recorded.
 */
export function jobTensors(
  words: Readonly<Record<string, Float32Array | Int32Array>>,
): NamedTensors {
  return Object.fromEntries(Object.entries(words).map(([name, data]) => [name, tensorOf(data)]));
}
