/**
 * Everything that one feed is made from; the rooms of `feed/` share it.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { blockCosine, type VectorRef, type VectorSet } from '../core/block-cosine.ts';
import { factorOf } from '../core/segment-factors.ts';
import type {
  ExplorationPolicy,
  FeedReason,
  Item,
  Membership,
  ScorePart,
  Settings,
} from '../core/types.ts';
import type { VarietyOptions } from '../core/variety.ts';
import type { BetaPosterior } from '../core/beta.ts';
import type { PlaceTrial } from '../events/place-trials.ts';
import type { LibrarySegment } from '../segments/validate-segments.ts';
import { levelOf, levelRank, memberships, MIN_FIT } from '../segments/membership.ts';
import type { RankerView } from './ranker-view.ts';
import type { Wanted } from './reasons.ts';
import { part, popularityOf, serverOrderOf, sumParts } from './score-item.ts';
import type { RuleView, RuleViewMaker } from './rule-view.ts';
import type { Refusal } from './shelf.ts';
import { SIMILARITY_MARGIN, type Similarities } from './similarities.ts';
import type { Visitor } from './visitor.ts';

/** What the log says that matters to placing items. */
export interface LogState {
  /** In the cart, bought or unwanted. */
  readonly heldBack: ReadonlySet<string>;
  /** Shown often and never chosen: not offered for now. */
  readonly resting: ReadonlySet<string>;
  /** In (0, 1] by item. */
  readonly fatigue: ReadonlyMap<string, number>;
  /** Likeness to what the visitor wants less of, in (0, 1] by item; absent without any. */
  readonly unwanted?: ReadonlyMap<string, number>;
  /** Engagement by segment. */
  readonly posteriors: ReadonlyMap<string, BetaPosterior>;
  /** Engagement by segment, of late: for choosing what to try. */
  readonly arms: ReadonlyMap<string, BetaPosterior>;
  /** What became of the places that items had, by item. */
  readonly places: ReadonlyMap<string, PlaceTrial>;
  /** Impressions and engagement by item, faded. */
  readonly trials: ReadonlyMap<string, { readonly shown: number; readonly engaged: number }>;
  /** Rows that the visitor saw last, from the first. */
  readonly lastRows: readonly string[];
  /** Records in the log: new evidence, new draws. */
  readonly events: number;
}

/** What the page asks for. */
export interface FeedOptions {
  /** Most rows, at least 1. */
  readonly rows: number;
  /** Most items in a row, at least 1. */
  readonly rowSize: number;
  /** Share of places for segments not met, 0 to 1. */
  readonly exploration: number;
  /** How these places are given; default `thompson`. */
  readonly policy?: ExplorationPolicy;
  /** Whether a visitor of whom nothing is known gets such places, before the server's order. */
  readonly whenCold?: boolean;
  /** Whether rows that are passed over may lose their place to exploration. */
  readonly adapt?: boolean;
  /** 0 to 1. */
  readonly influence: number;
  /** Seed of the draws. */
  readonly seed: number;
  /** Item that the page is about. */
  readonly contextItemId?: string;
  /** Set when the server's order must stand whatever the profile says. */
  readonly held?: FeedReason | undefined;
  /** One list of all candidates instead of rows. */
  readonly layout?: 'list';
  /** Limits of brands and categories. */
  readonly variety?: VarietyOptions | undefined;
  /** The shop's rules in force. */
  readonly rules?: RuleViewMaker | undefined;
}

/** Inputs of a feed. */
export interface FeedInput {
  /** Candidates. */
  readonly encoded: EncodedItems;
  /** S segments. */
  readonly library: readonly LibrarySegment[];
  /** [S, D]; see {@link vectorsOf} for how all vectors stand below each other. */
  readonly segmentVectors: VectorSet;
  /** What each of them asks for in words, S. */
  readonly wanted: readonly Wanted[];
  /** The visitor. */
  readonly visitor: Visitor;
  /** [N, S + U + 2] */
  readonly similarities: Similarities;
  /** From the log. */
  readonly state: LogState;
  /** @returns Visitor and state without one item's interactions, for counterfactuals. */
  readonly withoutItem: (itemId: string) => Pick<FeedInput, 'visitor' | 'state'>;
  /** Follows, blocks and corrections. */
  readonly settings: Settings;
  /** What the page asks for. */
  readonly options: FeedOptions;
  /** A trained ranker's view of the candidates, when the shop has a pack. */
  readonly ranker?: RankerView | undefined;
}

/** A feed in the making. */
export interface FeedContext extends FeedInput {
  /** Cosine that counts as fit 1, per vector row (segments, then visitor segments). */
  readonly levels: readonly number[];
  /** Vector row of the session vector; the long-term vector is the next. */
  readonly sessionRow: number;
  /** @returns Memberships of a candidate, computed once. */
  membershipsOf(row: number): readonly Membership[];
  /** @returns Memberships of a vector outside the candidates. */
  membershipsOfVector(ref: VectorRef): readonly Membership[];
  /** [N] sum of the parts that no vector is needed for; -Infinity for items not to be shown. */
  readonly base: Float64Array;
  /** @returns The parts that no vector is needed for. */
  staticParts(row: number): readonly ScorePart[];
  /** @returns A trained ranker's parts for a row of the feed, weighted; none without a pack. */
  rankerParts(row: number, weight: number): readonly ScorePart[];
  /** @returns Their sum. */
  rankerLift(row: number, weight: number): number;
  /** Why items were passed over for variety, by row; grows while rows are filled. */
  readonly passed: Map<number, Refusal>;
  /** What the shop's rules in force say; left out: there are none. */
  readonly rules?: RuleView | undefined;
  /** Rows of the items that the shop pinned in rows of their own. */
  readonly pinned?: readonly number[];
  /** @returns Whether an item may be shown at all, whether it rests or not. */
  mayStand(row: number): boolean;
}

/**
 * Whether personalised rows may offer an item. Price 0 is a placeholder in many feeds.
 *
 * @param item - An item.
 * @returns False for items that are not available or cost nothing.
 */
export function isOffered(item: Item): boolean {
  return item.available !== false && item.price !== 0;
}

/** The parts that no vector is needed for. */
function createStaticParts(
  input: FeedInput,
  rules: RuleView | undefined,
  correctionOf: (row: number) => number,
): FeedContext['staticParts'] {
  const { encoded, visitor, state, options } = input;
  const { freshness = 1 } = visitor;
  const seen = new Map(visitor.items.map(({ itemId, session }) => [itemId, session]));
  return (row) => {
    const item = encoded.items[row] as Item;
    // The less the profile may move, the more the server's order decides.
    const order = serverOrderOf(row, encoded.items.length) * (1 + 10 * (1 - options.influence));
    const parts = [part('popularity', popularityOf(item)), part('serverOrder', order)];
    const session = seen.get(item.id);
    if (session !== undefined) parts.push(part('seen', Math.min(1, session * freshness)));
    const fatigue = state.fatigue.get(item.id);
    if (fatigue !== undefined) parts.push(part('fatigue', fatigue));
    const unwanted = state.unwanted?.get(item.id);
    if (unwanted !== undefined) parts.push(part('unwanted', unwanted));
    const correction = correctionOf(row);
    if (correction !== 0) parts.push(part('taste', options.influence * correction));
    if (rules) parts.push(...rules.parts(row));
    return parts;
  };
}

/** What the visitor's corrections of an item's segments come to, -1 to 1; 0 without any. */
function createCorrections(
  { settings: { weights } }: FeedInput,
  membershipsOf: FeedContext['membershipsOf'],
): (row: number) => number {
  if (weights === undefined) return () => 0;
  return (row) =>
    membershipsOf(row).reduce(
      (sum, { segmentId, weight }) => sum + weight * (factorOf(weights, segmentId) - 1),
      0,
    );
}

/** Memberships of candidates, each worked out once. */
function createMemberships(
  similarities: Similarities,
  ids: readonly string[],
  levels: readonly number[],
): FeedContext['membershipsOf'] {
  const known = new Map<number, readonly Membership[]>();
  // A fit below this cannot be one that counts, whatever its exact number is.
  const least = levels.map((level) => MIN_FIT * level - SIMILARITY_MARGIN);
  const fits = new Float64Array(ids.length);
  return (row) => {
    const before = known.get(row);
    if (before) return before;
    for (let s = 0; s < ids.length; s++) {
      const isNear = similarities.approximate(row, s) >= (least[s] as number);
      fits[s] = isNear ? similarities.exact(row, s) / (levels[s] as number) : 0;
    }
    const found = memberships(fits, ids);
    known.set(row, found);
    return found;
  };
}

/**
 * Prepares a feed: levels of all segments, memberships on demand.
 *
 * @param input - See {@link FeedInput}.
 * @returns The context.
 */
export function createFeedContext(input: FeedInput): FeedContext {
  const { similarities, encoded, library, visitor, options } = input;
  const sessionRow = library.length + visitor.segments.length;
  const rank = Math.min(levelRank(similarities.count), similarities.count);
  const levels = Array.from({ length: sessionRow }, (_, v) => {
    const best = similarities.top(v, rank).map(({ score }) => score);
    // A row of the visitor's own is made of what is here: its nearest items set the measure.
    return v < library.length ? levelOf(best) : Math.max(best.at(-1) ?? 0, 0.1);
  });
  const ids = library.map(({ id }) => id);
  const membershipsOf = createMemberships(similarities, ids, levels);
  const membershipsOfVector = (ref: VectorRef): readonly Membership[] =>
    memberships(
      ids.map((_, s) => cosineWith(input, ref, s) / (levels[s] as number)),
      ids,
    );
  const seen = new Set(visitor.items.map(({ itemId }) => itemId));
  const rules = options.rules?.({ items: encoded.items, membershipsOf });
  const staticParts = createStaticParts(input, rules, createCorrections(input, membershipsOf));
  const mayStand = (row: number): boolean =>
    rules?.isOut(row) !== true && isAllowed(encoded.items[row] as Item, input);
  // A list shows everything, as long as it may be shown at all.
  const resting = options.layout === 'list' ? new Set() : input.state.resting;
  const { ranker } = input;
  // People do come back to what they saw, but rows are there to find something else.
  const isTold = ({ name, value }: ScorePart): boolean => name !== 'repeat' || value < 0;
  const rankerParts = (row: number, weight: number): readonly ScorePart[] =>
    (ranker?.parts(row) ?? [])
      .filter(isTold)
      .map(({ name, value }) => ({ name, value: value * weight * options.influence }));
  const rankerLift = (row: number, weight: number): number =>
    seen.has((encoded.items[row] as Item).id)
      ? sumParts(rankerParts(row, weight))
      : (ranker?.scores[row] ?? 0) * weight * options.influence;
  const base = Float64Array.from(encoded.items, (item, row) =>
    mayStand(row) && !resting.has(item.id) ? sumParts(staticParts(row)) : -Infinity,
  );
  return {
    ...input,
    levels,
    sessionRow,
    membershipsOf,
    membershipsOfVector,
    base,
    staticParts,
    rankerParts,
    rankerLift,
    passed: new Map(),
    rules,
    mayStand,
  };
}

function isAllowed(item: Item, { options, state }: FeedInput): boolean {
  return item.id !== options.contextItemId && !state.heldBack.has(item.id) && isOffered(item);
}

/** Exact cosine of any item-like vector with a library segment. */
function cosineWith(input: FeedInput, ref: VectorRef, segment: number): number {
  const { blocks } = input.encoded.model.space;
  return blockCosine(ref, { set: input.segmentVectors, row: segment }, blocks);
}

/**
 * Fit of a vector outside the candidates: the session or the long-term vector.
 *
 * @param context - The feed.
 * @param ref - Row of a set; masks with ones or weights.
 * @param segment - Index in the library.
 * @returns Cosine by the segment's level.
 */
export function fitOf(context: FeedContext, ref: VectorRef, segment: number): number {
  return cosineWith(context, ref, segment) / (context.levels[segment] as number);
}
