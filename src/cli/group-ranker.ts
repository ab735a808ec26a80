/**
 * What a trained ranker says for several visitors at once: the mean of what it says for each. Means
 * of sums are sums, so its parts still add up.
 *
 * @packageDocumentation
 */
import type { LogRecord, ScorePart } from '../core/types.ts';
import type { PackRanker } from '../engine/pack-ranker.ts';
import type { RankerView } from '../feed/ranker-view.ts';

/** Mean parts, [N] each, by name. */
function meanParts(views: Iterable<RankerView>, numItems: number): Map<string, Float64Array> {
  const sums = new Map<string, Float64Array>();
  let count = 0;
  for (const view of views) {
    count++;
    const add = (row: number): void => {
      for (const { name, value } of view.parts(row)) {
        const sum = sums.get(name) ?? new Float64Array(numItems);
        if (!sums.has(name)) sums.set(name, sum);
        sum[row] = (sum[row] as number) + value;
      }
    };
    for (let row = 0; row < numItems; row++) add(row);
  }
  for (const sum of sums.values())
    for (let i = 0; i < numItems; i++) sum[i] = (sum[i] ?? 0) / count;
  return sums;
}

/**
 * Makes the ranker of a group.
 *
 * Cost: a view for each visitor; they are not kept.
 *
 * @param ranker - Of the pack.
 * @param logs - What each visitor of the group did, at least one.
 * @param sentence - What it says of an item that it speaks for.
 * @returns A ranker that says the same whatever log it is asked for.
 */
export function groupRanker(
  ranker: PackRanker,
  logs: readonly (readonly LogRecord[])[],
  sentence: string,
): PackRanker {
  return {
    traitsOf: () => undefined,
    view({ ids, titleOf }): RankerView {
      let knowsVisitor = false;
      function* views(): Generator<RankerView> {
        for (const log of logs) {
          const view = ranker.view({ ids, log, titleOf });
          knowsVisitor ||= view.knowsVisitor;
          yield view;
        }
      }
      const parts = meanParts(views(), ids.length);
      const scores = new Float64Array(ids.length);
      for (const part of parts.values()) {
        for (let row = 0; row < scores.length; row++) {
          scores[row] = (scores[row] as number) + (part[row] as number);
        }
      }
      const view: RankerView = {
        knowsVisitor,
        scores,
        parts: (row) =>
          Array.from(parts, ([name, values]): ScorePart => ({ name, value: values[row] as number }))
            // As for one visitor: what says nothing is left out.
            .filter(({ value }) => value !== 0),
        reason: (row) => ((scores[row] as number) > 0 ? sentence : undefined),
        words: () => new Map(),
        sourceOf: () => undefined,
        without: () => view,
      };
      return view;
    },
  };
}
