/**
 * What the inspector is told of a page. Types only.
 *
 * @packageDocumentation
 */
import type { BetaPosterior } from './beta.ts';
import type { MerchandisingRule } from './rules.ts';
import type {
  BlockName,
  Device,
  ExplorationPolicy,
  FeedReason,
  InteractionType,
  Row,
  ScorePart,
} from './types.ts';

/** A feed that this page has had. */
export interface PastFeed {
  /** Its number on this page. */
  readonly number: number;
  /** The page's clock when it was asked for, milliseconds. */
  readonly at: number;
  /** Of its draws. */
  readonly seed: number;
  /** Content hash of what made it. */
  readonly packId: string;
  /** Where similarity was computed. */
  readonly device: Device | 'none';
  /** Why it is as it is. */
  readonly reason: FeedReason;
  /** How many candidates it was made of. */
  readonly candidates: number;
  /** How many interactions it was made of. */
  readonly events: number;
  /** Its rows as the page got them. */
  readonly rows: readonly Row[];
}

/** What a taste vector says in one block. */
export interface TasteBlock {
  /** Name. */
  readonly block: BlockName;
  /** Share in similarities, 0 to 1; 0 when the vector says nothing here. */
  readonly weight: number;
  /** Its components, scaled to length 1; empty when it says nothing here. */
  readonly values: readonly number[];
  /** What of the candidates is nearest, with the cosine, -1 to 1; three at most. */
  readonly near: readonly { readonly name: string; readonly cosine: number }[];
}

/** The visitor in the candidates' feature space. */
export interface TasteVector {
  /** What the visitor looks at now, or does over time; the score part that it feeds. */
  readonly of: 'session' | 'longTerm';
  /** Evidence behind it: a fresh look counts 1. */
  readonly mass: number;
  /** In the order of the vector. */
  readonly blocks: readonly TasteBlock[];
}

/** A segment as far as it is the visitor's. */
export interface InspectedSegment {
  /** Id. */
  readonly segmentId: string;
  /** Name. */
  readonly name: string;
  /** Share among the visitor's segments, 0 to 1. */
  readonly weight: number;
  /** Share of the session's evidence, 0 to 1. */
  readonly sessionShare: number;
  /** Share of the evidence over time, 0 to 1. */
  readonly longTermShare: number;
  /** Belief in how often places of it are engaged with; null where it is the prior. */
  readonly engagement: BetaPosterior | null;
  /** The same as exploration sees it, of late; null where it is the prior. */
  readonly trial: BetaPosterior | null;
  /** Whether its rows come first. */
  readonly followed: boolean;
  /** Whether its rows never come. */
  readonly blocked: boolean;
}

/** An entry of the log. */
export interface LoggedEvent {
  /** Unique. */
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** What happened. */
  readonly type: InteractionType;
  /** To which item. */
  readonly itemId: string;
  /** Title of the item, where it is known. */
  readonly title?: string;
  /** Row that it happened in. */
  readonly rowId?: string;
  /** How likely the place was to be explored, where it was. */
  readonly propensity?: number;
}

/** A rule of the shop and what becomes of it. */
export interface InspectedRule {
  /** Id. */
  readonly id: string;
  /** What it does. */
  readonly type: MerchandisingRule['type'];
  /** Whether it is in force at the page's clock. */
  readonly isInForce: boolean;
  /** Candidates that it is about. */
  readonly matches: number;
  /** Items of the page that stand where they do because of it. */
  readonly shown: number;
}

/** A place that was given to exploration. */
export interface ExploredPlace {
  /** Item. */
  readonly itemId: string;
  /** Title of the item, where it has one. */
  readonly title?: string;
  /** Row. */
  readonly rowId: string;
  /** Place in the row, from 1. */
  readonly rank: number;
  /** Segment that is tried; null in rows that try none. */
  readonly segmentId: string | null;
  /** How likely the place was to be given to it, above 0 to 1. */
  readonly propensity: number;
}

/** A candidate that something kept out of the rows. */
export interface HeldItem {
  /** Item. */
  readonly itemId: string;
  /** Title of the item, where it has one. */
  readonly title?: string;
  /** See {@link NotShown.because}. */
  readonly because: string;
  /** For the shopper, without a full stop. */
  readonly words: string;
}

/** What the last feed was asked for, defaults filled in. */
export interface InspectedOptions {
  /** Most rows. */
  readonly rows: number;
  /** Most items in a row. */
  readonly rowSize: number;
  /** Share of places for what the visitor has not met. */
  readonly exploration: number;
  /** How they are given. */
  readonly policy: ExplorationPolicy;
  /** How much the profile may move, 0 to 1. */
  readonly influence: number;
  /** Why the server's order has to stand; null when it has not. */
  readonly held: FeedReason | null;
}

/** What {@link Vitrine.inspect} tells of the page. */
export interface Inspection {
  /** The page's clock, milliseconds. */
  readonly at: number;
  /** Feeds of this page, oldest first: the last one, and those since it is inspected; at most 20. */
  readonly feeds: readonly PastFeed[];
  /** Titles of the items in their rows, where they have one. */
  readonly titles: readonly { readonly itemId: string; readonly title: string }[];
  /** Null before the first feed. */
  readonly options: InspectedOptions | null;
  /** Session and long term, as the log is now; empty before the first feed. */
  readonly taste: readonly TasteVector[];
  /** The visitor's, those with a belief of their own, followed and blocked ones; strongest first. */
  readonly segments: readonly InspectedSegment[];
  /** Latest interactions, newest first, at most 500. */
  readonly events: readonly LoggedEvent[];
  /** The shop's rules, in its order. */
  readonly rules: readonly InspectedRule[];
  /** What is wrong with rules that are left out, one sentence each. */
  readonly ruleFaults: readonly string[];
  /** Places of the last feed that were given to exploration. */
  readonly explored: readonly ExploredPlace[];
  /** Candidates that something kept out of the rows of the last feed, at most 200. */
  readonly held: readonly HeldItem[];
}

/** Where an item stands. */
export interface ItemPlace {
  /** Row. */
  readonly rowId: string;
  /** Place in the row, from 1. */
  readonly rank: number;
  /** Score there. */
  readonly score: number;
}

/** An item that stands elsewhere, or is scored otherwise, in one of two feeds. */
export interface MovedItem {
  /** Item. */
  readonly itemId: string;
  /** Null: it was in no row. */
  readonly before: ItemPlace | null;
  /** Null: it is in no row. */
  readonly after: ItemPlace | null;
}

/** A feed beside the one that it is compared with. */
export interface ComparedFeed {
  /** Its rows. */
  readonly rows: readonly Row[];
  /** Whether rows, words, places and all numbers are the same, to the last bit. */
  readonly isSame: boolean;
  /** Items that stand elsewhere or are scored otherwise. */
  readonly moved: readonly MovedItem[];
}

/** A past feed made again. */
export interface Replay {
  /** Number of the feed. */
  readonly number: number;
  /** From its seed, clock, candidates and log: what it must be equal to; or from those of `after`. */
  readonly again: ComparedFeed;
  /** From the same seed and candidates with the log and the clock of now. */
  readonly today: ComparedFeed;
  /** Interactions that it was made of and that were forgotten since: `again` lacks them. */
  readonly forgotten: number;
  /** Interactions that came after it. */
  readonly since: number;
}

/** What an item would score in a row of the page. */
export interface RowChance {
  /** Row. */
  readonly rowId: string;
  /** Title of the row. */
  readonly title: string;
  /** Whether the item belongs to the row's segment; rows of no segment take any. */
  readonly belongs: boolean;
  /** Before variety; the sum of `scoreParts`. */
  readonly score: number;
  /** The named terms. */
  readonly scoreParts: readonly ScorePart[];
  /** The lowest score in the row, before variety. */
  readonly needed: number;
}

/** Why a candidate is not in a row. */
export interface Chances {
  /** Item. */
  readonly itemId: string;
  /** One for each row that is made of the profile. */
  readonly rows: readonly RowChance[];
}

/** Any answer of {@link Inspect}. */
export type Inspected = Inspection | Replay | Chances;

/** Asks what a page is made of; see {@link Vitrine.inspect}. */
export interface Inspect {
  /** The page and its visitor. */
  (): Promise<Inspection>;
  /**
   * A feed of the page made again, by its number in {@link Inspection.feeds}; with `after`, the id of
   * an interaction in the log, as it was right after that: of the same candidates and choices, by the
   * clock of then.
   */
  (request: { readonly replay: number; readonly after?: string }): Promise<Replay>;
  /** Why a candidate is not in a row: what it would score in each. */
  (request: { readonly itemId: string }): Promise<Chances>;
}
