/**
 * Signals from what models say of items: synthetic scores with latent dimensions, and segments.
 *
 * `generated.long` and `generated.last`: cosine of the candidate's scores with those of the
 * recency-weighted history and of its last step. `segments.long` and `segments.last`: the
 * candidate's share in each segment times the history's, summed.
 *
 * @packageDocumentation
 */
import { recencyOf, type HistoryState } from './history-state.ts';
import type { Signal, SignalFamily } from './signal.ts';
import type { ItemContent, SignalModel } from './types.ts';

/** Segments that an item can belong to. */
export const MOST_SEGMENTS = 3;

/** Signals in the order in which they are written. */
export const CONTENT_SIGNALS: readonly Signal[] = [
  {
    name: 'generated.long',
    monotone: 1,
    inWords: 'of the character of what you usually look at, such as {item}',
  },
  { name: 'generated.last', monotone: 1, inWords: 'of the same character as {item}' },
  {
    name: 'segments.long',
    monotone: 1,
    inWords: 'made for the same people as what you usually look at, such as {item}',
  },
  { name: 'segments.last', monotone: 1, inWords: 'made for the same people as {item}' },
];

/**
 * Inner product of two items' scores, a cosine where both have any.
 *
 * @param content - Of the catalog.
 * @param a - Item row.
 * @param b - Item row.
 * @returns In [-1, 1]; 0 when either has none.
 */
export function generatedCosine(content: ItemContent, a: number, b: number): number {
  const { dims, generated } = content;
  let sum = 0;
  for (let k = 0; k < dims; k++) {
    sum += (generated[a * dims + k] as number) * (generated[b * dims + k] as number);
  }
  return sum;
}

/**
 * How much two items are of the same segments.
 *
 * @param content - Of the catalog.
 * @param a - Item row.
 * @param b - Item row.
 * @returns Σ over segments of share × share, in [0, 1].
 */
export function sharedSegments(content: ItemContent, a: number, b: number): number {
  const { segments, shares } = content;
  let sum = 0;
  for (let i = a * MOST_SEGMENTS; i < (a + 1) * MOST_SEGMENTS; i++) {
    for (let j = b * MOST_SEGMENTS; j < (b + 1) * MOST_SEGMENTS; j++) {
      const isSame = (segments[i] ?? -1) >= 0 && segments[i] === segments[j];
      if (isSame) sum += (shares[i] as number) * (shares[j] as number);
    }
  }
  return sum;
}

function scale(values: Float64Array, factor: number): void {
  for (let k = 0; k < values.length; k++) values[k] = (values[k] as number) * factor;
}

/** A part of the history: the whole, or its last step. */
class ContentSum {
  /** [G] */
  readonly generated: Float64Array;
  /** [S] */
  readonly affinity: Float64Array;
  readonly #content: ItemContent;
  #total = 0;

  constructor(content: ItemContent) {
    this.#content = content;
    this.generated = new Float64Array(content.dims);
    this.affinity = new Float64Array(content.numSegments);
  }

  add(item: number, weight: number): void {
    const { dims, generated, segments, shares } = this.#content;
    this.#total += weight;
    for (let k = 0; k < dims; k++) {
      const value = weight * (generated[item * dims + k] as number);
      this.generated[k] = (this.generated[k] as number) + value;
    }
    for (let i = item * MOST_SEGMENTS; i < (item + 1) * MOST_SEGMENTS; i++) {
      const segment = segments[i] ?? -1;
      if (segment < 0) continue;
      const share = weight * (shares[i] as number);
      this.affinity[segment] = (this.affinity[segment] as number) + share;
    }
  }

  /** Scores to unit length; affinities to shares of the weight. */
  finish(): void {
    const length = Math.sqrt(this.generated.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) scale(this.generated, 1 / length);
    if (this.#total > 0) scale(this.affinity, 1 / this.#total);
  }

  clear(): void {
    this.generated.fill(0);
    this.affinity.fill(0);
    this.#total = 0;
  }

  cosine(candidate: number): number {
    const { dims, generated } = this.#content;
    let sum = 0;
    for (let k = 0; k < dims; k++) {
      sum += (generated[candidate * dims + k] as number) * (this.generated[k] as number);
    }
    return sum;
  }

  fit(candidate: number): number {
    const { segments, shares } = this.#content;
    let sum = 0;
    for (let i = candidate * MOST_SEGMENTS; i < (candidate + 1) * MOST_SEGMENTS; i++) {
      const segment = segments[i] ?? -1;
      if (segment >= 0) sum += (shares[i] as number) * (this.affinity[segment] as number);
    }
    return sum;
  }
}

const NOTHING: ItemContent = {
  dims: 0,
  generated: new Float32Array(0),
  numSegments: 0,
  segments: new Int32Array(0),
  shares: new Float32Array(0),
};

/**
 * Cost per candidate: 2·G products and 3 look-ups. Scratch: 2·(G + S) numbers, allocated once.
 *
 * @param model - Its content; without any the signals are 0.
 * @returns The family that writes {@link CONTENT_SIGNALS}.
 */
export function createContentSignals(model: SignalModel): SignalFamily {
  const { content = NOTHING } = model;
  const long = new ContentSum(content);
  const last = new ContentSum(content);
  return {
    begin({ items, step, from, length, end }: HistoryState) {
      for (let p = from; p < length; p++) {
        const age = end - (step[p] as number);
        long.add(items[p] as number, recencyOf(age));
        if (age === 0) last.add(items[p] as number, 1);
      }
      long.finish();
      last.finish();
    },
    write(candidate, out, at) {
      out[at] = long.cosine(candidate);
      out[at + 1] = last.cosine(candidate);
      out[at + 2] = long.fit(candidate);
      out[at + 3] = last.fit(candidate);
    },
    end() {
      long.clear();
      last.clear();
    },
  };
}
