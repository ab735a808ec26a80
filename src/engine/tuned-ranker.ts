/**
 * The pack's ranker with what was learned of one visitor: its functions bent, and one more part
 * `learned`, so that a score is still the sum of its parts and each part has its words.
 *
 * @packageDocumentation
 */
import { capital } from '../core/capital.ts';
import type { Item, LogRecord, ScorePart } from '../core/types.ts';
import type { RankerView } from '../feed/ranker-view.ts';
import { withAffinities } from '../learn/affinities.ts';
import { choicesOf } from '../learn/choices.ts';
import { featureInWords } from '../learn/feature-words.ts';
import { createItemFeatures } from '../learn/item-features.ts';
import { type LearnedScore, learnedScore, tunedModel, type Tuning } from '../learn/tuning.ts';
import type { RankerPack } from '../pack/pack-codec.ts';
import { createPackRanker, type PackRanker, type ViewInput } from './pack-ranker.ts';

/** Name of the part. */
const LEARNED = 'learned';

/** Newest records that affinities are made of. */
const MAX_HISTORY = 1_000;

/** What is said of a candidate that none of the learned features speaks for or against. */
const PLAIN = 'beside what this device has learned of your choices';

/** What was learned, for one list of candidates. */
interface Learned {
  readonly items: readonly Item[];
  /** @returns A score for each, in the light of a log. */
  scoresFor(log: readonly LogRecord[]): readonly LearnedScore[];
}

/** See {@link RankerView}. */
class TunedView implements RankerView {
  readonly knowsVisitor: boolean;
  readonly scores: Float64Array;
  readonly #view: RankerView;
  readonly #learned: Learned;
  readonly #log: readonly LogRecord[];
  readonly #own: readonly LearnedScore[];
  readonly #mean: number;

  constructor(view: RankerView, learned: Learned, log: readonly LogRecord[]) {
    this.#view = view;
    this.#learned = learned;
    this.#log = log;
    const own = learned.scoresFor(log);
    this.#own = own;
    this.#mean = own.reduce((sum, { value }) => sum + value, 0) / Math.max(1, own.length);
    this.knowsVisitor = view.knowsVisitor;
    this.scores = view.scores.map((score, row) => score + this.#valueOf(row));
  }

  /** Beside the mean of the candidates, as all parts of a ranker. */
  #valueOf(row: number): number {
    return (this.#own[row] as LearnedScore).value - this.#mean;
  }

  #wordsOf(row: number): string {
    const { strongest, weakest } = this.#own[row] as LearnedScore;
    const item = this.#learned.items[row] as Item;
    if (this.#valueOf(row) >= 0) {
      return strongest === undefined ? PLAIN : featureInWords(strongest, item);
    }
    // Less than others: what speaks against it, else what it lacks.
    return weakest === undefined
      ? 'less than others here like what you choose'
      : `less than others here: ${featureInWords(weakest, item)}`;
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
    // The weights stay: they rest on all choices, and learning anew takes seconds.
    const rest = this.#log.filter((record) => record.itemId !== itemId);
    return new TunedView(this.#view.without(itemId), this.#learned, rest);
  }
}

/**
 * Makes a ranker of a pack and of what was learned.
 *
 * @param pack - As it came.
 * @param tuning - Gains and weights.
 * @returns Makes the ranker of one list of candidates, which a view's ids must be, with a look-up for
 *   items of the log.
 */
export function tunedRanker(
  pack: RankerPack,
  tuning: Tuning,
): (candidates: readonly Item[], itemOf: (itemId: string) => Item | undefined) => PackRanker {
  const tuned = createPackRanker({ ...pack, ranker: tunedModel(pack.ranker, tuning.gains) });
  return (candidates, itemOf) => {
    const features = createItemFeatures(candidates);
    const learned: Learned = {
      items: candidates,
      scoresFor(log) {
        const choices = choicesOf(log.slice(-MAX_HISTORY));
        const chosen = choices.flatMap(({ itemId }) => itemOf(itemId) ?? []);
        const own = withAffinities(features, chosen);
        return candidates.map((item) => learnedScore(tuning.weights, item, own));
      },
    };
    return {
      ...tuned,
      pack,
      view: (input: ViewInput) => new TunedView(tuned.view(input), learned, input.log),
    };
  };
}
