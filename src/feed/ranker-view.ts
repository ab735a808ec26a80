/**
 * What a trained ranker says of one feed's candidates. The rooms of `feed/` know no more of it.
 *
 * @packageDocumentation
 */
import type { ScorePart } from '../core/types.ts';

/** A ranker's view of N candidates, beside their mean: 0 is what an average candidate gets. */
export interface RankerView {
  /** Whether the visitor's history holds anything that the ranker knows. */
  readonly knowsVisitor: boolean;
  /** [N] sums of the parts; 0 for a candidate that the ranker does not know. */
  readonly scores: Float64Array;
  /** @returns Parts by family of signals, in a fixed order; none for a candidate not known. */
  parts(row: number): readonly ScorePart[];
  /** @returns A sentence from the largest part; undefined when nothing speaks for the item. */
  reason(row: number): string | undefined;
  /** @returns What each part of {@link RankerView.parts} says, by its name. */
  words(row: number): ReadonlyMap<string, string>;
  /** @returns The item of the history that speaks most for a candidate; undefined without one. */
  sourceOf(row: number): string | undefined;
  /** @returns The view without one item's interactions, for counterfactuals. */
  without(itemId: string): RankerView;
}
