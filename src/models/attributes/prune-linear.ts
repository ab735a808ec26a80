/**
 * A linear model, cut down to the weights that say most.
 *
 * @packageDocumentation
 */
import type { LinearModel } from './linear-model.ts';
import { termKey, type WidePart } from './wide-part.ts';

/** Bytes that a model file spends on a term: key, idf, and with some classes only, their number. */
const TERM_BYTES = { all: 5, some: 6 };
/** With fewer terms than this, terms keep some of their weights only. */
const LEAST_TERMS = 3000;
/** Share of the bytes that goes to terms then. */
const TERM_SHARE = 0.4;

/** How many terms and weights fit. */
function limitsOf(
  bytes: number,
  classes: number,
): { readonly terms: number; readonly weights: number } {
  const all = Math.floor(bytes / (TERM_BYTES.all + classes));
  if (all >= LEAST_TERMS) return { terms: all, weights: all * classes };
  const terms = Math.floor((TERM_SHARE * bytes) / TERM_BYTES.some);
  return { terms, weights: Math.floor((bytes - terms * TERM_BYTES.some) / 2) };
}

/** Importance of a weight: its square by how many texts it speaks in; rare terms settle rare classes. */
function importance(model: LinearModel, at: number): number {
  const count = model.counts[Math.floor(at / model.classes)] as number;
  return Math.sqrt(count) * (model.weights[at] as number) ** 2;
}

/**
 * Keeps the weights that say most.
 *
 * @param model - From {@link fitLinear}; at most 256 classes.
 * @param bytes - What they may take in a model file.
 * @returns The wide part of a model.
 */
export function pruneLinear(model: LinearModel, bytes: number): WidePart {
  const { classes, terms } = model;
  const limits = limitsOf(bytes, classes);
  const columns = [...terms.columnOf].map(([term, column]) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += importance(model, column * classes + k);
    return { key: termKey(term), column, sum };
  });
  columns.sort((a, b) => b.sum - a.sum || a.column - b.column);
  const byKey = new Map(
    columns
      .slice(0, limits.terms)
      .toReversed()
      .map((each) => [each.key, each]),
  );
  const kept = [...byKey.values()].sort((a, b) => a.key - b.key);
  const places = kept.flatMap(({ column }) =>
    Array.from({ length: classes }, (_, k) => column * classes + k),
  );
  const ranked = places
    .map((at) => ({ at, sum: importance(model, at) }))
    .sort((a, b) => b.sum - a.sum || a.at - b.at);
  const chosen = new Set(ranked.slice(0, limits.weights).map(({ at }) => at));
  const offsets = Int32Array.of(0, ...kept.map(() => 0));
  const entries: number[] = [];
  for (const [at, { column }] of kept.entries()) {
    for (let k = 0; k < classes; k++) {
      if (chosen.has(column * classes + k)) entries.push(column * classes + k);
    }
    offsets[at + 1] = entries.length;
  }
  return {
    keys: Int32Array.from(kept, ({ key }) => key),
    idf: Float32Array.from(kept, ({ column }) => terms.idf[column] as number),
    offsets,
    classes: Uint8Array.from(entries, (at) => at % classes),
    values: Float32Array.from(entries, (at) => model.weights[at] as number),
    bias: model.weights.slice(-classes),
  };
}
