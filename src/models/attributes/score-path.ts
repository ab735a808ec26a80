/**
 * The linear path of scores: the mean of a logistic regression and of one whose features are
 * enlarged by how much they tell yes from no (Wang and Manning, "Baselines and Bigrams", 2012). Few
 * texts say yes, and counts are a steadier guide to rare words than the regression is.
 *
 * @packageDocumentation
 */
import {
  fitLinearScores,
  type LinearModel,
  type LinearOptions,
  linearLogits,
  type ScoreTargets,
} from './linear-model.ts';
import type { SparseRows } from './tf-idf.ts';

/** Added to the counts of each term, in texts. */
const SMOOTHING = 3;

/** [F, O] Logarithm of how much oftener a term stands in texts that say yes than in the others. */
function ratiosOf(
  rows: SparseRows,
  numTerms: number,
  { values, weights }: ScoreTargets,
  columns: number,
): Float32Array {
  const yes = new Float64Array(numTerms * columns).fill(SMOOTHING);
  const no = new Float64Array(numTerms * columns).fill(SMOOTHING);
  for (let n = 0; n + 1 < rows.offsets.length; n++) {
    const end = rows.offsets[n + 1] as number;
    for (let at = rows.offsets[n] as number; at < end; at++) {
      const from = (rows.columns[at] as number) * columns;
      for (let o = 0; o < columns; o++) {
        const weight = weights[n * columns + o] as number;
        const own = weight * (values[n * columns + o] as number);
        yes[from + o] = (yes[from + o] as number) + own;
        no[from + o] = (no[from + o] as number) + weight - own;
      }
    }
  }
  const total = (counts: Float64Array, o: number): number =>
    counts.reduce((sum, count, at) => (at % columns === o ? sum + count : sum), 0);
  const shifts = Array.from({ length: columns }, (_, o) => Math.log(total(no, o) / total(yes, o)));
  return Float32Array.from(
    yes,
    (count, at) => Math.log(count / (no[at] as number)) + (shifts[at % columns] as number),
  );
}

/** [O] Standard deviation of the logits of texts. */
function spreadOf(model: LinearModel, texts: readonly string[]): number[] {
  const logits = linearLogits(model, texts);
  return Array.from({ length: model.classes }, (_, o) => {
    const own = logits.map((row) => row[o] as number);
    const mean = own.reduce((sum, value) => sum + value, 0) / Math.max(1, own.length);
    const square = own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(square / Math.max(1, own.length));
  });
}

/**
 * Trains the linear path of scores. Deterministic.
 *
 * @param texts - Training texts.
 * @param targets - See {@link ScoreTargets}.
 * @param options - Of both regressions.
 * @returns The mean of both, as one model; logits are as far apart as those of the first.
 */
export function fitScorePath(
  texts: readonly string[],
  targets: ScoreTargets,
  options: LinearOptions,
): LinearModel {
  const { classes } = options;
  const plain = fitLinearScores(texts, targets, options);
  const bayes = fitLinearScores(texts, targets, {
    ...options,
    scalesOf: (rows, numTerms) => ratiosOf(rows, numTerms, targets, classes),
  });
  const [own, other] = [spreadOf(plain, texts), spreadOf(bayes, texts)];
  // A score that no text speaks of has logits without any spread.
  const factors = own.map((spread, o) =>
    (other[o] as number) > 0 ? spread / (other[o] as number) : 1,
  );
  const weights = plain.weights.map(
    (weight, at) =>
      (weight + (bayes.weights[at] as number) * (factors[at % classes] as number)) / 2,
  );
  return { ...plain, weights };
}
