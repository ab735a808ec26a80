/**
 * How much each signal decides: the spread of its part of the score within a list.
 *
 * @packageDocumentation
 */
import { evaluateAt } from '../ranker/additive-model.ts';
import { createSignalEngine } from '../ranker/signals.ts';
import type { AdditiveModel, RankList, SignalModel } from '../ranker/types.ts';

/** Lists that are looked at. */
const MAX_LISTS = 500;

function deviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** What {@link spreadOf} found. */
export interface Spread {
  /** [J] mean standard deviation of f_j over a list's candidates, 0 or more. */
  readonly byFunction: Float64Array;
  /** Lists that it was measured on. */
  readonly lists: number;
}

/**
 * Measures the spread. What moves all candidates of a list alike does not count: it ranks nothing.
 *
 * @param model - What signals are computed from.
 * @param ranker - The functions, J.
 * @param lists - Training lists; 500 of them, evenly chosen, are looked at.
 * @returns Zeros without lists.
 */
export function spreadOf(
  model: SignalModel,
  ranker: AdditiveModel,
  lists: readonly RankList[],
): Spread {
  const engine = createSignalEngine(model);
  const width = ranker.names.length;
  const step = Math.max(1, Math.floor(lists.length / MAX_LISTS));
  const chosen = lists.filter((_, l) => l % step === 0).slice(0, MAX_LISTS);
  const byFunction = new Float64Array(width);
  for (const list of chosen) {
    const signals = engine(list);
    const parts = new Float64Array(list.candidates.length);
    for (const [j, knots] of ranker.knots.entries()) {
      const values = ranker.values[j] as Float32Array;
      for (let c = 0; c < parts.length; c++) {
        parts[c] = evaluateAt(knots, values, signals[c * width + j] as number);
      }
      byFunction[j] = (byFunction[j] as number) + deviation(parts) / chosen.length;
    }
  }
  return { byFunction, lists: chosen.length };
}
