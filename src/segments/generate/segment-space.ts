/**
 * The candidates and the segments among them, prepared for generating: who belongs where, what is
 * said of each item, how alike a random row is.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../../catalog/encode-items.ts';
import { blockCosine, type VectorRef, type VectorSet } from '../../core/block-cosine.ts';
import { createRandom } from '../../core/rng.ts';
import { referenceScores } from '../../core/similarity.ts';
import type { Membership, SegmentDescription } from '../../core/types.ts';
import { weightedPresence } from '../../core/vector-set.ts';
import { levelOf, levelRank, memberships, MIN_FIT } from '../membership.ts';
import type { LibrarySegment } from '../validate-segments.ts';
import { type FactTable, tabulateFacts } from './facts.ts';
import { pickRows } from './pick-rows.ts';
import { createSensitiveWords, type SensitiveWords } from '../../sensitive/sensitive-words.ts';

/** What a space is made of. */
export interface SpaceInput {
  /** Candidates. */
  readonly encoded: EncodedItems;
  /** S segments in force. */
  readonly segments: readonly LibrarySegment[];
  /** [S, D] their vectors. */
  readonly vectors: VectorSet;
  /** Encodes words as the library's are: one row, mask with block weights. */
  readonly encode: (describes: SegmentDescription) => VectorSet;
  /** Splits a text into words in their basic form. */
  readonly wordsOf: (text: string) => readonly string[];
  /** What rows have more or less of than the list, by synthetic scores. */
  readonly attributesOf: (rows: readonly number[]) => NonNullable<SegmentDescription['attributes']>;
}

/** Items that belong to a profile. */
export interface Support {
  /** Rows of all members by the page's membership rule, nearest first. */
  readonly rows: readonly number[];
  /** The level of the profile: the cosine that counts as fit 1. */
  readonly level: number;
}

/** A space ready for use. */
export interface SegmentSpace extends SpaceInput {
  /** Candidates as a set. */
  readonly items: VectorSet;
  /** What is said of each item, and how common it is. */
  readonly facts: FactTable;
  /** Finds what must not be named. */
  readonly sensitive: SensitiveWords;
  /** Nearest candidates by segment, nearest first, at most 40; none for one without items here. */
  readonly nearest: readonly (readonly number[])[];
  /** Members of each segment. */
  readonly members: readonly ReadonlySet<number>[];
  /** Mean pairwise cosine that a random row stays below with about 98 % probability. */
  readonly randomCoherence: number;
  /** @returns The `count` candidates with the largest cosine, nearest first. */
  nearestTo(profile: VectorSet, count: number): readonly number[];
  /** @returns Memberships of a vector outside the candidates, by the page's rule. */
  membershipsOf(ref: VectorRef): readonly Membership[];
  /** @returns Share of vectors outside the candidates that a profile which joined would hold. */
  shareOf(profile: VectorSet, vectors: VectorSet): number;
  /** @returns Members of a profile that joined the segments. */
  supportOf(profile: VectorSet): Support;
}

/** Most items of a row that coherence looks at. */
const ROW = 20;

/** Random rows that the measure is taken from. */
const RANDOM_ROWS = 24;

/** Nearest items kept by segment. */
const MAX_NEAREST = 40;

/**
 * How alike items are.
 *
 * @param space - Candidates.
 * @param rows - Which; the first {@link ROW} count.
 * @returns Mean block cosine over all pairs, in [-1, 1]; 0 for fewer than two.
 */
export function coherenceOf(
  space: Pick<SegmentSpace, 'items' | 'encoded'>,
  rows: readonly number[],
): number {
  const { items, encoded } = space;
  const { blocks } = encoded.model.space;
  const set = pickRows(items, rows.slice(0, ROW));
  const count = set.vectors.rows;
  const other = { vectors: set.vectors, presence: weightedPresence(set.presence, blocks) };
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      sum += blockCosine({ set, row: a }, { set: other, row: b }, blocks);
      pairs++;
    }
  }
  return pairs > 0 ? sum / pairs : 0;
}

function randomCoherence(items: VectorSet, encoded: EncodedItems): number {
  const count = items.vectors.rows;
  const random = createRandom(count, 'rows');
  const values = Array.from({ length: count > 1 ? RANDOM_ROWS : 0 }, () => {
    const rows = Array.from({ length: ROW }, () => Math.floor(random() * count));
    return coherenceOf({ items, encoded }, [...new Set(rows)]);
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return mean + 2 * Math.sqrt(square / Math.max(1, values.length));
}

/** Rows by score, highest first; ties in the server's order. */
function ranked(scores: ArrayLike<number>, count: number): number[] {
  const rows = Array.from({ length: scores.length }, (_, row) => row);
  rows.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return rows.slice(0, count);
}

/**
 * Cosines on plain arithmetic.
 *
 * @param items - [N, D] candidates.
 * @param profiles - [S, D] with block weights for masks.
 * @returns [N, S]
 */
export function similarityTo(items: VectorSet, profiles: VectorSet): Float32Array {
  return referenceScores({
    items: items.vectors,
    itemPresence: items.presence,
    vectors: profiles.vectors,
    vectorPresence: profiles.presence,
  });
}

/**
 * The candidates nearest to a segment, and its level.
 *
 * @param scores - [N] cosines of all candidates with it.
 * @returns Rows, nearest first, at most 40; none for a segment without items here.
 */
export function nearestBy(scores: ArrayLike<number>): {
  readonly nearest: readonly number[];
  readonly level: number;
} {
  const places = levelRank(scores.length);
  const best = ranked(scores, Math.max(MAX_NEAREST, places));
  const level = levelOf(best.slice(0, places).map((row) => scores[row] as number));
  return { nearest: Number.isFinite(level) ? best.slice(0, MAX_NEAREST) : [], level };
}

/** Fits of all candidates with all segments, and the segments' members. */
function measureSegments(
  items: VectorSet,
  { segments, vectors }: SpaceInput,
): Pick<SegmentSpace, 'nearest' | 'members'> & { fits: Float64Array; levels: readonly number[] } {
  const count = items.vectors.rows;
  const width = segments.length;
  const scores = similarityTo(items, vectors);
  const fits = new Float64Array(count * width);
  const nearest: (readonly number[])[] = [];
  const levels: number[] = [];
  const column = new Float64Array(count);
  for (let s = 0; s < width; s++) {
    for (let row = 0; row < count; row++) column[row] = scores[row * width + s] as number;
    const { nearest: own, level } = nearestBy(column);
    levels.push(level);
    nearest.push(own);
    for (let row = 0; row < count; row++) fits[row * width + s] = (column[row] as number) / level;
  }
  const ids = segments.map(({ id }) => id);
  const indexOf = new Map(ids.map((id, s) => [id, s]));
  const members = ids.map(() => new Set<number>());
  for (let row = 0; row < count; row++) {
    const own = fits.subarray(row * width, (row + 1) * width);
    for (const { segmentId } of memberships(own, ids)) {
      members[indexOf.get(segmentId) as number]?.add(row);
    }
  }
  return { fits, levels, nearest, members };
}

/**
 * Prepares a list of candidates. Cost: O(N·S·D), the same as scoring a feed on plain arithmetic.
 *
 * @param input - See {@link SpaceInput}.
 * @returns The space.
 */
export function createSegmentSpace(input: SpaceInput): SegmentSpace {
  const { encoded, segments } = input;
  const items: VectorSet = { vectors: encoded.vectors, presence: encoded.presence };
  const { fits, levels, nearest, members } = measureSegments(items, input);
  const ids = [...segments.map(({ id }) => id), '\u{10ffff}'];
  const width = segments.length;
  const count = items.vectors.rows;
  const cosineWith = (ref: VectorRef, row: number): number =>
    blockCosine(ref, { set: input.vectors, row }, encoded.model.space.blocks);
  const support = (profile: VectorSet): Support => {
    const scores = similarityTo(items, profile);
    const order = ranked(scores, count);
    const level = levelOf(order.slice(0, levelRank(count)).map((row) => scores[row] as number));
    const rows = order.filter((row) => {
      const fit = (scores[row] as number) / level;
      if (fit < MIN_FIT) return false;
      const own = [...fits.subarray(row * width, (row + 1) * width), fit];
      return memberships(own, ids).some(({ segmentId }) => segmentId === ids[width]);
    });
    return { rows, level };
  };
  return {
    ...input,
    items,
    nearest,
    members,
    facts: tabulateFacts(encoded),
    sensitive: createSensitiveWords(input.wordsOf),
    randomCoherence: randomCoherence(items, encoded),
    membershipsOf: (ref) =>
      memberships(
        segments.map((_, s) => cosineWith(ref, s) / (levels[s] as number)),
        segments.map(({ id }) => id),
      ),
    nearestTo: (profile, most) => ranked(similarityTo(items, profile), most),
    shareOf(profile, vectors) {
      const { level } = support(profile);
      const { rows } = vectors.vectors;
      let held = 0;
      for (let row = 0; row < rows; row++) {
        const ref = { set: vectors, row };
        const fit = blockCosine(ref, { set: profile, row: 0 }, encoded.model.space.blocks) / level;
        const own = [...levels.map((at, s) => cosineWith(ref, s) / at), fit];
        const isIn = memberships(own, ids).some(({ segmentId }) => segmentId === ids[width]);
        if (isIn) held++;
      }
      return rows > 0 ? held / rows : 0;
    },
    supportOf: support,
  };
}
