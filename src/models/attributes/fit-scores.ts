/**
 * Trains a model of named scores from what texts say of themselves in listed words, with those
 * words taken out of what the model reads.
 *
 * @packageDocumentation
 */
import { hash32 } from '../../core/rng.ts';
import type { Item } from '../../core/types.ts';
import { calibrate, sigmoid } from './calibrate.ts';
import { headLogits } from './class-logits.ts';
import type { AttributeDeclaration } from './declare-attributes.ts';
import { encodeOnDevice } from './encode-texts.ts';
import type { EncoderShape } from './encoder-shapes.ts';
import type { Snapshot } from './learner.ts';
import { fitLinearScores, pruneLinear, type ScoreTargets } from './linear-model.ts';
import { areaUnderCurve } from './metrics.ts';
import type { AttributeModel, ScoreHead } from './model.ts';
import { learnVocabulary, plainText, tokenRows, type Word, wordsOf } from './text-tokens.ts';
import { trainEncoder, type TrainEncoderOptions } from './train-encoder.ts';
import type { HeadTargets } from './training-step.ts';
import { createLabeller, type Saying, type WeaklyLabelled } from './weak-labels.ts';
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
const WIDE_C = 2;
/** Shares of the encoder that are tried on the held-out items. */
const TRUSTS = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;
const HELD_OUT = 8;
/** Steps that training takes at most, within bounds of passes. */
const STEPS = 1600;
const LEAST_PASSES = 2;
const MOST_PASSES = 20;

/** How much a text counts that says no: it is rarer, and surer, than one that says nothing. */
const DENIED = 3;
/** How much a text counts that says nothing: it may be comfortable without saying so. */
const SILENT = 0.5;
/** Weights of yes are raised until yes and no weigh the same, but not further than this. */
const MOST_BALANCE = 8;

/** Target and weight of what a text says. */
function meaning(says: Saying): readonly [target: number, weight: number] {
  if (says === 'yes') return [1, 1];
  if (says === 'no') return [0, DENIED];
  return says === 'both' ? [0.5, 0] : [0, SILENT];
}

function targetsOf(labelled: readonly WeaklyLabelled[], columns: number): ScoreTargets {
  const values = new Float32Array(labelled.length * columns);
  const weights = new Float32Array(labelled.length * columns);
  for (const [n, { says }] of labelled.entries()) {
    for (const [o, saying] of says.entries()) {
      const [target, weight] = meaning(saying);
      values[n * columns + o] = target;
      weights[n * columns + o] = weight;
    }
  }
  return { values, weights };
}

/** [O] What a yes weighs. */
function balanceOf(
  { values, weights }: ScoreTargets,
  rows: readonly number[],
  columns: number,
): number[] {
  return Array.from({ length: columns }, (_, o) => {
    let [yes, no] = [0, 0];
    for (const row of rows) {
      const weight = weights[row * columns + o] as number;
      yes += weight * (values[row * columns + o] as number);
      no += weight * (1 - (values[row * columns + o] as number));
    }
    return Math.min(MOST_BALANCE, Math.max(1, no / Math.max(1, yes)));
  });
}

function headTargets(
  all: ScoreTargets,
  balance: readonly number[],
): (rows: readonly number[]) => HeadTargets {
  const columns = balance.length;
  return (rows) => {
    const values = new Float32Array(rows.length * columns);
    const weights = new Float32Array(rows.length * columns);
    for (const [n, row] of rows.entries()) {
      for (let o = 0; o < columns; o++) {
        const value = all.values[row * columns + o] as number;
        const weight = all.weights[row * columns + o] as number;
        values[n * columns + o] = value;
        weights[n * columns + o] = weight * (value > 0.5 ? (balance[o] as number) : 1);
      }
    }
    return { kind: 'scores', values, weights, columns };
  };
}

/** Column `o` of the held-out rows. */
function column(
  values: Float32Array,
  rows: readonly number[],
  o: number,
  columns: number,
): number[] {
  return rows.map((row) => values[row * columns + o] as number);
}

function aucOf(logits: readonly number[], targets: readonly number[]): number {
  return areaUnderCurve(
    logits,
    targets.map((target) => target > 0.5),
  );
}

/** Calibrates each score on the held-out items. */
function scoreHead(
  attributes: readonly AttributeDeclaration[],
  logits: readonly Float32Array[],
  all: ScoreTargets,
  out: readonly number[],
): Pick<ScoreHead, 'slope' | 'shift' | 'base'> {
  const columns = attributes.length;
  const fitted = attributes.map((_, o) => {
    const own = logits.map((row) => row[o] as number);
    const weights = column(all.weights, out, o, columns);
    const { shift, slope } = calibrate(own, column(all.values, out, o, columns), weights);
    const scores = own.map((logit) => sigmoid(slope * logit + shift));
    const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return { slope, shift, base: mean };
  });
  return {
    slope: Float32Array.from(fitted, ({ slope }) => slope),
    shift: Float32Array.from(fitted, ({ shift }) => shift),
    base: Float32Array.from(fitted, ({ base }) => base),
  };
}

/** The linear path of some rows. */
function fitWide(
  {
    all,
    columns,
    texts,
  }: { all: ScoreTargets; columns: number; texts: readonly (readonly Word[])[] },
  rows: readonly number[],
): WidePart {
  const take = (values: Float32Array): Float32Array =>
    Float32Array.from(
      { length: rows.length * columns },
      (_, at) =>
        values[(rows[Math.floor(at / columns)] as number) * columns + (at % columns)] as number,
    );
  const targets = { values: take(all.values), weights: take(all.weights) };
  const plain = rows.map((row) => plainText(texts[row] as readonly Word[]));
  return pruneLinear(fitLinearScores(plain, targets, { classes: columns, c: WIDE_C }), WIDE_BYTES);
}

/**
 * How far each score's encoder is trusted: what ranks the held-out items best. Each share is judged
 * with its neighbours, since few answers are noisy.
 */
function chooseTrust(
  deep: readonly Float32Array[],
  wide: readonly Float32Array[],
  targets: readonly (readonly number[])[],
): Float32Array {
  return Float32Array.from(targets, (own, o) => {
    const aucs = TRUSTS.map((trust) => aucOf(mixedColumn(deep, wide, o, trust), own));
    const smooth = aucs.map((_, at) => meanOf(aucs.slice(Math.max(0, at - 1), at + 2)));
    return TRUSTS[smooth.indexOf(Math.max(...smooth))] ?? 0;
  });
}

function mixedColumn(
  deep: readonly Float32Array[],
  wide: readonly Float32Array[],
  o: number,
  trust: number,
): number[] {
  return deep.map(
    (row, n) => (1 - trust) * ((wide[n] as Float32Array)[o] as number) + trust * (row[o] as number),
  );
}

/** Words that the model reads, listed ones taken out; the encoder needs at least one. */
function readable({ rest }: WeaklyLabelled): readonly Word[] {
  return rest.length > 0 ? rest : [{ text: '', field: 'title', place: 0 }];
}

/** Mean of what is a number. */
function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
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
  return { all: targetsOf(labelled, attributes.length), out, rows, texts, tokens, vocabulary };
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
  const aucs = (logits: readonly Float32Array[]): number[] =>
    attributes.map((_, o) =>
      aucOf(
        logits.map((row) => row[o] as number),
        column(all.values, out, o, columns),
      ),
    );
  const { snapshot } = await trainEncoder(
    {
      texts,
      rows,
      outputs: columns,
      targetsOf: headTargets(all, balanceOf(all, rows, columns)),
      ...(partnersOf === undefined ? {} : { partnersOf }),
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
      judge: async (now) => meanOf(aucs(await logitsOf(now))),
    },
  );
  const deep = await logitsOf(snapshot);
  const wide = fitWide({ all, columns, texts }, rows);
  const linear = out.map((row) => wideLogits(wide, plainText(texts[row] as readonly Word[])));
  const targets = attributes.map((_, o) => column(all.values, out, o, columns));
  const trust = chooseTrust(deep, linear, targets);
  const mixes = attributes.map((_, o) => mixedColumn(deep, linear, o, trust[o] as number));
  const logits = out.map((_, n) => Float32Array.from(mixes, (mix) => mix[n] as number));
  const heldOut = aucs(logits).map((auc, o) => ({ name: attributes[o]?.name ?? '', auc }));
  const names = attributes.map(({ name }) => name);
  const model: AttributeModel = {
    shape,
    vocabulary,
    table: snapshot.table,
    weights: new Map([...snapshot.weights].filter(([name]) => !name.startsWith('guess'))),
    scores: { names, attributes, trust, wide, ...scoreHead(attributes, logits, all, out) },
    classes: null,
  };
  return { model, heldOut };
}
