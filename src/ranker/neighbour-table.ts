/**
 * Tables of neighbours with a fixed number of places per item, stored by target: the page needs
 * only the rows of the candidates that it ranks.
 *
 * @packageDocumentation
 */
import { selectTop } from './select-top.ts';
import type { NeighbourTable } from './types.ts';

/** Neighbours kept per item unless said otherwise. */
export const TABLE_WIDTH = 32;

/**
 * Makes a table without neighbours.
 *
 * @param numItems - I.
 * @param width - K, at least 1.
 * @returns Sources -1, weights 0.
 */
export function createTable(numItems: number, width: number): NeighbourTable {
  return {
    width,
    sources: new Int32Array(numItems * width).fill(-1),
    weights: new Float32Array(numItems * width),
  };
}

/**
 * Writes an item's row: the K sources with the largest values above 0, strongest first, ties by
 * the smaller source.
 *
 * @param table - Written to.
 * @param target - The item.
 * @param sources - Distinct items; reordered, none lost.
 * @param values - [I]
 */
export function writeTop(
  table: NeighbourTable,
  target: number,
  sources: Int32Array,
  values: Float64Array,
): void {
  let positive = 0;
  for (let k = 0; k < sources.length; k++) {
    const source = sources[k] as number;
    if (!((values[source] as number) > 0)) continue;
    sources[k] = sources[positive] as number;
    sources[positive++] = source;
  }
  const count = selectTop(sources.subarray(0, positive), table.width, values);
  const base = target * table.width;
  for (let k = 0; k < count; k++) {
    const source = sources[k] as number;
    table.sources[base + k] = source;
    table.weights[base + k] = values[source] as number;
  }
}
