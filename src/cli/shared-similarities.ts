/**
 * The similarities of many visitors' feeds over one catalog: what does not depend on the visitor is
 * computed once.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import type { VectorSet } from '../core/block-cosine.ts';
import { boundedCosine } from '../core/dot.ts';
import { exactTop, type Scored } from '../feed/exact-top.ts';
import { SIMILARITY_MARGIN, type Similarities } from '../feed/similarities.ts';

/** Of a segment that no visitor moved, so many nearest items are kept. */
const NEAREST = 64;

/** Cosines of all items with one vector, exact. */
interface Column {
  readonly cosines: Float64Array;
  /** The nearest ones, best first. */
  readonly nearest: readonly Scored[];
}

/** Similarities over one catalog. */
export class SharedSimilarities {
  readonly #encoded: EncodedItems;
  readonly #items: VectorSet;
  readonly #library: VectorSet;
  readonly #columns: Column[] = [];

  /**
   * @param encoded - The catalog, N items.
   * @param library - [S, D] segments as no visitor has moved them.
   */
  constructor(encoded: EncodedItems, library: VectorSet) {
    this.#encoded = encoded;
    this.#items = { vectors: encoded.vectors, presence: encoded.presence };
    this.#library = library;
  }

  /**
   * The similarities of one feed.
   *
   * @param vectors - [V, D]: the library's rows first, moved or not, then the visitor's.
   * @returns Exact cosines; those of vectors that a visitor has to himself are computed when asked.
   */
  of(vectors: VectorSet): Similarities {
    const count = this.#encoded.items.length;
    const columns: (Column | undefined)[] = [];
    const columnOf = (v: number): Column =>
      (columns[v] ??= this.#isShared(vectors, v) ? this.#shared(v) : this.#compute(vectors, v));
    return {
      count,
      addApproximate: (out, v, scale) => {
        const { cosines } = columnOf(v);
        for (let n = 0; n < count; n++)
          out[n] = (out[n] as number) + scale * (cosines[n] as number);
      },
      column: (v) => columnOf(v).cosines,
      approximate: (n, v) => columnOf(v).cosines[n] as number,
      exact: (n, v) => columnOf(v).cosines[n] as number,
      top: (v, limit) => {
        const { cosines, nearest } = columnOf(v);
        return limit <= nearest.length ? nearest.slice(0, limit) : topOf(cosines, limit);
      },
    };
  }

  #isShared({ vectors: { data, dims } }: VectorSet, v: number): boolean {
    const { data: before, rows } = this.#library.vectors;
    if (v >= rows) return false;
    for (let i = v * dims; i < (v + 1) * dims; i++) if (data[i] !== before[i]) return false;
    return true;
  }

  #shared(v: number): Column {
    return (this.#columns[v] ??= this.#compute(this.#library, v));
  }

  #compute(set: VectorSet, row: number): Column {
    const { blocks } = this.#encoded.model.space;
    const { presence, vectors } = this.#items;
    const { data, dims, rows } = vectors;
    const own = set.vectors.data.subarray(row * dims, (row + 1) * dims);
    const cosines = new Float64Array(rows);
    const weights = new Float64Array(rows);
    for (const [b, block] of blocks.entries()) {
      const weight = set.presence.data[row * presence.dims + b] as number;
      if (weight === 0) continue;
      for (let n = 0; n < rows; n++) {
        if (!((presence.data[n * presence.dims + b] as number) > 0)) continue;
        const sum = dot(data, n * dims + block.start, own, block);
        cosines[n] = (cosines[n] as number) + sum;
        weights[n] = (weights[n] as number) + weight;
      }
    }
    for (let n = 0; n < rows; n++) {
      const weight = weights[n] as number;
      cosines[n] = boundedCosine(weight > 0 ? (cosines[n] as number) / weight : 0);
    }
    return { cosines, nearest: topOf(cosines, NEAREST) };
  }
}

/** Sum over a block's products; four sums at once, which need not wait for each other. */
function dot(
  a: Float32Array,
  at: number,
  b: Float32Array,
  { size, start }: { readonly start: number; readonly size: number },
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < size; k += 4) {
    s0 += (a[at + k] as number) * (b[start + k] as number);
    s1 += (a[at + k + 1] as number) * (b[start + k + 1] as number);
    s2 += (a[at + k + 2] as number) * (b[start + k + 2] as number);
    s3 += (a[at + k + 3] as number) * (b[start + k + 3] as number);
  }
  for (; k < size; k++) s0 += (a[at + k] as number) * (b[start + k] as number);
  return s0 + s1 + s2 + s3;
}

function topOf(cosines: Float64Array, limit: number): Scored[] {
  const exact = (n: number): number => cosines[n] as number;
  const query = { approximate: cosines, exact, margin: SIMILARITY_MARGIN };
  return exactTop({ ...query, tieBreak: (a, b) => a - b }, limit);
}
