/**
 * What is learned of one visitor, and how it changes the pack's ranker: a gain for each of its
 * functions, and a weight for each of some named features. Both are bounded.
 *
 * A gain g turns the function f into (1 + g)·f: values at knots move together, so that sixty
 * choices can tell (a value of its own for each knot cannot be learned from so few), and "never
 * falls" stays true for g ≥ −1.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import type { AdditiveModel } from '../ranker/types.ts';
import type { ItemFeatures } from './item-features.ts';

/** What was learned. */
export interface Tuning {
  /** By signal name, −0.8 … 1.5. */
  readonly gains: ReadonlyMap<string, number>;
  /** By feature name, −3 … 3, in logits. */
  readonly weights: ReadonlyMap<string, number>;
}

/** How far a gain may go: a function never turns round. */
export const GAIN_BOUNDS = { least: -0.8, most: 1.5 } as const;

/** How far a weight may go either way. */
export const MAX_WEIGHT = 3;

/**
 * The pack's functions as this visitor's choices bend them.
 *
 * @param ranker - The pack's.
 * @param gains - By signal name; a signal that is not named stays as it is.
 * @returns A model with the same knots and new values.
 */
export function tunedModel(
  ranker: AdditiveModel,
  gains: ReadonlyMap<string, number>,
): AdditiveModel {
  const values = ranker.values.map((list, j) => {
    const gain = gains.get(ranker.names[j] as string) ?? 0;
    return gain === 0 ? list : list.map((value) => value * (1 + gain));
  });
  return { names: ranker.names, knots: ranker.knots, values };
}

/** What the weights say of an item. */
export interface LearnedScore {
  /** Σ weight × value, in logits. */
  readonly value: number;
  /** Name of the feature that speaks most for the item; undefined when none does. */
  readonly strongest: string | undefined;
  /** Name of the feature that speaks most against it. */
  readonly weakest: string | undefined;
}

/**
 * Scores an item by the learned weights.
 *
 * @param weights - By feature name.
 * @param item - Any.
 * @param features - Of the list.
 * @returns Sum and reasons; 0 for an item with no feature that was learned of.
 */
export function learnedScore(
  weights: Tuning['weights'],
  item: Item,
  features: ItemFeatures,
): LearnedScore {
  let value = 0;
  let [most, least] = [0, 0];
  let strongest: string | undefined;
  let weakest: string | undefined;
  for (const { name, value: amount } of features.of(item)) {
    const share = (weights.get(name) ?? 0) * amount;
    value += share;
    if (share > most) [most, strongest] = [share, name];
    if (share < least) [least, weakest] = [share, name];
  }
  return { value, strongest, weakest };
}

/**
 * A share of what was learned.
 *
 * @param tuning - As trained.
 * @param trust - 0 (the pack as it came) to 1.
 * @returns All gains and weights times `trust`.
 */
export function trusted(tuning: Tuning, trust: number): Tuning {
  const scale = (map: ReadonlyMap<string, number>): Map<string, number> =>
    new Map(Array.from(map, ([name, value]) => [name, value * trust]));
  return { gains: scale(tuning.gains), weights: scale(tuning.weights) };
}

/**
 * Whether nothing was learned.
 *
 * @param tuning - As trained or kept.
 * @returns True: the pack ranks as it came.
 */
export function isPlain(tuning: Tuning): boolean {
  const { gains, weights } = tuning;
  return gains.size === 0 && weights.size === 0;
}
