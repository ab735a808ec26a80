/**
 * The segment library: predefined segments as data, the shop's own beside them.
 *
 * @packageDocumentation
 */
import { stem, tokenize } from '../catalog/analyze-text.ts';
import type { CatalogModel } from '../catalog/encode-items.ts';
import { encodeDescription } from '../catalog/encode-items.ts';
import { writeRow } from '../catalog/encode-vector.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { hash32 } from '../core/rng.ts';
import type { GeneratedSegment } from '../core/generated.ts';
import type { SegmentDescription, Warning } from '../core/types.ts';
import { emptySet } from '../core/vector-set.ts';
import type { Wanted } from '../feed/reasons.ts';
import predefined from '../segments/library.json' with { type: 'json' };
import { type LibrarySegment, validateSegments } from '../segments/validate-segments.ts';

/** Bumped when vectors or scores change their meaning. */
const ENGINE_VERSION = 1;

/** A library ready for use. */
export interface Library {
  /** The shop's segments first, then the predefined ones. */
  readonly segments: readonly LibrarySegment[];
  /** What each of them asks for in words. */
  readonly wanted: readonly Wanted[];
  /** What was wrong with the shop's. */
  readonly warnings: readonly Warning[];
  /** Content hash of segments and encoder. */
  readonly packId: string;
}

/**
 * Builds the library.
 *
 * @param own - The shop's segments, unvalidated; one with the id of a predefined one replaces it.
 * @param withPredefined - Whether the predefined ones are used.
 * @returns Segments, warnings, hash.
 */
export function buildLibrary(own: unknown, withPredefined: boolean): Library {
  const merchant = validateSegments(own, 'merchant');
  const taken = new Set(merchant.segments.map(({ id }) => id));
  const base = withPredefined ? validateSegments(predefined, 'predefined').segments : [];
  const segments = [...merchant.segments, ...base.filter(({ id }) => !taken.has(id))];
  const content = JSON.stringify([ENGINE_VERSION, segments]);
  const half = (seed: number): string => hash32(content, seed).toString(16).padStart(8, '0');
  const wanted = segments.map(({ describes }) => wantedBy(describes));
  return { segments, wanted, warnings: merchant.warnings, packId: `builtin-${half(1)}${half(2)}` };
}

function wantedBy({ keywords = [], features = {} }: SegmentDescription): Wanted {
  const pairs = Object.entries(features).flatMap(([kind, values]) =>
    values.map((value) => `${kind}:${value}`),
  );
  return { terms: new Set(keywords.flatMap(tokenize).map(stem)), features: new Set(pairs) };
}

/**
 * The library with the visitor's generated segments behind the others.
 *
 * @param library - The shop's and the predefined ones.
 * @param generated - Kept in the profile; one whose id is taken is left out.
 * @returns The same library when there are none. The hash stays: it tells of what the shop sent.
 */
export function withGenerated(
  library: Library,
  generated: readonly GeneratedSegment[] = [],
): Library {
  const taken = new Set(library.segments.map(({ id }) => id));
  const added = generated
    .filter(({ id }) => !taken.has(id))
    .map(({ born: _born, evidence: _evidence, ...segment }): LibrarySegment => segment);
  if (added.length === 0) return library;
  return {
    ...library,
    segments: [...library.segments, ...added],
    wanted: [...library.wanted, ...added.map(({ describes }) => wantedBy(describes))],
  };
}

/**
 * Encodes segments in the candidates' feature space.
 *
 * @param segments - S segments.
 * @param model - What the candidates taught.
 * @returns [S, D], masks with block weights.
 */
export function encodeLibrary(
  segments: readonly Pick<LibrarySegment, 'describes'>[],
  model: CatalogModel,
): VectorSet {
  const { space } = model;
  const out = emptySet(segments.length, space.dims, space.blocks.length);
  for (const [row, { describes }] of segments.entries()) {
    const vector = encodeDescription(describes, model);
    writeRow(vector, out.vectors.data, out.presence.data, { row, weighted: true });
  }
  return out;
}
