/**
 * The words of explanations. Types only.
 *
 * @packageDocumentation
 */
import type { GeneratedFeatures } from './generated-features.ts';
import type { BlockName, ExplainedPart, Membership } from './types.ts';

/** A block's part in a similarity. */
export interface BlockShare {
  /** Block name. */
  readonly block: BlockName;
  /** Cosine within the block, -1 to 1. */
  readonly cosine: number;
  /** Weight after renormalising over the blocks present in both, 0 to 1. */
  readonly weight: number;
  /** cosine × weight; the shares sum to the similarity. */
  readonly share: number;
}

/** One similarity of an {@link Explanation}, split by block. */
export interface ExplainedSimilarity {
  /** `segment`, `session` or `longTerm`: the score part that it feeds. */
  readonly to: string;
  /** Segment id, when it is one. */
  readonly segmentId?: string;
  /** Cosine, -1 to 1: the sum of the shares. */
  readonly value: number;
  /** Blocks present in both vectors. */
  readonly blocks: readonly BlockShare[];
}

/** What would change without one item's interactions. */
export interface Counterfactual {
  /** The item whose interactions are left out. */
  readonly withoutItemId: string;
  /** How many interactions that are. */
  readonly interactions: number;
  /**
   * Place of the row among the visitor's segments now, from 1; where a pack ranks the row, that of
   * the item among the candidates.
   */
  readonly rowRank: number;
  /** The place without them; null when the row would be gone. */
  readonly rowRankWithout: number | null;
  /** One sentence for the shopper. */
  readonly sentence: string;
}

/** Why a candidate was left out of rows that it might have been in. */
export interface NotShown {
  /**
   * `page`: the page is about it; `held`: in the cart, bought or unwanted; `unavailable`; `price`: it
   * has none; `resting`: shown often and never chosen; `rule`: of the shop; or the limit of variety
   * that it would have broken.
   */
  readonly because:
    | 'page'
    | 'held'
    | 'unavailable'
    | 'price'
    | 'resting'
    | 'rule'
    | 'brand'
    | 'category'
    | 'price-level'
    | 'sponsored'
    | 'variant';
  /** For the shopper, without a full stop. */
  readonly words: string;
}

/** The numbers that made a placement, and their sentence. */
export interface Explanation {
  /** Id of the candidate. */
  readonly itemId: string;
  /** Row that it stands in; null when it stands in none. */
  readonly rowId: string | null;
  /** Place in the row, from 1; 0 when it stands in none. */
  readonly rank: number;
  /** Sum of `scoreParts`. */
  readonly score: number;
  /** The named terms of the score, with words. */
  readonly scoreParts: readonly ExplainedPart[];
  /** Segments that the item belongs to. */
  readonly memberships: readonly Membership[];
  /** Similarities split by block. */
  readonly similarities: readonly ExplainedSimilarity[];
  /** Derived features: keywords, named product features, sentiment. */
  readonly features: ItemFeatures;
  /** Set when the place was given to exploration. */
  readonly explored?: { readonly propensity: number };
  /** Set on items in no row that something kept out, rather than better ones. */
  readonly notShown?: NotShown;
  /** One sentence for the shopper. */
  readonly why: string;
  /** Null when no interaction bears on the placement. */
  readonly counterfactual: Counterfactual | null;
}

/** What text analysis found in an item. */
export interface ItemFeatures {
  /** Most telling words first, with the phrase they stand in. */
  readonly keywords: readonly { readonly term: string; readonly weight: number }[];
  /** Named product features with their evidence. */
  readonly named: readonly NamedFeature[];
  /** -1 (negative) to 1 (positive); null without evidence. */
  readonly sentiment: number | null;
  /** Synthetic scores with their evidence; null without any. */
  readonly generated: GeneratedFeatures | null;
}

/** A product feature named by a lexicon. */
export interface NamedFeature {
  /** `material`, `colour`, `size`, `technology`, `occasion`, `style`, `use`. */
  readonly kind: string;
  /** Normalised value, `leather`. */
  readonly value: string;
  /** Words of the item that say so. */
  readonly evidence: string;
}
