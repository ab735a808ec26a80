/**
 * Adam (Kingma and Ba, 2015) on the host, with decoupled weight decay (Loshchilov and Hutter, 2019).
 * Rows of a table are only touched in steps that used them.
 *
 * @packageDocumentation
 */

/** Numbers that are learned, with their moments. */
export interface Slot {
  /** The numbers themselves. */
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Size of a step. */
export interface StepSize {
  /** Learning rate. */
  readonly rate: number;
  /** Number of this step, from 1. */
  readonly step: number;
  /** Share of the numbers that is taken away per unit of rate. */
  readonly decay: number;
}

const BETA1 = 0.9;
const BETA2 = 0.99;
const EPSILON = 1e-8;

/**
 * A slot with moments of 0.
 *
 * @param values - Start; changed in place by {@link adamStep}.
 * @returns The slot.
 */
export function createSlot(values: Float32Array): Slot {
  const { length } = values;
  return { values, first: new Float32Array(length), second: new Float32Array(length) };
}

/**
 * One step on a run of numbers.
 *
 * @param slot - Changed.
 * @param gradient - Of the run, from 0.
 * @param from - Where the run begins in the slot.
 * @param size - See {@link StepSize}.
 */
export function adamStep(slot: Slot, gradient: Float32Array, from: number, size: StepSize): void {
  const { first, second, values } = slot;
  const { decay, rate, step } = size;
  const unbias1 = 1 - BETA1 ** step;
  const unbias2 = 1 - BETA2 ** step;
  for (let i = 0; i < gradient.length; i++) {
    const at = from + i;
    const g = gradient[i] as number;
    const m = (first[at] = BETA1 * (first[at] as number) + (1 - BETA1) * g);
    const v = (second[at] = BETA2 * (second[at] as number) + (1 - BETA2) * g * g);
    const move = m / unbias1 / (Math.sqrt(v / unbias2) + EPSILON);
    const value = values[at] as number;
    values[at] = value - rate * (move + decay * value);
  }
}
