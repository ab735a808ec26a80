/**
 * A log as a feed sees it: the visitor in the candidates' feature space, and what holds items back.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { Item, LogRecord } from '../core/types.ts';
import { evidenceOf } from '../events/evidence.ts';
import { fatigueOf } from '../events/fatigue.ts';
import { heldBackItems } from '../events/held-back.ts';
import { trialsOf } from '../events/impressions.ts';
import { lastRowsOf } from '../events/last-rows.ts';
import { placeTrialsOf } from '../events/place-trials.ts';
import { armPosteriors, engagementPosteriors } from '../events/posteriors.ts';
import { isConsumable } from '../events/refill.ts';
import { showingsOf } from '../events/resting.ts';
import { settledTime } from '../events/settled-time.ts';
import { unwantedItems } from '../events/unwanted.ts';
import { decay, LONG_TERM_HALF_LIFE_MS, SESSION_HALF_LIFE_MS } from '../events/weights.ts';
import { type FeedInput, isOffered } from '../feed/feed-context.ts';
import { describeVisitor } from './describe-visitor.ts';
import { knownItem } from './known-item.ts';
import { unwantedLikeness } from './unwanted-likeness.ts';

/** What a profile is made of. */
export interface ProfileSource {
  /** Records, oldest first. */
  readonly log: readonly LogRecord[];
  /** Items met before, by id. */
  readonly items: ReadonlyMap<string, Item>;
}

/**
 * Derives everything about the visitor that a feed needs.
 *
 * @param source - Log and snapshots.
 * @param encoded - Candidates.
 * @param now - Milliseconds.
 * @returns Visitor, state, and the same without one item's interactions for counterfactuals.
 */
export function viewProfile(
  source: ProfileSource,
  encoded: EncodedItems,
  now: number,
): Pick<FeedInput, 'visitor' | 'state' | 'withoutItem'> {
  const { log, items } = source;
  const unwanted = unwantedItems(log, now);
  const isUsedUp = (itemId: string): boolean => {
    const item = knownItem(encoded, items, itemId);
    return item !== undefined && isConsumable(item);
  };
  const heldBack = new Set([...heldBackItems(log, now, isUsedUp), ...unwanted.keys()]);
  const { resting, visits } = showingsOf(log, now);
  const isFree = (item: Item): boolean =>
    !heldBack.has(item.id) && !resting.has(item.id) && isOffered(item);
  const offered = encoded.items.filter(isFree);
  const settled = settledTime(log, now);
  const visitor = describeVisitor(evidenceOf(log, settled), items, { encoded, offered });
  return {
    visitor: {
      ...visitor,
      // What rows are made of does not fade while the visitor is away, but it counts for less.
      longTermMass: visitor.longTermMass * decay(now - settled, LONG_TERM_HALF_LIFE_MS),
      freshness: decay(now - settled, SESSION_HALF_LIFE_MS),
    },
    state: {
      heldBack,
      resting,
      fatigue: fatigueOf(log, now, visits),
      unwanted: unwantedLikeness(encoded, unwanted, items),
      posteriors: engagementPosteriors(log, settled),
      arms: armPosteriors(log, now),
      places: placeTrialsOf(log, now),
      trials: trialsOf(log, now),
      lastRows: lastRowsOf(log),
      events: log.length,
    },
    withoutItem: (itemId) => {
      const rest = log.filter((record) => record.itemId !== itemId);
      return viewProfile({ log: rest, items }, encoded, now);
    },
  };
}
