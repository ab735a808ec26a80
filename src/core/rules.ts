/**
 * Merchandising rules as the shop writes them. Types only.
 *
 * @packageDocumentation
 */
import type { PriceRange } from './types.ts';

/** Which items a rule is about; all given fields must fit, of a list any entry. */
export interface RuleMatch {
  /** Ids, at most 1,000; a pinned row keeps their order. */
  readonly ids?: readonly string[];
  /** Names of categories at any level, letter case aside. */
  readonly category?: string | readonly string[];
  /** Brand names, letter case aside. */
  readonly brand?: string | readonly string[];
  /** In the candidates' currency; items without a price do not fit. */
  readonly price?: PriceRange;
  /** Tags, letter case aside. */
  readonly tags?: string | readonly string[];
  /** Ids of segments that items belong to. */
  readonly segment?: string | readonly string[];
}

/** One rule of the shop; see docs/rules.md. */
export interface MerchandisingRule {
  /** Unique, 1 to 80 characters; explanations name it. */
  readonly id: string;
  /**
   * `pin`: places by hand; `boost` and `bury`: more or less score; `filter`: nothing else is shown;
   * `exclude`: is not shown; `sponsored`: a paid place, labelled, with a little more score.
   */
  readonly type: 'pin' | 'boost' | 'bury' | 'filter' | 'exclude' | 'sponsored';
  /** What it is about. */
  readonly match: RuleMatch;
  /**
   * Of pins: the row by its id or its number on the page from 1, and the place of the first item in
   * it, default 1. Left out: a row of its own on top.
   */
  readonly where?: { readonly row: string | number; readonly position?: number };
  /** Title of a pinned row, 1 to 80 characters; there it is required. */
  readonly title?: string;
  /** In force from this time on: milliseconds, or a date as ISO 8601. Default: always. */
  readonly from?: number | string;
  /** No longer in force at this time. Default: for ever. */
  readonly until?: number | string;
  /** Score of `boost` and `bury`, above 0 to 1, default 0.3; of `sponsored` to 0.2, default 0.1. */
  readonly strength?: number;
  /** What a sponsored item is marked with, 1 to 40 characters, default `Sponsored`. */
  readonly label?: string;
}

/** What rules leave on an item of a feed. */
export interface RuleMarks {
  /** Set on items that a rule of the shop put where they stand. */
  readonly pinned?: { readonly ruleId: string };
  /** Set on paid places; the label must be shown with the item. */
  readonly sponsored?: { readonly label: string; readonly ruleId: string };
}
