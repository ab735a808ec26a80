/**
 * `vitrine attributes`: the attribute Transformer against tf-idf with logistic regression, on
 * labelled titles.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { classOf } from '../models/attributes/class-logits.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import { fitClasses, isHeldOut, readable, textOf } from '../models/attributes/fit-classes.ts';
import { chooseLinear } from '../models/attributes/choose-linear.ts';
import { predictLinear } from '../models/attributes/linear-model.ts';
import { type ClassFigures, classFigures } from '../models/attributes/metrics.ts';
import { type AttributeModel, countParameters } from '../models/attributes/model.ts';
import { readModel, writeModel } from '../models/attributes/model-file.ts';
import { tokenRows } from '../models/attributes/text-tokens.ts';
import type { RunJob } from '../models/attributes/training-step.ts';
import { writeWhole } from './drafts.ts';
import { openNodeTrainer } from './node-trainer.ts';
import { measureScores } from './measure-scores.ts';
import { say, startStage } from './progress.ts';
import { type LabelledFile, readLabelled } from './read-labelled.ts';

/** What is compared on what. */
export interface AttributesOptions {
  /** File that is learned from. */
  readonly train: string;
  /** File that is measured on. */
  readonly test: string;
  /** Which of the labels; undefined with `scores`. */
  readonly label: string | undefined;
  /** Names of scores, with commas between; undefined with `label`. */
  readonly scores: string | undefined;
  /** File of declared attributes; undefined: the ones that come with us. */
  readonly declare: string | undefined;
  /** Where the model goes; nowhere when it is empty. */
  readonly out: string;
  readonly seed: number;
  /** File for the figures. */
  readonly json: string | undefined;
}

/** The figures of `--json`. */
export interface AttributesFigures extends ClassFigures {
  /** tf-idf with logistic regression, of the same run, and the penalty that was chosen for it. */
  readonly baseline: ClassFigures & { readonly c: number };
  /** Numbers that the model has learned. */
  readonly parameters: number;
  /** Of the model file. */
  readonly bytes: number;
}

const MAX_CLASSES = 256;

/** Classes in the order of their first line. */
function classesOf(file: string, labels: readonly string[]): Map<string, number> {
  const classes = new Map<string, number>();
  for (const label of labels) if (!classes.has(label)) classes.set(label, classes.size);
  if (classes.size >= 2 && classes.size <= MAX_CLASSES) return classes;
  throw new VitrineError(
    'DATA_INVALID',
    `${file}: got ${classes.size} classes, expected 2 to ${MAX_CLASSES}.`,
  );
}

async function predict(
  run: RunJob,
  model: AttributeModel,
  { items }: LabelledFile,
): Promise<number[]> {
  const tokens = items.map((item) =>
    readable(item).map((word) => tokenRows(word, model.vocabulary)),
  );
  const encoded = await encodeOnDevice(run, model)(tokens);
  return encoded.map(({ pooled }, n) => {
    const item = items[n];
    return classOf(model, pooled, item === undefined ? '' : textOf(item));
  });
}

function tableOf({ baseline, bytes, parameters, ...own }: AttributesFigures): string {
  const line = (name: string, { accuracy, macroF1 }: ClassFigures): string =>
    `${name.padEnd(30)}${accuracy.toFixed(4).padStart(9)}${macroF1.toFixed(4).padStart(10)}`;
  return [
    `${''.padEnd(30)} accuracy  macro-F1`,
    line('attribute Transformer', own),
    line('tf-idf + logistic regression', baseline),
    `${parameters} parameters, ${bytes} bytes`,
  ].join('\n');
}

/**
 * Measures a label, or named scores.
 *
 * @param options - See {@link AttributesOptions}.
 * @returns A table for the terminal.
 * @throws `OPTION_INVALID` unless one of `label` and `scores` is given, `DATA_INVALID` with file and
 *   line.
 */
export async function attributes(options: AttributesOptions): Promise<string> {
  const { label, scores } = options;
  if (label !== undefined && scores === undefined) return measureLabel(options, label);
  if (scores !== undefined && label === undefined) return measureScores({ ...options, scores });
  throw new VitrineError('OPTION_INVALID', 'attributes: expected either --label or --scores.');
}

/** Trains both on one file and measures both on another. */
async function measureLabel(options: AttributesOptions, label: string): Promise<string> {
  const { seed } = options;
  const train = readLabelled(options.train, label);
  const test = readLabelled(options.test, label);
  const missing = train.without + test.without;
  if (missing > 0) say(`Note: ${missing} lines have no "${label}" and were left out.`);
  const classes = classesOf(options.train, train.labels);
  const labels = Int32Array.from(train.labels, (name) => classes.get(name) as number);
  const texts = train.items.map(textOf);
  const isOut = texts.map((text) => isHeldOut(text, seed));
  const linear = chooseLinear(
    { texts, labels, isOut, classes: classes.size },
    startStage('Training tf-idf + logistic regression'),
  );
  const run = await openNodeTrainer();
  const fitted = await fitClasses(
    { items: train.items, labels, names: [...classes.keys()] },
    {
      run,
      linear,
      seed,
      onProgress: startStage('Training the Transformer'),
    },
  );
  const file = writeModel(fitted);
  // What is measured is what a page would read.
  const model = readModel(file);
  const truth = test.labels.map((name) => classes.get(name) ?? -1);
  const figures: AttributesFigures = {
    ...classFigures(truth, await predict(run, model, test)),
    baseline: {
      ...classFigures(truth, predictLinear(linear.whole, test.items.map(textOf))),
      c: linear.c,
    },
    parameters: countParameters(model),
    bytes: file.length,
  };
  if (options.out !== '') writeWhole(options.out, file);
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  return tableOf(figures);
}
