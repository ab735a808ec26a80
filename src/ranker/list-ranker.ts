/**
 * The one way in which a list is ranked: `vitrine evaluate` and the page call it both.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { scoreList } from './additive-model.ts';
import { createSignalEngine, type SignalList, SIGNALS } from './signals.ts';
import type { AdditiveModel, SignalModel } from './types.ts';

/** A scored list. */
export interface ListScores {
  /** [C × J], see {@link createSignalEngine}. */
  readonly signals: Float32Array;
  /** C scores: Σ_j f_j(signal_j). */
  readonly scores: Float64Array;
}

/** Functions in the order of this release's signals; a signal that the model lacks is off. */
function aligned(ranker: AdditiveModel): AdditiveModel {
  const indexOf = new Map(ranker.names.map((name, j) => [name, j]));
  const names = SIGNALS.map(({ name }) => name);
  const known = new Set(names);
  const unknown = ranker.names.find((name) => !known.has(name));
  if (unknown !== undefined) throw new VitrineError('PACK_VERSION', `signal ${unknown}.`);
  const pick = (lists: readonly Float32Array[]): Float32Array[] =>
    names.map((name) => lists[indexOf.get(name) ?? -1] ?? new Float32Array(0));
  return { names, knots: pick(ranker.knots), values: pick(ranker.values) };
}

/** Ranks lists; its `ranker` is what the scores are made of, function by function. */
export interface ListRanker {
  /** @returns Scores of a history's C candidates. */
  readonly rank: (list: SignalList) => ListScores;
  /** The functions, in the order of the signals. */
  readonly ranker: AdditiveModel;
}

/**
 * Makes a ranker with scratch of its own; one serves one thread.
 *
 * @param model - What signals are computed from.
 * @param trained - Functions by signal name.
 * @returns See {@link ListRanker}.
 * @throws `PACK_VERSION` for a signal that this release does not know.
 */
export function createListRanker(model: SignalModel, trained: AdditiveModel): ListRanker {
  const signalsOf = createSignalEngine(model);
  const ranker = aligned(trained);
  const rank = (list: SignalList): ListScores => {
    const signals = signalsOf(list);
    return { signals, scores: scoreList(ranker, signals) };
  };
  return { rank, ranker };
}
