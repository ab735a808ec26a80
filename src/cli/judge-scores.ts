/**
 * A model of scores on items that it has not learned from: how well it ranks them, beside its linear
 * path alone, and how its logits become probabilities.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { calibrate, sigmoid } from '../models/attributes/calibrate.ts';
import { scoreLogits } from '../models/attributes/class-logits.ts';
import { encodeOnDevice } from '../models/attributes/encode-texts.ts';
import { areaUnderCurve } from '../models/attributes/metrics.ts';
import type { AttributeModel, ScoreHead } from '../models/attributes/model.ts';
import { plainText, tokenRows, wordsOf } from '../models/attributes/text-tokens.ts';
import type { RunJob } from '../models/attributes/training-step.ts';
import { createLabeller, type Saying } from '../models/attributes/weak-labels.ts';
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

/** Target and weight of what a text says: who says no is surer than who says nothing. */
const MEANINGS: Readonly<Record<Saying, readonly [target: number, weight: number]>> = {
  yes: [1, 1],
  no: [0, 3],
  both: [0.5, 0],
  nothing: [0, 0.5],
};

const NO_ENCODER =
  'the encoder does not beat the linear path on held-out items: scores are those of the linear path';

/** Logits of both, one row per item. */
interface Answers {
  readonly says: readonly (readonly Saying[])[];
  readonly own: readonly Float32Array[];
  readonly linear: readonly Float32Array[];
}

async function ask(run: RunJob, model: AttributeModel, items: readonly Item[]): Promise<Answers> {
  const head = model.scores as ScoreHead;
  const label = createLabeller(head.attributes);
  const labelled = items.map((item) => label(wordsOf(item)));
  const tokens = labelled.map(({ rest }) => rest.map((word) => tokenRows(word, model.vocabulary)));
  const encoded = await encodeOnDevice(run, model)(tokens);
  const texts = labelled.map(({ rest }) => plainText(rest));
  return {
    says: labelled.map(({ says }) => says),
    own: encoded.map(({ pooled }, n) =>
      scoreLogits(model.weights, head, pooled, texts[n] as string),
    ),
    linear: texts.map((text) => wideLogits(head.wide, text)),
  };
}

function aucsOf(
  names: readonly string[],
  logits: readonly Float32Array[],
  says: Answers['says'],
): AttributeAucs {
  const auc = (o: number): number | null => {
    const known = says.flatMap((row, n) => (row[o] === 'both' ? [] : [n]));
    const isYes = known.map((n) => says[n]?.[o] === 'yes');
    if (!isYes.includes(true) || !isYes.includes(false)) return null;
    const own = known.map((n) => logits[n]?.[o] as number);
    return Number(areaUnderCurve(own, isYes).toFixed(4));
  };
  return Object.fromEntries(names.map((name, o) => [name, auc(o)]));
}

function meanOf(aucs: AttributeAucs): number {
  const known = Object.values(aucs).filter((auc) => auc !== null);
  return known.reduce((sum, auc) => sum + auc, 0) / Math.max(1, known.length);
}

/** The head with probabilities of these answers. */
function calibrated(
  head: ScoreHead,
  logits: readonly Float32Array[],
  says: Answers['says'],
): ScoreHead {
  const fitted = head.names.map((_, o) => {
    const own = logits.map((row) => row[o] as number);
    const meant = says.map((row) => MEANINGS[row[o] as Saying]);
    const { shift, slope } = calibrate(
      own,
      meant.map(([target]) => target),
      meant.map(([, weight]) => weight),
    );
    const scores = own.map((logit) => sigmoid(slope * logit + shift));
    const base = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
    return { slope, shift, base };
  });
  return {
    ...head,
    slope: Float32Array.from(fitted, ({ slope }) => slope),
    shift: Float32Array.from(fitted, ({ shift }) => shift),
    base: Float32Array.from(fitted, ({ base }) => base),
  };
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
  const { linear, own, says } = await ask(run, model, items);
  const baseline = aucsOf(head.names, linear, says);
  const mixed = aucsOf(head.names, own, says);
  const hasEncoder = head.trust.some((trust) => trust > 0);
  if (hasEncoder && meanOf(mixed) > meanOf(baseline)) {
    return { model: { ...model, scores: calibrated(head, own, says) }, heldOut: mixed, baseline };
  }
  const alone = calibrated({ ...head, trust: head.trust.map(() => 0) }, linear, says);
  return { model: { ...model, scores: alone }, heldOut: baseline, baseline, note: NO_ENCODER };
}
