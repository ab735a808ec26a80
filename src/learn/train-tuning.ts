/**
 * Training of all models at once: softmax cross-entropy over each list, by Adam on all lists. The
 * device multiplies; the rest is a few numbers per candidate.
 *
 * The gradient of a list's loss is designᵀ × (softmax − target), for soft targets too.
 *
 * @packageDocumentation
 */
import { MODELS, type TuningProblem } from './design.ts';
import type { MatrixDevice, Yield } from './matrix.ts';

/** How to train. */
export interface TuningTraining {
  /** Where. */
  readonly device: MatrixDevice;
  /** Lets others have the thread. */
  readonly rest: Yield;
  /** Told after each pass: how many are done, of how many, and the mean loss of the choices. */
  readonly onPass?: (pass: number, passes: number, loss: number) => void;
  /** Passes over the lists, default 50. */
  readonly passes?: number;
}

/** What was trained. */
export interface TrainedTuning {
  /** [P, M] */
  readonly theta: Float32Array;
  /** Mean loss of the visitor's choices before each pass, of the model of everything. */
  readonly curve: readonly number[];
}

const PASSES = 50;
const RATE = 0.15;
const MOMENT = 0.9;
const VARIANCE = 0.99;
/** Large on purpose: devices differ in the last bits, and a tiny gradient must not decide. */
const EPSILON = 1e-3;
/** Lists between two rests. */
const SLICE = 32;

/** softmax − target of one list in one model; returns its loss (that of replay counts 0). */
function errorsOf(
  problem: TuningProblem,
  logits: Float32Array,
  at: { readonly list: number; readonly model: number; readonly scale: number },
  errors: Float32Array,
): number {
  const { base, offsets, targets } = problem;
  const from = offsets[at.list] as number;
  const end = offsets[at.list + 1] as number;
  const target = targets[at.list] as number;
  const scoreOf = (row: number): number =>
    (base[row] as number) + (logits[row * MODELS + at.model] as number);
  let max = -Infinity;
  let softMax = -Infinity;
  for (let row = from; row < end; row++) {
    max = Math.max(max, scoreOf(row));
    softMax = Math.max(softMax, base[row] as number);
  }
  let total = 0;
  let softTotal = 0;
  for (let row = from; row < end; row++) {
    total += Math.exp(scoreOf(row) - max);
    softTotal += Math.exp((base[row] as number) - softMax);
  }
  for (let row = from; row < end; row++) {
    const soft = Math.exp((base[row] as number) - softMax) / softTotal;
    const wanted = target < 0 ? soft : row - from === target ? 1 : 0;
    const share = Math.exp(scoreOf(row) - max) / total;
    errors[row * MODELS + at.model] = at.scale * (share - wanted);
  }
  return target < 0 ? 0 : max + Math.log(total) - scoreOf(from + target);
}

/** The same in all models that may see the list; returns the weighted loss in the last. */
function errorsOfAll(
  problem: TuningProblem,
  logits: Float32Array,
  at: { readonly list: number; readonly totals: Float64Array },
  errors: Float32Array,
): number {
  const { list, totals } = at;
  const weight = problem.weights[list] as number;
  let loss = 0;
  for (let model = 0; model < MODELS; model++) {
    if (problem.folds[list] === model) continue;
    const scale = weight / (totals[model] as number);
    loss = weight * errorsOf(problem, logits, { list, model, scale }, errors);
  }
  return loss;
}

/** What the lists of each model weigh together: Σ over the choices that it may see. */
function totalsOf({ weights, folds, targets }: TuningProblem): Float64Array {
  return Float64Array.from({ length: MODELS }, (_, m) =>
    weights.reduce(
      (total, weight, l) => total + ((targets[l] as number) >= 0 && folds[l] !== m ? weight : 0),
      0,
    ),
  );
}

class Adam {
  readonly #problem: TuningProblem;
  readonly #theta: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #step = 0;

  constructor(problem: TuningProblem) {
    const size = problem.matrix.params * MODELS;
    this.#problem = problem;
    this.#theta = new Float64Array(size);
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
  }

  get theta(): Float32Array {
    return Float32Array.from(this.#theta);
  }

  /** The penalty is that of a standard normal prior on each parameter. */
  step(gradient: Float32Array, totals: Float64Array, rate: number): void {
    const { allowed, least, most } = this.#problem;
    this.#step++;
    const unbiased = 1 - MOMENT ** this.#step;
    const unbiasedVariance = 1 - VARIANCE ** this.#step;
    for (let i = 0; i < gradient.length; i++) {
      if (allowed[i] === 0) continue;
      const p = Math.floor(i / MODELS);
      const before = this.#theta[i] as number;
      const g = (gradient[i] as number) + before / (totals[i % MODELS] as number);
      const first = MOMENT * (this.#first[i] as number) + (1 - MOMENT) * g;
      const second = VARIANCE * (this.#second[i] as number) + (1 - VARIANCE) * g * g;
      this.#first[i] = first;
      this.#second[i] = second;
      const move = first / unbiased / (Math.sqrt(second / unbiasedVariance) + EPSILON);
      const next = before - rate * move;
      this.#theta[i] = Math.min(most[p] as number, Math.max(least[p] as number, next));
    }
  }
}

/**
 * Trains one model without each fold and one of everything.
 *
 * @param problem - With at least one choice in each fold.
 * @param training - See {@link TuningTraining}.
 * @returns Parameters and loss; the same problem gives the same ones on every device, up to
 *   rounding (a test says 0.01 in units of the prior).
 * @throws What the device or `rest` throws.
 */
export async function trainTuning(
  problem: TuningProblem,
  training: TuningTraining,
): Promise<TrainedTuning> {
  const { device, rest, onPass, passes = PASSES } = training;
  const { targets, matrix } = problem;
  const totals = totalsOf(problem);
  const adam = new Adam(problem);
  const curve: number[] = [];
  const all = totals[MODELS - 1] as number;
  for (let pass = 0; pass < passes; pass++) {
    const logits = await device.times(adam.theta, MODELS);
    const errors = new Float32Array(matrix.rows * MODELS);
    let loss = 0;
    for (let list = 0; list < targets.length; list++) {
      loss += errorsOfAll(problem, logits, { list, totals }, errors);
      if ((list + 1) % SLICE === 0) await rest();
    }
    const gradient = await device.transposedTimes(errors, MODELS);
    adam.step(gradient, totals, RATE * 0.5 * (1 + Math.cos((Math.PI * pass) / passes)));
    curve.push(loss / all);
    onPass?.(pass + 1, passes, loss / all);
    await rest();
  }
  return { theta: adam.theta, curve };
}
