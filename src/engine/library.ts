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
import type { LibrarySegment, ValidatedSegments } from '../segments/validate-segments.ts';

/** Bumped when vectors or scores change their meaning. */
const ENGINE_VERSION = 1;

/** What {@link hashOf} gives for {@link PREDEFINED}: no page need work it out. Held by a test. */
export const PREDEFINED_ID = 'builtin-d2190ed8a7da7d42';

/** The predefined segments, as `validateSegments` would give them: a test says so. */
export const PREDEFINED: readonly LibrarySegment[] = predefined.map(
  ({ id, name, description: _description, ...describes }) =>
    ({ id, name, origin: 'predefined', describes, version: 1 }) as LibrarySegment,
);

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
 * @param merchant - The shop's segments; one with the id of a predefined one replaces it. Null without any.
 * @param withPredefined - Whether the predefined ones are used.
 * @returns Segments, warnings, hash.
 */
export function buildLibrary(merchant: ValidatedSegments | null, withPredefined: boolean): Library {
  const { segments: own, warnings } = merchant ?? { segments: [], warnings: [] };
  const taken = new Set(own.map(({ id }) => id));
  const base = withPredefined ? PREDEFINED : [];
  const segments = [...own, ...base.filter(({ id }) => !taken.has(id))];
  const wanted = segments.map(({ describes }) => wantedBy(describes));
  const isPlain = withPredefined && own.length === 0;
  const packId = isPlain ? PREDEFINED_ID : hashOf(segments);
  return { segments, wanted, warnings, packId };
}

/**
 * Builds the library of what a shop sent. Most have no segments of their own, and no need of what
 * reads them.
 *
 * @param own - The shop's segments, unvalidated.
 * @param withPredefined - Whether the predefined ones are used.
 * @returns As {@link buildLibrary}.
 */
export async function openLibrary(own: unknown, withPredefined: boolean): Promise<Library> {
  if (own === undefined) return buildLibrary(null, withPredefined);
  const { validateSegments } = await import('../segments/validate-segments.ts');
  return buildLibrary(validateSegments(own, 'merchant'), withPredefined);
}

/**
 * A content hash of segments and encoder.
 *
 * @param segments - All of a library.
 * @returns `builtin-` and 16 digits.
 */
export function hashOf(segments: readonly LibrarySegment[]): string {
  const content = JSON.stringify([ENGINE_VERSION, segments]);
  const half = (seed: number): string => hash32(content, seed).toString(16).padStart(8, '0');
  return `builtin-${half(1)}${half(2)}`;
}

/** Looked at for the few segments that a feed has rows of. */
function wantedBy({ keywords = [], features = {} }: SegmentDescription): Wanted {
  let terms: ReadonlySet<string> | undefined;
  let pairs: ReadonlySet<string> | undefined;
  return {
    get terms() {
      return (terms ??= new Set(keywords.flatMap(tokenize).map(stem)));
    },
    get features() {
      return (pairs ??= new Set(
        Object.entries(features).flatMap(([kind, values]) =>
          values.map((value) => `${kind}:${value}`),
        ),
      ));
    },
  };
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
