/**
 * The life of generated segments: born, confirmed by engagement or retired without any, merged when
 * two have come to mean the same.
 *
 * @packageDocumentation
 */
import type { GeneratedSegment } from '../../core/generated.ts';
import type { InteractionType, LogRecord } from '../../core/types.ts';

/** Engagements with its row that confirm a segment. */
const CONFIRMING = 2;

/** Items shown in its rows without any engagement that retire it: about four rows. */
const RETIRING = 48;

/** Says nothing of interest by itself. */
const SHOWN: InteractionType = 'view_item_list';
const AGAINST: ReadonlySet<InteractionType> = new Set(['remove_from_cart', 'less_like_this']);

/** What became of the segments. */
export interface LifeStep {
  /** Those that stay, in their order. */
  readonly kept: readonly GeneratedSegment[];
  /** Id of the one that stays by the id of each that was merged into it. */
  readonly merged: ReadonlyMap<string, string>;
}

/**
 * Goes one step on.
 *
 * @param generated - The profile's.
 * @param log - Records; those with a segment's id speak of its row.
 * @param followed - Segments that the visitor follows: never retired.
 * @param areAlike - Whether two have come to mean the same.
 * @returns What stays. The same segments when nothing changed.
 */
export function lifeStep(
  generated: readonly GeneratedSegment[],
  log: readonly LogRecord[],
  followed: ReadonlySet<string>,
  areAlike: (a: GeneratedSegment, b: GeneratedSegment) => boolean,
): LifeStep {
  const counts = countByRow(generated, log);
  const kept: GeneratedSegment[] = [];
  const merged = new Map<string, string>();
  for (const segment of generated) {
    const { shown, engaged } = counts.get(segment.id) ?? NONE;
    const isUnwanted = segment.origin === 'generated' && !followed.has(segment.id);
    if (isUnwanted && engaged === 0 && shown >= RETIRING) continue;
    const elder = kept.find((other) => areAlike(other, segment));
    const isProven = segment.state === 'born' && engaged >= CONFIRMING;
    if (elder !== undefined) merged.set(segment.id, elder.id);
    else kept.push(isProven ? { ...segment, state: 'confirmed' } : segment);
  }
  return { kept, merged };
}

interface Count {
  shown: number;
  engaged: number;
}

const NONE: Count = { shown: 0, engaged: 0 };

/** Items shown in, and engagements with, each segment's row. */
function countByRow(
  generated: readonly GeneratedSegment[],
  log: readonly LogRecord[],
): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>(generated.map(({ id }) => [id, { ...NONE }]));
  for (const { type, segmentId } of log) {
    const count = counts.get(segmentId ?? '');
    if (count === undefined || AGAINST.has(type)) continue;
    if (type === SHOWN) count.shown++;
    else count.engaged++;
  }
  return counts;
}
