/**
 * Texts → arrays of one batch, and the gradient of its tokens → rows of the table.
 *
 * @packageDocumentation
 */
import type { TokenRows } from './text-tokens.ts';

/** A batch on the host. */
export interface Batch {
  /** Tokens of each text, at least one each. */
  readonly texts: readonly (readonly TokenRows[])[];
  /** L */
  readonly length: number;
  /** [B·L, W] */
  readonly tokens: Float32Array;
  /** [B, L] 0, or {@link HIDDEN} for padding. */
  readonly hides: Float32Array;
  /** [B, L] */
  readonly shares: Float32Array;
}

/** Added to the attention of padding: e to it is 0. */
const HIDDEN = -1e4;

/**
 * Sums the rows of each token.
 *
 * @param texts - Tokens of each text.
 * @param table - [R, W]
 * @param width - W
 * @param length - L; default: tokens of the longest text, at least 1.
 * @returns See {@link Batch}.
 */
export function gatherBatch(
  texts: readonly (readonly TokenRows[])[],
  table: Float32Array,
  width: number,
  length: number = Math.max(1, ...texts.map((tokens) => tokens.length)),
): Batch {
  const size = texts.length * length;
  const tokens = new Float32Array(size * width);
  const hides = new Float32Array(size).fill(HIDDEN);
  const shares = new Float32Array(size);
  for (const [b, text] of texts.entries()) {
    for (const [l, token] of text.entries()) {
      const place = b * length + l;
      hides[place] = 0;
      shares[place] = 1 / text.length;
      sumRows(token, table, tokens.subarray(place * width, (place + 1) * width));
    }
  }
  return { texts, length, tokens, hides, shares };
}

function sumRows({ rows, weights }: TokenRows, table: Float32Array, out: Float32Array): void {
  const width = out.length;
  for (let k = 0; k < rows.length; k++) {
    const from = (rows[k] as number) * width;
    const weight = weights[k] as number;
    for (let w = 0; w < width; w++) {
      out[w] = (out[w] as number) + weight * (table[from + w] as number);
    }
  }
}

/**
 * Brings the gradient of the tokens to the rows that they were made of.
 *
 * @param batch - From {@link gatherBatch}.
 * @param gradient - [B·L, W]
 * @param width - W
 * @returns Gradient of each row that was used, [W] each, in the order of first use.
 */
export function scatterRows(
  batch: Batch,
  gradient: Float32Array,
  width: number,
): Map<number, Float32Array> {
  const { length, texts } = batch;
  const byRow = new Map<number, Float32Array>();
  for (const [b, text] of texts.entries()) {
    for (const [l, token] of text.entries()) {
      const from = (b * length + l) * width;
      addToken(byRow, token, gradient.subarray(from, from + width));
    }
  }
  return byRow;
}

function addToken(
  byRow: Map<number, Float32Array>,
  { rows, weights }: TokenRows,
  gradient: Float32Array,
): void {
  const width = gradient.length;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number;
    let sum = byRow.get(row);
    if (sum === undefined) byRow.set(row, (sum = new Float32Array(width)));
    const weight = weights[k] as number;
    for (let w = 0; w < width; w++) {
      sum[w] = (sum[w] as number) + weight * (gradient[w] as number);
    }
  }
}
