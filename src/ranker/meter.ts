/**
 * Several rankings of the same lists, measured side by side in one pass.
 *
 * @packageDocumentation
 */
import {
  accuracyOf,
  diversityOf,
  giniOf,
  type Metrics,
  overlapOf,
  rankOf,
  topOf,
} from './metrics.ts';
import type { Attributes, RankList } from './types.ts';

/** What a {@link Meter} needs of the catalog. */
export interface MeasureOptions {
  /** I. */
  readonly numItems: number;
  /** For the diversity. */
  readonly attributes: Attributes;
  /** The order to compare with, best first; default the candidates as they were given. */
  readonly orderOf?: (list: RankList) => Int32Array;
}

/** Takes in rankings, gives metrics. */
export interface Meter {
  /**
   * @param list - With its answer.
   * @param scores - Scores of its candidates; may be reused afterwards.
   */
  add(list: RankList, scores: ArrayLike<number>): void;
  /** @returns What {@link measure} gives for the same lists and scores. */
  result(): Metrics;
  /** [I] How often each item was among the first ten. */
  readonly shown: Int32Array;
}

/**
 * An empty meter.
 *
 * @param options - The catalog.
 * @returns Metrics are 0 before the first list.
 */
export function createMeter(options: MeasureOptions): Meter {
  const shown = new Int32Array(options.numItems);
  const ranks: number[] = [];
  let diversity = 0;
  let overlap = 0;
  return {
    shown,
    add(list, scores) {
      ranks.push(rankOf(scores, list.target));
      const top = topOf(list.candidates, scores);
      for (const item of top) shown[item] = (shown[item] as number) + 1;
      diversity += diversityOf(top, options.attributes);
      overlap += overlapOf(top, options.orderOf?.(list) ?? list.candidates);
    },
    result() {
      const size = Math.max(1, ranks.length);
      return {
        ...accuracyOf(ranks),
        ILD: diversity / size,
        coverage: shown.filter((count) => count > 0).length / Math.max(1, options.numItems),
        gini: giniOf(shown),
        overlap: overlap / size,
      };
    },
  };
}

/**
 * Ranks lists and measures the result.
 *
 * @param lists - With their answers.
 * @param scoresOf - Scores of a list's candidates; the array may be reused by the next call.
 * @param options - The catalog.
 * @returns Means over the lists, not rounded.
 */
export function measure(
  lists: readonly RankList[],
  scoresOf: (list: RankList, index: number) => ArrayLike<number>,
  options: MeasureOptions,
): Metrics {
  const meter = createMeter(options);
  for (const [index, list] of lists.entries()) meter.add(list, scoresOf(list, index));
  return meter.result();
}
