/**
 * The feed that the page shows: what interactions, explanations and shares refer to.
 *
 * @packageDocumentation
 */
import type { Feed, Item } from '../core/types.ts';
import type { Placement } from '../events/to-records.ts';
import type { ComposedFeed } from '../feed/compose-rows.ts';
import { rankVisitor } from '../feed/rank-visitor.ts';
import { type FeedRecipe, PastFeeds } from './past-feeds.ts';
import type { ProfileKeeper } from './profile-keeper.ts';
import { viewProfile } from './view-profile.ts';

/** Remembers the last feed. */
export class ShownFeed {
  readonly #keeper: ProfileKeeper;
  #calls = 0;
  /** Number of the call whose feed is remembered. */
  #call = 0;

  /** How it and earlier ones were made. */
  readonly past: PastFeeds = new PastFeeds();

  /** Undefined before the first feed and after an erasure. */
  composed: ComposedFeed | undefined;
  /** The same as the page got it. */
  feed: Feed | undefined;

  /** @param keeper - The profile; it is told the visitor's shares. */
  constructor(keeper: ProfileKeeper) {
    this.#keeper = keeper;
  }

  /** Its candidates; none before the first feed. */
  get items(): readonly Item[] {
    return this.composed?.context.encoded.items ?? [];
  }

  /** @returns Number of a new call. */
  begin(): number {
    return ++this.#calls;
  }

  /**
   * Remembers a feed, unless the page shows that of a later call; of one call, the last counts.
   *
   * @param call - From {@link ShownFeed.begin}.
   * @param composed - The feed.
   * @param made - As the page gets it, and what it was made of.
   */
  remember(call: number, composed: ComposedFeed, made: [Feed, FeedRecipe]): void {
    const [feed, recipe] = made;
    if (call < this.#call) return;
    this.past.add({ number: call, recipe, feed, rows: composed.rows });
    this.#call = call;
    this.composed = composed;
    this.feed = feed;
    this.#keeper.weights = composed.ranked.map(({ segmentId, weight }) => ({ segmentId, weight }));
  }

  /** Forgets it; a feed under way speaks of the profile of before and is not remembered. */
  forget(): void {
    this.composed = undefined;
    this.feed = undefined;
    this.past.clear();
    this.#call = ++this.#calls;
  }

  /**
   * After events or forgetting, the visitor's segments follow at once, without a new feed.
   *
   * @param now - Milliseconds.
   */
  rankAgain(now: number): void {
    const { composed } = this;
    if (!composed) return;
    const profile = viewProfile(this.#keeper, composed.context.encoded, now);
    const { settings } = this.#keeper;
    const { ranked } = rankVisitor({ ...composed.context, ...profile, settings });
    this.#keeper.weights = ranked.map(({ segmentId, weight }) => ({ segmentId, weight }));
  }

  /**
   * Each interacted item's strongest segment.
   *
   * @param now - Milliseconds.
   * @returns By item id; empty before the first feed.
   */
  mainSegments(now: number): Map<string, string> {
    const { composed } = this;
    if (!composed) return new Map();
    const profile = viewProfile(this.#keeper, composed.context.encoded, now);
    const { visitorMemberships } = rankVisitor({ ...composed.context, ...profile });
    const main = new Map<string, string>();
    for (const [m, { itemId }] of profile.visitor.items.entries()) {
      const segmentId = visitorMemberships[m]?.[0]?.segmentId;
      if (segmentId !== undefined) main.set(itemId, segmentId);
    }
    return main;
  }

  /**
   * Where an item stands.
   *
   * @param itemId - Any.
   * @returns Row, segment and propensity; undefined for an item that is in no row.
   */
  placementOf(itemId: string): Placement | undefined {
    return this.composed && placementIn(this.composed, itemId);
  }
}

/**
 * Where an item stands in a feed.
 *
 * @param feed - Any.
 * @param itemId - Any.
 * @returns Row, segment and propensity; undefined for an item that is in no row.
 */
export function placementIn(
  feed: Pick<ComposedFeed, 'context' | 'places'>,
  itemId: string,
): Placement | undefined {
  const { context, places } = feed;
  const place = places.get(itemId);
  if (!place) return undefined;
  const { explored } = place.placed;
  const vector = explored?.segment ?? place.row.vector;
  const own = vector === undefined ? undefined : context.library[vector]?.id;
  const segmentId = vector === undefined ? undefined : (own ?? place.row.id);
  return {
    rowId: place.row.id,
    ...(segmentId === undefined ? {} : { segmentId }),
    ...(explored ? { propensity: explored.propensity } : {}),
  };
}
