/**
 * Where an index's rows lie and are scored: the memory of the WASM kernels, or an ordinary buffer
 * where there is no WebAssembly.
 *
 * @packageDocumentation
 */
import type { Matrix } from '../core/shapes.ts';

/** Rows in groups (`row-layout.ts`), filled once, scored many times. */
export interface RowMemory {
  /** Bytes that it holds. */
  readonly bytes: number;
  /**
   * Puts bytes where they stay.
   *
   * @param offset - From the start of the rows; with the bytes at most what was reserved.
   * @param bytes - Copied.
   */
  fill(offset: number, bytes: Uint8Array): void;
  /**
   * Takes queries in the place of those from before.
   *
   * @param queries - [V, D], V at least 1, finite.
   * @param mostItems - Most items that will be scored with them at once.
   */
  prepare(queries: Matrix, mostItems: number): void;
  /**
   * Scores consecutive items with all queries.
   *
   * Cost: O(count·V·D), no allocation.
   *
   * @param offset - Of the first item's group.
   * @param count - At least 1.
   * @returns [count, V] row-major, each in [-1, 1]; good until the next call of anything here.
   */
  scores(offset: number, count: number): Float32Array;
}

/** What is reserved. */
export interface RowPlace {
  /** Of all rows. */
  readonly bytes: number;
  /** D. */
  readonly dims: number;
}
