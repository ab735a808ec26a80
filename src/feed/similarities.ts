/**
 * The [N, V] similarities of one feed: approximate from a device, exact on demand.
 *
 * @packageDocumentation
 */
import { blockCosine, type VectorSet } from '../core/block-cosine.ts';
import { VitrineError } from '../core/errors.ts';
import type { FeatureSpace } from '../catalog/blocks.ts';
import { exactTop, type Scored } from './exact-top.ts';

/** A device's cosine may differ from the exact one by this much; more is a wrong result. */
export const SIMILARITY_MARGIN = 2e-4;

/** What a feed asks about similarity. */
export interface Similarities {
  /** N. */
  readonly count: number;
  /** Adds scale × the device's cosine with vector row v to each item's entry of `out`, [N]. */
  addApproximate(out: Float64Array, v: number, scale: number): void;
  /** @returns The device's cosine of item row n with vector row v. */
  approximate(n: number, v: number): number;
  /** @returns The exact cosine; throws `DEVICE_WRONG_RESULT` when the device's is off. */
  exact(n: number, v: number): number;
  /** @returns The items with the largest exact cosine, best first. */
  top(v: number, limit: number): readonly Scored[];
}

/** What similarities are made of. */
export interface SimilarityParts {
  /** Candidates. */
  readonly items: VectorSet;
  /** Segments, visitor segments, session and long-term vector. */
  readonly vectors: VectorSet;
  /** Feature space of both. */
  readonly space: FeatureSpace;
  /** [N, V] from a device. */
  readonly scores: Float32Array;
}

/**
 * Wraps a device's scores.
 *
 * @param parts - See {@link SimilarityParts}.
 * @returns Approximate and exact cosines; exact ones are computed once.
 */
export function createSimilarities(parts: SimilarityParts): Similarities {
  const { items, vectors, space, scores } = parts;
  const count = items.vectors.rows;
  const width = vectors.vectors.rows;
  const known = new Float64Array(count * width).fill(Number.NaN);
  const approximate = (n: number, v: number): number => scores[n * width + v] as number;
  const exact = (n: number, v: number): number => {
    const at = n * width + v;
    const before = known[at] as number;
    if (!Number.isNaN(before)) return before;
    const item = { set: items, row: n };
    const cosine = blockCosine(item, { set: vectors, row: v }, space.blocks);
    // A device that returns zeros or noise without an error is caught here, before it can rank.
    if (!(Math.abs(cosine - approximate(n, v)) <= SIMILARITY_MARGIN)) {
      throw new VitrineError(
        'DEVICE_WRONG_RESULT',
        `got ${approximate(n, v)}, expected ${cosine}.`,
      );
    }
    known[at] = cosine;
    return cosine;
  };
  const addApproximate = (out: Float64Array, v: number, scale: number): void => {
    for (let n = 0, at = v; n < count; n++, at += width) {
      out[n] = (out[n] as number) + scale * (scores[at] as number);
    }
  };
  const column = (v: number): Float64Array => {
    const out = new Float64Array(count);
    addApproximate(out, v, 1);
    return out;
  };
  return {
    count,
    addApproximate,
    approximate,
    exact,
    top: (v, limit) =>
      exactTop(
        {
          approximate: column(v),
          exact: (n) => exact(n, v),
          margin: SIMILARITY_MARGIN,
          tieBreak: (a, b) => a - b,
        },
        limit,
      ),
  };
}
