/**
 * What a new segment must be before anybody sees it. Each refusal says which guard, and the figure.
 *
 * @packageDocumentation
 */
import type { VectorSet } from '../../core/block-cosine.ts';
import type { SegmentDescription } from '../../core/types.ts';
import { tellingText } from '../../sensitive/sensitive-words.ts';
import { MAX_LIKENESS } from './likeness.ts';
import { profileCosine, rowOf } from './profile-math.ts';
import { coherenceOf, type SegmentSpace, type Support } from './segment-space.ts';

/** The guards, in the order in which they are asked. */
export type GuardName =
  | 'sensitive'
  | 'evidence'
  | 'support'
  | 'coherence'
  | 'novelty'
  | 'direction'
  | 'name';

/** Why a segment was refused. */
export interface Refusal {
  /** Which guard. */
  readonly guard: GuardName;
  /** What was got and what was expected. */
  readonly detail: string;
}

/** Fewest candidates that belong to a generated segment. */
const MIN_SUPPORT = 20;

/** Nor may it hold the same items. */
const MAX_OVERLAP = 0.7;

/** Share of members that may speak of sensitive things. */
const MAX_SENSITIVE = 0.15;

/** A segment that waits to be judged. */
export interface Draft {
  /** In words. */
  readonly describes: SegmentDescription;
  /** The words, encoded: one row. */
  readonly profile: VectorSet;
  /** Who belongs. */
  readonly support: Support;
}

/** All words of a description, without its price. */
function wordsIn({
  categories = [],
  brands = [],
  keywords = [],
  features = {},
}: SegmentDescription): string[] {
  return [...categories, ...brands, ...keywords, ...Object.values(features).flat()];
}

function checkSensitive(space: SegmentSpace, { describes, support }: Draft): Refusal | null {
  const found = wordsIn(describes)
    .map((word) => space.sensitive.find(word))
    .find((kind) => kind !== null);
  if (found) return { guard: 'sensitive', detail: `its words speak of ${found}.` };
  const { items } = space.encoded;
  const isSensitive = (row: number): boolean => {
    return space.sensitive.find(tellingText(items[row])) !== null;
  };
  const count = support.rows.filter(isSensitive).length;
  const share = support.rows.length > 0 ? count / support.rows.length : 0;
  if (share <= MAX_SENSITIVE) return null;
  return { guard: 'sensitive', detail: `${count} of its ${support.rows.length} items are.` };
}

/** Share of common members among all members of two. */
function overlapOf(rows: readonly number[], members: ReadonlySet<number>): number {
  const common = rows.filter((row) => members.has(row)).length;
  const all = rows.length + members.size - common;
  return all > 0 ? common / all : 0;
}

/**
 * The existing segment that a draft is too like, if there is one.
 *
 * @param space - Candidates and segments.
 * @param draft - Profile and members.
 * @returns Index and figures of the likest that is too like, or null.
 */
function twinOf(
  space: SegmentSpace,
  draft: Pick<Draft, 'profile' | 'support'>,
): { readonly index: number; readonly cosine: number; readonly overlap: number } | null {
  const { profile, support } = draft;
  let twin: { index: number; cosine: number; overlap: number } | null = null;
  for (const index of space.segments.keys()) {
    const cosine = profileCosine(rowOf(profile, 0), rowOf(space.vectors, index));
    const overlap = overlapOf(support.rows, space.members[index] as ReadonlySet<number>);
    const isTwin = cosine > MAX_LIKENESS || overlap > MAX_OVERLAP;
    if (isTwin && (twin === null || overlap > twin.overlap)) twin = { index, cosine, overlap };
  }
  return twin;
}

/**
 * Asks all guards but `direction` and `name`.
 *
 * @param space - Candidates and segments.
 * @param draft - The segment.
 * @returns The first refusal, or null.
 */
export function refusalOf(space: SegmentSpace, draft: Draft): Refusal | null {
  const sensitive = checkSensitive(space, draft);
  if (sensitive !== null) return sensitive;
  if (wordsIn(draft.describes).length === 0) {
    return { guard: 'evidence', detail: 'its items share nothing that can be said.' };
  }
  const { rows } = draft.support;
  if (rows.length < MIN_SUPPORT) {
    return {
      guard: 'support',
      detail: `got ${rows.length} candidates, expected at least ${MIN_SUPPORT}.`,
    };
  }
  const coherence = coherenceOf(space, rows);
  if (coherence <= space.randomCoherence) {
    const figures = `${coherence.toFixed(3)}, random rows ${space.randomCoherence.toFixed(3)}`;
    return { guard: 'coherence', detail: `its items are as unlike as any: ${figures}.` };
  }
  const twin = twinOf(space, draft);
  if (twin === null) return null;
  const { name } = space.segments[twin.index] as SegmentSpace['segments'][number];
  return {
    guard: 'novelty',
    detail: `“${name}” is there: cosine ${twin.cosine.toFixed(2)}, common items ${twin.overlap.toFixed(2)}.`,
  };
}
