/**
 * The pack's ranker with what was learned of one visitor: its functions bent, and one more part
 * `learned`, so that a score is still the sum of its parts and each part has its words.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { Item, ScorePart } from '../core/types.ts';
import type { RankerView } from '../feed/ranker-view.ts';
import { createItemFeatures, featureInWords } from '../learn/item-features.ts';
import { type LearnedScore, learnedScore, tunedModel, type Tuning } from '../learn/tuning.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { createPackRanker, type PackRanker, type ViewInput } from './pack-ranker.ts';

/** Name of the part. */
const LEARNED = 'learned';

/** What is said of a candidate that none of the learned features speaks for or against. */
const PLAIN = 'beside what this device has learned of your choices';

/** See {@link RankerView}. */
class TunedView implements RankerView {
  readonly knowsVisitor: boolean;
  readonly scores: Float64Array;
  readonly #view: RankerView;
  readonly #learned: readonly LearnedScore[];
  readonly #mean: number;

  constructor(view: RankerView, learned: readonly LearnedScore[]) {
    this.#view = view;
    this.#learned = learned;
    this.#mean = learned.reduce((sum, { value }) => sum + value, 0) / Math.max(1, learned.length);
    this.knowsVisitor = view.knowsVisitor;
    this.scores = view.scores.map((score, row) => score + this.#valueOf(row));
  }

  /** Beside the mean of the candidates, as all parts of a ranker. */
  #valueOf(row: number): number {
    return (this.#learned[row] as LearnedScore).value - this.#mean;
  }

  #wordsOf(row: number): string {
    const { strongest, weakest } = this.#learned[row] as LearnedScore;
    if (this.#valueOf(row) >= 0) return strongest === undefined ? PLAIN : featureInWords(strongest);
    // Less than others: what speaks against it, else what it lacks.
    return weakest === undefined
      ? 'less than others here like what you choose'
      : `less than others here: ${featureInWords(weakest)}`;
  }

  /** Whether this part says more for a candidate than any of the pack's. */
  #leads(row: number): boolean {
    const own = this.#valueOf(row);
    return own > 0 && this.#view.parts(row).every(({ value }) => value < own);
  }

  parts(row: number): readonly ScorePart[] {
    const value = this.#valueOf(row);
    const parts = this.#view.parts(row);
    return value === 0 ? parts : [...parts, { name: LEARNED, value }];
  }

  words(row: number): ReadonlyMap<string, string> {
    return new Map(this.#view.words(row)).set(LEARNED, this.#wordsOf(row));
  }

  reason(row: number): string | undefined {
    if (!this.#leads(row)) return this.#view.reason(row);
    return `${capital(this.#wordsOf(row))}.`;
  }

  sourceOf(row: number): string | undefined {
    return this.#view.sourceOf(row);
  }

  without(itemId: string): RankerView {
    // What was learned stays: it rests on all choices, and learning anew takes seconds.
    return new TunedView(this.#view.without(itemId), this.#learned);
  }
}

/**
 * Makes a ranker of a pack and of what was learned.
 *
 * @param pack - As it came.
 * @param tuning - Gains and weights.
 * @returns Makes the ranker of one list of candidates, which a view's ids must be.
 */
export function tunedRanker(
  pack: RankerPack,
  tuning: Tuning,
): (candidates: readonly Item[]) => PackRanker {
  const tuned = createPackRanker({ ...pack, ranker: tunedModel(pack.ranker, tuning.gains) });
  return (candidates) => {
    const features = createItemFeatures(candidates);
    const learned = candidates.map((item) => learnedScore(tuning.weights, item, features));
    return {
      ...tuned,
      pack,
      view: (input: ViewInput) => new TunedView(tuned.view(input), learned),
    };
  };
}
