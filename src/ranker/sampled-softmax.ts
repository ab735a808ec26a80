/**
 * Softmax over the next item and a few random others that a batch shares.
 *
 * @packageDocumentation
 */
import type { Random } from '../core/rng.ts';
import { FIRST_SQUARE, type EmbeddingRows } from './embedding-rows.ts';

/** Settings of {@link SampledSoftmax}. */
export interface SoftmaxSettings {
  /** E. */
  readonly dims: number;
  /** N, items that stand against the next one. */
  readonly negatives: number;
  /** Share of vectors that are composed blank. */
  readonly drop: number;
  /** Adagrad's rate of the biases. */
  readonly rate: number;
}

/** Negatives with less probability push nothing. */
const LEAST_PUSH = 1e-4;

/** Keeps an answer out that was drawn against itself. */
const OUT = -1e9;

/** The items' side: their vectors, their biases, and the drawn negatives of a batch. */
export class SampledSoftmax {
  /** [I] */
  readonly bias: Float32Array;
  readonly #squares: Float32Array;
  readonly #rows: EmbeddingRows;
  readonly #random: Random;
  readonly #settings: SoftmaxSettings;
  readonly #ids: Int32Array;
  readonly #isBlank: Uint8Array;
  /** [N, E] vectors of the negatives and the gradients that they gathered. */
  readonly #vectors: Float32Array;
  readonly #gradients: Float32Array;
  /** [N] probabilities that they gathered. */
  readonly #pushes: Float32Array;
  /** [N + 1] scores, then unnormalised probabilities; the answer stands last. */
  readonly #scores: Float64Array;
  readonly #answer: Float32Array;
  readonly #answerGradient: Float32Array;

  constructor(rows: EmbeddingRows, numItems: number, settings: SoftmaxSettings, random: Random) {
    const { negatives, dims } = settings;
    this.bias = new Float32Array(numItems);
    this.#squares = new Float32Array(numItems).fill(FIRST_SQUARE);
    this.#rows = rows;
    this.#random = random;
    this.#settings = settings;
    this.#ids = new Int32Array(negatives);
    this.#isBlank = new Uint8Array(negatives);
    this.#vectors = new Float32Array(negatives * dims);
    this.#gradients = new Float32Array(negatives * dims);
    this.#pushes = new Float32Array(negatives);
    this.#scores = new Float64Array(negatives + 1);
    this.#answer = new Float32Array(dims);
    this.#answerGradient = new Float32Array(dims);
  }

  /** Draws the negatives of a new batch. */
  draw(): void {
    const { negatives, dims, drop } = this.#settings;
    this.#gradients.fill(0);
    this.#pushes.fill(0);
    for (let j = 0; j < negatives; j++) {
      const item = Math.floor(this.#random() * this.bias.length);
      const isBlank = this.#random() < drop;
      this.#ids[j] = item;
      this.#isBlank[j] = isBlank ? 1 : 0;
      this.#rows.compose(item, this.#vectors, j * dims, isBlank);
    }
  }

  /**
   * Learns from one answer: steps its vector and bias, lets the negatives gather theirs.
   *
   * @param item - The answer.
   * @param query - [E]
   * @param gradient - [E] overwritten with the query's.
   * @returns Loss in nats.
   */
  learn(item: number, query: Float32Array, gradient: Float32Array): number {
    const { dims, drop, negatives } = this.#settings;
    const answer = this.#answer;
    const isBlank = this.#random() < drop;
    this.#rows.compose(item, answer, 0, isBlank);
    const total = this.#score(item, query);
    const probability = (this.#scores[negatives] as number) / total;
    const pull = probability - 1;
    for (let k = 0; k < dims; k++) {
      gradient[k] = pull * (answer[k] as number);
      this.#answerGradient[k] = pull * (query[k] as number);
    }
    this.#push(query, gradient, total);
    this.#rows.update(item, this.#answerGradient, 0, isBlank);
    this.#stepBias(item, pull);
    return -Math.log(Math.max(probability, Number.MIN_VALUE));
  }

  /** Writes exp(score - best) of all and returns their sum. */
  #score(item: number, query: Float32Array): number {
    const { dims, negatives } = this.#settings;
    const scores = this.#scores;
    const vectors = this.#vectors;
    const ids = this.#ids;
    const bias = this.bias;
    let best = bias[item] as number;
    for (let k = 0; k < dims; k++) best += (query[k] as number) * (this.#answer[k] as number);
    scores[negatives] = best;
    for (let j = 0; j < negatives; j++) {
      const id = ids[j] as number;
      const at = j * dims;
      let score = bias[id] as number;
      for (let k = 0; k < dims; k++) score += (query[k] as number) * (vectors[at + k] as number);
      if (id === item) score = OUT;
      scores[j] = score;
      if (score > best) best = score;
    }
    let total = 0;
    for (let j = 0; j <= negatives; j++) {
      const odds = Math.exp((scores[j] as number) - best);
      scores[j] = odds;
      total += odds;
    }
    return total;
  }

  /** Adds the negatives' gradients to the query's and to their own. */
  #push(query: Float32Array, gradient: Float32Array, total: number): void {
    const { dims, negatives } = this.#settings;
    const vectors = this.#vectors;
    const gradients = this.#gradients;
    for (let j = 0; j < negatives; j++) {
      const share = (this.#scores[j] as number) / total;
      if (share < LEAST_PUSH) continue;
      this.#pushes[j] = (this.#pushes[j] as number) + share;
      const at = j * dims;
      for (let k = 0; k < dims; k++) {
        gradient[k] = (gradient[k] as number) + share * (vectors[at + k] as number);
        gradients[at + k] = (gradients[at + k] as number) + share * (query[k] as number);
      }
    }
  }

  #stepBias(item: number, slope: number): void {
    const squares = (this.#squares[item] as number) + slope * slope;
    this.#squares[item] = squares;
    const step = (this.#settings.rate * slope) / Math.sqrt(squares);
    this.bias[item] = (this.bias[item] as number) - step;
  }

  /** Steps the negatives against what they gathered since {@link SampledSoftmax.draw}. */
  flush(): void {
    const { dims, negatives } = this.#settings;
    for (let j = 0; j < negatives; j++) {
      const push = this.#pushes[j] as number;
      if (push === 0) continue;
      const item = this.#ids[j] as number;
      this.#rows.update(item, this.#gradients, j * dims, this.#isBlank[j] === 1);
      this.#stepBias(item, push);
    }
  }
}
