/**
 * What the ranker learns from and with. Items and attributes are numbers here: rows of the catalog.
 *
 * Letters: **I** items · **A** attributes · **K** neighbours kept per item · **E** embedding
 * dimensions · **J** signals · **C** candidates of a list.
 *
 * @packageDocumentation
 */

/** One visitor's interactions in their order. All arrays have the same length. */
export interface Sequence {
  /** Item rows. */
  readonly items: Int32Array;
  /** Counts distinct times from 0: what happened at one time (a basket) shares a step. */
  readonly step: Int32Array;
  /** Page of the shop's list where it happened; NaN when unknown. */
  readonly page: Float32Array;
  /** Place on that page; NaN when unknown. */
  readonly position: Float32Array;
  /** Milliseconds since the epoch. */
  readonly time: Float64Array;
}

/** A list to rank: the visitor's history, the candidates, and which of them is the answer. */
export interface RankList extends Sequence {
  /** Item rows, C. */
  readonly candidates: Int32Array;
  /** Index of the answer among the candidates. */
  readonly target: number;
}

/** Sparse weighted attributes of items (tags, brand, category prefixes, title words, price band). */
export interface Attributes {
  /** A. */
  readonly count: number;
  /** Row i lies at pointers[i] … pointers[i + 1]; length I + 1. */
  readonly pointers: Int32Array;
  /** Attribute numbers. */
  readonly index: Int32Array;
  /** Weights of unit length per item. */
  readonly weight: Float32Array;
  /** tf-idf weights before normalising. */
  readonly raw: Float32Array;
  /** [I] number of an item's category path; absent: all items are of one. */
  readonly section?: Int32Array;
}

/** For each item, the items whose presence in a history raises it: K sources and their weights. */
export interface NeighbourTable {
  /** K. */
  readonly width: number;
  /** [I, K] source rows, strongest first; -1 pads. */
  readonly sources: Int32Array;
  /** [I, K] weights above 0. */
  readonly weights: Float32Array;
}

/** The tables that counting and regression give, by name. */
export type TableName = 'ease' | 'together' | 'next' | 'ahead' | 'basket';

/** Sequence embeddings: score(t | history) = bias_t + ⟨Σ w(age)·U_h / (Σ w)^α, V_t⟩. */
export interface SequenceEmbedding {
  /** E. */
  readonly dims: number;
  /** [I, E] of items in histories. */
  readonly source: Float32Array;
  /** [I, E] of items to be ranked. */
  readonly target: Float32Array;
  /** [I] */
  readonly bias: Float32Array;
  /** Weight by age in steps, from 0. */
  readonly ageWeight: Float32Array;
  /** α. */
  readonly alpha: number;
  /** Latest interactions that count. */
  readonly history: number;
}

/** Statistics of items that several signals share; all [I], NaN where unknown. */
export interface ItemStats {
  /** Log of smoothed popularity beside the mean. */
  readonly popularity: Float32Array;
  /** How late in sequences an item comes, 0 to 1, shrunk to the mean. */
  readonly lateness: Float32Array;
  /** Popularity of an item's attributes. */
  readonly attributePopularity: Float32Array;
  /** Mean page in the shop's list. */
  readonly page: Float32Array;
  /** Mean place on that page. */
  readonly place: Float32Array;
  /** Number of the shop's list that the item stands in. */
  readonly section: Float32Array;
  /** Rank in that list, from 0. */
  readonly shelf: Float32Array;
}

/** What models say of items by what they are, not by who chose them; each part may be empty. */
export interface ItemContent {
  /** G; 0 when no model has scored the items. */
  readonly dims: number;
  /** [I, G] synthetic scores and latent dimensions beside the catalog's mean, rows of unit length; zeros where the model guesses. */
  readonly generated: Float32Array;
  /** S segments; 0 when no item belongs to any. */
  readonly numSegments: number;
  /** [I, 3] segments of an item, -1 pads; empty without segments. */
  readonly segments: Int32Array;
  /** [I, 3] shares in them, 0 pads; those of an item sum to 1. */
  readonly shares: Float32Array;
}

/** All that signals are computed from. */
export interface SignalModel {
  /** I. */
  readonly numItems: number;
  /** Attributes of items. */
  readonly attributes: Attributes;
  /** [I] natural log of the price, NaN when unknown. */
  readonly logPrice: Float32Array;
  /** Neighbour tables by name. */
  readonly tables: Readonly<Record<TableName, NeighbourTable>>;
  /** [A, A] log-lift of attribute b after attribute a. */
  readonly attributeLift: Float32Array;
  /** Item statistics. */
  readonly stats: ItemStats;
  /** Sequence embedding. */
  readonly embedding: SequenceEmbedding;
  /** What models say of the items; packs of earlier releases have none. */
  readonly content?: ItemContent | undefined;
}

/** The generalised additive model: score = Σ_j f_j(signal_j). */
export interface AdditiveModel {
  /** J signal names, in the signals' order. */
  readonly names: readonly string[];
  /** Knots of each piecewise linear function, ascending; fewer than two: the signal is off. */
  readonly knots: readonly Float32Array[];
  /** Values at the knots. */
  readonly values: readonly Float32Array[];
}
