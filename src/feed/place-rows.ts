/**
 * The upper rows of the ladder: followed, then inferred.
 *
 * @packageDocumentation
 */
import type { Item, Row } from '../core/types.ts';
import { MIN_FIT } from '../segments/membership.ts';
import { claimOf, PageShares } from './calibration.ts';
import type { FeedContext } from './feed-context.ts';
import { fillRow, type PlacedItem, type RowQuery } from './fill-row.ts';
import { type RankedSegment, sessionTrust } from './rank-segments.ts';
import { PICKED } from './rows.ts';
import { liesUnder, type VisitorSegment } from './visitor-segments.ts';

export { chunk } from './rows.ts';

/** A row before it is put in words. */
export interface PlacedRow {
  /** Row id. */
  readonly id: string;
  /** Kind. */
  readonly kind: Row['kind'];
  /** Vector row of its segment; undefined for picked, explore and server rows. */
  readonly vector?: number;
  /** Of rows that the shop pinned. */
  readonly title?: string;
  /** Items in their order. */
  readonly items: readonly PlacedItem[];
}

/** Fewest items of a personalised row; one more must be to spare. */
export const MIN_ROW = 4;

/** How far rows of what the visitor turned to lately stand above segments of the same share. */
const OWN_LIFT = 0.2;

/**
 * From this share of what the visitor does right now, and so many items, a kind of thing stands even
 * above what a trained ranker picks: who looks at chairs finds chairs first.
 */
const LEADING = { share: 0.5, items: 3 } as const;

/** Strengths of those rows, and of what the ranker picks: above all that evidence gives. */
const LEADS = 20;
const PICKED_STRENGTH = 10;

/** Rows whose strengths are no farther apart stay as the visitor saw them last. */
const STAY = 0.05;

/** Items that a visitor must have met before a segment may have a second row. */
const MIN_MET = 8;

/** A row that could be shown. */
interface RowCandidate {
  readonly id: string;
  readonly kind: 'followed' | 'inferred';
  readonly vector: number | undefined;
  readonly strength: number;
}

function isLeading({ sessionShare, weights }: VisitorSegment, trust: number): boolean {
  const numItems = weights.filter((weight) => weight > 0).length;
  return trust * sessionShare >= LEADING.share && numItems >= LEADING.items;
}

/**
 * Followed segments first, then what the visitor clearly turned to, what a trained ranker picks, and
 * the rest by strength.
 */
function candidateRows(context: FeedContext, ranked: readonly RankedSegment[]): RowCandidate[] {
  const { library, visitor, settings } = context;
  const followed = settings.followed
    .map((id) => ({ id, vector: library.findIndex((segment) => segment.id === id) }))
    .filter(({ vector }) => vector >= 0)
    .map(({ id, vector }) => ({ id, kind: 'followed' as const, vector, strength: Infinity }));
  const trust = sessionTrust(visitor.sessionMass);
  const own = visitor.segments.map((segment, u) => {
    // What is looked at right now and by name stands above what it stands for in general.
    const strength = OWN_LIFT + trust * segment.sessionShare + (1 - trust) * segment.longTermShare;
    return {
      id: segment.id,
      kind: 'inferred' as const,
      vector: library.length + u,
      strength: isLeading(segment, trust) ? LEADS + strength : strength,
    };
  });
  const inferred = ranked.map(({ index, segmentId, score }) => ({
    id: segmentId,
    kind: 'inferred' as const,
    vector: index,
    strength: score + (library[index]?.isAutomatic === true ? OWN_LIFT : 0),
  }));
  const blocked = new Set(settings.blocked);
  const taken = new Set(followed.map(({ id }) => id));
  const picked = {
    id: PICKED,
    kind: 'inferred' as const,
    vector: undefined,
    strength: PICKED_STRENGTH,
  };
  const isPicked = context.ranker?.knowsVisitor === true;
  const rest = [...(isPicked ? [picked] : []), ...own, ...inferred].sort(
    (a, b) => b.strength - a.strength || (a.id < b.id ? -1 : 1),
  );
  const settled = keepOrder(rest, context.state.lastRows);
  return [...followed, ...settled.filter(({ id }) => !taken.has(id))].filter(
    ({ id }) => !blocked.has(id),
  );
}

/**
 * Rows do not change places for next to nothing: neighbours of about the same strength stand as the
 * visitor saw them last.
 */
function keepOrder(
  rows: readonly RowCandidate[],
  lastRows: readonly string[],
): readonly RowCandidate[] {
  const placeOf = new Map(lastRows.map((id, place) => [id, place]));
  const kept = [...rows];
  const isTurned = (above: RowCandidate, below: RowCandidate): boolean =>
    above.strength - below.strength <= STAY &&
    (placeOf.get(below.id) ?? Infinity) < (placeOf.get(above.id) ?? -1);
  for (let pass = 0; pass < kept.length; pass++) {
    for (let i = 1; i < kept.length; i++) {
      const [above, below] = [kept[i - 1] as RowCandidate, kept[i] as RowCandidate];
      if (isTurned(above, below)) [kept[i - 1], kept[i]] = [below, above];
    }
  }
  return kept;
}

/**
 * What belongs to a row.
 *
 * @param context - The feed.
 * @param vector - Vector row of the row's segment; undefined: what a trained ranker picks.
 * @param taken - Rows of items in use.
 * @returns The query, but for its size.
 */
export function queryOf(
  context: FeedContext,
  vector: number | undefined,
  taken: ReadonlySet<number>,
): Omit<RowQuery, 'size'> {
  if (vector === undefined) {
    // Only what the ranker prefers to the average, and what the visitor has not just seen.
    const seen = new Set(context.visitor.items.map(({ itemId }) => itemId));
    const belongs = (row: number): boolean =>
      (context.ranker?.scores[row] ?? 0) > 0 && !seen.has((context.encoded.items[row] as Item).id);
    return { vector, taken, minCosine: -1, belongs };
  }
  const { library, visitor, levels, encoded } = context;
  const segment = library[vector];
  const minCosine = MIN_FIT * (levels[vector] as number);
  if (segment) {
    const belongs = (row: number): boolean =>
      context.membershipsOf(row).some(({ segmentId }) => segmentId === segment.id);
    return { vector, taken, minCosine, belongs };
  }
  const path = visitor.segments[vector - library.length]?.path ?? [];
  if (path.length > 0) {
    return {
      vector,
      taken,
      minCosine: -1,
      belongs: (row) => liesUnder(encoded.items[row] as Item, path),
    };
  }
  const belongs = (row: number): boolean => context.similarities.exact(row, vector) >= minCosine;
  return { vector, taken, minCosine, belongs };
}

/** Fills one row; undefined when it would be too thin. */
function placeRow(
  context: FeedContext,
  { id, kind, vector }: RowCandidate,
  taken: Set<number>,
  shares: ReadonlyMap<string, number>,
): PlacedRow | undefined {
  const { rowSize } = context.options;
  const least = Math.min(rowSize, MIN_ROW) + 1;
  const query = queryOf(context, vector, taken);
  const isOfSegment = vector !== undefined && vector < context.library.length;
  const items = fillRow(context, {
    ...query,
    size: Math.max(rowSize, least),
    // A segment's row shows its segment, whatever else the page lacks.
    ...(isOfSegment ? {} : { shares }),
  });
  if (items.length < least) return undefined;
  const shown = items.slice(0, rowSize);
  for (const { row } of shown) taken.add(row);
  return { id, kind, ...(vector === undefined ? {} : { vector }), items: shown };
}

/** A segment's second row. */
interface SecondRow extends RowCandidate {
  /** Its first. */
  readonly of: RowCandidate;
}

/** Rows that wait for a place, and segments that may have a second one. */
class RowQueue {
  readonly #waiting: RowCandidate[];
  readonly #page: PageShares;
  #first: RowCandidate[] = [];

  constructor(waiting: readonly RowCandidate[], page: PageShares) {
    this.#waiting = [...waiting];
    this.#page = page;
  }

  /** A segment with one row may have another. */
  mayRepeat(row: RowCandidate): void {
    this.#first.push(row);
  }

  /** The strongest of all; undefined when none is left. */
  next(): RowCandidate | undefined {
    const second = this.#second();
    if (second !== undefined && second.strength > (this.#waiting[0]?.strength ?? 0)) {
      this.#first = this.#first.filter((one) => one !== second.of);
      return second;
    }
    return this.#waiting.shift();
  }

  /** The segment with the strongest claim to a second row. */
  #second(): SecondRow | undefined {
    let best: SecondRow | undefined;
    for (const of of this.#first.filter(({ id }) => this.#page.isShort(id))) {
      const strength = claimOf(of.strength, this.#page.rowsOf(of.id));
      if (best === undefined || strength > best.strength) {
        best = { ...of, of, id: `${of.id}:2`, strength };
      }
    }
    return best;
  }
}

/**
 * Fills the followed and inferred rows. A segment of which the page shows much less than the
 * visitor's share gets a second row `ID:2`, before segments of less than a third of its strength.
 *
 * @param context - The feed.
 * @param ranked - The visitor's segments.
 * @param most - Most rows.
 * @param taken - Rows of items in use; the placed ones are added.
 * @returns Rows in ladder order; those too thin are left out.
 */
export function placeTasteRows(
  context: FeedContext,
  ranked: readonly RankedSegment[],
  most: number,
  taken: Set<number>,
): PlacedRow[] {
  const { library, visitor } = context;
  const rows: PlacedRow[] = [];
  const shares = new Map(ranked.map(({ segmentId, weight }) => [segmentId, weight]));
  const page = new PageShares(context, shares, taken);
  const queue = new RowQueue(candidateRows(context, ranked), page);
  while (rows.length < most) {
    const candidate = queue.next();
    if (candidate === undefined) break;
    const row = placeRow(context, candidate, taken, shares);
    if (!row) continue;
    rows.push(row);
    for (const { row: item } of row.items) page.add(item);
    const segment = library[candidate.vector ?? -1];
    const isFirst = candidate.kind === 'inferred' && segment?.id === candidate.id;
    if (isFirst && visitor.items.length >= MIN_MET) queue.mayRepeat(candidate);
  }
  return rows;
}
