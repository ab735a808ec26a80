/**
 * Numbers that are being learned, on the host: start, step, running mean.
 *
 * @packageDocumentation
 */
import { drawNormal, type Random } from '../../core/rng.ts';
import { adamStep, createSlot, type Slot, type StepSize } from './adam.ts';
import { type EncoderShape, encoderShapes } from './encoder-shapes.ts';
import type { Block } from './model.ts';

/** Learned numbers at one moment. */
export interface Snapshot {
  /** [R, W] */
  readonly table: Float32Array;
  /** By name. */
  readonly weights: ReadonlyMap<string, Block>;
}

/** Sizes of what is learned. */
export interface LearnerShape {
  readonly encoder: EncoderShape;
  /** R */
  readonly rows: number;
  /** Columns of the head. */
  readonly outputs: number;
  /** Latent dimensions, 0 for none. */
  readonly latent: number;
  /** Whether hidden words are guessed. */
  readonly guesses: boolean;
}

/** Gradients of one step. */
export interface Gradients {
  /** By row of the table. */
  readonly rows: ReadonlyMap<number, Float32Array>;
  /** By name. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** Spread of the table's rows at the start, and how much calmer residual paths start. */
const TABLE_SPREAD = 0.3;
const RESIDUAL_SPREAD = 0.5;

/** The running mean looks back about this many steps, and is brought up to date every few. */
const MEAN_STEPS = 100;
const MEAN_EVERY = 5;

function isFlat(name: string): boolean {
  return name.includes('norm') || name.endsWith('ias');
}

function startOf(name: string, [rows, columns]: readonly [number, number], random: Random): Block {
  const values = new Float32Array(rows * columns);
  if (name.includes('norm')) values.fill(1, 0, columns);
  else if (!isFlat(name)) {
    const isResidual = name.endsWith('.out') || name.endsWith('.down');
    const spread = (isResidual ? RESIDUAL_SPREAD : 1) / Math.sqrt(rows);
    for (let k = 0; k < values.length; k++) values[k] = drawNormal(random) * spread;
  }
  return { rows, columns, values };
}

function shapesOf(shape: LearnerShape): Map<string, readonly [number, number]> {
  const { width } = shape.encoder;
  const shapes = encoderShapes(shape.encoder);
  shapes.set('head', [width, shape.outputs]);
  shapes.set('headBias', [1, shape.outputs]);
  if (shape.guesses) {
    shapes.set('guess', [width, width]);
    shapes.set('guessBias', [1, width]);
  }
  if (shape.latent > 0) {
    shapes.set('latent', [width, shape.latent]);
    shapes.set('latentBias', [1, shape.latent]);
  }
  return shapes;
}

/** Learns by Adam; what it gives is the running mean of its last steps (Polyak, 1992). */
export class Learner {
  readonly #width: number;
  readonly #table: Slot;
  readonly #slots = new Map<string, Slot>();
  readonly #mean: Snapshot;
  /** As they are now, for the next step. */
  readonly current: Snapshot;
  #step = 0;

  /**
   * @param shape - Sizes.
   * @param random - Draws of the start.
   */
  constructor(shape: LearnerShape, random: Random) {
    const { width } = shape.encoder;
    this.#width = width;
    const table = Float32Array.from(
      { length: shape.rows * width },
      () => drawNormal(random) * TABLE_SPREAD,
    );
    const shapes = shapesOf(shape);
    const weights = new Map([...shapes].map(([name, size]) => [name, startOf(name, size, random)]));
    this.#table = createSlot(table);
    for (const [name, { values }] of weights) this.#slots.set(name, createSlot(values));
    this.current = { table, weights };
    this.#mean = copyOf(this.current);
  }

  /**
   * Takes a step.
   *
   * @param gradients - Of the loss.
   * @param size - Rate and decay.
   */
  step(gradients: Gradients, size: Omit<StepSize, 'step'>): void {
    const step = ++this.#step;
    for (const [row, gradient] of gradients.rows) {
      adamStep(this.#table, gradient, row * this.#width, { ...size, step });
    }
    for (const [name, gradient] of gradients.weights) {
      const decay = isFlat(name) ? 0 : size.decay;
      adamStep(this.#slots.get(name) as Slot, gradient, 0, { ...size, decay, step });
    }
    if (step % MEAN_EVERY === 0) this.#follow(step);
  }

  /** @returns A copy of the running mean. */
  snapshot(): Snapshot {
    return copyOf(this.#mean);
  }

  #follow(step: number): void {
    const share = Math.max(MEAN_EVERY / MEAN_STEPS, MEAN_EVERY / (step + MEAN_EVERY));
    pull(this.#mean.table, this.current.table, share);
    for (const [name, { values }] of this.current.weights) {
      pull((this.#mean.weights.get(name) as Block).values, values, share);
    }
  }
}

function pull(mean: Float32Array, current: Float32Array, share: number): void {
  for (let k = 0; k < mean.length; k++) {
    const value = mean[k] as number;
    mean[k] = value + share * ((current[k] as number) - value);
  }
}

function copyOf({ table, weights }: Snapshot): Snapshot {
  return {
    table: table.slice(),
    weights: new Map(
      Array.from(weights, ([name, block]) => [name, { ...block, values: block.values.slice() }]),
    ),
  };
}
