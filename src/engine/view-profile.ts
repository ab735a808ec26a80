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
import { impressionsOf } from '../events/impressions.ts';
import { engagementPosteriors } from '../events/posteriors.ts';
import { type FeedInput, isOffered } from '../feed/feed-context.ts';
import { describeVisitor } from './describe-visitor.ts';

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
  const heldBack = heldBackItems(log);
  const offered = encoded.items.filter((item) => !heldBack.has(item.id) && isOffered(item));
  return {
    visitor: describeVisitor(evidenceOf(log, now), items, { encoded, offered }),
    state: {
      heldBack,
      fatigue: fatigueOf(log, now),
      posteriors: engagementPosteriors(log, now),
      shown: impressionsOf(log),
      events: log.length,
    },
    withoutItem: (itemId) => {
      const rest = log.filter((record) => record.itemId !== itemId);
      return viewProfile({ log: rest, items }, encoded, now);
    },
  };
}
