/**
 * What each family of signals is worth: the same lists ranked without it.
 *
 * A score is a sum over signals, so leaving a family out is leaving its terms out. The functions
 * are not trained anew: it is the worth to this ranker, not to the best one without the family.
 *
 * @packageDocumentation
 */
import { evaluateAt } from '../ranker/additive-model.ts';
import { familyOf as prefixOf } from '../ranker/explain-parts.ts';
import type { AdditiveModel } from '../ranker/types.ts';

/** Families whose name says more than their signals' prefix. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['embed', 'Embedding'],
  ['attr', 'Attributes'],
  ['lift', 'AttributeLift'],
  ['pop', 'Popularity'],
  ['repeat', 'Repeats'],
  ['tag', 'Tags'],
]);

/** Families that are always told of, also when a pack has no such signals; and these in words. */
export const PROMISED: Readonly<Record<string, string>> = {
  Generated: 'signals of generated attributes',
  Segments: 'signals of segments',
};

/**
 * The family of a signal.
 *
 * @param signal - Name such as `next.last`.
 * @returns Its prefix in words, beginning with a capital letter.
 * @example familyOf('embed.twin') // 'Embedding'
 */
export function familyOf(signal: string): string {
  const prefix = prefixOf(signal);
  return NAMES.get(prefix) ?? prefix.charAt(0).toUpperCase() + prefix.slice(1);
}

/** Scores of one list's candidates, each without one family. */
export interface FamilyScorer {
  /** Families in use, in the signals' order. */
  readonly families: readonly string[];
  /**
   * @param signals - [C × J] of a list.
   * @returns One array of C scores per family, in their order; reused by the next call.
   */
  scoresWithout(signals: Float32Array): readonly Float64Array[];
}

/** Indices of the functions of each family that is in use. */
function groupFunctions({ names, knots }: AdditiveModel): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [j, name] of names.entries()) {
    if ((knots[j]?.length ?? 0) < 2) continue;
    const family = familyOf(name);
    const group = groups.get(family);
    if (group === undefined) groups.set(family, [j]);
    else group.push(j);
  }
  return groups;
}

/**
 * Makes a scorer.
 *
 * Cost per list: each function is evaluated once, whatever the number of families.
 *
 * @param model - The ranker.
 * @returns See {@link FamilyScorer}; no family when no function is in use.
 */
export function createFamilyScorer(model: AdditiveModel): FamilyScorer {
  const groups = groupFunctions(model);
  const members = [...groups.values()];
  const width = model.names.length;
  let without: Float64Array[] = [];
  const sums = new Float64Array(members.length);
  /** Added up anew: a difference would leave rounding that breaks ties by luck. */
  const sumWithout = (left: number): number =>
    sums.reduce((sum, value, f) => (f === left ? sum : sum + value), 0);
  const sumFamilies = (signals: Float32Array, row: number): void => {
    for (const [f, functions] of members.entries()) {
      let sum = 0;
      for (const j of functions) {
        const [knots, values] = [model.knots[j] as Float32Array, model.values[j] as Float32Array];
        sum += evaluateAt(knots, values, signals[row * width + j] as number);
      }
      sums[f] = sum;
    }
  };
  return {
    families: [...groups.keys()],
    scoresWithout(signals) {
      const size = signals.length / width;
      if (without[0]?.length !== size) without = members.map(() => new Float64Array(size));
      for (let row = 0; row < size; row++) {
        sumFamilies(signals, row);
        for (const [f, scores] of without.entries()) scores[row] = sumWithout(f);
      }
      return without;
    },
  };
}
