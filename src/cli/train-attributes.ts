/**
 * The attribute model of a pack: trained on the catalog's texts, measured on items that its training
 * never saw, and kept only as far as it beats its own linear path.
 *
 * @packageDocumentation
 */
import { hash32 } from '../core/rng.ts';
import type { Item } from '../core/types.ts';
import type { AttributeDeclaration } from '../models/attributes/declare-attributes.ts';
import type { EncoderShape } from '../models/attributes/encoder-shapes.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import { fitScores } from '../models/attributes/fit-scores.ts';
import { modelIdOf, toFeatures } from '../models/attributes/item-features.ts';
import { type AttributeModel, countParameters } from '../models/attributes/model.ts';
import { readModel, writeModel } from '../models/attributes/model-file.ts';
import { scoreItems } from '../models/attributes/score-items.ts';
import { wordsOf } from '../models/attributes/text-tokens.ts';
import type { RunJob } from '../models/attributes/training-step.ts';
import { createLabeller } from '../models/attributes/weak-labels.ts';
import { countTables } from '../ranker/count-tables.ts';
import type { Sequence } from '../ranker/types.ts';
import { evenly } from './evenly.ts';
import { type AttributeAucs, judgeScores } from './judge-scores.ts';
import { tryNodeTrainer } from './node-trainer.ts';
import { startStage } from './progress.ts';
import { shrinkModel } from './shrink-model.ts';

/** What is learned from. */
export interface AttributeData {
  /** The catalog, I. */
  readonly items: readonly Item[];
  /** Visitors' choices: items that are chosen together should agree. */
  readonly sequences: readonly Sequence[];
  /** Attributes to learn. */
  readonly attributes: readonly AttributeDeclaration[];
}

/** How it is learned. */
export interface TrainAttributesOptions {
  readonly seed: number;
  /** Of the model's file; undefined: as large as it comes. */
  readonly maxBytes?: number | undefined;
}

/** Figures of `--json`. */
export interface AttributeFigures {
  /** Numbers that the model has learned; 0 when there is none. */
  readonly parameters: number;
  /** Of its file. */
  readonly bytes: number;
  /** Scores that it gives. */
  readonly names: readonly string[];
  /** By name: area under the curve on held-out items; null where that cannot be measured. */
  readonly heldOut: AttributeAucs;
  /** The same of the linear path alone. */
  readonly baseline: AttributeAucs;
  readonly seconds: number;
  /** Why there is no model, or no encoder in the scores. */
  readonly note?: string;
}

/** A trained model. */
export interface TrainedAttributes {
  /** Its file; undefined when the catalog has too little text. */
  readonly file: Uint8Array<ArrayBuffer> | undefined;
  readonly figures: AttributeFigures;
  /** The items with what the model says of them, without evidence. */
  readonly items: readonly Item[];
}

/** A file has more, whatever the sizes. */
const LEAST_BYTES = 20_000;
const LEAST_ITEMS = 200;
const LEAST_YES = 20;
/** Items that are learned from at most, evenly chosen. */
const MOST_ITEMS = 12_000;
/** One item in so many is kept for the figures. */
const HELD_OUT = 8;
const HELD_SEED = 77;
/** Steps of training, about; each looks at 32 items and a partner of each. */
const STEPS = 500;
const ROWS_PER_STEP = 32;
const PASSES = { least: 2, most: 8 };
/** Strongest neighbours of an item that it should agree with. */
const PARTNERS = 4;
/** Items that are scored at once. */
const CHUNK = 512;

/** Sizes of a model by the bytes that its file may have; the linear path needs its part of them. */
const SIZES: readonly {
  readonly least: number;
  readonly shape: EncoderShape;
  readonly latent: number;
}[] = [
  { least: 200_000, shape: { width: 48, heads: 4, layers: 2, hidden: 96 }, latent: 16 },
  { least: 110_000, shape: { width: 24, heads: 4, layers: 2, hidden: 48 }, latent: 8 },
  { least: 0, shape: { width: 12, heads: 3, layers: 2, hidden: 24 }, latent: 8 },
];

/** Undefined: the sizes that training takes by itself. */
function sizeFor(maxBytes: number | undefined): { shape?: EncoderShape; latent?: number } {
  const found = SIZES.find(({ least }) => maxBytes !== undefined && maxBytes >= least);
  return found ? { shape: found.shape, latent: found.latent } : {};
}

function hasText({ description = '', title = '' }: Item): boolean {
  return title !== '' || description !== '';
}

/** Rows of the items that are learned from. */
function sampleRows(items: readonly Item[]): readonly number[] {
  const rows = items.flatMap((item, row) => (hasText(item) ? [row] : []));
  return evenly(rows, MOST_ITEMS);
}

/** Attributes that enough of the texts speak of. */
function measurable(
  items: readonly Item[],
  attributes: readonly AttributeDeclaration[],
): AttributeDeclaration[] {
  const label = createLabeller(attributes);
  const yes = attributes.map(() => 0);
  for (const item of items) {
    for (const [o, says] of label(wordsOf(item)).says.entries()) {
      if (says === 'yes') yes[o] = (yes[o] as number) + 1;
    }
  }
  return attributes.filter((_, o) => (yes[o] as number) >= LEAST_YES);
}

function passesFor(count: number): number {
  const steps = Math.max(1, count / ROWS_PER_STEP);
  return Math.min(PASSES.most, Math.max(PASSES.least, Math.round(STEPS / steps)));
}

/** Strongest neighbours of each item that is learned from, as places among these. */
function partnersAmong(
  rows: readonly number[],
  { items, sequences }: AttributeData,
): (place: number) => readonly number[] {
  const { together } = countTables(sequences, items.length, { width: PARTNERS });
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  return (place) => {
    const from = (rows[place] as number) * together.width;
    const sources = together.sources.subarray(from, from + together.width);
    return Array.from(sources, (source) => placeOf.get(source) ?? -1).filter((at) => at >= 0);
  };
}

/** Asks the model about all items; what came with them gives way. */
async function scoreCatalog(
  run: RunJob,
  model: AttributeModel,
  items: readonly Item[],
  modelId: string,
): Promise<Item[]> {
  const names = model.scores?.names ?? [];
  const encode = encodeOnDevice(run, model);
  const report = startStage('Scoring the catalog');
  const scored: Item[] = [];
  for (let start = 0; start < items.length; start += CHUNK) {
    const chunk = items.slice(start, start + CHUNK);
    const said = await scoreItems(model, chunk, { encode, evidence: 0 });
    for (const [i, one] of said.entries()) {
      scored.push({ ...(chunk[i] as Item), generated: toFeatures(one, names, modelId) });
    }
    report(scored.length, items.length);
  }
  return scored;
}

function without(items: readonly Item[], note: string): TrainedAttributes {
  const none = { parameters: 0, bytes: 0, names: [], heldOut: {}, baseline: {}, seconds: 0 };
  return { file: undefined, figures: { ...none, note }, items };
}

/**
 * Trains the attribute model of a pack and asks it about the whole catalog.
 *
 * One item in eight is kept back. On these the model is calibrated, and its scores are compared
 * with those of its linear path, listed words taken out: where the encoder does not win on average,
 * the linear path alone makes the scores.
 *
 * @param data - See {@link AttributeData}.
 * @param options - See {@link TrainAttributesOptions}.
 * @returns The model with its figures; none, and why, below 200 items with text, or when no
 *   attribute is said of 20 of them. The same input gives the same model.
 */
export async function trainAttributes(
  data: AttributeData,
  options: TrainAttributesOptions,
): Promise<TrainedAttributes> {
  const { items } = data;
  const { maxBytes, seed } = options;
  const start = performance.now();
  const rows = sampleRows(items);
  if (rows.length < LEAST_ITEMS) {
    return without(
      items,
      `${rows.length} items have a title or a description, ${LEAST_ITEMS} are needed`,
    );
  }
  const texts = rows.map((row) => items[row] as Item);
  const attributes = measurable(texts, data.attributes);
  if (attributes.length === 0) {
    return without(items, `no attribute is said of ${LEAST_YES} items`);
  }
  const few = `${maxBytes} bytes are too few for the model`;
  if (maxBytes !== undefined && maxBytes < LEAST_BYTES) return without(items, few);
  const run = await tryNodeTrainer();
  if (run === null) return without(items, 'WebAssembly for training does not start');
  const isHeld = ({ id }: Item): boolean => hash32(id, HELD_SEED) % HELD_OUT === 0;
  const learned = rows.filter((row) => !isHeld(items[row] as Item));
  const { model: whole } = await fitScores(
    {
      items: learned.map((row) => items[row] as Item),
      attributes,
      partnersOf: partnersAmong(learned, data),
    },
    {
      run,
      seed,
      epochs: passesFor(learned.length),
      onProgress: startStage('Training the attributes'),
      ...sizeFor(maxBytes),
    },
  );
  const fitting = maxBytes === undefined ? whole : shrinkModel(whole, maxBytes);
  if (fitting === undefined) return without(items, few);
  const judged = await judgeScores(run, fitting, texts.filter(isHeld));
  const file = writeModel(judged.model);
  // What is asked is what a page would read.
  const scored = await scoreCatalog(run, readModel(file), items, await modelIdOf(file));
  const { heldOut, baseline, note } = judged;
  const figures = {
    parameters: countParameters(judged.model),
    bytes: file.length,
    names: attributes.map(({ name }) => name),
    heldOut,
    baseline,
    seconds: Number(((performance.now() - start) / 1000).toFixed(1)),
    ...(note === undefined ? {} : { note }),
  };
  return { file, figures, items: scored };
}
