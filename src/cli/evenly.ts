/**
 * Samples that need no draw.
 *
 * @packageDocumentation
 */

/**
 * At most so many of a list, evenly taken.
 *
 * @param list - Any.
 * @param most - 1 or more.
 * @returns In the list's order; the list itself where it is not longer.
 * @example evenly(['a', 'b', 'c', 'd', 'e'], 2) // ['a', 'c']
 */
export function evenly<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  const step = list.length / most;
  return Array.from({ length: most }, (_, i) => list[Math.floor(i * step)] as T);
}
