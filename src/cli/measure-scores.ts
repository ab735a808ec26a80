/**
 * `vitrine attributes --scores`: do scores that were learned from listed words still know what a
 * text said when all those words are taken out of it?
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { calibrated, scoreLogits } from '../models/attributes/class-logits.ts';
import type { AttributeDeclaration } from '../models/attributes/declare-attributes.ts';
import { isGuess, isStrange } from '../models/attributes/doubt.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import { fitScores } from '../models/attributes/fit-scores.ts';
import {
  fitLinearScores,
  type LinearModel,
  linearLogits,
} from '../models/attributes/linear-model.ts';
import { countParameters, type ScoreHead } from '../models/attributes/model.ts';
import { readModel, writeModel } from '../models/attributes/model-file.ts';
import { plainText, tokenRows, wordsOf } from '../models/attributes/text-tokens.ts';
import { createLabeller } from '../models/attributes/weak-labels.ts';
import { balanceOf, headTargets, meaningsOf } from '../models/attributes/weak-targets.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { openNodeTrainer } from './node-trainer.ts';
import { startStage } from './progress.ts';
import { guessFigures, scoreFigures } from './score-figures.ts';
import { readDeclared } from './read-attributes.ts';
import { readLinesOf } from './read-lines.ts';

/** What is measured on what. */
export interface MeasureScoresOptions {
  /** NDJSON of items; a field `group` keeps lines together when some are held out. */
  readonly train: string;
  readonly test: string;
  /** Names of scores, with commas between. */
  readonly scores: string;
  readonly declare: string | undefined;
  /** Where the model goes; nowhere when it is empty. */
  readonly out: string;
  readonly seed: number;
  readonly json: string | undefined;
}

const MAX_LINES = 10_000_000;
/** Penalty of the linear rival; of 0.3, 1 and 2 the best by cross-validation on reviews. */
const RIVAL_C = 1;

function readItems(file: string): { items: readonly Item[]; groups: string[] } {
  const records: object[] = [];
  const groups: string[] = [];
  readLinesOf(file, ({ value }) => {
    const { group } = value;
    groups.push(typeof group === 'string' ? group : String(records.length));
    records.push({ ...value, id: String(records.length) });
  });
  if (records.length === 0) throw dataError(file, 0, 'expected items, got nothing');
  return { items: normalizeCandidates(records, { maxItems: MAX_LINES }).items, groups };
}

function chosen(options: MeasureScoresOptions): AttributeDeclaration[] {
  const known = readDeclared(options.declare);
  return options.scores.split(',').map((name) => {
    const found = known.find((each) => each.name === name.trim());
    if (found !== undefined) return found;
    const names = known.map((each) => each.name).join(', ');
    throw new VitrineError('OPTION_INVALID', `--scores: got ${name}, expected some of ${names}.`);
  });
}

/** The linear rival: tf-idf with logistic regression, on the same texts with the same targets. */
function rivalOf(items: readonly Item[], attributes: readonly AttributeDeclaration[]): LinearModel {
  const classes = attributes.length;
  const label = createLabeller(attributes);
  const labelled = items.map((item) => label(wordsOf(item)));
  const rows = items.map((_, row) => row);
  const all = meaningsOf(labelled, classes);
  const { values, weights } = headTargets(all, balanceOf(all, rows, classes))(rows);
  const texts = labelled.map(({ rest }) => plainText(rest));
  return fitLinearScores(texts, { values, weights: weights ?? values }, { classes, c: RIVAL_C });
}

/**
 * Trains scores on one file and measures them on another.
 *
 * @param options - See {@link MeasureScoresOptions}.
 * @returns JSON: figures by score, size of the model.
 * @throws `OPTION_INVALID` for an unknown score, `DATA_INVALID` with file and line.
 */
export async function measureScores(options: MeasureScoresOptions): Promise<string> {
  const attributes = chosen(options);
  const train = readItems(options.train);
  const test = readItems(options.test);
  const run = await openNodeTrainer();
  const fitted = await fitScores(
    { ...train, attributes },
    { run, seed: options.seed, onProgress: startStage('Training the scores') },
  );
  const file = writeModel(fitted.model);
  const model = readModel(file);
  const label = createLabeller(attributes);
  const labelled = test.items.map((item) => label(wordsOf(item)));
  const tokens = labelled.map(({ rest }) => rest.map((word) => tokenRows(word, model.vocabulary)));
  const encoded = await encodeOnDevice(run, model)(tokens);
  const head = model.scores as ScoreHead;
  const logits = encoded.map(({ pooled }, n) =>
    scoreLogits(model.weights, head, pooled, plainText(labelled[n]?.rest ?? [])),
  );
  const texts = labelled.map(({ rest }) => plainText(rest));
  const linear = linearLogits(rivalOf(train.items, attributes), texts);
  const flag = guessFigures(
    logits.map((row) => calibrated(head, row)),
    labelled,
  );
  const byName = <T>(values: readonly T[]): Record<string, T> =>
    Object.fromEntries(attributes.map(({ name }, o) => [name, values[o] as T]));
  const text = JSON.stringify({
    scores: byName(scoreFigures(logits, labelled)),
    baseline: byName(scoreFigures(linear, labelled)),
    heldOut: byName(fitted.heldOut.map(({ auc }) => auc)),
    trust: byName([...head.trust]),
    guessing: flag((n, own) => isGuess(head, tokens[n] ?? [], own)),
    fewWordsKnown: flag((n) => isStrange(tokens[n] ?? [])),
    parameters: countParameters(model),
    bytes: file.length,
  });
  if (options.out !== '') writeWhole(options.out, file);
  if (options.json !== undefined) writeWhole(options.json, `${text}\n`);
  return text;
}
