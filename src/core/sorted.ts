/**
 * Looking things up in sorted arrays.
 *
 * @packageDocumentation
 */

/** A sorted list of numbers. */
type Sorted = Float64Array | Int32Array;

/**
 * Index of the first element not below a value, by halving.
 *
 * @param sorted - Ascending.
 * @param value - Any number.
 * @returns 0 … length; the length when all are below.
 * @example lowerBound(Float64Array.of(1, 3), 2) // 1
 */
export function lowerBound(sorted: Sorted, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Index of a value.
 *
 * @param sorted - Ascending.
 * @param value - Any number.
 * @returns The first such index; -1 when it is not there.
 */
export function indexIn(sorted: Sorted, value: number): number {
  const at = lowerBound(sorted, value);
  return sorted[at] === value ? at : -1;
}
