/**
 * Latent semantic analysis: words that occur in the same items come close to each other.
 *
 * Hashing a thousand words into a few dimensions drowns the one word that two texts share. The
 * leading right singular vectors of the weighted item–term matrix A keep what they have in common
 * (Deerwester et al. 1990), found by randomised subspace iteration (Halko, Martinsson & Tropp 2011,
 * https://arxiv.org/abs/0909.4061). The first one, which all items share, is dropped.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** A text as weighted terms. */
export type TermWeights = ReadonlyMap<string, number>;

/** Vectors of terms, learned from a list. */
export interface LatentTerms {
  /** k. */
  readonly dims: number;
  /** Term → offset into `vectors`. */
  readonly index: ReadonlyMap<string, number>;
  /** Row-major [terms, k]. */
  readonly vectors: Float64Array;
}

/** Texts that are learned from; more are sampled evenly. */
const MAX_TEXTS = 1_500;

/** Further directions that make the leading ones accurate. */
const OVERSAMPLING = 6;

/** Rounds of subspace iteration. */
const ROUNDS = 2;

/** Items × terms, compressed by rows. */
interface Sparse {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
  readonly width: number;
}

function sampled(texts: readonly TermWeights[]): readonly TermWeights[] {
  if (texts.length <= MAX_TEXTS) return texts;
  const step = texts.length / MAX_TEXTS;
  return Array.from({ length: MAX_TEXTS }, (_, i) => texts[Math.floor(i * step)] as TermWeights);
}

/** Rows are scaled to unit length, so that long texts do not count more. */
function toSparse(texts: readonly TermWeights[], index: ReadonlyMap<string, number>): Sparse {
  const starts = new Uint32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, text] of texts.entries()) {
    let square = 0;
    const first = values.length;
    for (const [term, weight] of text) {
      const column = index.get(term);
      if (column === undefined) continue;
      columns.push(column);
      values.push(weight);
      square += weight * weight;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = first; i < values.length; i++) values[i] = (values[i] as number) * scale;
    starts[row + 1] = values.length;
  }
  return {
    starts,
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
    width: index.size,
  };
}

/** A·X for [terms, l] X, or Aᵀ·X for [items, l] X. */
function multiply(a: Sparse, x: Float64Array, l: number, isTransposed: boolean): Float64Array {
  const rows = a.starts.length - 1;
  const out = new Float64Array((isTransposed ? a.width : rows) * l);
  for (let row = 0; row < rows; row++) {
    for (let at = a.starts[row] as number; at < (a.starts[row + 1] as number); at++) {
      const value = a.values[at] as number;
      const column = a.columns[at] as number;
      const from = (isTransposed ? row : column) * l;
      const to = (isTransposed ? column : row) * l;
      for (let k = 0; k < l; k++)
        out[to + k] = (out[to + k] as number) + value * (x[from + k] as number);
    }
  }
  return out;
}

/** Orthonormal columns by modified Gram–Schmidt; a dependent column becomes zero. */
function orthonormalise(x: Float64Array, rows: number, l: number): void {
  for (let k = 0; k < l; k++) {
    for (let j = 0; j < k; j++) {
      let dot = 0;
      for (let r = 0; r < rows; r++) dot += (x[r * l + j] as number) * (x[r * l + k] as number);
      if (dot === 0) continue;
      for (let r = 0; r < rows; r++)
        x[r * l + k] = (x[r * l + k] as number) - dot * (x[r * l + j] as number);
    }
    let square = 0;
    for (let r = 0; r < rows; r++) square += (x[r * l + k] as number) ** 2;
    const scale = square > 1e-18 ? 1 / Math.sqrt(square) : 0;
    for (let r = 0; r < rows; r++) x[r * l + k] = (x[r * l + k] as number) * scale;
  }
}

/** Terms that at least two texts use; a term of one text says nothing about others. */
function indexTerms(texts: readonly TermWeights[]): Map<string, number> {
  const frequency = new Map<string, number>();
  for (const text of texts) {
    for (const term of text.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  const index = new Map<string, number>();
  for (const [term, count] of frequency) if (count > 1) index.set(term, index.size);
  return index;
}

/**
 * Learns term vectors.
 *
 * Cost: O(terms in texts × k), at most 1,500 texts.
 *
 * @param texts - Weighted terms (tf-idf), one map per item.
 * @param dims - k, at least 1; directions beyond the rank are zero.
 * @returns Vectors of all terms that occur in at least two of the texts.
 */
export function learnLatentTerms(texts: readonly TermWeights[], dims: number): LatentTerms {
  const sample = sampled(texts);
  const index = indexTerms(sample);
  const l = dims + 1 + OVERSAMPLING;
  const a = toSparse(sample, index);
  let basis = new Float64Array(index.size * l);
  for (const [term, row] of index) {
    for (let k = 0; k < l; k++) basis[row * l + k] = hash32(term, k) & 1 ? 1 : -1;
  }
  for (let round = 0; round < ROUNDS; round++) {
    const left = multiply(a, basis, l, false);
    orthonormalise(left, sample.length, l);
    basis = multiply(a, left, l, true) as Float64Array<ArrayBuffer>;
  }
  return { dims, index, vectors: leading(basis, index.size, l, dims) };
}

/** Right singular vectors 2 … k + 1 of the small problem, as rows per term. */
function leading(basis: Float64Array, rows: number, l: number, dims: number): Float64Array {
  const gram = new Float64Array(l * l);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < l; i++) {
      const value = basis[r * l + i] as number;
      for (let j = i; j < l; j++)
        gram[i * l + j] = (gram[i * l + j] as number) + value * (basis[r * l + j] as number);
    }
  }
  for (let i = 0; i < l; i++)
    for (let j = 0; j < i; j++) gram[i * l + j] = gram[j * l + i] as number;
  const { values, vectors } = symmetricEigen(gram, l);
  const out = new Float64Array(rows * dims);
  for (let k = 0; k < dims; k++) {
    const value = values[k + 1] as number;
    if (!(value > 1e-10 * (values[0] as number))) continue;
    const scale = 1 / Math.sqrt(value);
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let i = 0; i < l; i++)
        sum += (basis[r * l + i] as number) * (vectors[i * l + k + 1] as number);
      out[r * dims + k] = sum * scale;
    }
  }
  return out;
}

/**
 * Folds a text in.
 *
 * @param text - Weighted terms; unknown ones are passed over.
 * @param latent - From {@link learnLatentTerms}.
 * @param out - Written to (added), from `start` on, k values.
 * @param start - First index.
 */
export function addLatent(
  text: Iterable<readonly [string, number]>,
  latent: LatentTerms,
  out: Float64Array,
  start: number,
): void {
  const { dims, index, vectors } = latent;
  for (const [term, weight] of text) {
    const row = index.get(term);
    if (row === undefined) continue;
    for (let k = 0; k < dims; k++) {
      out[start + k] = (out[start + k] as number) + weight * (vectors[row * dims + k] as number);
    }
  }
}
