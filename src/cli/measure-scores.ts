/**
 * `vitrine attributes --scores`: do scores that were learned from listed words still know what a
 * text said when all those words are taken out of it?
 *
 * @packageDocumentation
 */
import { normalizeCandidates } from '../catalog/candidates.ts';
import { VitrineError } from '../core/errors.ts';
import type { Item } from '../core/types.ts';
import { scoreLogits } from '../models/attributes/class-logits.ts';
import {
  type AttributeDeclaration,
  readAttributes,
} from '../models/attributes/declare-attributes.ts';
import { DEFAULT_ATTRIBUTES } from '../models/attributes/default-attributes.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import { fitScores } from '../models/attributes/fit-scores.ts';
import { areaUnderCurve } from '../models/attributes/metrics.ts';
import { countParameters, type ScoreHead } from '../models/attributes/model.ts';
import { readModel, writeModel } from '../models/attributes/model-file.ts';
import { plainText, tokenRows, wordsOf } from '../models/attributes/text-tokens.ts';
import { createLabeller } from '../models/attributes/weak-labels.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { openNodeTrainer } from './node-trainer.ts';
import { startStage } from './progress.ts';
import { parseLine } from './read-lines.ts';
import { readFileText } from './read-labelled.ts';

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

/** One score on the test texts. */
interface ScoreFigures {
  /** Texts whose removed words said yes. */
  readonly yes: number;
  /** Texts without such words, or whose words said no. */
  readonly others: number;
  /** How often one that said yes is scored above one of the others. */
  readonly auc: number;
  /** Texts whose removed words said no. */
  readonly no: number;
  /** How often one that said yes is scored above one that said no. */
  readonly aucAgainstNo: number;
}

const MAX_LINES = 10_000_000;

function readItems(file: string): { items: readonly Item[]; groups: string[] } {
  const records: object[] = [];
  const groups: string[] = [];
  for (const [at, line] of readFileText(file).split('\n').entries()) {
    if (line.trim() === '') continue;
    const value = parseLine(line.trim(), file, at + 1);
    const { group } = value;
    groups.push(typeof group === 'string' ? group : String(records.length));
    records.push({ ...value, id: String(records.length) });
  }
  if (records.length === 0) throw dataError(file, 0, 'expected items, got nothing');
  return { items: normalizeCandidates(records, { maxItems: MAX_LINES }).items, groups };
}

function declared(file: string | undefined): readonly AttributeDeclaration[] {
  if (file === undefined) return DEFAULT_ATTRIBUTES;
  let value: unknown;
  try {
    value = JSON.parse(readFileText(file));
  } catch (error) {
    throw dataError(file, 0, `expected JSON, ${String(error)}`);
  }
  return readAttributes(value);
}

function chosen(options: MeasureScoresOptions): AttributeDeclaration[] {
  const known = declared(options.declare);
  return options.scores.split(',').map((name) => {
    const found = known.find((each) => each.name === name.trim());
    if (found !== undefined) return found;
    const names = known.map((each) => each.name).join(', ');
    throw new VitrineError('OPTION_INVALID', `--scores: got ${name}, expected some of ${names}.`);
  });
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
  const figures = attributes.map(({ name }, o): [string, ScoreFigures] => {
    const saying = labelled.map(({ says }) => says[o]);
    const scores = logits.map((row) => row[o] as number);
    const against = (...others: readonly string[]): { count: number; auc: number } => {
      const rows = saying.flatMap((each, n) => {
        return each === 'yes' || others.includes(each ?? '') ? [n] : [];
      });
      const isYes = rows.map((n) => saying[n] === 'yes');
      const auc = areaUnderCurve(
        rows.map((n) => scores[n] as number),
        isYes,
      );
      return { count: isYes.filter((each) => !each).length, auc };
    };
    const [all, no] = [against('nothing', 'no'), against('no')];
    const yes = saying.filter((each) => each === 'yes').length;
    const { auc, count: others } = all;
    return [name, { yes, others, auc, no: no.count, aucAgainstNo: no.auc }];
  });
  const text = JSON.stringify({
    scores: Object.fromEntries(figures),
    parameters: countParameters(model),
    bytes: file.length,
  });
  if (options.out !== '') writeWhole(options.out, file);
  if (options.json !== undefined) writeWhole(options.json, `${text}\n`);
  return text;
}
