/**
 * The one job that learning gives to a device: a matrix that stays there, and its two products.
 *
 * @packageDocumentation
 */
import type { Device } from '../core/types.ts';

/** Design of all lists: **R** rows (candidates of lists), **P** parameters, **M** models. */
export interface DesignMatrix {
  /** [R, P] */
  readonly data: Float32Array;
  /** R. */
  readonly rows: number;
  /** P. */
  readonly params: number;
}

/** A design on a device. A job lasts some milliseconds at most, then others have the thread. */
export interface MatrixDevice {
  /** Where. */
  readonly device: Device;
  /**
   * @param theta - [P, M]
   * @param models - M.
   * @returns [R, M] design × θ.
   */
  times(theta: Float32Array, models: number): Promise<Float32Array>;
  /**
   * @param errors - [R, M]
   * @param models - M.
   * @returns [P, M] designᵀ × errors.
   */
  transposedTimes(errors: Float32Array, models: number): Promise<Float32Array>;
  /** Frees the device's memory. */
  dispose(): void;
}

/** Lets others have the thread; throws when learning is to end. */
export type Yield = () => Promise<void>;

/** Rows of a slice; 512 × 200 × 6 products are some milliseconds on a slow device. */
export const SLICE_ROWS = 512;

class PlainMatrix implements MatrixDevice {
  readonly device = 'js';
  readonly #matrix: DesignMatrix;
  readonly #rest: Yield;

  constructor(matrix: DesignMatrix, rest: Yield) {
    this.#matrix = matrix;
    this.#rest = rest;
  }

  async times(theta: Float32Array, models: number): Promise<Float32Array> {
    const { data, rows, params } = this.#matrix;
    const out = new Float32Array(rows * models);
    await this.#slices((row) => {
      const to = row * models;
      for (let p = 0; p < params; p++) {
        const x = data[row * params + p] as number;
        if (x === 0) continue;
        for (let m = 0; m < models; m++) {
          out[to + m] = (out[to + m] as number) + x * (theta[p * models + m] as number);
        }
      }
    });
    return out;
  }

  async transposedTimes(errors: Float32Array, models: number): Promise<Float32Array> {
    const { data, params } = this.#matrix;
    const out = new Float32Array(params * models);
    await this.#slices((row) => {
      const from = row * models;
      for (let p = 0; p < params; p++) {
        const x = data[row * params + p] as number;
        if (x === 0) continue;
        for (let m = 0; m < models; m++) {
          const at = p * models + m;
          out[at] = (out[at] as number) + x * (errors[from + m] as number);
        }
      }
    });
    return out;
  }

  dispose(): void {
    // Nothing is held that must be let go.
  }

  async #slices(work: (row: number) => void): Promise<void> {
    const { rows } = this.#matrix;
    for (let from = 0; from < rows; from += SLICE_ROWS) {
      const end = Math.min(rows, from + SLICE_ROWS);
      for (let row = from; row < end; row++) work(row);
      await this.#rest();
    }
  }
}

/**
 * The design in plain arithmetic: what there is where TensorFlow.js is not wanted or not there.
 *
 * @param matrix - The design.
 * @param rest - Called after each slice.
 * @returns A device that needs no opening.
 */
export function plainMatrix(matrix: DesignMatrix, rest: Yield): MatrixDevice {
  return new PlainMatrix(matrix, rest);
}
