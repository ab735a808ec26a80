/**
 * Filling a row: the best items of a segment by exact scores, then variety (MMR, limits).
 *
 * Carbonell & Goldstein 1998, "The use of MMR": each next item maximises score − λ·similarity to
 * the nearest one already placed. The penalty is a part of the score.
 *
 * @packageDocumentation
 */
import { blockCosine } from '../core/block-cosine.ts';
import type { Matrix } from '../core/shapes.ts';
import type { Item, ScorePart } from '../core/types.ts';
import { weightedPresence } from '../core/vector-set.ts';
import { PageShares } from './calibration.ts';
import { exactTop } from './exact-top.ts';
import type { FeedContext } from './feed-context.ts';
import { sessionTrust } from './rank-segments.ts';
import { part, PART_WEIGHTS, type PartName, sumParts } from './score-item.ts';
import { type Refusal, Shelf } from './shelf.ts';
import { SIMILARITY_MARGIN } from './similarities.ts';
import { areVariants } from './variants.ts';

/** A placed item with its reasons. */
export interface PlacedItem {
  /** Row of the candidate. */
  readonly row: number;
  /** Parts that sum to the score. */
  readonly parts: readonly ScorePart[];
  /** Set when the place was given to exploration. */
  readonly explored?: { readonly segment: number; readonly propensity: number };
  /** Id of the rule that put it where it stands. */
  readonly pinned?: string;
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
  /** The visitor's shares by segment id, where the row is to bring the page nearer to them. */
  readonly shares?: ReadonlyMap<string, number>;
}

/** The part of a query that scores depend on. */
type RowLook = Pick<RowQuery, 'impersonal' | 'vector'>;

/** So many times the row's size go into the choice for variety. */
const POOL = 3;

/** Where variety leaves a row short, it may choose from so many times more, at most twice. */
const DEEPER = 4;
const MAX_POOL = POOL * DEEPER * DEEPER;

/** The vectors that a row's items are compared with, and the weight of each cosine. */
function termsOf(
  context: FeedContext,
  query: RowLook,
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

/** Whether a trained ranker has a say in a row, and how much. */
function rankerWeight(context: FeedContext, { impersonal, vector }: RowLook): number {
  if (context.ranker === undefined || impersonal === true) return 0;
  return vector === undefined ? PART_WEIGHTS.picked : PART_WEIGHTS.ranker;
}

/**
 * What an item scores in a row, before variety.
 *
 * @param context - The feed.
 * @param query - The row.
 * @param row - A candidate.
 * @param terms - What the row compares with; default that of the query.
 * @returns Parts that sum to the score.
 */
export function rowParts(
  context: FeedContext,
  query: RowLook,
  row: number,
  terms: ReturnType<typeof termsOf> = termsOf(context, query),
): readonly ScorePart[] {
  const { similarities } = context;
  const parts = terms.map(({ v, name, scale }) => part(name, scale * similarities.exact(row, v)));
  parts.push(...context.staticParts(row));
  const weight = rankerWeight(context, query);
  if (weight > 0) parts.push(...context.rankerParts(row, weight));
  return parts;
}

/** The best items by exact score, before variety. */
function poolOf(context: FeedContext, query: RowQuery, limit: number): readonly PlacedItem[] {
  const { similarities, encoded, base } = context;
  const terms = termsOf(context, query);
  const scales = terms.map(({ name, scale }) => PART_WEIGHTS[name] * scale);
  const parts = new Map<number, readonly ScorePart[]>();
  const approximate = base.slice();
  for (const [t, { v }] of terms.entries()) {
    similarities.addApproximate(approximate, v, scales[t] as number);
  }
  const weight = rankerWeight(context, query);
  const least = query.minCosine - SIMILARITY_MARGIN;
  const column = query.vector === undefined ? undefined : similarities.column(query.vector);
  for (let row = 0; row < approximate.length; row++) {
    const isOut = (column !== undefined && (column[row] as number) < least) || query.taken.has(row);
    const lift = weight > 0 && !isOut ? context.rankerLift(row, weight) : 0;
    approximate[row] = isOut ? -Infinity : (approximate[row] as number) + lift;
  }
  const found = exactTop(
    {
      approximate,
      exact: (row) => {
        if (!query.belongs(row)) return -Infinity;
        const own = rowParts(context, query, row, terms);
        parts.set(row, own);
        return sumParts(own);
      },
      margin: scales.reduce((sum, scale) => sum + scale, 0) * SIMILARITY_MARGIN + 1e-9,
      tieBreak: (a, b) => ((encoded.items[a] as Item).id < (encoded.items[b] as Item).id ? -1 : 1),
    },
    limit,
  );
  return found.map(({ row }) => ({ row, parts: parts.get(row) as readonly ScorePart[] }));
}

/** An item that may be placed. */
interface Open extends PlacedItem {
  /** Sum of the parts. */
  readonly sum: number;
  /** Cosine with the nearest item in the row. */
  nearest: number;
  /** Whether the row holds another variant of the same product. */
  isVariant: boolean;
  /** What the page lacks of the visitor's segments that this item has. */
  lack: number;
}

function scoreOf({ sum, nearest, lack }: Open): number {
  const variety = PART_WEIGHTS.diversity * nearest + PART_WEIGHTS.calibration * lack;
  return sum + variety;
}

/** The parts that depend on what stands in the row already. */
function placedParts({ parts, nearest, lack }: Open): readonly ScorePart[] {
  return [
    ...parts,
    ...(nearest > 0 ? [part('diversity', nearest)] : []),
    ...(lack === 0 ? [] : [part('calibration', lack)]),
  ];
}

/** Index of the best item that may be placed; -1. Those that scored higher are told why not. */
function pick(open: readonly Open[], shelf: Shelf, isStrict: boolean, passed: Passed): number {
  const scores = open.map(scoreOf);
  // Mostly the first one may stand: sorting all of them would be for nothing.
  for (let left = scores.length; left > 0; left--) {
    const i = indexOfLargest(scores);
    const { row, isVariant } = open[i] as Open;
    const refusal = isVariant ? 'variant' : shelf.refusal(row, isStrict);
    if (refusal === undefined) return i;
    if (!passed.has(row)) passed.set(row, refusal);
    scores[i] = Number.NaN;
  }
  return -1;
}

/** The first of equal ones; NaN is none. */
function indexOfLargest(scores: readonly number[]): number {
  let best = -1;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i] as number;
    if (best < 0 ? !Number.isNaN(score) : score > (scores[best] as number)) best = i;
  }
  return best;
}

/** Why items that scored higher were passed over, by row. */
type Passed = Map<number, Refusal>;

/** Puts items of a pool in their order: first within all limits, then within those that must hold. */
function arrange(
  context: FeedContext,
  query: RowQuery,
  pool: readonly PlacedItem[],
): { placed: PlacedItem[]; passed: Passed } {
  const { encoded, options } = context;
  const { blocks } = encoded.model.space;
  const set = { vectors: encoded.vectors, presence: encoded.presence };
  const weighted = { vectors: encoded.vectors, presence: weightsOf(context) };
  const rows = pool.map(({ row }) => row);
  const shelf = new Shelf(context, query, rows);
  const share = query.shares && new PageShares(context, query.shares, query.taken);
  const open: Open[] = pool.map((entry) => ({
    ...entry,
    sum: sumParts(entry.parts),
    nearest: 0,
    isVariant: false,
    lack: share?.lackOf(entry.row) ?? 0,
  }));
  const placed: PlacedItem[] = [];
  const passed: Passed = new Map();
  for (const isStrict of [true, false]) {
    while (placed.length < query.size) {
      const best = pick(open, shelf, isStrict, passed);
      if (best < 0) break;
      const [chosen] = open.splice(best, 1) as [Open];
      placed.push({ row: chosen.row, parts: placedParts(chosen) });
      passed.delete(chosen.row);
      shelf.add(chosen.row);
      share?.add(chosen.row);
      const ref = { set: weighted, row: chosen.row };
      for (const entry of open) {
        const near = blockCosine({ set, row: entry.row }, ref, blocks);
        entry.nearest = Math.max(entry.nearest, near);
        entry.isVariant ||=
          options.variety?.variants !== true && areVariants(encoded, [entry.row, chosen.row], near);
        entry.lack = share?.lackOf(entry.row) ?? 0;
      }
    }
  }
  return { placed, passed };
}

/**
 * Fills a row.
 *
 * Cost: O(N) for the pool, then O(pool × size) cosines; the pool is three times the row, and up to
 * 48 times where limits and variants leave the row short.
 *
 * @param context - The feed; items passed over for variety are noted in its `passed`.
 * @param query - What belongs to the row.
 * @returns At most `size` items in their order; what depends on the row is in their last parts.
 */
export function fillRow(context: FeedContext, query: RowQuery): PlacedItem[] {
  for (let times = POOL; ; times *= DEEPER) {
    const limit = query.size * times;
    const pool = poolOf(context, query, limit);
    const { placed, passed } = arrange(context, query, pool);
    if (placed.length === query.size || pool.length < limit || times === MAX_POOL) {
      for (const [row, refusal] of passed) context.passed.set(row, refusal);
      return placed;
    }
  }
}

const weightedMasks = new WeakMap<object, Matrix>();

/**
 * Items' masks with block weights, so that two items can be compared.
 *
 * @param context - The feed.
 * @returns [N, B], made once per list of candidates.
 */
export function weightsOf(context: FeedContext): Matrix {
  const { encoded } = context;
  const known = weightedMasks.get(encoded);
  if (known) return known;
  const mask = weightedPresence(encoded.presence, encoded.model.space.blocks);
  weightedMasks.set(encoded, mask);
  return mask;
}
