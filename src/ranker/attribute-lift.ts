/**
 * How much more often than by chance one attribute follows another in visitors' sequences.
 *
 * @packageDocumentation
 */
import { everySteps, type OnProgress } from './progress.ts';
import type { Attributes, Sequence } from './types.ts';

/** Settings of {@link attributeLift}. */
export interface LiftOptions {
  /** Fading per step between the two, in (0, 1]; default 0.8. */
  readonly decay?: number;
  /** Pairs by chance that are added to both sides, above 0; default 20. */
  readonly shrink?: number;
  /** Places between the two at most; default 20. */
  readonly reach?: number;
  /** Told how many sequences are done. */
  readonly onProgress?: OnProgress | undefined;
}

/** Steps after which the fading stands still. */
const MAX_AGE = 511;

/** Sums of weighted pairs: [A, A] and their margins. */
class PairSums {
  readonly pairs: Float32Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  total = 0;
  readonly #attributes: Attributes;

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
    this.pairs = new Float32Array(attributes.count * attributes.count);
    this.from = new Float64Array(attributes.count);
    this.to = new Float64Array(attributes.count);
  }

  /** Counts item p of a sequence after those before it. */
  addAfter({ items, step }: Sequence, p: number, reach: number, fading: Float64Array): void {
    const item = items[p] as number;
    for (let q = Math.max(0, p - reach); q < p; q++) {
      const before = items[q] as number;
      if (before === item) continue;
      const age = Math.max(0, (step[p] as number) - (step[q] as number) - 1);
      this.#addPair(before, item, fading[Math.min(MAX_AGE, age)] as number);
    }
  }

  /** Counts that item j came after item i. */
  #addPair(i: number, j: number, share: number): void {
    const { count, pointers, index, weight } = this.#attributes;
    const { pairs, from, to } = this;
    const start = pointers[j] as number;
    const end = pointers[j + 1] as number;
    for (let e = pointers[i] as number; e < (pointers[i + 1] as number); e++) {
      const a = index[e] as number;
      const row = a * count;
      const outer = share * (weight[e] as number);
      for (let f = start; f < end; f++) {
        const b = index[f] as number;
        const product = outer * (weight[f] as number);
        pairs[row + b] = (pairs[row + b] as number) + product;
        from[a] = (from[a] as number) + product;
        to[b] = (to[b] as number) + product;
        this.total += product;
      }
    }
  }
}

/** Turns sums into log-lifts, in place. */
function toLogLift({ pairs, from, to, total }: PairSums, shrink: number): Float32Array {
  const count = from.length;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const chance = total > 0 ? ((from[a] as number) * (to[b] as number)) / total : 0;
      const seen = pairs[a * count + b] as number;
      pairs[a * count + b] = chance > 0 ? Math.log((seen + shrink) / (chance + shrink)) : 0;
    }
  }
  return pairs;
}

/**
 * Learns log-lifts between attributes: ln((seen + shrink) / (by chance + shrink)), where each pair
 * of an earlier and a later item of one visitor counts its attributes' weights, faded by
 * decay^(steps between).
 *
 * Cost: O(interactions · reach · a²) with a attributes per item, and 4·A² bytes.
 *
 * @param sequences - One per visitor; only what may be learned from.
 * @param attributes - Of the items.
 * @param options - Settings.
 * @returns [A, A] of b (column) after a (row); 0 where nothing was seen.
 */
export function attributeLift(
  sequences: readonly Sequence[],
  attributes: Attributes,
  options: LiftOptions = {},
): Float32Array {
  const { decay = 0.8, shrink = 20, reach = 20 } = options;
  const fading = Float64Array.from({ length: MAX_AGE + 1 }, (_, age) => decay ** age);
  const sums = new PairSums(attributes);
  const progress = everySteps(options.onProgress, sequences.length);
  for (const [s, sequence] of sequences.entries()) {
    for (let p = 1; p < sequence.items.length; p++) sums.addAfter(sequence, p, reach, fading);
    progress(s + 1);
  }
  return toLogLift(sums, shrink);
}
