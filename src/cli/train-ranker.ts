/**
 * Training in two rounds: functions on tables that have not seen the answers, then the tables anew
 * from all that may be learned.
 *
 * @packageDocumentation
 */
import { createRandom } from '../core/rng.ts';
import { encodeSignals, fitKnots } from '../ranker/encode-signals.ts';
import { learnSignalModel } from '../ranker/learn-model.ts';
import type { Split } from '../ranker/protocols.ts';
import { createSignalEngine, SIGNALS } from '../ranker/signals.ts';
import { type TrainedAdditive, trainAdditive } from '../ranker/train-additive.ts';
import type {
  AdditiveModel,
  Attributes,
  ItemContent,
  RankList,
  SignalModel,
} from '../ranker/types.ts';
import { startStage } from './progress.ts';

/** What the ranker is trained on. */
export interface TrainingInput {
  /** Who may learn from what. */
  readonly split: Split;
  /** Of the catalog. */
  readonly attributes: Attributes;
  /** [I] */
  readonly logPrice: Float32Array;
  /** What models say of the items. */
  readonly content?: ItemContent | undefined;
  /** Of all draws. */
  readonly seed: number;
  /** K of the tables and E of the embedding; default: those of `learnSignalModel`. */
  readonly limits?: { readonly width: number; readonly dims: number } | undefined;
}

/** A trained ranker with its figures. */
export interface TrainedRanker {
  /** For the signals. */
  readonly model: SignalModel;
  /** The functions. */
  readonly ranker: AdditiveModel;
  /** Passes of the embedding. */
  readonly epochs: number;
  /** Training lists used. */
  readonly numLists: number;
  /** Mean loss by epoch of the functions. */
  readonly curve: readonly number[];
}

/** Most training lists, and most of their candidates together: 2.4 million rows of 55 signals. */
const MAX_LISTS = 24_000;
const MAX_ROWS = 2_400_000;

/** Lists by which the embedding's passes are chosen. */
const HELD_OUT = 3_000;

/** Codes of each signal; 0 for one that is a quantity. */
const CODES = SIGNALS.map(({ codes }) => codes ?? 0);

/** Rows by which the knots are fitted. */
const KNOT_ROWS = 40_000;

/** A seeded sample of the training lists. */
function sampleLists(lists: readonly RankList[], seed: number): RankList[] {
  const random = createRandom(seed, 'training lists');
  const width = lists[0]?.candidates.length ?? 1;
  const most = Math.min(MAX_LISTS, Math.floor(MAX_ROWS / width));
  return lists
    .map((list) => ({ list, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, most)
    .map(({ list }) => list);
}

/** Without interactions, likeness to the history is all there is to go by. */
function contentOnly(): AdditiveModel {
  const isLikeness = (name: string): boolean => name === 'attr.long' || name === 'attr.last';
  return {
    names: SIGNALS.map(({ name }) => name),
    knots: SIGNALS.map(({ name }) => Float32Array.from(isLikeness(name) ? [0, 1] : [0])),
    values: SIGNALS.map(({ name }) => Float32Array.from(isLikeness(name) ? [0, 1] : [0])),
  };
}

/** Trains the functions on lists whose answers the model has not seen. */
function trainFunctions(
  model: SignalModel,
  lists: readonly RankList[],
  seed: number,
): TrainedAdditive {
  const engine = createSignalEngine(model);
  const width = SIGNALS.length;
  const offsets = new Int32Array(lists.length + 1);
  for (const [l, { candidates }] of lists.entries()) {
    offsets[l + 1] = (offsets[l] as number) + candidates.length;
  }
  const sample: Float32Array[] = [];
  for (let l = 0, rows = 0; l < lists.length && rows < KNOT_ROWS; l++) {
    const signals = engine(lists[l] as RankList).slice();
    sample.push(signals);
    rows += signals.length / width;
  }
  const joined = new Float32Array(sample.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const signals of sample) {
    joined.set(signals, at);
    at += signals.length;
  }
  const knots = fitKnots(joined, width, undefined, CODES);
  const codes = new Uint16Array((offsets.at(-1) as number) * width);
  const report = startStage('Computing signals');
  for (const [l, list] of lists.entries()) {
    const start = (offsets[l] as number) * width;
    const end = (offsets[l + 1] as number) * width;
    encodeSignals(engine(list), knots, codes.subarray(start, end));
    report(l + 1, lists.length);
  }
  const targets = Int32Array.from(lists, ({ target }) => target);
  const epochs = 20;
  const stage = startStage('Training the functions');
  return trainAdditive({ codes, offsets, targets, knots }, SIGNALS, {
    epochs,
    seed,
    onProgress: (epoch) => stage(epoch, epochs),
  });
}

/**
 * Trains a ranker.
 *
 * @param input - Split, catalog, seed.
 * @returns Model, functions and figures; the same input gives the same ranker.
 */
export function trainRanker(input: TrainingInput): TrainedRanker {
  const { split, attributes, content, logPrice, seed, limits } = input;
  const numItems = logPrice.length;
  const { width, dims } = limits ?? {};
  const base = { attributes, content, logPrice, numItems, seed, width, dims };
  const lists = sampleLists(split.train, seed);
  if (lists.length === 0) {
    const { model, epochs } = learnSignalModel({ ...base, sequences: split.learn, epochs: 1 });
    return { model, ranker: contentOnly(), epochs, numLists: 0, curve: [] };
  }
  const early = learnSignalModel({
    ...base,
    sequences: split.early,
    heldOut: lists.slice(0, HELD_OUT),
    onProgress: startStage('Learning from the earlier part'),
  });
  const { model: ranker, curve } = trainFunctions(early.model, lists, seed);
  const { model } = learnSignalModel({
    ...base,
    sequences: split.learn,
    epochs: early.epochs,
    onProgress: startStage('Learning from all that is allowed'),
  });
  return { model, ranker, epochs: early.epochs, numLists: lists.length, curve };
}
