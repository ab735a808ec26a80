/**
 * The numbers behind one placement, and what would change without one item's interactions.
 *
 * @packageDocumentation
 */
import { keywordsOf } from '../catalog/analyze-text.ts';
import { VitrineError } from '../core/errors.ts';
import type { Counterfactual, Explanation } from '../core/explanation.ts';
import type { ExplainedPart, ScorePart } from '../core/types.ts';
import type { ComposedFeed, Place } from '../feed/compose-rows.ts';
import { rankVisitor } from '../feed/rank-visitor.ts';
import { notShown } from '../feed/not-shown.ts';
import { partWords, SERVER_REASON } from '../feed/reasons.ts';
import { part, serverOrderOf } from '../feed/score-item.ts';
import type { VisitorItem } from '../feed/visitor.ts';
import { similaritiesOf } from '../feed/write-rows.ts';
import type { Scoring } from './scoring.ts';

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
  const text = encoded.textOf(row);
  const place = feed.places.get(itemId);
  const vector = place?.placed.explored?.segment ?? place?.row.vector;
  return {
    itemId,
    ...(place ? placedNumbers(feed, place) : unplacedNumbers(feed, row)),
    memberships: feed.context.membershipsOf(row),
    similarities: similaritiesOf(feed.context, row, vector),
    features: {
      keywords: keywordsOf(text, encoded.model.idf, MAX_KEYWORDS),
      named: text.named,
      sentiment: text.sentiment,
      generated: encoded.items[row]?.generated ?? null,
    },
  };
}

/**
 * Explains an item of the page, with what scored its text.
 *
 * @param feed - The last feed.
 * @param scoring - Knows where synthetic scores come from.
 * @param itemId - A candidate's id.
 * @returns See {@link explainItem}.
 * @throws `ITEM_UNKNOWN`, also before the first feed.
 */
export async function explainShown(
  feed: ComposedFeed | undefined,
  scoring: Pick<Scoring, 'explain'>,
  itemId: string,
): Promise<Explanation> {
  if (!feed) throw new VitrineError('ITEM_UNKNOWN', 'explain: no feed was made yet.');
  const explanation = explainItem(feed, itemId);
  const { indexOf, items } = feed.context.encoded;
  const generated = await scoring.explain(items[indexOf.get(itemId) as number]);
  return { ...explanation, features: { ...explanation.features, generated } };
}

/** What depends on the place of an item. */
type PlaceNumbers = Omit<Explanation, 'itemId' | 'memberships' | 'similarities' | 'features'>;

/** The same parts with words. */
function explained(
  feed: ComposedFeed,
  row: number,
  parts: readonly ScorePart[],
): readonly ExplainedPart[] {
  const { ranker, rules } = feed.context;
  const ranked = new Map([...(ranker?.words(row) ?? []), ...(rules?.words ?? [])]);
  return parts.map(({ name, value }) => ({ name, value, words: partWords(name, ranked) }));
}

function placedNumbers(feed: ComposedFeed, place: Place): PlaceNumbers {
  const { ranked, row } = place;
  const isPersonal = row.kind !== 'server' && row.kind !== 'explore';
  return {
    rowId: row.id,
    rank: place.rank,
    score: ranked.score,
    scoreParts: explained(feed, place.placed.row, ranked.scoreParts),
    ...(ranked.explored ? { explored: ranked.explored } : {}),
    why: ranked.why,
    counterfactual: isPersonal ? counterfactualOf(feed, place) : null,
  };
}

/** An item in no row stands where the server put it. */
function unplacedNumbers(feed: ComposedFeed, row: number): PlaceNumbers {
  const order = part('serverOrder', serverOrderOf(row, feed.context.encoded.items.length));
  const reason = feed.personalized ? notShown(feed.context, row) : undefined;
  return {
    rowId: null,
    rank: 0,
    score: order.value,
    scoreParts: explained(feed, row, [order]),
    why: SERVER_REASON,
    ...(reason ? { notShown: reason } : {}),
    counterfactual: null,
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

/** How the sentence of a counterfactual begins. */
function openingOf({ interactions, item, itemId }: VisitorItem): string {
  const noun = interactions === 1 ? 'interaction' : 'interactions';
  return `Without your ${interactions} ${noun} with “${item.title ?? itemId}”`;
}

function counterfactualOf(feed: ComposedFeed, place: Place): Counterfactual | null {
  if (place.row.vector === undefined) return pickedWithout(feed, place);
  const { visitor, library } = feed.context;
  const weights = visitor.items.map((_, m) => speaksFor(feed, m, place));
  const strongest = weights.indexOf(Math.max(...weights));
  const item = visitor.items[strongest];
  if (!item || !((weights[strongest] as number) > 0)) return null;
  const { vector } = place.row;
  const start = openingOf(item);
  const without = { withoutItemId: item.itemId, interactions: item.interactions };
  const segment = library[vector];
  if (!segment) return ownRowWithout(feed, { vector, start }, without);
  const rankIn = (ranked: ComposedFeed['ranked']): number =>
    ranked.findIndex(({ segmentId }) => segmentId === segment.id) + 1;
  const rank = rankIn(feed.ranked);
  if (rank === 0) return null;
  const rest = feed.context.withoutItem(item.itemId);
  const rankWithout = rankIn(rankVisitor({ ...feed.context, ...rest }).ranked);
  return {
    ...without,
    rowRank: rank,
    rowRankWithout: rankWithout === 0 ? null : rankWithout,
    sentence: `${start}, “${segment.name}” ${effectOf(rank, rankWithout)}.`,
  };
}

function effectOf(rank: number, rankWithout: number): string {
  if (rankWithout === 0) return 'would not be among your interests';
  if (rankWithout === rank) return `would still be your ${ordinal(rank)} interest`;
  return `would be your ${ordinal(rankWithout)} interest instead of the ${ordinal(rank)}`;
}

/** Place among some candidates by a trained ranker's scores, from 1; ties share the best place. */
function placeBy(scores: Float64Array, row: number, among: readonly number[]): number {
  const own = scores[row] as number;
  return 1 + among.filter((other) => (scores[other] as number) > own).length;
}

/**
 * Where a trained ranker would put the item, among all that the visitor has not met, without the
 * interactions that speak most for it.
 */
function pickedWithout(feed: ComposedFeed, place: Place): Counterfactual | null {
  const { ranker, visitor, encoded } = feed.context;
  const { row } = place.placed;
  const source = ranker?.sourceOf(row);
  const item = visitor.items.find(({ itemId }) => itemId === source);
  if (!ranker || !item) return null;
  const met = new Set(visitor.items.map(({ itemId }) => itemId));
  const isCounted = (at: number): boolean => at === row || !met.has(encoded.items[at]?.id ?? '');
  const among = [...encoded.items.keys()].filter(isCounted);
  const rowRank = placeBy(ranker.scores, row, among);
  const rowRankWithout = placeBy(ranker.without(item.itemId).scores, row, among);
  const places = `of ${among.length}`;
  const effect =
    rowRank === rowRankWithout
      ? `it would still be your ${ordinal(rowRank)} ${places}`
      : `it would be your ${ordinal(rowRankWithout)} ${places} instead of the ${ordinal(rowRank)}`;
  return {
    withoutItemId: item.itemId,
    interactions: item.interactions,
    rowRank,
    rowRankWithout,
    sentence: `${openingOf(item)}, ${effect}.`,
  };
}

/** A row of the visitor's own needs two items; its rank is that among the visitor's own rows. */
function ownRowWithout(
  feed: ComposedFeed,
  row: { vector: number; start: string },
  without: Pick<Counterfactual, 'withoutItemId' | 'interactions'>,
): Counterfactual {
  const { visitor, library, withoutItem } = feed.context;
  const index = row.vector - library.length;
  const own = visitor.segments[index] as (typeof visitor.segments)[number];
  const rest = withoutItem(without.withoutItemId).visitor.segments;
  const at = rest.findIndex(({ id }) => id === own.id);
  const effect =
    at >= 0 ? `the row “${own.name}” would still be there` : `there would be no row “${own.name}”`;
  return {
    ...without,
    rowRank: index + 1,
    rowRankWithout: at >= 0 ? at + 1 : null,
    sentence: `${row.start}, ${effect}.`,
  };
}
