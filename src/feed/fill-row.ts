/**
 * Filling a row: the best items of a segment by exact scores, then variety (MMR).
 *
 * Carbonell & Goldstein 1998, "The use of MMR": each next item maximises score − λ·similarity to
 * the nearest one already placed. The penalty is a part of the score.
 *
 * @packageDocumentation
 */
import { blockCosine } from '../core/block-cosine.ts';
import type { Item, ScorePart } from '../core/types.ts';
import { exactTop } from './exact-top.ts';
import type { FeedContext } from './feed-context.ts';
import { sessionTrust } from './rank-segments.ts';
import { part, PART_WEIGHTS, type PartName, sumParts } from './score-item.ts';
import { SIMILARITY_MARGIN } from './similarities.ts';

/** A placed item with its reasons. */
export interface PlacedItem {
  /** Row of the candidate. */
  readonly row: number;
  /** Parts that sum to the score. */
  readonly parts: readonly ScorePart[];
  /** Set when the place was given to exploration. */
  readonly explored?: { readonly segment: number; readonly propensity: number };
}

/** What a row is filled with. */
export interface RowQuery {
  /** Vector row that the segment part compares with; undefined in a row of no segment. */
  readonly vector: number | undefined;
  /** Whether an item belongs to the row, by exact numbers. */
  readonly belongs: (row: number) => boolean;
  /** Least cosine; cheap pre-filter that never excludes a belonging item. */
  readonly minCosine: number;
  /** Most items. */
  readonly size: number;
  /** Rows taken already. */
  readonly taken: ReadonlySet<number>;
  /** Without the visitor's own vectors: for exploration. */
  readonly impersonal?: boolean;
}

/** So many times the row's size go into the choice for variety. */
const POOL = 3;

/** The vectors that a row's items are compared with, and the weight of each cosine. */
function termsOf(
  context: FeedContext,
  query: RowQuery,
): { v: number; name: PartName; scale: number }[] {
  const { levels, sessionRow, visitor, options } = context;
  const { influence } = options;
  const terms: ReturnType<typeof termsOf> = [];
  if (query.vector !== undefined) {
    const level = levels[query.vector] as number;
    terms.push({ v: query.vector, name: 'segment', scale: influence / level });
  }
  if (query.impersonal) return terms;
  const trust = sessionTrust(visitor.sessionMass);
  if (trust > 0) terms.push({ v: sessionRow, name: 'session', scale: influence * trust });
  if (visitor.longTermMass > 0)
    terms.push({ v: sessionRow + 1, name: 'longTerm', scale: influence });
  return terms;
}

/** The best items by exact score, before variety. */
function poolOf(context: FeedContext, query: RowQuery): readonly PlacedItem[] {
  const { similarities, encoded, base } = context;
  const terms = termsOf(context, query);
  const scales = terms.map(({ name, scale }) => PART_WEIGHTS[name] * scale);
  const parts = new Map<number, readonly ScorePart[]>();
  const approximate = base.slice();
  for (const [t, { v }] of terms.entries()) {
    similarities.addApproximate(approximate, v, scales[t] as number);
  }
  const isRanked = context.ranker !== undefined && query.impersonal !== true;
  const weight = query.vector === undefined ? PART_WEIGHTS.picked : PART_WEIGHTS.ranker;
  const least = query.minCosine - SIMILARITY_MARGIN;
  for (let row = 0; row < approximate.length; row++) {
    const isOut =
      query.taken.has(row) ||
      (query.vector !== undefined && similarities.approximate(row, query.vector) < least);
    const lift = isRanked && !isOut ? context.rankerLift(row, weight) : 0;
    approximate[row] = isOut ? -Infinity : (approximate[row] as number) + lift;
  }
  const found = exactTop(
    {
      approximate,
      exact: (row) => {
        if (!query.belongs(row)) return -Infinity;
        const own = terms.map(({ v, name, scale }) =>
          part(name, scale * similarities.exact(row, v)),
        );
        own.push(...context.staticParts(row));
        if (isRanked) own.push(...context.rankerParts(row, weight));
        parts.set(row, own);
        return sumParts(own);
      },
      margin: scales.reduce((sum, scale) => sum + scale, 0) * SIMILARITY_MARGIN + 1e-9,
      tieBreak: (a, b) => ((encoded.items[a] as Item).id < (encoded.items[b] as Item).id ? -1 : 1),
    },
    query.size * POOL,
  );
  return found.map(({ row }) => ({ row, parts: parts.get(row) as readonly ScorePart[] }));
}

/**
 * Fills a row.
 *
 * @param context - The feed.
 * @param query - What belongs to the row.
 * @returns At most `size` items in their order; the variety penalty is their last part.
 */
export function fillRow(context: FeedContext, query: RowQuery): PlacedItem[] {
  const pool = poolOf(context, query).map((entry) => ({ ...entry, nearest: 0 }));
  const { encoded } = context;
  const { blocks } = encoded.model.space;
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const weighted = { vectors: encoded.vectors, presence: weightsOf(context) };
  const placed: PlacedItem[] = [];
  while (placed.length < query.size && pool.length > 0) {
    let best = 0;
    let most = -Infinity;
    for (const [i, entry] of pool.entries()) {
      const score = sumParts(entry.parts) + PART_WEIGHTS.diversity * entry.nearest;
      if (score > most) {
        most = score;
        best = i;
      }
    }
    const [chosen] = pool.splice(best, 1) as [(typeof pool)[number]];
    const parts =
      chosen.nearest > 0 ? [...chosen.parts, part('diversity', chosen.nearest)] : chosen.parts;
    placed.push({ row: chosen.row, parts });
    for (const entry of pool) {
      const ref = { set: weighted, row: chosen.row };
      const near = blockCosine({ set, row: entry.row }, ref, blocks);
      entry.nearest = Math.max(entry.nearest, near);
    }
  }
  return placed;
}

const weightedMasks = new WeakMap<object, { data: Float32Array; rows: number; dims: number }>();

/** Items' masks with block weights, so that two items can be compared. */
function weightsOf({ encoded }: FeedContext): { data: Float32Array; rows: number; dims: number } {
  const known = weightedMasks.get(encoded);
  if (known) return known;
  const { blocks } = encoded.model.space;
  const { presence } = encoded;
  const data = presence.data.map((value, i) => value * (blocks[i % blocks.length]?.weight ?? 0));
  const mask = { data, rows: presence.rows, dims: presence.dims };
  weightedMasks.set(encoded, mask);
  return mask;
}
