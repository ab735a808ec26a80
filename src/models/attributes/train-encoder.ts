/**
 * Trains an encoder with a head: on words hidden at random, so that no single word is relied on;
 * beside the head it guesses a hidden word, and learns latent dimensions by contrast.
 *
 * @packageDocumentation
 */
import { createRandom, type Random } from '../../core/rng.ts';
import { gatherBatch, scatterRows } from './batch.ts';
import { drawBatches } from './draw-batches.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import { Learner, type Snapshot } from './learner.ts';
import {
  hiddenRows,
  rowsOf,
  type TokenRows,
  tokenRows,
  type Vocabulary,
  type Word,
} from './text-tokens.ts';
import { type Guesses, type HeadTargets, type RunJob, trainingStep } from './training-step.ts';

/** What is learned from. */
export interface TrainingData {
  /** Words of each text, at least one each. */
  readonly texts: readonly (readonly Word[])[];
  /** Rows of `texts` that are learned from; the rest is held out. */
  readonly rows: readonly number[];
  /** @returns What the head should say of these rows. */
  targetsOf(rows: readonly number[]): HeadTargets;
  /** Columns of the head. */
  readonly outputs: number;
  /** Rows that belong with each row, such as items engaged together; itself when there are none. */
  readonly partnersOf?: (row: number) => readonly number[];
}

/** How it is learned. */
export interface TrainEncoderOptions {
  /** The device's, with gradients registered. */
  readonly run: RunJob;
  readonly shape: EncoderShape;
  readonly vocabulary: Vocabulary;
  /** Latent dimensions, 0 for none. */
  readonly latent: number;
  /** Whether hidden words are guessed. */
  readonly guesses: boolean;
  /** Passes at most. */
  readonly epochs: number;
  /** Texts per step. */
  readonly batchSize: number;
  /** Share of words that are hidden. */
  readonly hidden: number;
  readonly seed: number;
  /**
   * Judges the held-out texts after each pass; the best snapshot is kept, and training ends after
   * two passes without a better one.
   */
  readonly judge: (snapshot: Snapshot) => Promise<number>;
  /** Told after each step. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A trained encoder. */
export interface TrainedEncoder {
  readonly snapshot: Snapshot;
  /** What `judge` gave, by pass. */
  readonly judged: readonly number[];
  /** Mean loss by pass. */
  readonly losses: readonly number[];
}

const RATE = 3e-3;
const DECAY = 0.02;
const WARM_UP = 100;
const PATIENCE = 2;

/** A batch's words, some of them hidden. */
interface Drawn {
  readonly texts: TokenRows[][];
  /** Table row of a hidden word by text, -1 for none. */
  readonly asked: number[];
}

/** A token as it is, and hidden. */
interface Views {
  readonly seen: TokenRows;
  readonly unseen: TokenRows;
}

type Prepared = readonly (readonly Views[])[];

/** A long text is learned from in windows: attention costs the square of the length. */
const WINDOW = 32;

function windowOf<T>(tokens: readonly T[], random: Random): readonly T[] {
  if (tokens.length <= WINDOW) return tokens;
  const start = Math.floor(random() * (tokens.length - WINDOW + 1));
  return tokens.slice(start, start + WINDOW);
}

function draw(rows: readonly number[], texts: Prepared, share: number, random: Random): Drawn {
  const asked: number[] = [];
  const drawn = rows.map((row) => {
    let own = -1;
    const tokens = windowOf(texts[row] as readonly Views[], random).map(({ seen, unseen }) => {
      if (random() >= share) return seen;
      if (own < 0) own = seen.word;
      return unseen;
    });
    asked.push(own);
    return tokens;
  });
  return { texts: drawn, asked };
}

/** Equal words of two texts are both right. */
function matches(keys: readonly number[]): Float32Array {
  const size = keys.length;
  const targets = new Float32Array(size * size);
  for (const [n, key] of keys.entries()) {
    if (key < 0) continue;
    const same = keys.filter((other) => other === key).length;
    for (const [m, other] of keys.entries()) if (other === key) targets[n * size + m] = 1 / same;
  }
  return targets;
}

function guessesOf(asked: readonly number[], table: Float32Array, width: number): Guesses {
  const rows = new Float32Array(asked.length * width);
  for (const [n, row] of asked.entries()) {
    if (row >= 0) rows.set(table.subarray(row * width, (row + 1) * width), n * width);
  }
  return { rows, targets: matches(asked) };
}

/** Adds the gradient of the hidden words' rows to that of the tokens' rows. */
function addGuesses(
  byRow: Map<number, Float32Array>,
  asked: readonly number[],
  gradient: Float32Array,
  width: number,
): void {
  for (const [n, row] of asked.entries()) {
    if (row < 0) continue;
    const own = gradient.subarray(n * width, (n + 1) * width);
    const sum = byRow.get(row);
    if (sum === undefined) byRow.set(row, own.slice());
    else for (let w = 0; w < width; w++) sum[w] = (sum[w] as number) + (own[w] as number);
  }
}

/** Half a cosine, after a short warm-up. */
function rateAt(step: number, steps: number): number {
  const warm = Math.min(1, step / Math.min(WARM_UP, steps / 4));
  return RATE * warm * (0.5 + 0.5 * Math.cos((Math.PI * step) / (steps + 1)));
}

class Trainer {
  readonly #data: TrainingData;
  readonly #options: TrainEncoderOptions;
  readonly #prepared: Prepared;
  readonly #random: Random;
  readonly learner: Learner;

  constructor(data: TrainingData, options: TrainEncoderOptions) {
    const { guesses, latent, seed, shape, vocabulary } = options;
    this.#data = data;
    this.#options = options;
    const known = new Map<string, TokenRows>();
    const rowsOfWord = (word: Word): TokenRows => {
      const key = `${word.field} ${word.place} ${word.text}`;
      let rows = known.get(key);
      if (rows === undefined) known.set(key, (rows = tokenRows(word, vocabulary)));
      return rows;
    };
    this.#prepared = data.texts.map((words) =>
      words.map((word) => ({ seen: rowsOfWord(word), unseen: hiddenRows(word) })),
    );
    this.#random = createRandom(seed, 'attribute training');
    const { outputs } = data;
    const sizes = { encoder: shape, rows: rowsOf(vocabulary), outputs, latent, guesses };
    this.learner = new Learner(sizes, createRandom(seed, 'attribute start'));
  }

  /** Rows of one pass; with latent dimensions each batch holds two views of each item. */
  batches(): number[][] {
    const { batchSize, latent } = this.#options;
    const lengths = this.#prepared.map((tokens) => Math.min(WINDOW, tokens.length));
    const size = latent > 0 ? Math.max(1, batchSize >> 1) : batchSize;
    const batches = drawBatches(this.#data.rows, lengths, size, this.#random);
    if (latent === 0) return batches;
    return batches.map((rows) => [...rows, ...rows.map((row) => this.#partnerOf(row))]);
  }

  #partnerOf(row: number): number {
    const partners = this.#data.partnersOf?.(row) ?? [];
    return partners[Math.floor(this.#random() * partners.length)] ?? row;
  }

  /** One step; gives its loss. */
  async step(rows: readonly number[], rate: number): Promise<number> {
    const { guesses: wantsGuesses, hidden, latent, run, shape } = this.#options;
    const { current } = this.learner;
    const drawn = draw(rows, this.#prepared, hidden, this.#random);
    const batch = gatherBatch(drawn.texts, current.table, shape.width);
    const guesses = wantsGuesses ? guessesOf(drawn.asked, current.table, shape.width) : null;
    const half = rows.slice(0, rows.length / 2);
    const input = {
      batch,
      head: this.#data.targetsOf(rows),
      guesses,
      same: latent > 0 ? matches(half) : null,
    };
    const found = await trainingStep(run, input, current.weights, shape);
    const byRow = scatterRows(batch, found.tokens, shape.width);
    if (found.guesses !== null) addGuesses(byRow, drawn.asked, found.guesses, shape.width);
    this.learner.step({ rows: byRow, weights: found.weights }, { rate, decay: DECAY });
    return found.loss;
  }
}

/**
 * Trains an encoder.
 *
 * @param data - See {@link TrainingData}.
 * @param options - See {@link TrainEncoderOptions}.
 * @returns The best snapshot; the same input gives the same one on the same device.
 */
export async function trainEncoder(
  data: TrainingData,
  options: TrainEncoderOptions,
): Promise<TrainedEncoder> {
  const { epochs, judge, onProgress } = options;
  const trainer = new Trainer(data, options);
  const judged: number[] = [];
  const losses: number[] = [];
  let best = trainer.learner.snapshot();
  let bestPass = 0;
  let done = 0;
  for (let pass = 0; pass < epochs; pass++) {
    const batches = trainer.batches();
    const total = epochs * batches.length;
    let sum = 0;
    for (const rows of batches) {
      sum += await trainer.step(rows, rateAt(++done, total));
      onProgress?.(done, total);
    }
    losses.push(sum / batches.length);
    const snapshot = trainer.learner.snapshot();
    judged.push(await judge(snapshot));
    if ((judged[pass] as number) >= Math.max(...judged)) {
      best = snapshot;
      bestPass = pass;
    }
    if (pass - bestPass >= PATIENCE) break;
  }
  onProgress?.(1, 1);
  return { snapshot: best, judged, losses };
}
