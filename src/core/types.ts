/**
 * The words of the public API. Types only: both threads import this file.
 *
 * @packageDocumentation
 */
import type { VitrineErrorCode } from './errors.ts';
import type { GeneratedSegment, GenerateRequest } from './generated.ts';
import type { Explanation } from './explanation.ts';
import type { Inspect } from './inspection.ts';
import type { GeneratedFeatures } from './generated-features.ts';
import type {
  Audit,
  ExportRequest,
  ForgetQuery,
  ImportRequest,
  ProfileSettings,
  SensitiveOptions,
  TelemetryOptions,
  WhenUnknown,
} from './privacy.ts';
import type { RerankOptions } from './rerank-options.ts';
import type { MerchandisingRule, RuleMarks } from './rules.ts';
import type { Stats, StorageMode } from './stats.ts';
import type { VarietyOptions } from './variety.ts';
import type { LearnProgress, LearnRequest, LearnResult, LearnStatus } from './learn.ts';

/** One product record as the shop's server sent it, in Vitrine's interchange format. */
export interface Item {
  /** Unique among the candidates, 1 to 200 characters. */
  readonly id: string;
  /** Name, at most 300 characters (longer ones are cut). */
  readonly title?: string;
  /** Plain text, at most 5,000 characters (longer ones are cut). */
  readonly description?: string;
  /** From general to special, `['electronics', 'headphones']`; at most 8 levels. */
  readonly categoryPath?: readonly string[];
  /** Maker's name. */
  readonly brand?: string;
  /** In units of `currency`, finite and 0 or more. */
  readonly price?: number;
  /** ISO 4217 code; all candidates of a call should share one. */
  readonly currency?: string;
  /** Mean rating, 0 to 5. */
  readonly rating?: number;
  /** Number of ratings, 0 or more. */
  readonly ratingCount?: number;
  /** Free tags, at most 64. */
  readonly tags?: readonly string[];
  /** Picture URL, http(s) or relative. */
  readonly image?: string;
  /** Product page URL, http(s) or relative. */
  readonly url?: string;
  /** `false` holds the item back from personalised rows. Default: available. */
  readonly available?: boolean;
  /** What a model says of it; left out: the page's own model may say it when there is time. */
  readonly generated?: GeneratedFeatures;
  /** Its picture as 24 numbers; vectors of another length (2 to 4,096) are folded to these. */
  readonly imageVector?: readonly number[];
  /** Kept with items that the visitor met, for ranking by slices: a pack's numbers, not readable. */
  readonly traits?: string;
}

/**
 * What {@link Vitrine.rerank} accepts: items, a container of items, or a URL of either or of an index
 * (docs/large-catalogs.md).
 */
export type Candidates = readonly unknown[] | Readonly<Record<string, unknown>> | string | URL;

/** Names of the feature blocks of a vector, in their fixed order. */
export type BlockName =
  | 'price'
  | 'category'
  | 'brand'
  | 'text'
  | 'features'
  | 'sentiment'
  | 'generated'
  | 'image';

/** Where similarity is computed. `js` is the plain typed-array path without TensorFlow.js. */
export type Device = 'webgpu' | 'wasm' | 'cpu' | 'js';

/** What the shop may ask for; `auto` starts on `js` and moves up when idle. */
export type DeviceOption = 'auto' | Device;

/** State of the visitor's consent to storage on the device. */
export type Consent = 'granted' | 'denied' | 'unknown';

/** Why a feed is, or is not, personalised. */
export type FeedReason =
  | 'PERSONALIZED'
  | 'COLD_START'
  | 'LOW_CONFIDENCE'
  | 'CONSENT_DENIED'
  | 'CONSENT_UNKNOWN'
  | 'HOLDOUT'
  | 'INFLUENCE_ZERO'
  | 'KILL_SWITCH'
  | VitrineErrorCode;

/** What a segment is about, in words; encoded by the same encoder as items. */
export interface SegmentDescription {
  /** Price level, or a range in the candidates' currency. */
  readonly price?: 'low' | 'middle' | 'high' | PriceRange;
  /** Category names at any level, `['electronics', 'smart home']`. */
  readonly categories?: readonly string[];
  /** Brand names. */
  readonly brands?: readonly string[];
  /** Words that its items use, `['wireless', 'app control']`. */
  readonly keywords?: readonly string[];
  /** Named product features, `{ material: ['leather'] }`; kinds as in the lexicons. */
  readonly features?: Readonly<Record<string, readonly string[]>>;
  /** Synthetic scores, `{ comfort: 'high' }`; counts where candidates have such scores. */
  readonly attributes?: Readonly<Record<string, 'low' | 'high'>>;
}

/** A range of prices; a missing end is open. */
export interface PriceRange {
  /** Lowest price, inclusive. */
  readonly min?: number;
  /** Highest price, inclusive. */
  readonly max?: number;
}

/** A segment as the shop writes it. */
export interface SegmentInput extends SegmentDescription {
  /** Row title, 1 to 80 characters. */
  readonly name: string;
  /** Default: made from the name. */
  readonly id?: string;
  /** One sentence for the merchandiser. */
  readonly description?: string;
}

/** A segment of the library; the fields of {@link GeneratedSegment} are there for generated ones. */
export interface Segment extends Partial<
  Pick<GeneratedSegment, 'description' | 'generator' | 'state' | 'isAutomatic'>
> {
  /** Unique. */
  readonly id: string;
  /** Title of its row. */
  readonly name: string;
  /** Where it comes from. */
  readonly origin: 'predefined' | 'generated' | 'merchant' | 'visitor';
  /** Feature vector of D floats; empty before the first feed encoded it. */
  readonly vector: readonly number[];
  /** What it is about, in words. */
  readonly describes: SegmentDescription;
  /** Segment that it was generated from. */
  readonly seedId?: string;
  /** Candidates of the last feed that belong to it. */
  readonly support: number;
  /** Grows with each change of its profile, starts at 1. */
  readonly version: number;
  /** The visitor's share in it, 0 to 1; the shares sum to at most 1. */
  readonly weight: number;
}

/** One named term of a score. */
export interface ScorePart {
  /** Signal name, such as `segment`, `session`, `longTerm`, `popularity`. */
  readonly name: string;
  /** Signed contribution; the parts of an item sum to its score. */
  readonly value: number;
}

/** A term of a score with what it says. */
export interface ExplainedPart extends ScorePart {
  /** For the shopper, without a full stop: `often chosen right after the “Dome” you looked at`. */
  readonly words: string;
}

/** An item's share in a segment. */
export interface Membership {
  /** Segment id. */
  readonly segmentId: string;
  /** In (0, 1]; the weights of an item sum to 1. */
  readonly weight: number;
}

/** An item with its place, score and reasons. */
export interface RankedItem extends RuleMarks {
  /** Id of the candidate. */
  readonly itemId: string;
  /** Place in its row, from 1. */
  readonly rank: number;
  /** Sum of `scoreParts`. */
  readonly score: number;
  /** The named terms of the score. */
  readonly scoreParts: readonly ScorePart[];
  /** At most three segments; empty when none is near enough. */
  readonly memberships: readonly Membership[];
  /** Set on places given to exploration. */
  readonly explored?: { readonly propensity: number };
  /** One sentence for the shopper. */
  readonly why: string;
  /** The item itself, where candidates come from an index: the page was never sent them. */
  readonly item?: Item;
}

/** One titled line of the feed. */
export interface Row {
  /** Stable: the segment's id (`ID:2`: its second row), `pinned:RULE`, `for-you`, `explore`, `server`. */
  readonly id: string;
  /** Heading for the shopper. */
  readonly title: string;
  /** How the row came about. */
  readonly kind: 'pinned' | 'followed' | 'inferred' | 'explore' | 'server';
  /** Segment that the row shows. */
  readonly segmentId?: string;
  /** One sentence for the shopper. */
  readonly why: string;
  /** Ranked items, best first. */
  readonly items: readonly RankedItem[];
}

/** Something in the input that was mended or left out, or that fell back; nothing else is lost. */
export interface Warning {
  /** What was wrong. */
  readonly code: VitrineErrorCode;
  /** How many times. */
  readonly count: number;
  /** Id, index or field of the first case. */
  readonly first: string;
}

/** A page's worth of rows. */
export interface Feed {
  /** Rows from top to bottom; no item stands twice. */
  readonly rows: readonly Row[];
  /** All valid candidate ids in page order: the rows' items, then the rest as the server sent it. */
  readonly order: readonly string[];
  /** False when the server's order stands. */
  readonly personalized: boolean;
  /** Why. */
  readonly reason: FeedReason;
  /** Set when it was made as for another visitor; nothing about it should be tracked. */
  readonly isPreview?: true;
  /**
   * Set on a feed of the `feed` event that was made while NDJSON was still arriving; the call resolves
   * with the feed of the whole list, which follows.
   */
  readonly isPartial?: true;
  /** Seed of this feed's random draws. */
  readonly seed: number;
  /** Content hash of the pack that made it; without a pack, of the segments and the encoder. */
  readonly packId: string;
  /** Where similarity was computed; `none` when nothing was. */
  readonly device: Device | 'none';
  /** Milliseconds by stage; `total` always present. */
  readonly timings: Readonly<Record<string, number>>;
  /** What was wrong with the input or fell back since the last feed; empty when all was well. */
  readonly warnings: readonly Warning[];
}

/**
 * Interaction types, named as in Google Analytics 4, and `less_like_this`: the visitor wants neither
 * the item nor its like; it fades, and ends when the visitor turns to the item after all.
 */
export type InteractionType =
  | 'view_item'
  | 'view_item_list'
  | 'select_item'
  | 'add_to_cart'
  | 'remove_from_cart'
  | 'add_to_wishlist'
  | 'purchase'
  | 'less_like_this';

/** What the shop reports to {@link Vitrine.track}. */
export interface Interaction {
  /** GA4 event name. */
  readonly type: InteractionType;
  /** The item, or use `items`. */
  readonly itemId?: string;
  /** Several items at once (a list seen, an order placed); ids, or GA4 items with `item_id`. */
  readonly items?: readonly (string | InteractionItem | Item)[];
  /** Row that it happened in. */
  readonly rowId?: string;
  /** Milliseconds since the epoch; default now. */
  readonly time?: number;
  /** Pieces bought or put in the cart, default 1. */
  readonly quantity?: number;
}

/** An item inside an {@link Interaction}. */
export interface InteractionItem {
  /** Item id (GA4 spelling). */
  readonly item_id?: string;
  /** Item id (our spelling). */
  readonly itemId?: string;
  /** Item id (candidate spelling). With other candidate fields the item is learnt from directly. */
  readonly id?: string;
  /** Further candidate fields. */
  readonly [field: string]: unknown;
}

/**
 * How places are given to segments that the visitor has not met: `thompson` draws from what is known
 * of each, `epsilon` gives all the same chance, `greedy` tries nothing that nothing speaks for.
 */
export type ExplorationPolicy = 'thompson' | 'epsilon' | 'greedy';

/** Places for what the visitor has not met. */
export interface ExplorationOptions {
  /** Share of places, 0 to 1, default 0.1. */
  readonly share?: number;
  /** How they are given, default `thompson`. */
  readonly policy?: ExplorationPolicy;
  /**
   * Whether visitors of whom nothing is known get such a row too, above the server's order. Default
   * false: the server's order stands until there is something to go by.
   */
  readonly whenCold?: boolean;
  /**
   * Whether a row that is passed over may give its place to exploration: row and exploration draw
   * from what is known of their places, and the larger draw has it. Default false: the share holds.
   */
  readonly adapt?: boolean;
}

/** Options of {@link createVitrine}; every one may be left out. */
export interface VitrineOptions {
  /** Default `unknown`: the profile lives in memory only. */
  readonly consent?: Consent;
  /**
   * What holds while consent is unknown. `memory` (default): the session is observed in memory and
   * ends with the page. `server`: nothing is observed, and the server's order stands.
   */
  readonly whenUnknown?: WhenUnknown;
  /** What is never recorded, beside the default list of sensitive kinds (docs/consent.md). */
  readonly sensitive?: SensitiveOptions;
  /** The shop's own segments, added to the predefined ones. */
  readonly segments?: readonly SegmentInput[];
  /** `false` leaves the predefined segments out. Default true. */
  readonly predefinedSegments?: boolean;
  /**
   * URL of a trained pack's folder (`vitrine train`), relative to the page. With it, candidates that
   * the pack knows are ranked by what the shop's visitors did. A pack that cannot be fetched or is
   * late is done without; one that is damaged leaves the server's order standing.
   */
  readonly pack?: string | URL;
  /**
   * `true`: pictures of candidates that came without `imageVector` are looked at in the worker, 200
   * on a page at most, when nothing else is to do. It fetches their `image` addresses once more,
   * without cookies, where CORS allows it. Default false.
   */
  readonly pictures?: boolean;
  /** Share of places for segments not yet met, 0 to 1, default 0.1; or how they are given, too. */
  readonly exploration?: number | ExplorationOptions;
  /** Merchandising rules: pin, boost, bury, filter, exclude, sponsored (docs/rules.md). */
  readonly rules?: readonly MerchandisingRule[];
  /** Limits of brands, categories and variants in rows. */
  readonly variety?: VarietyOptions;
  /** Where similarity is computed, default `auto`. */
  readonly device?: DeviceOption;
  /** Makes every draw repeatable. Default: drawn once per profile. */
  readonly seed?: number;
  /** Clock, milliseconds since the epoch. Default `Date.now()` at each call. */
  readonly now?: number | (() => number);
  /** Name of the database, default `vitrine`. */
  readonly storageName?: string;
  /** Share of visitors who keep the server's order, 0 to 1, default 0. Sticky per profile. */
  readonly holdout?: number;
  /** How much the profile may move, 0 (server's order) to 1 (default). */
  readonly influence?: number;
  /**
   * Where the shop's server is told, once a day at most and by randomised response, which segment a
   * visitor's first is. Only with consent, never with Global Privacy Control. Default: nowhere.
   */
  readonly telemetry?: TelemetryOptions;
  /** Console level, default `warn`. */
  readonly logLevel?: 'silent' | 'warn' | 'info';
  /** Most candidates ranked in one call, 1 to 50,000, default 5,000. */
  readonly maxCandidates?: number;
  /** URL of the worker file; default: beside the script. */
  readonly workerUrl?: string | URL;
  /**
   * Milliseconds that a feed may take before the server's order stands. Default 4,000; 15,000 when
   * a device is named, since the first feed then waits for TensorFlow.js.
   */
  readonly timeoutMs?: number;
}

export type { RerankOptions } from './rerank-options.ts';

/** The visitor's profile in numbers and words. */
export interface Profile {
  /** Consent in force. */
  readonly consent: Consent;
  /** Where it is kept. */
  readonly storage: StorageMode;
  /** Whether gift mode is on: nothing is learned now. */
  readonly gift: boolean;
  /** Interactions in the log. */
  readonly events: number;
  /** Time of the first and the last interaction; null without any. */
  readonly since: number | null;
  /** See `since`. */
  readonly until: number | null;
  /**
   * The visitor's segments, strongest first; the weights sum to 1 (or none). Also those that were
   * followed, blocked or corrected, with weight 0; rows of the visitor's own (`visitor:…`) while blocked.
   */
  readonly segments: readonly (Membership & {
    readonly name: string;
    readonly followed: boolean;
    readonly blocked: boolean;
    /** The visitor's own correction, which is in the weight already: 0 to 2, 1 as learned. */
    readonly factor: number;
  })[];
  /** Preference by category, 0 to 1, strongest first, at most 20. */
  readonly categories: readonly { readonly name: string; readonly affinity: number }[];
  /** Preference by brand, 0 to 1, strongest first, at most 20. */
  readonly brands: readonly { readonly name: string; readonly affinity: number }[];
  /** Weighted quartiles of the prices that the visitor engaged with; null below three. */
  readonly price: {
    readonly low: number;
    readonly median: number;
    readonly high: number;
    /** Of the latest priced item. */
    readonly currency?: string;
  } | null;
  /** Latest interactions, newest first, at most 50. */
  readonly recent: readonly {
    readonly type: InteractionType;
    readonly itemId: string;
    readonly title?: string;
    readonly time: number;
  }[];
}

/** What {@link Vitrine.profile} `export` returns: readable JSON. */
export interface ProfileExport {
  /** Always `vitrine-profile`. */
  readonly format: 'vitrine-profile';
  /** Format version. */
  readonly version: 1;
  /** Interactions, oldest first. */
  readonly log: readonly LogRecord[];
  /** Items that the log speaks of. */
  readonly items: readonly Item[];
  /** Follows, blocks and the like. */
  readonly settings: Settings;
}

/** One entry of the append-only log: one item, one interaction. */
export interface LogRecord {
  /** Unique (UUID). */
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Interaction type. */
  readonly type: InteractionType;
  /** Item id. */
  readonly itemId: string;
  /** Row that it happened in. */
  readonly rowId?: string;
  /** Segment of that row. */
  readonly segmentId?: string;
  /** Propensity when the place was explored. */
  readonly propensity?: number;
  /** Pieces. */
  readonly quantity?: number;
}

/** The visitor's own choices. */
export interface Settings {
  /** Seed of the profile's draws. */
  readonly seed: number;
  /** Segments whose rows come first. */
  readonly followed: readonly string[];
  /** Segments whose rows never come. */
  readonly blocked: readonly string[];
  /** Segments generated for this visitor, at most 24. Absent without any. */
  readonly generated?: readonly GeneratedSegment[];
  /** The visitor's corrections by segment id, 0 to 2, never 1; see {@link ProfileSettings}. Absent without any. */
  readonly weights?: Readonly<Record<string, number>>;
}

export type { Restored, Stats, StorageMode } from './stats.ts';

/** Events of {@link Vitrine.on}. */
export interface VitrineEvents {
  /** A feed was made. */
  readonly feed: Feed;
  /** A row came into view (custom element only). */
  readonly exposure: {
    readonly row: Row;
    readonly feed: Feed;
    /** Arm of the holdout; `none` where the feed fell back before it was known. */
    readonly experiment: 'exposed' | 'held-out' | 'none';
  };
  /** A segment was followed, unfollowed, blocked, or made on the page’s request. */
  readonly segment: {
    readonly segmentId: string;
    readonly change: 'followed' | 'unfollowed' | 'blocked' | 'generated';
  };
  /** Learning ended, whether it was asked for or began by itself. */
  readonly learn: LearnResult;
  /** A step of learning, at most about ten times a second. */
  readonly learning: LearnProgress;
  /** Consent was taken back in another tab of the shop, or given again there; it holds here, too. */
  readonly consent: { readonly consent: Consent };
  /** Something fell back or was mended. */
  readonly error: { readonly code: VitrineErrorCode; readonly message: string };
}

/** The page's handle; made by {@link createVitrine}. */
export interface Vitrine {
  /** Ranks candidates into rows. Never rejects for data or devices: the server's order stands. */
  rerank(candidates: Candidates, options?: RerankOptions): Promise<Feed>;
  /** Records an interaction; resolves once it is stored. */
  track(interaction: Interaction): Promise<void>;
  /** The numbers behind an item's place in the last feed. Rejects with `ITEM_UNKNOWN`. */
  explain(itemId: string): Promise<Explanation>;
  /**
   * For tools, of which the inspector is one; no page needs it, and its answers may grow. Without a
   * request: the visitor's vectors, segments with what is believed of them, log, rules and explored
   * places. From the first call on, up to 20 feeds of the page are kept for `replay`. Rejects with
   * `OPTION_INVALID` for a feed that is not kept, `ITEM_UNKNOWN` for what is no candidate.
   */
  readonly inspect: Inspect;
  /** The segment library. */
  readonly segments: {
    list(): Promise<readonly Segment[]>;
    /**
     * Makes a segment from another one for the candidates of the last feed. Rejects with
     * `SEGMENT_UNKNOWN`, `OPTION_INVALID`, `ITEM_UNKNOWN` (before the first feed), or
     * `SEGMENT_REFUSED` with the guard that refused it.
     */
    generate(request: GenerateRequest): Promise<Segment>;
    /**
     * Makes a segment of what items have in common, 2 to 100 ids. Rejects with `OPTION_INVALID`,
     * `ITEM_UNKNOWN`, or `SEGMENT_REFUSED` with the guard that refused it.
     */
    fromItems(itemIds: readonly string[]): Promise<Segment>;
    follow(segmentId: string): Promise<void>;
    unfollow(segmentId: string): Promise<void>;
    block(segmentId: string): Promise<void>;
  };
  /** What is known of the visitor. */
  readonly profile: {
    get(): Promise<Profile>;
    export(): Promise<ProfileExport>;
    /**
     * The same as an encrypted capsule, at most 1 MB of text, to be carried to another device. What
     * does not fit is left out, the oldest first. Rejects with `OPTION_INVALID` for a passphrase of
     * fewer than 8 characters, and `CAPSULE_UNAVAILABLE` on pages without https.
     */
    export(request: ExportRequest): Promise<string>;
    /**
     * Takes over a capsule, or a readable export as object or JSON. Resolves to the number of
     * interactions that were not here before; `undo` right after it takes them back. Rejects, with
     * nothing changed, with `CAPSULE_INVALID`, `CAPSULE_PASSPHRASE`, `CAPSULE_UNAVAILABLE` or
     * `OPTION_INVALID`. Without consent to be observed nothing is taken over.
     */
    import(capsule: string | ProfileExport, request?: ImportRequest): Promise<number>;
    /**
     * Corrects what was learned, or switches gift mode. Resolves once it is in force; rejects, with
     * nothing changed, with `OPTION_INVALID` or `SEGMENT_UNKNOWN`.
     */
    set(settings: ProfileSettings): Promise<void>;
    forget(query: ForgetQuery): Promise<number>;
    undo(): Promise<number>;
    erase(): Promise<void>;
  };
  /** What this device learns of the visitor, beside what the pack knows of everybody. */
  readonly learn: {
    /**
     * Learns now, from 10 choices on. Resolves with a verdict; rejects with `WORKER_…` codes only.
     * By itself, learning begins when idle, with consent, from 20 choices on of which 10 are new.
     */
    now(request?: LearnRequest): Promise<LearnResult>;
    /** What is in use. */
    status(): Promise<LearnStatus>;
    /**
     * Puts an earlier checkpoint in use; 0 is the pack as it came. Rejects with `OPTION_INVALID`
     * for a version that is not among those of the status.
     */
    rollback(version: number): Promise<void>;
  };
  /**
   * Changes consent: `denied` wipes, here and in the shop's other tabs; `granted` moves the session
   * to disk. `by` says whose word it is, for `audit`.
   */
  setConsent(consent: Consent, by?: string): Promise<void>;
  /** What is kept, where, why, and what was asked of the network: for the visitor's own eyes. */
  audit(): Promise<Audit>;
  /** Figures about the engine. */
  stats(): Promise<Stats>;
  /** Listens; returns the function that stops it. */
  on<E extends keyof VitrineEvents>(
    event: E,
    listener: (detail: VitrineEvents[E]) => void,
  ): () => void;
  /** Stops the worker and all listeners; further calls reject with `DISPOSED`. */
  dispose(): void;
}
