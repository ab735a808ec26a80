/**
 * Shoppers whose tastes are known, for measuring what a feed does. Pure: catalog and seed in, events
 * out. Items are rows of the catalog here; **I** items, **T** topics.
 *
 * @packageDocumentation
 */
import type { InteractionType } from '../core/types.ts';

/** How a visitor's taste behaves over the visits. */
export type VisitorKind = 'single' | 'mixed' | 'drifting' | 'gift' | 'bot';

/** What somebody likes, in the catalog's own words. */
export interface Taste {
  /** [T] How much each topic is liked, 0 to 1; the main one has 1. */
  readonly topics: Float32Array;
  /** The topic with 1. */
  readonly mainTopic: number;
  /** Liked makers; empty in a catalog without brands. */
  readonly brands: ReadonlySet<string>;
  /** Liked price level within a topic, 0 (cheapest) to 1; NaN in a catalog without prices. */
  readonly priceLevel: number;
  /** Numbers of liked keywords; empty in a catalog without titles and tags. */
  readonly keywords: ReadonlySet<number>;
}

/** A share of a taste in a visitor. */
export interface TasteShare {
  /** Index in {@link Population.tastes}. */
  readonly taste: number;
  /** Chance that a place is looked at with this taste; the shares of a visit sum to 1. */
  readonly share: number;
}

/** A simulated visitor; what changes with the visits lies inside the population. */
export interface SimulatedVisitor {
  /** Place in {@link Population.visitors}. */
  readonly index: number;
  /** `v0`, `v1` … */
  readonly id: string;
  /** How the taste behaves. */
  readonly kind: VisitorKind;
  /** One taste; two for `mixed` (0.7 and 0.3). None for `bot`. */
  readonly tastes: readonly TasteShare[];
  /** The taste of a `drifting` visitor afterwards, and of a `gift` visitor on one visit. */
  readonly otherTaste?: number;
  /** Visit, from 0, on which `otherTaste` begins (`drifting`) or alone holds (`gift`). */
  readonly otherVisit?: number;
}

/** A list on the page: item rows, best place first. */
export interface ShownList {
  /** For the log. */
  readonly id: string;
  /** Item rows. */
  readonly items: ArrayLike<number>;
}

/** Something a visitor did. */
export interface SimulatedEvent {
  /** Visitor's id. */
  readonly visitorId: string;
  /** `view_item`, `add_to_cart` or `purchase`. */
  readonly type: InteractionType;
  /** Item row. */
  readonly item: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Visit of this visitor, from 0. */
  readonly visit: number;
  /** Id of the list clicked in; absent when the visitor went there directly or acted later. */
  readonly list?: string;
  /** Place in that list, from 0. */
  readonly place?: number;
}

/** What happened on one visit. */
export interface VisitOutcome {
  /** In the order of their time. */
  readonly events: readonly SimulatedEvent[];
  /** Item rows that the visitor looked at in the lists, each once. */
  readonly seen: readonly number[];
  /** Clicks in the lists. */
  readonly clicks: number;
}

/** Settings of {@link createPopulation}. */
export interface PopulationOptions {
  /** How many, at least 1. */
  readonly visitors: number;
  /** Of all draws. */
  readonly seed: number;
  /** Visits that each is expected to make: gifts and drifts happen within. Default 30. */
  readonly visits?: number;
  /** Shares of the kinds, in any unit. Default: 40 single, 25 mixed, 20 drifting, 12 gift, 3 bots. */
  readonly kinds?: Partial<Record<VisitorKind, number>>;
  /** Milliseconds since the epoch of the first visits. Default 2026-01-01. */
  readonly start?: number;
}

/** Visitors of one shop. */
export interface Population {
  /** All visitors. */
  readonly visitors: readonly SimulatedVisitor[];
  /** Tastes that visitors share. */
  readonly tastes: readonly Taste[];
  /** Names of the topics, T. */
  readonly topics: readonly string[];
  /** [I] Topic of each item. */
  readonly topicOf: Int32Array;
  /** Milliseconds since the epoch at which the visitor's next visit begins. */
  timeOf(visitor: SimulatedVisitor): number;
  /** The tastes that hold on the visitor's next visit; empty for bots. */
  tastesNow(visitor: SimulatedVisitor): readonly TasteShare[];
  /** The topic that the next visit is about, as a visitor would search for it; stays until then. */
  intent(visitor: SimulatedVisitor): number;
  /** [I] True chance of a click on each item if it is looked at on the next visit. A new array. */
  attraction(visitor: SimulatedVisitor): Float64Array;
  /** Clicks that the lists would get on the next visit, in the mean; changes nothing. */
  expectedClicks(visitor: SimulatedVisitor, lists: readonly ShownList[]): number;
  /** The most that {@link expectedClicks} can be for lists of these lengths. */
  bestClicks(visitor: SimulatedVisitor, lists: readonly ShownList[]): number;
  /** Lets the visitor come: looks, clicks, buys, remembers. */
  visit(visitor: SimulatedVisitor, lists: readonly ShownList[]): VisitOutcome;
}
