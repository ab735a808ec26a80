/**
 * Trains a model of named scores from what texts say of themselves in listed words, with those
 * words taken out of what the model reads.
 *
 * @packageDocumentation
 */
import { hash32 } from '../../core/rng.ts';
import type { Item } from '../../core/types.ts';
import { headLogits } from './class-logits.ts';
import type { AttributeDeclaration } from './declare-attributes.ts';
import { encodeOnDevice } from './encode-texts.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import type { Snapshot } from './learner.ts';
import { aucsOf, fitScoreHead, meanOf, rowOf } from './fit-score-head.ts';
import type { AttributeModel } from './model.ts';
import { pruneLinear } from './prune-linear.ts';
import { fitScorePath } from './score-path.ts';
import { learnVocabulary, plainText, tokenRows, type Word, wordsOf } from './text-tokens.ts';
import { trainEncoder, type TrainEncoderOptions } from './train-encoder.ts';
import type { HeadTargets } from './training-step.ts';
import { createLabeller, type WeaklyLabelled } from './weak-labels.ts';
import { balanceOf, headTargets, meaningsOf } from './weak-targets.ts';
import { wideLogits, type WidePart } from './wide-part.ts';

/** What the scores are learned from. */
export interface ScoreData {
  readonly items: readonly Item[];
  readonly attributes: readonly AttributeDeclaration[];
  /** Rows of items engaged together with a row's; none without interactions. */
  readonly partnersOf?: (row: number) => readonly number[];
  /** Group of each item; a group is held out as a whole. Default: each by itself. */
  readonly groups?: readonly string[];
}

/** How a model of scores is trained. */
export interface FitScoresOptions {
  /** The device's, with gradients registered. */
  readonly run: TrainEncoderOptions['run'];
  readonly seed: number;
  /** Passes at most. Default: as many as make 1,600 steps, 2 to 20. */
  readonly epochs?: number;
  /** Sizes. Default 2 blocks of width 48. */
  readonly shape?: EncoderShape;
  /** Latent dimensions. Default 16. */
  readonly latent?: number;
  /** Told after each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A trained model, and how well it ranks held-out items. */
export interface FittedScores {
  readonly model: AttributeModel;
  /**
   * By attribute: area under the curve of held-out items that say yes against those that do not,
   * listed words taken out; NaN when one of the two kinds is missing.
   */
  readonly heldOut: readonly { readonly name: string; readonly auc: number }[];
}

const SHAPE: EncoderShape = { width: 48, heads: 4, layers: 2, hidden: 96 };
const LATENT = 16;
const BATCH = 64;
const HIDDEN = 0.15;
const WORDS = { minTexts: 3, most: 1600, grams: 448 };
const WIDE_BYTES = 85_000;
const WIDE_C = 1;
/** A pair of words that stands in one text only is no help for others. */
const WIDE_TEXTS = 2;
const HELD_OUT = 8;
/** Steps that training takes at most, within bounds of passes. */
const STEPS = 1600;
const LEAST_PASSES = 2;
const MOST_PASSES = 20;

/** The linear path of some rows. */
function fitWide(
  targetsOf: (rows: readonly number[]) => HeadTargets,
  texts: readonly (readonly Word[])[],
  rows: readonly number[],
): WidePart {
  const { columns, values, weights } = targetsOf(rows);
  const plain = rows.map((row) => plainText(texts[row] as readonly Word[]));
  const targets = { values, weights: weights as Float32Array };
  const options = { classes: columns, c: WIDE_C, minTexts: WIDE_TEXTS };
  return pruneLinear(fitScorePath(plain, targets, options), WIDE_BYTES);
}

/** Words that the model reads, listed ones taken out; the encoder needs at least one. */
function readable({ rest }: WeaklyLabelled): readonly Word[] {
  return rest.length > 0 ? rest : [{ text: '', field: 'title', place: 0 }];
}

/** Few items are looked at more often. */
function passesFor(items: number): number {
  const steps = Math.max(1, Math.floor((2 * items) / BATCH));
  return Math.min(MOST_PASSES, Math.max(LEAST_PASSES, Math.round(STEPS / steps)));
}

/** Texts with what they say, and which of them are held out. */
function prepare({ attributes, groups, items }: ScoreData, seed: number) {
  const label = createLabeller(attributes);
  const labelled = items.map((item) => label(wordsOf(item)));
  const texts = labelled.map(readable);
  const isOut = items.map(({ id }, n) => hash32(groups?.[n] ?? id, seed) % HELD_OUT === 0);
  const rows = items.map((_, row) => row).filter((row) => isOut[row] === false);
  const out = items.map((_, row) => row).filter((row) => isOut[row] === true);
  const vocabulary = learnVocabulary(texts, WORDS);
  const tokens = out.map((row) =>
    (texts[row] as readonly Word[]).map((word) => tokenRows(word, vocabulary)),
  );
  return { all: meaningsOf(labelled, attributes.length), out, rows, texts, tokens, vocabulary };
}

/** Partners that are learned from themselves: held-out ones would tell their answers. */
function among(
  partnersOf: NonNullable<ScoreData['partnersOf']>,
  rows: readonly number[],
): NonNullable<ScoreData['partnersOf']> {
  const known = new Set(rows);
  return (row) => partnersOf(row).filter((partner) => known.has(partner));
}

/**
 * Trains a model of named scores.
 *
 * @param data - See {@link ScoreData}.
 * @param options - See {@link FitScoresOptions}.
 * @returns See {@link FittedScores}; the same input gives the same model on the same device.
 */
export async function fitScores(data: ScoreData, options: FitScoresOptions): Promise<FittedScores> {
  const { attributes, partnersOf } = data;
  const { latent = LATENT, onProgress, run, seed, shape = SHAPE } = options;
  const columns = attributes.length;
  const { all, out, rows, texts, tokens, vocabulary } = prepare(data, seed);
  const { epochs = passesFor(rows.length) } = options;
  const logitsOf = async ({ table, weights }: Snapshot): Promise<Float32Array[]> => {
    const encoded = await encodeOnDevice(run, { shape, table, weights })(tokens);
    return encoded.map(({ pooled }) => headLogits(weights, pooled));
  };
  const held = out.map((row) => rowOf(all, row, columns));
  const targetsOf = headTargets(all, balanceOf(all, rows, columns));
  const { snapshot } = await trainEncoder(
    {
      texts,
      rows,
      outputs: columns,
      targetsOf,
      ...(partnersOf === undefined ? {} : { partnersOf: among(partnersOf, rows) }),
    },
    {
      run,
      vocabulary,
      seed,
      epochs,
      onProgress,
      shape,
      latent,
      guesses: true,
      batchSize: BATCH,
      hidden: HIDDEN,
      judge: async (now) => meanOf(aucsOf(await logitsOf(now), held, columns)),
    },
  );
  const wide = fitWide(targetsOf, texts, rows);
  const plain = out.map((row) => texts[row] as readonly Word[]);
  const { logits, ...own } = fitScoreHead({
    deep: await logitsOf(snapshot),
    wide: plain.map((words) => wideLogits(wide, plainText(words))),
    held,
    columns,
  });
  const heldOut = aucsOf(logits, held, columns).map((auc, o) => ({
    name: attributes[o]?.name ?? '',
    auc,
  }));
  const names = attributes.map(({ name }) => name);
  const model: AttributeModel = {
    shape,
    vocabulary,
    table: snapshot.table,
    weights: new Map([...snapshot.weights].filter(([name]) => !name.startsWith('guess'))),
    scores: { names, attributes, wide, ...own },
    classes: null,
  };
  return { model, heldOut };
}
