/**
 * One side of a sequence embedding while it is trained.
 *
 * @packageDocumentation
 */
import { drawNormal, type Random } from '../core/rng.ts';
import type { Attributes } from './types.ts';

/** Shape and step sizes of {@link EmbeddingRows}. */
export interface RowSettings {
  /** E. */
  readonly dims: number;
  /** Adagrad's rate. */
  readonly rate: number;
  /** L2 penalty. */
  readonly penalty: number;
}

/** Standard deviation of the first values. */
const SPREAD = 0.1;

/** Adagrad's first sum of squares. */
export const FIRST_SQUARE = 1e-3;

/**
 * Vectors of I items and A attributes, and Adagrad's memory (Duchi et al. 2011), one square per
 * row.
 *
 * An item's vector is its own plus its attributes', weighted: an item that nobody met yet still has
 * its attributes'. *Blank* leaves its own out, so that the attributes learn to stand in for it.
 */
export class EmbeddingRows {
  readonly #attributes: Attributes;
  readonly #numItems: number;
  readonly #dims: number;
  readonly #rate: number;
  readonly #penalty: number;
  readonly #values: Float32Array;
  readonly #squares: Float32Array;

  /**
   * Fills in small random values.
   *
   * @param attributes - Of the items.
   * @param numItems - I.
   * @param settings - Shape and step sizes.
   * @param random - Seeded.
   */
  constructor(attributes: Attributes, numItems: number, settings: RowSettings, random: Random) {
    const rows = numItems + attributes.count;
    this.#attributes = attributes;
    this.#numItems = numItems;
    this.#dims = settings.dims;
    this.#rate = settings.rate;
    this.#penalty = settings.penalty;
    this.#values = new Float32Array(rows * settings.dims);
    for (let k = 0; k < this.#values.length; k++) this.#values[k] = SPREAD * drawNormal(random);
    this.#squares = new Float32Array(rows).fill(FIRST_SQUARE);
  }

  /**
   * Writes an item's vector.
   *
   * @param item - Item row.
   * @param to - Written to, E floats.
   * @param at - Place of the first.
   * @param isBlank - Whether to leave the item's own part out.
   */
  compose(item: number, to: Float32Array, at: number, isBlank: boolean): void {
    const dims = this.#dims;
    const values = this.#values;
    const { pointers, index, weight } = this.#attributes;
    const own = item * dims;
    if (isBlank) to.fill(0, at, at + dims);
    else for (let k = 0; k < dims; k++) to[at + k] = values[own + k] as number;
    const end = pointers[item + 1] as number;
    for (let e = pointers[item] as number; e < end; e++) {
      const row = (this.#numItems + (index[e] as number)) * dims;
      const share = weight[e] as number;
      for (let k = 0; k < dims; k++) {
        to[at + k] = (to[at + k] as number) + share * (values[row + k] as number);
      }
    }
  }

  /**
   * Steps against the gradient of an item's vector.
   *
   * @param item - Item row.
   * @param gradient - E floats.
   * @param at - Place of the first.
   * @param isBlank - As it was composed.
   */
  update(item: number, gradient: Float32Array, at: number, isBlank: boolean): void {
    const { pointers, index, weight } = this.#attributes;
    if (!isBlank) this.#step(item, gradient, at, 1);
    const end = pointers[item + 1] as number;
    for (let e = pointers[item] as number; e < end; e++) {
      this.#step(this.#numItems + (index[e] as number), gradient, at, weight[e] as number);
    }
  }

  #step(row: number, gradient: Float32Array, at: number, scale: number): void {
    const dims = this.#dims;
    const penalty = this.#penalty;
    const values = this.#values;
    const own = row * dims;
    let sum = 0;
    for (let k = 0; k < dims; k++) {
      const slope = (gradient[at + k] as number) * scale + penalty * (values[own + k] as number);
      sum += slope * slope;
    }
    const squares = (this.#squares[row] as number) + sum / dims;
    this.#squares[row] = squares;
    const rate = this.#rate / Math.sqrt(squares);
    for (let k = 0; k < dims; k++) {
      const value = values[own + k] as number;
      values[own + k] = value - rate * ((gradient[at + k] as number) * scale + penalty * value);
    }
  }

  /**
   * Composes all items.
   *
   * @returns [I, E]
   */
  toMatrix(): Float32Array {
    const matrix = new Float32Array(this.#numItems * this.#dims);
    for (let i = 0; i < this.#numItems; i++) this.compose(i, matrix, i * this.#dims, false);
    return matrix;
  }
}
