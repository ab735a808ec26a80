/**
 * tf-idf of words and pairs of words, as sparse rows.
 *
 * @packageDocumentation
 */
import { termsOf } from './wide-part.ts';

/** Rows of a sparse matrix. */
export interface SparseRows {
  /** [N + 1] */
  readonly offsets: Int32Array;
  /** Columns. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** Columns and idf of the terms: ln((1 + N) / (1 + df)) + 1. */
export interface Terms {
  readonly columnOf: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
}

/**
 * Learns terms and how rare they are.
 *
 * @param texts - Any.
 * @param minTexts - Least texts that a term must stand in.
 * @returns Terms, and in how many texts each stands.
 */
export function learnTerms(
  texts: readonly string[],
  minTexts: number,
): { terms: Terms; counts: Int32Array } {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= minTexts);
  const idf = ([, count]: [string, number]): number =>
    Math.log((1 + texts.length) / (1 + count)) + 1;
  return {
    terms: {
      columnOf: new Map(kept.map(([term], column) => [term, column])),
      idf: Float32Array.from(kept, idf),
    },
    counts: Int32Array.from(kept, ([, count]) => count),
  };
}

/**
 * Texts as rows.
 *
 * @param texts - Any.
 * @param terms - From {@link learnTerms}.
 * @returns Rows of length 1; empty for a text without known terms.
 */
export function encodeRows(texts: readonly string[], terms: Terms): SparseRows {
  const { columnOf, idf } = terms;
  const offsets = new Int32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, text] of texts.entries()) {
    const uses = new Map<number, number>();
    for (const term of termsOf(text)) {
      const column = columnOf.get(term);
      if (column !== undefined) uses.set(column, (uses.get(column) ?? 0) + 1);
    }
    const weights = Array.from(uses, ([column, count]) => count * (idf[column] as number));
    const length = Math.hypot(...weights);
    columns.push(...uses.keys());
    values.push(...weights.map((weight) => weight / length));
    offsets[row + 1] = columns.length;
  }
  return { offsets, columns: Int32Array.from(columns), values: Float32Array.from(values) };
}
