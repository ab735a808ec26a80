/**
 * Trains a model of a label: encoder, wide part, and how the two are mixed.
 *
 * @packageDocumentation
 */
import { hash32 } from '../../core/rng.ts';
import type { Item } from '../../core/types.ts';
import { headLogits, largest, type Mix, mixed } from './class-logits.ts';
import { encodeOnDevice } from './encode-texts.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import type { Snapshot } from './learner.ts';
import type { ChosenLinear } from './choose-linear.ts';
import { classFigures } from './metrics.ts';
import type { AttributeModel, ClassHead } from './model.ts';
import { writeModel } from './model-file.ts';
import { pruneLinear } from './prune-linear.ts';
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
  /**
   * The linear rival, with {@link isHeldOut} held out. The strongest weights of `whole` become the
   * wide part; `early` helps to choose the mix.
   */
  readonly linear: ChosenLinear;
  readonly seed: number;
  /** Passes at most. Default 8. */
  readonly epochs?: number;
  /** Told after each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

const SHAPE: EncoderShape = { width: 48, heads: 4, layers: 2, hidden: 96 };
const BATCH = 128;
const HIDDEN = 0.1;

/** Words of 52 bytes each and letters in threes; the wide part gets what is left of the file. */
const WORDS = { minTexts: 2, grams: 448 };
/** Words that the encoder knows. With many classes the linear path, one weight each, needs the room. */
const MOST_WORDS = { few: 1600, many: 900, manyClasses: 64 };
const FILE_BYTES = 249_500;

/** One text in eight is held out. */
const HELD_OUT = 8;
/** Classes with fewer examples are left to the linear path. */
const COMMON = 80;

/** What is tried on the held-out texts. */
const TRUSTS = [0, 0.25, 0.5, 0.75, 1] as const;
const SHIFTS = [0, 0.1, 0.2, 0.3] as const;

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
  classes: number,
): (rows: readonly number[]) => HeadTargets {
  return (rows) => {
    const values = new Float32Array(rows.length * classes);
    for (const [n, row] of rows.entries()) values[n * classes + (labels[row] as number)] = 1;
    return { kind: 'classes', values, weights: null, columns: classes };
  };
}

/** Examples of each class. */
function countsOf(labels: Int32Array, classes: number): Int32Array {
  const counts = new Int32Array(classes);
  for (const label of labels) counts[label] = (counts[label] as number) + 1;
  return counts;
}

/** Both paths of the held-out texts, and their answers. */
interface Trial {
  readonly deep: readonly Float32Array[];
  readonly wide: readonly Float32Array[];
  readonly truth: readonly number[];
}

/** Rare classes have no say: the mix does not touch them, and a few answers are mostly noise. */
function quality({ deep, truth, wide }: Trial, mix: Mix): number {
  const predicted = deep.map((row, n) => largest(mixed(wide[n] as Float32Array, row, mix)));
  const { accuracy, macroF1 } = classFigures(truth, predicted, mix.common);
  return accuracy + macroF1;
}

/** All that is tried, by trust and by shift. */
function mixesOf(counts: Int32Array): Mix[][] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  // Without a common class the two commonest, or all that are as common, have to do.
  const least = Math.min(COMMON, counts.toSorted((a, b) => b - a)[1] ?? 0);
  const common = Uint8Array.from(counts, (count) => (count >= least ? 1 : 0));
  return TRUSTS.map((trust) =>
    SHIFTS.map((factor) => ({
      trust,
      common,
      shift: Float32Array.from(counts, (count) => -factor * Math.log(Math.max(1, count) / total)),
    })),
  );
}

/** The best mix; each is judged with its neighbours, since few answers are noisy. */
function choose(trial: Trial, counts: Int32Array): Mix {
  const mixes = mixesOf(counts);
  const grid = mixes.map((row) => row.map((mix) => quality(trial, mix)));
  let found: { mix: Mix | undefined; value: number } = { mix: mixes[0]?.[0], value: -Infinity };
  for (const [a, row] of mixes.entries()) {
    for (const [b, mix] of row.entries()) {
      const near = [-1, 0, 1].flatMap((da) => [-1, 0, 1].map((db) => grid[a + da]?.[b + db]));
      const known = near.filter((each) => each !== undefined);
      const value = known.reduce((sum, each) => sum + each, 0) / known.length;
      if (value > found.value) found = { mix, value };
    }
  }
  return found.mix as Mix;
}

/**
 * Whether a text is held out: it says when to stop and how the paths are mixed.
 *
 * @param text - From {@link textOf}.
 * @param seed - Of the run.
 * @returns True for one text in eight, by its hash: twins stay together.
 */
export function isHeldOut(text: string, seed: number): boolean {
  return hash32(text, seed) % HELD_OUT === 0;
}

/** What is left of the file for the wide part. */
function wideBytesOf(
  model: Omit<AttributeModel, 'classes'>,
  head: Omit<ClassHead, 'wide'>,
): number {
  const none = new Int32Array(0);
  const wide = {
    keys: none,
    idf: new Float32Array(0),
    offsets: Int32Array.of(0),
    classes: new Uint8Array(0),
    values: new Float32Array(0),
    bias: new Float32Array(head.names.length),
  };
  const bytes = FILE_BYTES - writeModel({ ...model, classes: { ...head, wide } }).length;
  return Math.max(0, bytes);
}

/**
 * Trains a model of a label.
 *
 * An eighth of the items is held out: it says when to stop and how to mix the paths.
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
  const isOut = plain.map((text) => isHeldOut(text, seed));
  const rows = items.map((_, row) => row).filter((row) => isOut[row] === false);
  const out = items.map((_, row) => row).filter((row) => isOut[row] === true);
  const truth = out.map((row) => labels[row] as number);
  const most = classes > MOST_WORDS.manyClasses ? MOST_WORDS.many : MOST_WORDS.few;
  const vocabulary = learnVocabulary(texts, { ...WORDS, most });
  const tokens = out.map((row) =>
    (texts[row] as Word[]).map((word) => tokenRows(word, vocabulary)),
  );
  const deepOf = async ({ table, weights }: Snapshot): Promise<Float32Array[]> => {
    const encoded = await encodeOnDevice(run, { shape: SHAPE, table, weights })(tokens);
    return encoded.map(({ pooled }) => headLogits(weights, pooled));
  };
  const { snapshot } = await trainEncoder(
    { texts, rows, targetsOf: headTargets(labels, classes), outputs: classes },
    {
      run,
      vocabulary,
      seed,
      epochs,
      onProgress,
      shape: SHAPE,
      latent: 0,
      guesses: false,
      batchSize: BATCH,
      hidden: HIDDEN,
      // Not macro-F1: a single text of a rare class would say when to stop.
      judge: async (now) => classFigures(truth, (await deepOf(now)).map(largest)).accuracy,
    },
  );
  const model = {
    shape: SHAPE,
    vocabulary,
    table: snapshot.table,
    weights: snapshot.weights,
    scores: null,
  };
  const counts = countsOf(labels, classes);
  // Its numbers take the same room as those of the mix that is chosen with it.
  const like = mixesOf(counts)[0]?.[0] as Mix;
  const wideBytes = wideBytesOf(model, { names, ...like });
  const early = pruneLinear(linear.early, wideBytes);
  const wide = out.map((row) => wideLogits(early, plain[row] as string));
  const mix = choose({ deep: await deepOf(snapshot), wide, truth }, counts);
  return { ...model, classes: { names, ...mix, wide: pruneLinear(linear.whole, wideBytes) } };
}
