/**
 * What an attribute model is: sizes, words, weights, heads. Plain typed arrays; every device and
 * the plain path read the same ones.
 *
 * @packageDocumentation
 */
import type { Mix } from './class-logits.ts';
import type { AttributeDeclaration } from './declare-attributes.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import type { Vocabulary } from './text-tokens.ts';
import type { WidePart } from './wide-part.ts';

/** Numbers with their shape. */
export interface Block {
  /** Rows. */
  readonly rows: number;
  /** Columns. */
  readonly columns: number;
  /** [rows, columns] */
  readonly values: Float32Array;
}

/** Named scores in [0, 1]. */
export interface ScoreHead {
  /** One per score. */
  readonly names: readonly string[];
  /** Their declarations: listed words are not read by the encoder. */
  readonly attributes: readonly AttributeDeclaration[];
  /** [O] Share of the encoder in a logit; the rest is the linear path's. */
  readonly trust: Float32Array;
  /** The linear path, one column per score. */
  readonly wide: WidePart;
  /** [O] Score = σ(slope · logit + shift), fitted on held-out texts (Platt, 1999). */
  readonly slope: Float32Array;
  /** [O] */
  readonly shift: Float32Array;
  /** [O] Mean score of held-out texts: what is said of an item of which nothing is known. */
  readonly base: Float32Array;
  /** From here on it is guessing, see `doubt.ts`; Infinity when nothing was held out. */
  readonly doubt: number;
}

/** One of several classes. */
export interface ClassHead extends Mix {
  /** One per class. */
  readonly names: readonly string[];
  /** The linear path. */
  readonly wide: WidePart;
}

/** A trained model. */
export interface AttributeModel {
  /** Sizes of the encoder. */
  readonly shape: EncoderShape;
  /** Known words. */
  readonly vocabulary: Vocabulary;
  /** [R, W] Rows that tokens are summed of. */
  readonly table: Float32Array;
  /** By name: those of the encoder, `head`, `headBias`, and `latent` when there are dimensions. */
  readonly weights: ReadonlyMap<string, Block>;
  /** Set for a model of named scores. */
  readonly scores: ScoreHead | null;
  /** Set for a model of a label. */
  readonly classes: ClassHead | null;
}

/**
 * How many numbers a model has learned.
 *
 * @param model - Any.
 * @returns Of table, weights and wide part.
 */
export function countParameters(model: AttributeModel): number {
  let count = model.table.length;
  for (const { values } of model.weights.values()) count += values.length;
  return count + ((model.classes ?? model.scores)?.wide.values.length ?? 0);
}
