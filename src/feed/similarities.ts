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
  /** @returns [N] the device's cosines with vector row v. Not to be changed. */
  column(v: number): Float32Array | Float64Array;
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
  const known = new Map<number, number>();
  const columns: (Float32Array | undefined)[] = [];
  const tops: (readonly Scored[] | undefined)[] = [];
  const approximate = (n: number, v: number): number => scores[n * width + v] as number;
  const exact = (n: number, v: number): number => {
    const at = n * width + v;
    const before = known.get(at);
    if (before !== undefined) return before;
    const item = { set: items, row: n };
    const cosine = blockCosine(item, { set: vectors, row: v }, space.blocks);
    // A device that returns zeros or noise without an error is caught here, before it can rank.
    if (!(Math.abs(cosine - approximate(n, v)) <= SIMILARITY_MARGIN)) {
      throw new VitrineError(
        'DEVICE_WRONG_RESULT',
        `got ${approximate(n, v)}, expected ${cosine}.`,
      );
    }
    known.set(at, cosine);
    return cosine;
  };
  /** One vector's cosines side by side: rows, levels and explored segments ask for them again. */
  const columnOf = (v: number): Float32Array => {
    const before = columns[v];
    if (before) return before;
    const column = new Float32Array(count);
    for (let n = 0, at = v; n < count; n++, at += width) column[n] = scores[at] as number;
    columns[v] = column;
    return column;
  };
  const findTop = (v: number, limit: number): readonly Scored[] => {
    const query = { approximate: columnOf(v), margin: SIMILARITY_MARGIN };
    return exactTop({ ...query, exact: (n) => exact(n, v), tieBreak: (a, b) => a - b }, limit);
  };
  return {
    count,
    addApproximate: (out, v, scale) => {
      const column = columnOf(v);
      for (let n = 0; n < count; n++) out[n] = (out[n] as number) + scale * (column[n] as number);
    },
    column: columnOf,
    approximate,
    exact,
    top: (v, limit) => {
      const before = tops[v];
      if (before && before.length >= Math.min(limit, count)) return before.slice(0, limit);
      const found = findTop(v, limit);
      tops[v] = found;
      return found;
    },
  };
}
