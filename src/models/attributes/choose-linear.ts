/**
 * The strongest linear rival: its penalty is chosen on held-out texts, not assumed.
 *
 * @packageDocumentation
 */
import { fitLinear, type LinearModel, predictLinear } from './linear-model.ts';
import { classFigures } from './metrics.ts';

/** What the rival learns from. */
export interface LinearData {
  readonly texts: readonly string[];
  /** [N] Class of each, from 0. */
  readonly labels: Int32Array;
  /** Number of classes, at least 2. */
  readonly classes: number;
  /** [N] Whether a text is held out while the penalty is chosen. */
  readonly isOut: readonly boolean[];
}

/** A model of all texts, and one that has not seen those that are held out. */
export interface ChosenLinear {
  /** Weight of the data against the penalty, as in scikit-learn's `C`. */
  readonly c: number;
  readonly whole: LinearModel;
  readonly early: LinearModel;
}

/** What is tried, from the strongest penalty on. */
const PENALTIES = [1, 3, 10, 30] as const;
/** Enough for a model that only helps to choose; each begins where the one before ended. */
const TRIAL_ITERATIONS = 50;

/**
 * Trains the rival with the penalty that does best on held-out texts (accuracy plus macro-F1).
 *
 * @param data - See {@link LinearData}; at least one text that is not held out.
 * @param onProgress - Told after each iteration, over all trials.
 * @returns See {@link ChosenLinear}; with no text held out, `early` is like `whole`.
 */
export function chooseLinear(
  data: LinearData,
  onProgress?: (done: number, total: number) => void,
): ChosenLinear {
  const { classes, isOut, labels, texts } = data;
  const rows = texts.map((_, row) => row);
  const [seen, out] = [rows.filter((row) => !isOut[row]), rows.filter((row) => isOut[row])];
  const pick = (from: readonly number[]): string[] => from.map((row) => texts[row] as string);
  const answers = (from: readonly number[]): Int32Array =>
    Int32Array.from(from, (row) => labels[row] as number);
  const stages = PENALTIES.length + 1;
  const tell = (stage: number) => (done: number, total: number) =>
    onProgress?.(stage + done / total, stages);
  let best: { c: number; early: LinearModel; value: number } | undefined;
  let start: Float32Array | undefined;
  for (const [stage, c] of PENALTIES.entries()) {
    const early = fitLinear(pick(seen), answers(seen), {
      classes,
      c,
      iterations: TRIAL_ITERATIONS,
      onProgress: tell(stage),
      ...(start === undefined ? {} : { start }),
    });
    start = early.weights;
    const { accuracy, macroF1 } = classFigures(answers(out), predictLinear(early, pick(out)));
    const value = accuracy + macroF1;
    if (best === undefined || value > best.value) best = { c, early, value };
  }
  const { c, early } = best as { c: number; early: LinearModel };
  const whole = fitLinear(texts, labels, { classes, c, onProgress: tell(PENALTIES.length) });
  return { c, early, whole };
}
