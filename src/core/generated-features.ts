/**
 * What the attribute model says of an item. Types only.
 *
 * @packageDocumentation
 */

/** A word that moves a score. */
export interface ScoreEvidence {
  /** Name of the score. */
  readonly score: string;
  /** The word, as the item writes it. */
  readonly word: string;
  /** What the score would lose without it, -1 to 1. */
  readonly move: number;
}

/** Synthetic features of an item: candidate field `generated`, as `vitrine enrich` writes it. */
export interface GeneratedFeatures {
  /** Of the model, 1 to 64 characters: scores of different models are not compared. */
  readonly modelId: string;
  /** Named scores, each 0 to 1, such as `comfort`; at most 24. */
  readonly scores: Readonly<Record<string, number>>;
  /** Latent dimensions; empty when none are kept; at most 48. */
  readonly latent: readonly number[];
  /** Words behind the scores. */
  readonly evidence: readonly ScoreEvidence[];
  /** True when the model knows too little of the text for its scores to count. */
  readonly guessing: boolean;
}
