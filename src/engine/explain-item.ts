/**
 * The numbers behind one placement, and what would change without one item's interactions.
 *
 * @packageDocumentation
 */
import { type AnalyzedText, keywordsOf } from '../catalog/analyze-text.ts';
import { VitrineError } from '../core/errors.ts';
import type { Counterfactual, Explanation } from '../core/types.ts';
import { type ComposedFeed, type Place, rankVisitor } from '../feed/compose-feed.ts';
import { SERVER_REASON } from '../feed/reasons.ts';
import { part, serverOrderOf, sumParts } from '../feed/score-item.ts';
import { findVisitorSegments } from '../feed/visitor-segments.ts';
import { similaritiesOf } from '../feed/write-rows.ts';

/** Most keywords of an explanation. */
const MAX_KEYWORDS = 8;

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };

/** 1 → `1st`. */
function ordinal(n: number): string {
  return `${n}${SUFFIXES[ORDINALS.select(n)] ?? 'th'}`;
}

/**
 * Explains an item of the last feed.
 *
 * @param feed - The last feed.
 * @param itemId - A candidate's id.
 * @returns The explanation; parts sum to the score, shares to the similarities.
 * @throws `ITEM_UNKNOWN` when the item was not among the candidates.
 */
export function explainItem(feed: ComposedFeed, itemId: string): Explanation {
  const { encoded } = feed.context;
  const row = encoded.indexOf.get(itemId);
  if (row === undefined) throw new VitrineError('ITEM_UNKNOWN', `explain: got ${itemId}.`);
  const place = feed.places.get(itemId);
  const text = encoded.analyzed[row] as AnalyzedText;
  const scoreParts = place?.placed.parts ?? [
    part('serverOrder', serverOrderOf(row, encoded.items.length)),
  ];
  const explored = place?.ranked.explored;
  const isServer = place === undefined || place.row.kind === 'server';
  const vector = place?.placed.explored?.segment ?? place?.row.vector;
  return {
    itemId,
    rowId: place?.row.id ?? null,
    rank: place?.rank ?? 0,
    score: sumParts(scoreParts),
    scoreParts,
    memberships: feed.context.membershipsOf(row),
    similarities: similaritiesOf(feed.context, row, vector),
    features: {
      keywords: keywordsOf(text, encoded.model.idf, MAX_KEYWORDS),
      named: text.named,
      sentiment: text.sentiment,
    },
    ...(explored ? { explored } : {}),
    why: place?.ranked.why ?? SERVER_REASON,
    counterfactual: isServer || explored ? null : counterfactualOf(feed, place),
  };
}

/** Whether a visitor item speaks for the segment of a row. */
function speaksFor(feed: ComposedFeed, m: number, place: Place): number {
  const { visitor, library } = feed.context;
  const vector = place.row.vector as number;
  const item = visitor.items[m];
  const own = visitor.segments[vector - library.length];
  if (own) return own.weights[m] ?? 0;
  const memberships = feed.visitorMemberships[m] ?? [];
  const share = memberships.find(({ segmentId }) => segmentId === library[vector]?.id)?.weight ?? 0;
  return share * (item?.longTerm ?? 0);
}

function counterfactualOf(feed: ComposedFeed, place: Place): Counterfactual | null {
  const { visitor, library } = feed.context;
  const weights = visitor.items.map((_, m) => speaksFor(feed, m, place));
  const strongest = weights.indexOf(Math.max(...weights));
  const item = visitor.items[strongest];
  if (!item || !((weights[strongest] as number) > 0)) return null;
  const vector = place.row.vector as number;
  const segmentId = library[vector]?.id;
  const looks = `${item.interactions} ${item.interactions === 1 ? 'interaction' : 'interactions'}`;
  const title = `“${item.item.title ?? item.itemId}”`;
  const without = { withoutItemId: item.itemId, interactions: item.interactions };
  if (segmentId === undefined) return ownRowWithout(feed, { vector, strongest, looks, title }, without);
  const rank = feed.ranked.findIndex((entry) => entry.segmentId === segmentId) + 1;
  if (rank === 0) return null;
  const after = rankVisitor(feed.context, item.itemId).ranked;
  const rankWithout = after.findIndex((entry) => entry.segmentId === segmentId) + 1;
  const name = library[vector]?.name ?? segmentId;
  const effect =
    rankWithout === 0
      ? `“${name}” would not be among your interests`
      : rankWithout === rank
        ? `“${name}” would still be your ${ordinal(rank)} interest`
        : `“${name}” would be your ${ordinal(rankWithout)} interest instead of the ${ordinal(rank)}`;
  return {
    ...without,
    rowRank: rank,
    rowRankWithout: rankWithout === 0 ? null : rankWithout,
    sentence: `Without your ${looks} with ${title}, ${effect}.`,
  };
}

/** A row of the visitor's own needs two items; its rank is that among the visitor's own rows. */
function ownRowWithout(
  feed: ComposedFeed,
  row: { vector: number; strongest: number; looks: string; title: string },
  without: Pick<Counterfactual, 'withoutItemId' | 'interactions'>,
): Counterfactual {
  const { visitor, library, encoded } = feed.context;
  const index = row.vector - library.length;
  const own = visitor.segments[index] as (typeof visitor.segments)[number];
  const rest = visitor.items.filter((_, m) => m !== row.strongest);
  const after = findVisitorSegments(rest, encoded.items);
  const at = after.findIndex(({ id }) => id === own.id);
  const effect = at >= 0 ? `the row “${own.name}” would still be there` : `there would be no row “${own.name}”`;
  return {
    ...without,
    rowRank: index + 1,
    rowRankWithout: at >= 0 ? at + 1 : null,
    sentence: `Without your ${row.looks} with ${row.title}, ${effect}.`,
  };
}
