/**
 * The visitor's own corrections of what was learned: more or less of a segment, as a factor.
 *
 * @packageDocumentation
 */

/** Factors by segment id, 0 to 2; a segment that is not named counts as learned. */
export type SegmentFactors = Readonly<Record<string, number>>;

/** Largest factor: twice as much as was learned. */
export const MAX_FACTOR = 2;

/** Most segments that are corrected; the first ones count. */
const MAX_CORRECTED = 1_000;

/**
 * A segment's factor.
 *
 * @param factors - Undefined without any.
 * @param segmentId - Of any segment; names of `Object.prototype` are ids like others.
 * @returns 0 to 2; 1 for a segment that nobody corrected.
 * @example factorOf({ tech: 0.5 }, 'tech') // 0.5
 */
export function factorOf(factors: SegmentFactors | undefined, segmentId: string): number {
  return factors !== undefined && Object.hasOwn(factors, segmentId)
    ? (factors[segmentId] as number)
    : 1;
}

/**
 * Whether a value is a factor.
 *
 * @param value - Anything.
 * @returns True for numbers from 0 to 2.
 */
export function isFactor(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= MAX_FACTOR;
}

/**
 * Reads factors from outside.
 *
 * @param value - Anything found in settings.
 * @param isId - Whether a key may be an id.
 * @returns Own entries that are right, at most 1,000, those of factor 1 left out; undefined without any.
 */
export function readFactors(
  value: unknown,
  isId: (key: string) => boolean,
): SegmentFactors | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).filter(([id, factor]) => isId(id) && isFactor(factor));
  return factorsFrom(entries as [string, number][]);
}

/**
 * Joins corrections of two times.
 *
 * @param older - Undefined without any.
 * @param newer - They win where both name a segment; a factor of 1 takes a correction back.
 * @returns The corrections together; undefined without any.
 * @example mergeFactors({ a: 2, b: 0 }, { a: 1 }) // { b: 0 }
 */
export function mergeFactors(
  older: SegmentFactors | undefined,
  newer: SegmentFactors | undefined,
): SegmentFactors | undefined {
  return factorsFrom([...Object.entries(older ?? {}), ...Object.entries(newer ?? {})]);
}

/** The last entry of an id counts. `fromEntries` defines, so that `__proto__` is a key like others. */
function factorsFrom(entries: readonly (readonly [string, number])[]): SegmentFactors | undefined {
  const kept = [...new Map(entries)].filter(([, factor]) => factor !== 1).slice(0, MAX_CORRECTED);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
