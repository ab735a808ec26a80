/**
 * How good predictions are.
 *
 * @packageDocumentation
 */

/** Of a classifier. */
export interface ClassFigures {
  /** Share of right answers. */
  readonly accuracy: number;
  /** Mean F1 over the classes that count and are an answer or were predicted. */
  readonly macroF1: number;
}

/**
 * Accuracy and macro-F1, as scikit-learn's `f1_score(average='macro')` counts.
 *
 * @param truth - [N] Classes.
 * @param predicted - [N] Classes.
 * @param counted - [C] 1 for classes that count in macro-F1. Default: all.
 * @returns Both in [0, 1]; 0 without rows.
 * @example classFigures([0, 1], [0, 0]) // { accuracy: 0.5, macroF1: 0.333… }
 */
export function classFigures(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  counted?: Uint8Array,
): ClassFigures {
  const counts = new Map<number, { hits: number; total: number }>();
  const countOf = (label: number): { hits: number; total: number } => {
    let count = counts.get(label);
    if (count === undefined) counts.set(label, (count = { hits: 0, total: 0 }));
    return count;
  };
  let right = 0;
  for (let n = 0; n < truth.length; n++) {
    const [own, got] = [countOf(truth[n] as number), countOf(predicted[n] as number)];
    own.total++;
    got.total++;
    if (own !== got) continue;
    own.hits++;
    right++;
  }
  let sum = 0;
  // F1 = 2·hits / (answers + predictions)
  const classes = [...counts].filter(([label]) => counted === undefined || counted[label] === 1);
  for (const [, { hits, total }] of classes) sum += (2 * hits) / total;
  return {
    accuracy: right / Math.max(1, truth.length),
    macroF1: sum / Math.max(1, classes.length),
  };
}

/**
 * Area under the ROC curve: how often a positive is scored above a negative; ties count half.
 *
 * @param scores - [N]
 * @param isPositive - [N]
 * @returns In [0, 1]; NaN when one of the two kinds is missing.
 * @example areaUnderCurve([0.1, 0.9], [false, true]) // 1
 */
export function areaUnderCurve(scores: ArrayLike<number>, isPositive: ArrayLike<boolean>): number {
  const order = Array.from({ length: scores.length }, (_, n) => n);
  order.sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    const score = scores[order[start] as number];
    while (end < order.length && scores[order[end] as number] === score) end++;
    const rank = (start + end + 1) / 2;
    for (let at = start; at < end; at++) {
      if (!isPositive[order[at] as number]) continue;
      positives++;
      rankSum += rank;
    }
    start = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
