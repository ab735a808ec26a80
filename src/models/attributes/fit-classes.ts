/**
 * Trains a model of a label: encoder, wide part, and how the two are mixed.
 *
 * @packageDocumentation
 */
import { hash32 } from '../../core/rng.ts';
import type { Item } from '../../core/types.ts';
import { best, headLogits, mixed } from './class-logits.ts';
import { encodeOnDevice } from './encode-texts.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import type { Snapshot } from './learner.ts';
import { fitLinear, type LinearModel, type PruneLimits, pruneLinear } from './linear-model.ts';
import { classFigures } from './metrics.ts';
import type { AttributeModel } from './model.ts';
import { learnVocabulary, tokenRows, type Word, wordsOf } from './text-tokens.ts';
import { trainEncoder, type TrainEncoderOptions } from './train-encoder.ts';
import type { HeadTargets } from './training-step.ts';
import { wideLogits } from './wide-part.ts';

/** Labelled items. */
export interface LabelledItems {
  readonly items: readonly Item[];
  /** [N] Class of each, from 0. */
  readonly labels: Int32Array;
  /** Names of the classes, at least 2. */
  readonly names: readonly string[];
}

/** How a model of a label is trained. */
export interface FitClassesOptions {
  /** The device's, with gradients registered. */
  readonly run: TrainEncoderOptions['run'];
  /** The linear model of all the items; its strongest weights become the wide part. */
  readonly linear: LinearModel;
  readonly seed: number;
  /** Passes at most. Default 8. */
  readonly epochs?: number;
  /** Told after each part of the linear path. */
  readonly onFold?: (done: number, total: number) => void;
  /** Told after each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

const SHAPE: EncoderShape = { width: 48, heads: 4, layers: 2, hidden: 96 };
const BATCH = 128;
const HIDDEN = 0.1;

/** What fits into 250 kB: words of 52 bytes each, letters in threes, terms and their weights. */
const WORDS = { minTexts: 2, most: 1800, grams: 512 };
const WIDE: PruneLimits = { terms: 4000, weights: 24_000 };

/** One text in eight is held out, by its hash: twins stay together. */
const HELD_OUT = 8;
/** The linear path of a text that is learned from must not have seen it: it is fitted in parts. */
const FOLDS = 4;
const FOLD_SEED = 77;
const FOLD_ITERATIONS = 60;

/** What is tried on the held-out texts. */
const TRUSTS = [0, 0.25, 0.5, 0.75, 1] as const;
const SHIFTS = [0, 0.1, 0.2, 0.3, 0.4] as const;

/**
 * All that an item says, as one text.
 *
 * @param item - Any.
 * @returns Title, category, brand, description.
 */
export function textOf(item: Item): string {
  const parts = [item.title, item.categoryPath?.join(' '), item.brand, item.description];
  return parts.filter((part) => part !== undefined).join('\n');
}

/**
 * The words that the encoder reads: one empty word for an item without any, since it needs a token.
 *
 * @param item - Any.
 * @returns At least one word.
 */
export function readable(item: Item): Word[] {
  const words = wordsOf(item);
  return words.length > 0 ? words : [{ text: '', field: 'title', place: 0 }];
}

function headTargets(
  labels: Int32Array,
  wide: readonly Float32Array[],
  classes: number,
): (rows: readonly number[]) => HeadTargets {
  return (rows) => {
    const values = new Float32Array(rows.length * classes);
    const offsets = new Float32Array(rows.length * classes);
    for (const [n, row] of rows.entries()) {
      values[n * classes + (labels[row] as number)] = 1;
      offsets.set(wide[row] as Float32Array, n * classes);
    }
    return { kind: 'classes', values, weights: null, offsets, columns: classes };
  };
}

/** Linear logits of each text, from models that have not seen it. */
function unseenLogits(
  texts: readonly string[],
  labels: Int32Array,
  classes: number,
  onFold: (done: number) => void,
): Float32Array[] {
  const folds = texts.map((text) => hash32(text, FOLD_SEED) % FOLDS);
  const logits: Float32Array[] = texts.map(() => new Float32Array(0));
  for (let fold = 0; fold < FOLDS; fold++) {
    const rows = folds.flatMap((own, row) => (own === fold ? [] : [row]));
    const model = fitLinear(
      rows.map((row) => texts[row] as string),
      Int32Array.from(rows, (row) => labels[row] as number),
      { classes, iterations: FOLD_ITERATIONS },
    );
    const part = pruneLinear(model, WIDE);
    for (const [row, own] of folds.entries()) {
      if (own === fold) logits[row] = wideLogits(part, texts[row] as string);
    }
    onFold(fold + 1);
  }
  return logits;
}

/** Minus the logarithm of each class's share: rare classes get more. */
function rarity(labels: Int32Array, classes: number): Float32Array {
  const counts = new Float32Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts.map((count) => -Math.log(Math.max(1, count) / labels.length));
}

/** Both paths of the held-out texts, and their answers. */
interface Trial {
  readonly deep: readonly Float32Array[];
  readonly wide: readonly Float32Array[];
  readonly truth: readonly number[];
  readonly rare: Float32Array;
}

function quality({ deep, rare, truth, wide }: Trial, trust: number, factor: number): number {
  const predicted = deep.map((row, n) =>
    best(mixed(wide[n] as Float32Array, row, trust), rare, factor),
  );
  const { accuracy, macroF1 } = classFigures(truth, predicted);
  return accuracy + macroF1;
}

/** The best trust and shift; each is judged with its neighbours, since few answers are noisy. */
function choose(trial: Trial): { readonly trust: number; readonly factor: number } {
  const grid = TRUSTS.map((trust) => SHIFTS.map((factor) => quality(trial, trust, factor)));
  let found = { trust: 0, factor: 0, value: -Infinity };
  for (const [a, trust] of TRUSTS.entries()) {
    for (const [b, factor] of SHIFTS.entries()) {
      const near = [-1, 0, 1].flatMap((da) => [-1, 0, 1].map((db) => grid[a + da]?.[b + db]));
      const known = near.filter((each) => each !== undefined);
      const value = known.reduce((sum, each) => sum + each, 0) / known.length;
      if (value > found.value) found = { trust, factor, value };
    }
  }
  return found;
}

/**
 * Trains a model of a label.
 *
 * A tenth of the items is held out: it says when to stop and how to mix the paths.
 *
 * @param data - Items and their classes; at most 256 classes.
 * @param options - See {@link FitClassesOptions}.
 * @returns A model with a class head.
 */
export async function fitClasses(
  data: LabelledItems,
  options: FitClassesOptions,
): Promise<AttributeModel> {
  const { items, labels, names } = data;
  const { epochs = 8, linear, onProgress, run, seed } = options;
  const classes = names.length;
  const plain = items.map(textOf);
  const texts = items.map(readable);
  const isOut = plain.map((text) => hash32(text, seed) % HELD_OUT === 0);
  const rows = items.map((_, row) => row).filter((row) => isOut[row] === false);
  const out = items.map((_, row) => row).filter((row) => isOut[row] === true);
  const truth = out.map((row) => labels[row] as number);
  const vocabulary = learnVocabulary(texts, WORDS);
  const unseen = unseenLogits(plain, labels, classes, (done) => options.onFold?.(done, FOLDS));
  const tokens = out.map((row) =>
    (texts[row] as Word[]).map((word) => tokenRows(word, vocabulary)),
  );
  const rare = rarity(labels, classes);
  const wide = out.map((row) => unseen[row] as Float32Array);
  const trialOf = async ({ table, weights }: Snapshot): Promise<Trial> => {
    const encoded = await encodeOnDevice(run, { shape: SHAPE, table, weights })(tokens);
    return { deep: encoded.map(({ pooled }) => headLogits(weights, pooled)), wide, truth, rare };
  };
  const { snapshot } = await trainEncoder(
    { texts, rows, targetsOf: headTargets(labels, unseen, classes), outputs: classes },
    {
      run,
      vocabulary,
      seed,
      epochs,
      onProgress,
      shape: SHAPE,
      latent: 0,
      guesses: true,
      batchSize: BATCH,
      hidden: HIDDEN,
      judge: async (now) => quality(await trialOf(now), 1, 0),
    },
  );
  const { factor, trust } = choose(await trialOf(snapshot));
  const shift = rare.map((value) => factor * value);
  return {
    shape: SHAPE,
    vocabulary,
    table: snapshot.table,
    weights: new Map([...snapshot.weights].filter(([name]) => !name.startsWith('guess'))),
    scores: null,
    classes: { names, shift, trust, wide: pruneLinear(linear, WIDE) },
  };
}
