/**
 * Items → named scores in [0, 1], latent dimensions, the words that moved the scores, and whether
 * the model is guessing. Pure; where the encoder runs is handed in.
 *
 * @packageDocumentation
 */
import type { ScoreEvidence } from '../../core/generated-features.ts';
import type { Item } from '../../core/types.ts';
import { sigmoid } from './calibrate.ts';
import { scoreLogits } from './class-logits.ts';
import { isGuess } from './doubt.ts';
import type { EncodeTexts } from './encode-texts.ts';
import type { AttributeModel, Block, ScoreHead } from './model.ts';
import { type EncodedText, encodePlain } from './plain-encoder.ts';
import {
  plainText,
  type TokenRows,
  tokenRows,
  type Vocabulary,
  type Word,
  wordsOf,
} from './text-tokens.ts';
import { wideWeights } from './wide-part.ts';
import { createLabeller, type Labeller, type Saying, type WeaklyLabelled } from './weak-labels.ts';

/** What the model says of an item. */
export interface ScoredItem {
  /** [O] In [0, 1], in the order of the model's names. */
  readonly scores: Float32Array;
  /** [Z] Of length 1; zeros for an item without words, empty for a model without dimensions. */
  readonly latent: Float32Array;
  /** At most as many per score as were asked for, the strongest first. */
  readonly evidence: readonly ScoreEvidence[];
  /**
   * True when fewer than two of the words, or fewer than half of them, are known, or when the scores
   * are as uncertain as those of the most doubtful fifth of held-out texts.
   */
  readonly guessing: boolean;
}

/** How items are scored. */
export interface ScoreItemsOptions {
  /** Where the encoder runs. Default: plain loops. */
  readonly encode?: EncodeTexts;
  /** Most evidence words per score, 0 for none. Default 2. */
  readonly evidence?: number;
}

/** Logarithm of the odds that an item is what a listed word in its text says: 9 to 1. */
const SAYS = Math.log(9);

/** A word that moves a score less is no evidence. */
const LEAST_MOVE = 0.01;

/** An item, read. */
interface Reading extends WeaklyLabelled {
  /** All words, listed ones too. */
  readonly words: readonly Word[];
  readonly tokens: readonly TokenRows[];
}

function read(words: readonly Word[], label: Labeller, vocabulary: Vocabulary): Reading {
  const labelled = label(words);
  const tokens = labelled.rest.map((word) => tokenRows(word, vocabulary));
  return { ...labelled, words, tokens };
}

function saidOdds(saying: Saying): number {
  if (saying === 'yes') return SAYS;
  return saying === 'no' ? -SAYS : 0;
}

/** Scores of a text: what its other words suggest, and what its listed words say. */
function scoresOf(
  model: AttributeModel,
  head: ScoreHead,
  pooled: Float32Array,
  { rest, says }: WeaklyLabelled,
): Float32Array {
  return scoreLogits(model.weights, head, pooled, plainText(rest)).map((logit, o) => {
    const context = (head.slope[o] as number) * logit + (head.shift[o] as number);
    return sigmoid(context + saidOdds(says[o] as Saying));
  });
}

function latentOf(
  block: Block | undefined,
  bias: Block | undefined,
  text: EncodedText,
): Float32Array {
  if (block === undefined || bias === undefined) return new Float32Array(0);
  const latent = new Float32Array(block.columns);
  if (text.states.length === 0) return latent;
  latent.set(bias.values);
  for (let w = 0; w < block.rows; w++) {
    for (let z = 0; z < block.columns; z++) {
      const weight = block.values[w * block.columns + z] as number;
      latent[z] = (latent[z] as number) + (text.pooled[w] as number) * weight;
    }
  }
  const length = Math.hypot(...latent);
  return length > 0 ? latent.map((value) => value / length) : latent;
}

/** The words with the largest pulls away from the middle one. */
function largestPulls(words: readonly Word[], pulls: readonly number[], most: number): string[] {
  const middle = pulls.reduce((sum, pull) => sum + pull, 0) / Math.max(1, pulls.length);
  const order = words.map(({ text }, t) => ({
    text,
    far: Math.abs((pulls[t] as number) - middle),
  }));
  order.sort((a, b) => b.far - a.far);
  return order.slice(0, most).map(({ text }) => text);
}

/**
 * Words worth trying without: all listed ones, and those that pull a logit most. In the encoder's
 * path a token's pull is its state times the head, since the head reads the mean of the states; in
 * the linear path it is the word's weight.
 */
function candidates(
  model: AttributeModel,
  { rest, words }: Reading,
  { states }: EncodedText,
  wanted: number,
): Set<string> {
  const plain = new Set(rest.map(({ text }) => text));
  const found = new Set(words.map(({ text }) => text).filter((text) => !plain.has(text)));
  const { columns, rows, values } = model.weights.get('head') as Block;
  const wide = (model.scores as ScoreHead).wide;
  const weights = rest.map(({ text }) => wideWeights(wide, text));
  for (let o = 0; o < columns; o++) {
    const pulls = rest.map((_, t) => {
      let pull = 0;
      for (let w = 0; w < rows; w++) {
        pull += (states[t * rows + w] as number) * (values[w * columns + o] as number);
      }
      return pull;
    });
    const linear = weights.map((own) => own[o] as number);
    for (const text of largestPulls(rest, pulls, wanted)) found.add(text);
    for (const text of largestPulls(rest, linear, wanted)) found.add(text);
  }
  return found;
}

/** A text without one of its words. */
interface Without {
  /** Index of the item. */
  readonly item: number;
  readonly word: string;
  readonly reading: Reading;
}

function strongest(
  moves: readonly ScoreEvidence[],
  names: readonly string[],
  most: number,
): ScoreEvidence[] {
  return names.flatMap((name) => {
    const own = moves.filter(({ move, score }) => score === name && Math.abs(move) >= LEAST_MOVE);
    own.sort((a, b) => Math.abs(b.move) - Math.abs(a.move) || (a.word < b.word ? -1 : 1));
    return own.slice(0, most);
  });
}

/**
 * Encodes in plain loops.
 *
 * @param model - Any.
 * @returns See {@link EncodeTexts}.
 */
export function encodeInPlace(model: AttributeModel): EncodeTexts {
  return async (texts) => texts.map((tokens) => encodePlain(model, tokens));
}

/**
 * Scores items.
 *
 * Listed words are not read by the encoder; what they say moves the score by odds of 9 to 1.
 * Evidence is what really happens without a word: the text is scored again without it.
 *
 * @param model - Of named scores.
 * @param items - Valid items.
 * @param options - See {@link ScoreItemsOptions}.
 * @returns One per item; the same item gets the same answer in any list.
 * @example (await scoreItems(model, [{ id: 'a', title: 'Soft wool socks' }]))[0]?.scores
 */
export async function scoreItems(
  model: AttributeModel,
  items: readonly Item[],
  options: ScoreItemsOptions = {},
): Promise<ScoredItem[]> {
  const head = model.scores;
  if (head === null) return [];
  const { encode = encodeInPlace(model), evidence = 2 } = options;
  const label = createLabeller(head.attributes);
  const readings = items.map((item) => read(wordsOf(item), label, model.vocabulary));
  const encoded = await encode(readings.map(({ tokens }) => tokens));
  const scores = readings.map((reading, n) =>
    scoresOf(model, head, (encoded[n] as EncodedText).pooled, reading),
  );
  const tries = readings.flatMap((reading, item): Without[] => {
    if (evidence === 0) return [];
    const words = candidates(model, reading, encoded[item] as EncodedText, evidence);
    return Array.from(words, (word) => {
      const rest = reading.words.filter(({ text }) => text !== word);
      return { item, word, reading: read(rest, label, model.vocabulary) };
    });
  });
  const again = await encode(tries.map(({ reading }) => reading.tokens));
  const moves = items.map((): ScoreEvidence[] => []);
  for (const [at, { item, reading, word }] of tries.entries()) {
    const without = scoresOf(model, head, (again[at] as EncodedText).pooled, reading);
    for (const [o, score] of head.names.entries()) {
      const move = ((scores[item] as Float32Array)[o] as number) - (without[o] as number);
      (moves[item] as ScoreEvidence[]).push({ score, word, move });
    }
  }
  return readings.map((reading, n) => ({
    scores: scores[n] as Float32Array,
    latent: latentOf(
      model.weights.get('latent'),
      model.weights.get('latentBias'),
      encoded[n] as EncodedText,
    ),
    evidence: strongest(moves[n] as ScoreEvidence[], head.names, evidence),
    guessing: isGuess(head, reading.tokens, scores[n] as Float32Array),
  }));
}
