/**
 * The few best of many, without sorting the many.
 *
 * @packageDocumentation
 */

/** Partitions ids so that the best `top` stand first, in any order (quickselect, Hoare 1961). */
function partitionTop(ids: Int32Array, top: number, keys: Float64Array): void {
  const isBefore = (a: number, b: number): boolean => {
    const x = keys[a] as number;
    const y = keys[b] as number;
    return x > y || (x === y && a < b);
  };
  let low = 0;
  let high = ids.length - 1;
  while (low < high) {
    const pivot = ids[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while (isBefore(ids[i] as number, pivot)) i++;
      while (isBefore(pivot, ids[j] as number)) j--;
      if (i > j) break;
      const held = ids[i] as number;
      ids[i++] = ids[j] as number;
      ids[j--] = held;
    }
    if (top - 1 <= j) high = j;
    else if (top - 1 >= i) low = i;
    else return;
  }
}

/**
 * Brings the ids with the largest keys to the front, best first; the smaller id wins ties.
 *
 * Cost: O(ids + top·log top), in place.
 *
 * @param ids - Distinct places in `keys`; reordered, none lost.
 * @param top - At least 0; more than there are ids sorts all of them.
 * @param keys - No NaN.
 * @returns How many stand sorted in front: min(top, ids.length).
 */
export function selectTop(ids: Int32Array, top: number, keys: Float64Array): number {
  const count = Math.min(top, ids.length);
  if (count < ids.length && count > 0) partitionTop(ids, count, keys);
  ids.subarray(0, count).sort((a, b) => (keys[b] as number) - (keys[a] as number) || a - b);
  return count;
}
