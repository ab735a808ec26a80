/**
 * Visitors as points: what the items they chose are like, and what is chosen together with them.
 *
 * @packageDocumentation
 */
import type { EncodedItems } from '../catalog/encode-items.ts';
import { fromMiddle } from '../clusters/spherical-means.ts';
import type { Matrix } from '../core/shapes.ts';
import type { RankerPack } from '../pack/pack-codec.ts';

/** Items as points; where nothing is known of one, its row is zeros. */
export interface ItemPoints {
  /** [I, D] feature vectors. */
  readonly content: Matrix;
  /** [I, E] embeddings of the pack; one column of zeros in a pack without. */
  readonly behaviour: Matrix;
}

/**
 * Items as points.
 *
 * @param encoded - The catalog.
 * @param pack - Its embeddings count as far as it knows the items.
 * @returns See {@link ItemPoints}.
 */
export function itemPoints(encoded: EncodedItems, pack: RankerPack): ItemPoints {
  const { items, vectors } = encoded;
  const { embedding } = pack.model;
  const dims = Math.max(1, embedding.dims);
  const behaviour = { data: new Float32Array(items.length * dims), rows: items.length, dims };
  const rowOf = new Map(pack.ids.map((id, row) => [id, row]));
  for (const [i, { id }] of items.entries()) {
    const row = rowOf.get(id);
    if (row === undefined || embedding.dims === 0) continue;
    behaviour.data.set(embedding.source.subarray(row * dims, (row + 1) * dims), i * dims);
  }
  return { content: vectors, behaviour };
}

function sumsOf(points: Matrix, choices: readonly Int32Array[]): Matrix {
  const { dims } = points;
  const data = new Float32Array(choices.length * dims);
  for (const [v, items] of choices.entries()) {
    for (const item of items) {
      for (let d = 0; d < dims; d++) {
        const at = v * dims + d;
        data[at] = (data[at] as number) + (points.data[item * dims + d] as number);
      }
    }
  }
  return { data, rows: choices.length, dims };
}

/**
 * Visitors as points: half content, half behaviour, each as a direction from everybody's mean.
 *
 * @param points - Items.
 * @param choices - Item rows that each visitor chose, V lists.
 * @returns [V, D + E]; rows of unit length where both are known.
 */
export function visitorPoints(points: ItemPoints, choices: readonly Int32Array[]): Matrix {
  const parts = [points.content, points.behaviour].map((of) => fromMiddle(sumsOf(of, choices)));
  const dims = parts.reduce((sum, part) => sum + part.dims, 0);
  const data = new Float32Array(choices.length * dims);
  for (let v = 0; v < choices.length; v++) {
    let at = v * dims;
    for (const part of parts) {
      const own = part.data.subarray(v * part.dims, (v + 1) * part.dims);
      data.set(
        own.map((value) => value * Math.SQRT1_2),
        at,
      );
      at += part.dims;
    }
  }
  return { data, rows: choices.length, dims };
}
