/**
 * A model of scores on items that it has not learned from: how well it ranks them, beside its linear
 * path alone, and how its logits become probabilities.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { scoreLogits } from '../models/attributes/class-logits.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import {
  aucsOf,
  fitScoreHead,
  type HeldOutItem,
  meanOf,
  rowOf,
} from '../models/attributes/fit-score-head.ts';
import type { AttributeModel, ScoreHead } from '../models/attributes/model.ts';
import { plainText, tokenRows, wordsOf } from '../models/attributes/text-tokens.ts';
import type { RunJob } from '../models/attributes/training-step.ts';
import { createLabeller } from '../models/attributes/weak-labels.ts';
import { meaningsOf } from '../models/attributes/weak-targets.ts';
import { wideLogits } from '../models/attributes/wide-part.ts';

/** Area under the curve by score; null where items of one kind are missing. */
export type AttributeAucs = Readonly<Record<string, number | null>>;

/** A judged model. */
export interface JudgedScores {
  /** The model, calibrated; of its linear path alone where the encoder does not win. */
  readonly model: AttributeModel;
  /** Of its scores. */
  readonly heldOut: AttributeAucs;
  /** Of the linear path alone. */
  readonly baseline: AttributeAucs;
  /** Set when the encoder has no part in the scores. */
  readonly note?: string;
}

const NO_ENCODER =
  'the encoder does not beat the linear path on held-out items: scores are those of the linear path';

/** Logits of both, one row per item, and what the items say. */
interface Answers {
  readonly held: readonly HeldOutItem[];
  readonly own: readonly Float32Array[];
  readonly linear: readonly Float32Array[];
}

async function ask(run: RunJob, model: AttributeModel, items: readonly Item[]): Promise<Answers> {
  const head = model.scores as ScoreHead;
  const columns = head.names.length;
  const label = createLabeller(head.attributes);
  const labelled = items.map((item) => label(wordsOf(item)));
  const tokens = labelled.map(({ rest }) => rest.map((word) => tokenRows(word, model.vocabulary)));
  const encoded = await encodeOnDevice(run, model)(tokens);
  const texts = labelled.map(({ rest }) => plainText(rest));
  const meanings = meaningsOf(labelled, columns);
  return {
    held: labelled.map((_, n) => rowOf(meanings, n, columns)),
    own: encoded.map(({ pooled }, n) =>
      scoreLogits(model.weights, head, pooled, texts[n] as string),
    ),
    linear: texts.map((text) => wideLogits(head.wide, text)),
  };
}

function aucsByName(
  names: readonly string[],
  logits: readonly Float32Array[],
  held: Answers['held'],
): AttributeAucs {
  const aucs = aucsOf(logits, held, names.length);
  const shown = (auc: number): number | null => (Number.isNaN(auc) ? null : Number(auc.toFixed(4)));
  return Object.fromEntries(names.map((name, o) => [name, shown(aucs[o] as number)]));
}

function meanAuc(aucs: AttributeAucs): number {
  return meanOf(Object.values(aucs).filter((auc) => auc !== null));
}

/** The head with probabilities, base rates and doubts of these answers; its mix stays. */
function calibrated(
  head: ScoreHead,
  logits: readonly Float32Array[],
  held: Answers['held'],
): ScoreHead {
  // Two equal paths: whatever the mix, these logits are what is calibrated.
  const both = { deep: logits, wide: logits, held, columns: head.names.length };
  const { base, doubt, shift, slope } = fitScoreHead(both);
  return { ...head, base, doubt, shift, slope };
}

/**
 * Judges a model of scores.
 *
 * @param run - The device's.
 * @param model - Of named scores.
 * @param items - Not learned from, at least one.
 * @returns See {@link JudgedScores}.
 */
export async function judgeScores(
  run: RunJob,
  model: AttributeModel,
  items: readonly Item[],
): Promise<JudgedScores> {
  const head = model.scores as ScoreHead;
  const { held, linear, own } = await ask(run, model, items);
  const baseline = aucsByName(head.names, linear, held);
  const mixed = aucsByName(head.names, own, held);
  const hasEncoder = head.trust.some((trust) => trust > 0);
  if (hasEncoder && meanAuc(mixed) > meanAuc(baseline)) {
    return { model: { ...model, scores: calibrated(head, own, held) }, heldOut: mixed, baseline };
  }
  const alone = calibrated({ ...head, trust: head.trust.map(() => 0) }, linear, held);
  return { model: { ...model, scores: alone }, heldOut: baseline, baseline, note: NO_ENCODER };
}
