/**
 * The rival that the Transformer has to beat, and where its wide part comes from: tf-idf of words
 * and pairs of words, and a softmax regression with an L2 penalty, solved to convergence by L-BFGS.
 *
 * @packageDocumentation
 */
import { minimise, type Objective } from './lbfgs.ts';
import { softmax } from './softmax.ts';
import { encodeRows, learnTerms, type SparseRows, type Terms } from './tf-idf.ts';

/** How it learns. */
export interface LinearOptions {
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** Weight of the data against the penalty, as in scikit-learn's `C`. Default 10. */
  readonly c?: number;
  /** Most iterations. Default 120. */
  readonly iterations?: number;
  /** Least texts that a term must stand in. Default 1, as in scikit-learn. */
  readonly minTexts?: number;
  /** Weights of a model of the same texts, to begin with. Default zeros. */
  readonly start?: Float32Array;
  /**
   * [F, C] By how much each weight's feature is enlarged, from the rows and their number of terms:
   * what is enlarged is held back less by the penalty. Default: by nothing.
   */
  readonly scalesOf?: (rows: SparseRows, numTerms: number) => Float32Array;
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

function multiply(weights: Float32Array, scales: Float32Array): void {
  for (let k = 0; k < scales.length; k++) {
    weights[k] = (weights[k] as number) * (scales[k] as number);
  }
}

/** The same loss in v, where a weight is v times its scale, and the penalty is on v. */
function scaled(plain: Objective, scales: Float32Array): Objective {
  return (at, gradient) => {
    const weights = at.slice();
    multiply(weights, scales);
    let value = plain(weights, gradient);
    for (let k = 0; k < scales.length; k++) {
      const [v, w] = [at[k] as number, weights[k] as number];
      value += 0.5 * (v * v - w * w);
      gradient[k] = ((gradient[k] as number) - w) * (scales[k] as number) + v;
    }
    return value;
  };
}

function fit(texts: readonly string[], judge: Judge, options: LinearOptions): LinearModel {
  const { c = 10, classes, iterations = 120, minTexts = 1, onProgress, scalesOf, start } = options;
  const { counts, terms } = learnTerms(texts, minTexts);
  const weights = start?.slice() ?? new Float32Array((counts.length + 1) * classes);
  const rows = encodeRows(texts, terms);
  const plain = objective(rows, judge, classes, c);
  const scales = scalesOf?.(rows, counts.length);
  minimise(scales === undefined ? plain : scaled(plain, scales), weights, {
    iterations,
    onProgress,
  });
  if (scales !== undefined) multiply(weights, scales);
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
 * Logits of texts.
 *
 * @param model - From {@link fitLinear} or {@link fitLinearScores}.
 * @param texts - Any.
 * @returns [N] Of [C] each.
 */
export function linearLogits(model: LinearModel, texts: readonly string[]): Float64Array[] {
  const rows = encodeRows(texts, model.terms);
  return texts.map((_, row) => {
    const logits = new Float64Array(model.classes);
    logitsOf(rows, row, model.weights, logits);
    return logits;
  });
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
  return Int32Array.from(linearLogits(model, texts), (row) => row.indexOf(Math.max(...row)));
}
