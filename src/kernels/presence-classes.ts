/**
 * Presence masks as classes: a catalog has few distinct ones, so that the cosine's denominator is
 * looked up in a small table instead of being summed for each pair.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';

/** Items by their masks; C classes, at most N. */
export interface PresenceClasses {
  /** [N] class of each item, numbered in the order in which they appear. */
  readonly ids: Int32Array;
  /** [C, B] mask of each class. */
  readonly masks: Matrix;
}

/** Same key, same mask: bits where all are 0 or 1 and fit a double, else the numbers in words. */
function keyOf(data: Float32Array, start: number, dims: number): number | string {
  let bits = 0;
  for (let k = start; k < start + dims; k++) {
    const value = data[k] as number;
    if ((value !== 0 && value !== 1) || dims > 52) {
      return data.subarray(start, start + dims).join();
    }
    bits = bits * 2 + value;
  }
  return bits;
}

/**
 * Finds the distinct masks.
 *
 * Cost: O(N·B).
 *
 * @param presence - [N, B].
 * @returns A class per item.
 * @example presenceClasses({ data: Float32Array.of(1, 0, 1), rows: 3, dims: 1 }).ids // 0, 1, 0
 */
export function presenceClasses(presence: Matrix): PresenceClasses {
  const { data, dims, rows } = presence;
  const ids = new Int32Array(rows);
  const known = new Map<number | string, number>();
  const firsts: number[] = [];
  for (let row = 0; row < rows; row++) {
    const key = keyOf(data, row * dims, dims);
    let id = known.get(key);
    if (id === undefined) {
      id = firsts.length;
      known.set(key, id);
      firsts.push(row);
    }
    ids[row] = id;
  }
  const masks = new Float32Array(firsts.length * dims);
  for (const [at, row] of firsts.entries()) {
    masks.set(data.subarray(row * dims, (row + 1) * dims), at * dims);
  }
  return { ids, masks: { data: masks, rows: firsts.length, dims } };
}

/**
 * What a dot product is multiplied by: 1 / Σ_b mask_b·weight_b.
 *
 * @param masks - [C, B], from {@link presenceClasses}.
 * @param weights - [V, B] block weights of the vectors.
 * @returns [C, V] of 0 or more, finite; 0 where no block is common.
 */
export function inverseWeights(masks: Matrix, weights: Matrix): Float64Array {
  const { dims } = masks;
  const out = new Float64Array(masks.rows * weights.rows);
  for (let c = 0; c < masks.rows; c++) {
    for (let v = 0; v < weights.rows; v++) {
      let sum = 0;
      for (let b = 0; b < dims; b++) {
        sum += (masks.data[c * dims + b] as number) * (weights.data[v * dims + b] as number);
      }
      // No number compares with NaN, and 1/∞ is 0: both count as nothing in common.
      if (sum > 0) out[c * weights.rows + v] = 1 / sum;
    }
  }
  return out;
}
