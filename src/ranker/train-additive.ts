/**
 * Listwise training of the additive model under monotone constraints.
 *
 * f_j(x) = Σ_k δ_jk · ramp_k(x), ramp_k rising from 0 to 1 between knots k and k + 1. The score is
 * linear in δ, so softmax cross-entropy over each list (Cao et al. 2007, ListNet's top one) is
 * convex, and "never falls" is δ ≥ 0: a projection after each step. Adam (Kingma & Ba 2015), its
 * rate falling along half a cosine.
 *
 * @packageDocumentation
 */
import { createRandom, type Random } from '../core/rng.ts';
import { CODE_STEPS } from './encode-signals.ts';
import type { Signal } from './signal.ts';
import type { AdditiveModel } from './types.ts';

/** Encoded training lists; list l has the rows offsets[l] … offsets[l + 1] − 1. */
export interface EncodedLists {
  /** [rows × J], see encode-signals.ts. */
  readonly codes: Uint16Array;
  /** L + 1 row numbers from 0, ascending. */
  readonly offsets: Int32Array;
  /** [L] index of the answer in its list. */
  readonly targets: Int32Array;
  /** J, those of the encoding. */
  readonly knots: readonly Float32Array[];
}

/** What training needs to know of a signal. */
export type TrainedSignal = Pick<Signal, 'name' | 'monotone' | 'codes'>;

/** How to train; the defaults are for tens of thousands of lists of 100. */
export interface AdditiveOptions {
  /** Passes over the lists, at least 1, default 20. */
  readonly epochs?: number;
  /** Adam's first rate, default 0.02. */
  readonly rate?: number;
  /** Weight of Σ δ² / 2 beside the mean loss, default 0.001. */
  readonly l2?: number;
  /** Lists per step, default 64. */
  readonly batch?: number;
  /** Order of the lists, default 1. */
  readonly seed?: number;
  /** Whether a signal takes part, for ablations; default all. */
  readonly use?: (name: string) => boolean;
  /** Called after each epoch (from 1) with its mean loss; true stops. */
  readonly onProgress?: (epoch: number, loss: number) => boolean | void;
}

/** A trained model and its mean loss (nats per list) in each epoch. */
export interface TrainedAdditive {
  /** The model; J names in the given order. */
  readonly model: AdditiveModel;
  /** One number per epoch, the loss before each of its steps, averaged. */
  readonly curve: readonly number[];
}

const MOMENT = 0.9;
const VARIANCE = 0.999;
const EPSILON = 1e-6;
/** Candidates whose error is smaller move nothing. */
const SMALL_ERROR = 1e-5;

/** δ of all functions, [J × W], with what a step needs. */
class AdditiveTrainer {
  readonly #lists: EncodedLists;
  readonly #signals: readonly TrainedSignal[];
  readonly #active: Int32Array;
  readonly #width: number;
  readonly #delta: Float64Array;
  /** f at the left end of a segment, and its slope per code step. */
  readonly #start: Float64Array;
  readonly #slope: Float64Array;
  /** Σ errors of the codes in a segment, and Σ errors × code step. */
  readonly #inside: Float64Array;
  readonly #insideStep: Float64Array;
  readonly #moment: Float64Array;
  readonly #variance: Float64Array;
  readonly #scores: Float64Array;
  #steps = 0;

  constructor(
    lists: EncodedLists,
    signals: readonly TrainedSignal[],
    use: (name: string) => boolean,
  ) {
    this.#lists = lists;
    this.#signals = signals;
    this.#width = lists.knots.reduce((most, { length }) => Math.max(most, length), 1);
    const isActive = (j: number): boolean =>
      (lists.knots[j] as Float32Array).length > 1 && use((signals[j] as TrainedSignal).name);
    this.#active = Int32Array.from(signals.keys()).filter(isActive);
    const zeros = (): Float64Array => new Float64Array(signals.length * this.#width);
    this.#delta = zeros();
    this.#start = zeros();
    this.#slope = zeros();
    this.#inside = zeros();
    this.#insideStep = zeros();
    this.#moment = zeros();
    this.#variance = zeros();
    let longest = 0;
    for (let l = 0; l < lists.targets.length; l++) {
      const size = (lists.offsets[l + 1] as number) - (lists.offsets[l] as number);
      longest = Math.max(longest, size);
    }
    this.#scores = new Float64Array(longest);
  }

  /** δ → f and slopes. */
  #refresh(): void {
    for (const j of this.#active) {
      const isCode = (this.#signals[j] as TrainedSignal).codes !== undefined;
      let sum = 0;
      for (let k = j * this.#width; k < (j + 1) * this.#width; k++) {
        const delta = this.#delta[k] as number;
        this.#start[k] = isCode ? delta : sum;
        this.#slope[k] = isCode ? 0 : delta / CODE_STEPS;
        sum += delta;
      }
    }
  }

  #score(row: number): number {
    const { codes } = this.#lists;
    const from = row * this.#signals.length;
    let sum = 0;
    for (const j of this.#active) {
      const code = codes[from + j] as number;
      const k = j * this.#width + (code >> 8);
      sum += (this.#start[k] as number) + (this.#slope[k] as number) * (code & 255);
    }
    return sum;
  }

  #addError(row: number, error: number): void {
    const { codes } = this.#lists;
    const from = row * this.#signals.length;
    for (const j of this.#active) {
      const code = codes[from + j] as number;
      const k = j * this.#width + (code >> 8);
      this.#inside[k] = (this.#inside[k] as number) + error;
      this.#insideStep[k] = (this.#insideStep[k] as number) + error * (code & 255);
    }
  }

  /** Adds the gradient of one list; returns its loss. */
  #pass(list: number): number {
    const from = this.#lists.offsets[list] as number;
    const size = (this.#lists.offsets[list + 1] as number) - from;
    const target = this.#lists.targets[list] as number;
    const scores = this.#scores;
    let max = -Infinity;
    for (let c = 0; c < size; c++) {
      const score = this.#score(from + c);
      scores[c] = score;
      if (score > max) max = score;
    }
    const answer = (scores[target] as number) - max;
    let total = 0;
    for (let c = 0; c < size; c++) {
      const weight = Math.exp((scores[c] as number) - max);
      scores[c] = weight;
      total += weight;
    }
    for (let c = 0; c < size; c++) {
      const error = (scores[c] as number) / total - (c === target ? 1 : 0);
      if (Math.abs(error) >= SMALL_ERROR) this.#addError(from + c, error);
    }
    return Math.log(total) - answer;
  }

  /** A segment's ramp is 1 for every code right of it, hence the running tail. */
  #step(j: number, scale: number, options: { readonly rate: number; readonly l2: number }): void {
    const { monotone: sign, codes } = this.#signals[j] as TrainedSignal;
    const unbiased = 1 - MOMENT ** this.#steps;
    const unbiasedVariance = 1 - VARIANCE ** this.#steps;
    let tail = 0;
    for (let k = (this.#lists.knots[j] as Float32Array).length - 2; k >= 0; k--) {
      const i = j * this.#width + k;
      const delta = this.#delta[i] as number;
      const own = (this.#insideStep[i] as number) / CODE_STEPS;
      const inside = this.#inside[i] as number;
      // A code's value is its own; a ramp's moves all that lies above it.
      const slope = codes === undefined ? tail + own : inside;
      const gradient = slope * scale + options.l2 * delta;
      tail += inside;
      const moment = MOMENT * (this.#moment[i] as number) + (1 - MOMENT) * gradient;
      const variance = VARIANCE * (this.#variance[i] as number) + (1 - VARIANCE) * gradient ** 2;
      this.#moment[i] = moment;
      this.#variance[i] = variance;
      const move = moment / unbiased / (Math.sqrt(variance / unbiasedVariance) + EPSILON);
      const next = delta - options.rate * move;
      this.#delta[i] = sign * next < 0 ? 0 : next;
    }
  }

  /**
   * One step of Adam on a batch of lists.
   *
   * @param batch - List numbers, at least one.
   * @param options - Rate and l2 of this step.
   * @returns The lists' summed loss before the step.
   */
  train(batch: Int32Array, options: { readonly rate: number; readonly l2: number }): number {
    this.#refresh();
    this.#inside.fill(0);
    this.#insideStep.fill(0);
    let loss = 0;
    for (const list of batch) loss += this.#pass(list);
    this.#steps++;
    for (const j of this.#active) this.#step(j, 1 / batch.length, options);
    return loss;
  }

  /**
   * The functions as they are now.
   *
   * @returns A model; signals that took no part have no knots.
   */
  model(): AdditiveModel {
    this.#refresh();
    const isOn = new Set(this.#active);
    const none = new Float32Array(0);
    return {
      names: this.#signals.map(({ name }) => name),
      knots: this.#lists.knots.map((knots, j) => (isOn.has(j) ? knots : none)),
      values: this.#lists.knots.map((knots, j) => {
        if (!isOn.has(j)) return none;
        const from = j * this.#width;
        return Float32Array.from(this.#start.subarray(from, from + knots.length));
      }),
    };
  }
}

/** Shuffles numbers in place (Fisher & Yates). */
function shuffle(order: Int32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = order[i] as number;
    order[i] = order[j] as number;
    order[j] = held;
  }
}

/**
 * Trains the functions on lists of which one candidate each is the answer.
 *
 * Cost per epoch: rows × J; memory beside the lists is negligible.
 *
 * @param lists - L lists, at least one.
 * @param signals - J names with their constraints.
 * @param options - See {@link AdditiveOptions}.
 * @returns The model and its loss curve; the same input gives the same model.
 * @example trainAdditive(lists, SIGNALS, { epochs: 10 }).curve.length // 10
 */
export function trainAdditive(
  lists: EncodedLists,
  signals: readonly TrainedSignal[],
  options: AdditiveOptions = {},
): TrainedAdditive {
  const { epochs = 20, rate = 0.02, l2 = 1e-3, batch = 64, seed = 1 } = options;
  const trainer = new AdditiveTrainer(lists, signals, options.use ?? ((): boolean => true));
  const random = createRandom(seed, 'additive');
  const order = Int32Array.from(lists.targets.keys());
  const curve: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    const step = { rate: rate * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs)), l2 };
    let loss = 0;
    for (let from = 0; from < order.length; from += batch) {
      loss += trainer.train(order.subarray(from, from + batch), step);
    }
    curve.push(loss / order.length);
    if (options.onProgress?.(epoch + 1, loss / order.length) === true) break;
  }
  return { model: trainer.model(), curve };
}
