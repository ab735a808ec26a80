/**
 * What a shop could do without us, from the same data and through the same signals.
 *
 * Each baseline ranks by one signal. Equal signals, which short neighbour tables leave many of, go
 * to the more popular item: without it a rival would lose by our rule for ties, not by its merit.
 * For the same reason give them tables wider than the pack's where memory allows.
 *
 * @packageDocumentation
 */
import { createSignalEngine, SIGNALS, type SignalList } from './signals.ts';
import type { SignalModel } from './types.ts';

/** Signal that each baseline ranks by. */
const SIGNAL_OF = {
  popularity: 'pop',
  attributeCosine: 'attr.long',
  itemItem: 'together.sum',
  markov: 'next.last',
  ease: 'ease.sum',
} as const;

/** Name of a baseline. */
export type BaselineName = keyof typeof SIGNAL_OF;

/** All baselines. */
export const BASELINE_NAMES = Object.keys(SIGNAL_OF) as readonly BaselineName[];

/** Small beside any difference between two signals (32-bit floats) that is not rounding. */
const TIE_WEIGHT = 1e-9;

/**
 * Makes the scorers of all baselines; each list's signals are computed once for all of them.
 *
 * - `popularity`: visitors who touched the item, smoothed
 * - `attributeCosine`: cosine of tags, brand, category, words, price band with the history, recent
 *   interactions weighing more
 * - `itemItem`: cosine co-occurrence with the history's items (Sarwar et al. 2001)
 * - `markov`: first-order transitions from the last step
 * - `ease`: ridge regression of items on items (Steck 2019) with attributes as further rows
 *
 * @param model - What was learned.
 * @returns Scores of a list by baseline; the arrays, C long, belong to the caller.
 */
export function createBaselines(
  model: SignalModel,
): (list: SignalList) => Readonly<Record<BaselineName, Float64Array>> {
  const engine = createSignalEngine(model);
  const columnOf = (signal: string): number => SIGNALS.findIndex(({ name }) => name === signal);
  const popularity = columnOf(SIGNAL_OF.popularity);
  return (list) => {
    const signals = engine(list);
    const scoresOf = (name: BaselineName): Float64Array => {
      const column = columnOf(SIGNAL_OF[name]);
      return Float64Array.from(list.candidates, (_, c) => {
        const row = c * SIGNALS.length;
        const tie = TIE_WEIGHT * (signals[row + popularity] as number);
        return (signals[row + column] as number) + tie;
      });
    };
    return {
      popularity: scoresOf('popularity'),
      attributeCosine: scoresOf('attributeCosine'),
      itemItem: scoresOf('itemItem'),
      markov: scoresOf('markov'),
      ease: scoresOf('ease'),
    };
  };
}
