/**
 * What a signal is, and how a family of signals is computed for the candidates of one list.
 *
 * @packageDocumentation
 */
import type { HistoryState } from './history-state.ts';

/** One named number about a candidate, given the visitor's history. */
export interface Signal {
  /** `family` or `family.kind`, such as `next.last`. */
  readonly name: string;
  /** 1: its function never falls; -1: never rises; 0: free. */
  readonly monotone: 1 | -1 | 0;
  /** Why it speaks for a candidate; `{item}` stands for an item of the visitor's history. */
  readonly inWords: string;
  /**
   * Given for a signal that is a code: an integer from 0 to `codes` − 1 whose function is a look-up
   * with one value each, 0 for a code that training never met; at most 256.
   */
  readonly codes?: number;
}

/** A few signals that share what they read of the history; holds scratch of its own. */
export interface SignalFamily {
  /**
   * Reads the history; called once per list.
   *
   * @param history - Loaded state, the same until `end`.
   */
  begin(history: HistoryState): void;
  /**
   * Writes one candidate's signals; 0 where what they need is missing.
   *
   * @param candidate - Item row.
   * @param out - Signals, all 0 where this family writes.
   * @param at - Index of the family's first signal.
   */
  write(candidate: number, out: Float32Array, at: number): void;
  /** Cleans what `begin` wrote; cost grows with the history, not with the catalog. */
  end(): void;
}
