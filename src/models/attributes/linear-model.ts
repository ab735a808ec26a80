/**
 * The rival that the Transformer has to beat, and where its wide part comes from: tf-idf of words
 * and pairs of words, and a softmax regression with an L2 penalty, solved to convergence by L-BFGS.
 *
 * @packageDocumentation
 */
import { minimise, type Objective } from './lbfgs.ts';
import { softmax } from './softmax.ts';
import { termKey, termsOf, type WidePart } from './wide-part.ts';

/** Rows of a sparse matrix. */
interface SparseRows {
  /** [N + 1] */
  readonly offsets: Int32Array;
  /** Columns. */
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** How it learns. */
export interface LinearOptions {
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** Weight of the data against the penalty, as in scikit-learn's `C`. Default 10. */
  readonly c?: number;
  /** Most iterations. Default 120. */
  readonly iterations?: number;
  /** Told after each iteration. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A trained softmax regression. */
export interface LinearModel {
  /** Terms and how rare they are. */
  readonly terms: Terms;
  /** [F] Texts that each term stands in. */
  readonly counts: Int32Array;
  /** [F + 1, C] The last row is the bias. */
  readonly weights: Float32Array;
  /** C */
  readonly classes: number;
}

/** A term that stands in one text only is no help for others. */
const MIN_TEXTS = 2;

/** Columns and idf of the terms: ln((1 + N) / (1 + df)) + 1. */
export interface Terms {
  readonly columnOf: ReadonlyMap<string, number>;
  readonly idf: Float32Array;
}

function learnTerms(texts: readonly string[]): { terms: Terms; counts: Int32Array } {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const term of new Set(termsOf(text))) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= MIN_TEXTS);
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

/** Rows of length 1, or empty. */
function encode(texts: readonly string[], { columnOf, idf }: Terms): SparseRows {
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

/** Logits of one row into `out`; weights [F + 1, C], the last row is the bias. */
function logitsOf(rows: SparseRows, row: number, weights: Float32Array, out: Float64Array): void {
  const classes = out.length;
  const bias = weights.length - classes;
  for (let k = 0; k < classes; k++) out[k] = weights[bias + k] as number;
  const end = rows.offsets[row + 1] as number;
  for (let at = rows.offsets[row] as number; at < end; at++) {
    const from = (rows.columns[at] as number) * classes;
    const value = rows.values[at] as number;
    for (let k = 0; k < classes; k++) {
      out[k] = (out[k] as number) + value * (weights[from + k] as number);
    }
  }
}

/** Turns the logits of row n into their gradient, in place; returns the loss. */
type Judge = (row: Float64Array, n: number) => number;

function classJudge(labels: Int32Array): Judge {
  return (row, n) => {
    const label = labels[n] as number;
    const own = row[label] as number;
    const loss = softmax(row) - own;
    row[label] = (row[label] as number) - 1;
    return loss;
  };
}

function scoreJudge({ values, weights }: ScoreTargets): Judge {
  return (row, n) => {
    let loss = 0;
    for (let o = 0; o < row.length; o++) {
      const logit = row[o] as number;
      const target = values[n * row.length + o] as number;
      const weight = weights[n * row.length + o] as number;
      // ln(1 + e^x) - y·x, without overflow.
      loss +=
        weight * (Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit))) - target * logit);
      row[o] = weight * (1 / (1 + Math.exp(-logit)) - target);
    }
    return loss;
  };
}

/** Loss C·Σ NLL + ½‖w‖² and its gradient. */
function objective(rows: SparseRows, judge: Judge, classes: number, c: number): Objective {
  const row = new Float64Array(classes);
  return (weights, gradient) => {
    const bias = weights.length - classes;
    gradient.set(weights);
    gradient.fill(0, bias);
    let loss = 0;
    for (let k = 0; k < bias; k++) loss += 0.5 * (weights[k] as number) ** 2;
    for (let n = 0; n + 1 < rows.offsets.length; n++) {
      logitsOf(rows, n, weights, row);
      loss += c * judge(row, n);
      addRow(rows, n, row, { c, gradient });
    }
    return loss;
  };
}

function addRow(
  rows: SparseRows,
  n: number,
  delta: Float64Array,
  { c, gradient }: { readonly c: number; readonly gradient: Float32Array },
): void {
  const classes = delta.length;
  const bias = gradient.length - classes;
  for (let k = 0; k < classes; k++) {
    gradient[bias + k] = (gradient[bias + k] as number) + c * (delta[k] as number);
  }
  const end = rows.offsets[n + 1] as number;
  for (let at = rows.offsets[n] as number; at < end; at++) {
    const from = (rows.columns[at] as number) * classes;
    const value = c * (rows.values[at] as number);
    for (let k = 0; k < classes; k++) {
      gradient[from + k] = (gradient[from + k] as number) + value * (delta[k] as number);
    }
  }
}

function fit(texts: readonly string[], judge: Judge, options: LinearOptions): LinearModel {
  const { c = 10, classes, iterations = 120, onProgress } = options;
  const { counts, terms } = learnTerms(texts);
  const weights = new Float32Array((counts.length + 1) * classes);
  const rows = encode(texts, terms);
  minimise(objective(rows, judge, classes, c), weights, { iterations, onProgress });
  return { terms, counts, weights, classes };
}

/**
 * Trains the regression. Deterministic: nothing is drawn.
 *
 * @param texts - Training texts.
 * @param labels - [N] Class of each, from 0.
 * @param options - See {@link LinearOptions}.
 * @returns The model.
 */
export function fitLinear(
  texts: readonly string[],
  labels: Int32Array,
  options: LinearOptions,
): LinearModel {
  return fit(texts, classJudge(labels), options);
}

/** What independent scores should be. */
export interface ScoreTargets {
  /** [N, O] In [0, 1]. */
  readonly values: Float32Array;
  /** [N, O] 0 for what is not known. */
  readonly weights: Float32Array;
}

/**
 * The same for independent scores: a logistic regression each.
 *
 * @param texts - Training texts.
 * @param targets - See {@link ScoreTargets}.
 * @param options - See {@link LinearOptions}; `classes` is the number of scores, at least 1.
 * @returns The model.
 */
export function fitLinearScores(
  texts: readonly string[],
  targets: ScoreTargets,
  options: LinearOptions,
): LinearModel {
  return fit(texts, scoreJudge(targets), options);
}

/**
 * The most probable class of each text.
 *
 * @param model - From {@link fitLinear}.
 * @param texts - Any.
 * @returns [N] Classes.
 * @example
 * const model = fitLinear(['red shoe', 'red shoe', 'blue hat'], Int32Array.of(0, 0, 1), { classes: 2 });
 * predictLinear(model, ['a shoe'])[0] // 0
 */
export function predictLinear(model: LinearModel, texts: readonly string[]): Int32Array {
  const rows = encode(texts, model.terms);
  const logits = new Float64Array(model.classes);
  return Int32Array.from(texts, (_, row) => {
    logitsOf(rows, row, model.weights, logits);
    return logits.indexOf(Math.max(...logits));
  });
}

/** Bytes that a model file spends on a term: key, idf, and with some classes only, their number. */
const TERM_BYTES = { all: 5, some: 7 };
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
