/**
 * Sequence embeddings: score(t | history) = bias_t + ⟨q, V_t⟩ with q = Σ w(age)·U_h / (Σ w)^α.
 *
 * A sum over the history, so that every share is explained by one item looked at. Trained with a
 * softmax over the next item and random others, Adagrad, own vectors left out at random.
 * After FISM (Kabbur et al. 2013) and FPMC (Rendle et al. 2010).
 *
 * @packageDocumentation
 */
import { createRandom, type Random } from '../core/rng.ts';
import { EmbeddingRows } from './embedding-rows.ts';
import type { OnProgress } from './progress.ts';
import { SampledSoftmax } from './sampled-softmax.ts';
import type { Attributes, Sequence, SequenceEmbedding } from './types.ts';

/** Steps with a weight of their own; older ones share the last. */
const MAX_AGES = 1024;

/** Settings of {@link trainEmbedding}; the defaults were chosen on validation answers. */
export interface EmbeddingOptions {
  /** Same seed, same embedding; default 1. */
  readonly seed?: number;
  /** E, default 48. */
  readonly dims?: number;
  /** Passes over the sequences, default 8. */
  readonly epochs?: number;
  /** Random items that stand against each answer, default 128. */
  readonly negatives?: number;
  /** Interactions at least that share the random items, default 96. */
  readonly batch?: number;
  /** Adagrad's rate, default 0.1. */
  readonly rate?: number;
  /** L2 penalty, default 1e-4. */
  readonly penalty?: number;
  /** Share of items that are shown by their attributes alone, in [0, 1]; default 0.2. */
  readonly drop?: number;
  /** α in [0, 1], default 0.5: half-way between sum and mean. */
  readonly alpha?: number;
  /** w(age) = (1 + age)^-ageDecay, age in steps; default 0.5. */
  readonly ageDecay?: number;
  /** Latest interactions that make the query, default 30. */
  readonly history?: number;
  /** Answers of one sequence in one pass, default 90. */
  readonly maxTargets?: number;
  /**
   * Called after each pass, from 0, with the mean loss in nats; `snapshot` copies the embedding.
   * Return true to stop.
   */
  readonly onEpoch?:
    | ((epoch: number, loss: number, snapshot: () => SequenceEmbedding) => boolean)
    | undefined;
  /** Told how many sequences of all passes are done; jumps to the end when stopped. */
  readonly onProgress?: OnProgress | undefined;
}

type Settings = Required<Omit<EmbeddingOptions, 'onEpoch' | 'onProgress'>>;

const DEFAULTS: Settings = {
  seed: 1,
  dims: 48,
  epochs: 8,
  negatives: 128,
  batch: 96,
  rate: 0.1,
  penalty: 1e-4,
  drop: 0.2,
  alpha: 0.5,
  ageDecay: 0.5,
  history: 30,
  maxTargets: 90,
};

/** A stretch of a sequence whose vectors lie at `offset` … of the batch. */
interface Stretch {
  readonly sequence: Sequence;
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

class EmbeddingTrainer {
  readonly #settings: Settings;
  readonly #random: Random;
  readonly #rows: EmbeddingRows;
  readonly #targets: EmbeddingRows;
  readonly #softmax: SampledSoftmax;
  readonly #ageWeight: Float32Array;
  /** [batch + longest stretch, E] vectors of a batch's interactions, and their gradients. */
  readonly #vectors: Float32Array;
  readonly #gradients: Float32Array;
  readonly #isBlank: Uint8Array;
  readonly #query: Float32Array;
  readonly #queryGradient: Float32Array;
  #loss = 0;
  #answers = 0;

  constructor(attributes: Attributes, numItems: number, settings: Settings) {
    const { dims, history, batch, maxTargets, seed, ageDecay } = settings;
    const places = batch + maxTargets + history;
    this.#settings = settings;
    this.#random = createRandom(seed, 'sequence-embedding');
    this.#rows = new EmbeddingRows(attributes, numItems, settings, this.#random);
    this.#targets = new EmbeddingRows(attributes, numItems, settings, this.#random);
    this.#softmax = new SampledSoftmax(this.#targets, numItems, settings, this.#random);
    this.#ageWeight = Float32Array.from({ length: MAX_AGES }, (_, age) => (1 + age) ** -ageDecay);
    this.#vectors = new Float32Array(places * dims);
    this.#gradients = new Float32Array(places * dims);
    this.#isBlank = new Uint8Array(places);
    this.#query = new Float32Array(dims);
    this.#queryGradient = new Float32Array(dims);
  }

  /** One pass; returns the mean loss. */
  runEpoch(sequences: Sequence[], onSequence: (done: number) => void): number {
    this.#shuffle(sequences);
    this.#loss = 0;
    this.#answers = 0;
    for (let at = 0; at < sequences.length;) {
      const group: Stretch[] = [];
      for (let filled = 0; at < sequences.length && filled < this.#settings.batch; at++) {
        const stretch = this.#cut(sequences[at] as Sequence, filled);
        group.push(stretch);
        filled += stretch.to - stretch.from;
      }
      this.#runBatch(group);
      onSequence(at);
    }
    return this.#loss / Math.max(1, this.#answers);
  }

  /** Fisher & Yates. */
  #shuffle(sequences: Sequence[]): void {
    for (let i = sequences.length - 1; i > 0; i--) {
      const j = Math.floor(this.#random() * (i + 1));
      const held = sequences[i] as Sequence;
      sequences[i] = sequences[j] as Sequence;
      sequences[j] = held;
    }
  }

  /** A random stretch of a long sequence, all of a short one. */
  #cut(sequence: Sequence, offset: number): Stretch {
    const { length } = sequence.items;
    const span = Math.min(length, this.#settings.maxTargets + this.#settings.history);
    const from = length > span ? Math.floor(this.#random() * (length - span + 1)) : 0;
    return { sequence, from, to: from + span, offset };
  }

  #runBatch(group: readonly Stretch[]): void {
    const { dims, drop } = this.#settings;
    for (const { sequence, from, to, offset } of group) {
      for (let p = from; p < to; p++) {
        const place = offset + p - from;
        const isBlank = this.#random() < drop;
        this.#isBlank[place] = isBlank ? 1 : 0;
        this.#rows.compose(sequence.items[p] as number, this.#vectors, place * dims, isBlank);
      }
    }
    this.#gradients.fill(0);
    this.#softmax.draw();
    for (const stretch of group) this.#learnStretch(stretch);
    this.#softmax.flush();
    for (const { sequence, from, to, offset } of group) {
      for (let p = from; p < to; p++) {
        const place = offset + p - from;
        const isBlank = this.#isBlank[place] === 1;
        this.#rows.update(sequence.items[p] as number, this.#gradients, place * dims, isBlank);
      }
    }
  }

  #learnStretch(stretch: Stretch): void {
    const { sequence, from, to } = stretch;
    const { items, step } = sequence;
    const { history } = this.#settings;
    // A stretch from the middle of a sequence first collects a history.
    const first = from === 0 ? 1 : from + Math.min(history, (to - from) >> 1);
    for (let p = first; p < to; p++) {
      const low = Math.max(from, p - history);
      let high = p;
      // What happens at one time does not predict itself.
      while (high > low && step[high - 1] === step[p]) high--;
      if (high === low) continue;
      const norm = this.#writeQuery(stretch, low, high);
      this.#loss += this.#softmax.learn(items[p] as number, this.#query, this.#queryGradient);
      this.#answers++;
      this.#spreadGradient(stretch, low, high, norm);
    }
  }

  #weightOf(step: Int32Array, p: number, end: number): number {
    return this.#ageWeight[Math.min(MAX_AGES - 1, end - (step[p] as number))] as number;
  }

  /** Writes q of the interactions low … high; returns 1 / (Σ w)^α. */
  #writeQuery({ sequence, from, offset }: Stretch, low: number, high: number): number {
    const { dims, alpha } = this.#settings;
    const { step } = sequence;
    const vectors = this.#vectors;
    const query = this.#query;
    const end = step[high - 1] as number;
    let total = 0;
    query.fill(0);
    for (let p = low; p < high; p++) {
      const weight = this.#weightOf(step, p, end);
      const at = (offset + p - from) * dims;
      total += weight;
      for (let k = 0; k < dims; k++) {
        query[k] = (query[k] as number) + weight * (vectors[at + k] as number);
      }
    }
    const norm = total ** -alpha;
    for (let k = 0; k < dims; k++) query[k] = (query[k] as number) * norm;
    return norm;
  }

  /** Hands the query's gradient back to the interactions that made it. */
  #spreadGradient(stretch: Stretch, low: number, high: number, norm: number): void {
    const { dims } = this.#settings;
    const { step } = stretch.sequence;
    const gradients = this.#gradients;
    const gradient = this.#queryGradient;
    const end = step[high - 1] as number;
    for (let p = low; p < high; p++) {
      const weight = this.#weightOf(step, p, end) * norm;
      const at = (stretch.offset + p - stretch.from) * dims;
      for (let k = 0; k < dims; k++) {
        gradients[at + k] = (gradients[at + k] as number) + weight * (gradient[k] as number);
      }
    }
  }

  /** The embedding as it is now. */
  snapshot(): SequenceEmbedding {
    const { dims, alpha, history } = this.#settings;
    return {
      dims,
      source: this.#rows.toMatrix(),
      target: this.#targets.toMatrix(),
      bias: this.#softmax.bias.slice(),
      ageWeight: this.#ageWeight,
      alpha,
      history,
    };
  }
}

/**
 * Trains a sequence embedding.
 *
 * Cost: O(epochs · interactions · (negatives + history) · E), memory O((I + A)·E).
 *
 * @param sequences - One per visitor; only what may be learned from. Those of one item teach nothing.
 * @param attributes - Of the I items; may be empty.
 * @param numItems - I.
 * @param options - Settings.
 * @returns The embedding after the last pass. Without any pair it is random and small.
 */
export function trainEmbedding(
  sequences: readonly Sequence[],
  attributes: Attributes,
  numItems: number,
  options: EmbeddingOptions = {},
): SequenceEmbedding {
  const { onEpoch, onProgress, ...given } = options;
  const settings: Settings = { ...DEFAULTS, ...given };
  const trainer = new EmbeddingTrainer(attributes, numItems, settings);
  const order = sequences.filter(({ items }) => items.length > 1);
  const total = settings.epochs * order.length;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const before = epoch * order.length;
    const loss = trainer.runEpoch(order, (done) => onProgress?.(before + done, total));
    if (onEpoch?.(epoch, loss, () => trainer.snapshot()) === true) break;
  }
  onProgress?.(total, total);
  return trainer.snapshot();
}
