/**
 * What the held-out items say of a trained model of scores: how its two paths are mixed, how its
 * logits become probabilities, and from where on it is guessing.
 *
 * @packageDocumentation
 */
import { calibrate, sigmoid } from './calibrate.ts';
import { doubtOf } from './doubt.ts';
import type { ScoreTargets } from './linear-model.ts';
import { areaUnderCurve } from './metrics.ts';
import type { ScoreHead } from './model.ts';

/** What a held-out item says. */
export interface HeldOutItem {
  /** [O] In [0, 1]. */
  readonly values: Float32Array;
  /** [O] 0 for what is not known. */
  readonly weights: Float32Array;
}

/** Held-out items: logits of both paths, and answers. */
export interface ScoreTrial {
  readonly deep: readonly Float32Array[];
  readonly wide: readonly Float32Array[];
  readonly held: readonly HeldOutItem[];
  /** O */
  readonly columns: number;
}

/** The head without names and linear path, and the mixed logits of the held-out items. */
export type FittedScoreHead = Pick<ScoreHead, 'base' | 'doubt' | 'shift' | 'slope' | 'trust'> & {
  readonly logits: readonly Float32Array[];
};

/** Shares of the encoder that are tried, of logits that are as far apart as each other. */
const SHARES = [0, 0.15, 0.3, 0.45, 0.6, 0.8, 1] as const;
/** Share of the held-out items that are less in doubt than where guessing begins. */
const SURE = 0.8;

/**
 * What an item says.
 *
 * @param all - Of all items.
 * @param row - Of the item.
 * @param columns - Number of scores.
 * @returns Its part of `all`.
 */
export function rowOf(all: ScoreTargets, row: number, columns: number): HeldOutItem {
  const [from, to] = [row * columns, (row + 1) * columns];
  return { values: all.values.subarray(from, to), weights: all.weights.subarray(from, to) };
}

/** Mean of what is a number. */
export function meanOf(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
}

function columnOf(rows: readonly Float32Array[], o: number): number[] {
  return rows.map((row) => row[o] as number);
}

function aucOf(logits: readonly number[], targets: readonly number[]): number {
  return areaUnderCurve(
    logits,
    targets.map((target) => target > 0.5),
  );
}

/**
 * How well logits rank the items that say yes above those that do not.
 *
 * @param logits - [N] Of [O] each.
 * @param held - [N]
 * @param columns - O
 * @returns [O] Areas under the curve; NaN when one of the two kinds is missing.
 */
export function aucsOf(
  logits: readonly Float32Array[],
  held: readonly HeldOutItem[],
  columns: number,
): number[] {
  const targets = held.map(({ values }) => values);
  return Array.from({ length: columns }, (_, o) =>
    aucOf(columnOf(logits, o), columnOf(targets, o)),
  );
}

function mixedColumn({ deep, wide }: ScoreTrial, o: number, trust: number): number[] {
  const linear = columnOf(wide, o);
  return columnOf(deep, o).map((value, n) => (1 - trust) * (linear[n] as number) + trust * value);
}

/** Standard deviation, kept from a division by 0. */
function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2))) || 1;
}

/**
 * How far a score's encoder is trusted: what ranks the held-out items best. Each share is judged
 * with its neighbours, since few answers are noisy. The two paths' logits are of different sizes, so
 * shares are of what they have in common: how far apart they put the items.
 */
function chooseTrust(trial: ScoreTrial, o: number, targets: readonly number[]): number {
  const [deep, wide] = [spreadOf(columnOf(trial.deep, o)), spreadOf(columnOf(trial.wide, o))];
  const trusts = SHARES.map((share) => (share * wide) / (share * wide + (1 - share) * deep));
  const aucs = trusts.map((trust) => aucOf(mixedColumn(trial, o, trust), targets));
  const smooth = aucs.map((_, at) => meanOf(aucs.slice(Math.max(0, at - 1), at + 2)));
  return trusts[smooth.indexOf(Math.max(...smooth))] ?? 0;
}

/** Mixes and calibrates one score. */
function fitOne(trial: ScoreTrial, o: number) {
  const targets = columnOf(
    trial.held.map(({ values }) => values),
    o,
  );
  const weights = columnOf(
    trial.held.map((each) => each.weights),
    o,
  );
  const trust = chooseTrust(trial, o, targets);
  const logits = mixedColumn(trial, o, trust);
  const { shift, slope } = calibrate(logits, targets, weights);
  const scores = logits.map((logit) => sigmoid(slope * logit + shift));
  return { trust, logits, shift, slope, scores, base: meanOf(scores) };
}

/** The doubt that all but a share of the items stay below. */
function limitOf(doubts: readonly number[]): number {
  const sorted = doubts.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(SURE * sorted.length))] ?? Infinity;
}

/**
 * Fits what is left to fit when both paths are trained.
 *
 * @param trial - See {@link ScoreTrial}.
 * @returns See {@link FittedScoreHead}; without held-out items nothing is in doubt.
 */
export function fitScoreHead(trial: ScoreTrial): FittedScoreHead {
  const fitted = Array.from({ length: trial.columns }, (_, o) => fitOne(trial, o));
  const of = (pick: (own: (typeof fitted)[number]) => number): Float32Array =>
    Float32Array.from(fitted, pick);
  const base = of((own) => own.base);
  const rows = trial.held.map((_, n) => n);
  const doubts = rows.map((n) =>
    doubtOf(
      of((own) => own.scores[n] as number),
      base,
    ),
  );
  return {
    base,
    trust: of((own) => own.trust),
    slope: of((own) => own.slope),
    shift: of((own) => own.shift),
    doubt: limitOf(doubts),
    logits: rows.map((n) => of((own) => own.logits[n] as number)),
  };
}
