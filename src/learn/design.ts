/**
 * Lists → the problem that a device solves: a design matrix, what to leave out of which model, and
 * what its parameters mean.
 *
 * Parameters are in units of their prior's standard deviation, so that one penalty serves all.
 *
 * @packageDocumentation
 */
import type { Item } from '../core/types.ts';
import { isAffinity } from './affinities.ts';
import type { LearningList } from './design-lists.ts';
import type { ItemFeature } from './item-features.ts';
import type { DesignMatrix } from './matrix.ts';
import { GAIN_BOUNDS, learnedScore, MAX_WEIGHT, type Tuning } from './tuning.ts';

/** Blocks of time that are held out one after the other; the last is the newest. */
export const FOLDS = 5;
/** One model without each fold, and one of everything. */
export const MODELS: number = FOLDS + 1;

/** Standard deviations of the prior; chosen by `npm run learning`. */
const GAIN_UNIT = 0.5;
const WEIGHT_UNIT = 0.3;
const AFFINITY_UNIT = 1.5;

/** Of a feature: few affinities are learned from all choices, many others from two or three. */
function unitOf(name: string): number {
  return isAffinity(name) ? AFFINITY_UNIT : WEIGHT_UNIT;
}

/** Features that are learned of at most, and the choices that a feature must have been in. */
const MAX_FEATURES = 120;
const MIN_CHOICES = 2;

/** What training needs. */
export interface TuningProblem {
  /** [R, P] */
  readonly matrix: DesignMatrix;
  /** [R] scores of the pack. */
  readonly base: Float32Array;
  /** [R] what the checkpoint in use adds to them. */
  readonly inUse: Float32Array;
  /** L + 1 row numbers. */
  readonly offsets: Int32Array;
  /** [L] see {@link LearningList}. */
  readonly targets: Int32Array;
  /** [L] */
  readonly weights: Float32Array;
  /** [L] 0 … FOLDS − 1, oldest first; -1 for replay, which every model has. */
  readonly folds: Int32Array;
  /** [P, M] 1 where a model may move a parameter. */
  readonly allowed: Uint8Array;
  /** [P] a parameter of 1 in gains or logits. */
  readonly units: Float32Array;
  /** [P] bounds in units. */
  readonly least: Float32Array;
  /** [P] */
  readonly most: Float32Array;
  /** Signals with a gain, then features with a weight. */
  readonly names: readonly string[];
  /** How many of them are signals. */
  readonly numGains: number;
}

/** Fold of each of `count` choices in their order. */
function foldsOf(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, l) => Math.floor((l * FOLDS) / count));
}

/** In how many answers of each fold a feature is. */
function countAnswers(lists: readonly LearningList[], folds: Int32Array): Map<string, Int32Array> {
  const counts = new Map<string, Int32Array>();
  for (const [l, { target, items, features }] of lists.entries()) {
    if (target < 0) continue;
    for (const { name } of features.of(items[target] as Item)) {
      const byFold = counts.get(name) ?? new Int32Array(FOLDS);
      const fold = folds[l] as number;
      byFold[fold] = (byFold[fold] as number) + 1;
      counts.set(name, byFold);
    }
  }
  return counts;
}

const sum = (counts: Int32Array): number => counts.reduce((total, count) => total + count, 0);

/** The features of most answers, ties by name. */
function chooseFeatures(counts: ReadonlyMap<string, Int32Array>): string[] {
  return [...counts]
    .map(([name, byFold]) => ({ name, count: sum(byFold) }))
    .filter(({ count }) => count >= MIN_CHOICES)
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_FEATURES)
    .map(({ name }) => name);
}

/** A model may know of a feature only what its own choices say, or its held-out ones leak. */
function allowedOf(
  features: readonly string[],
  counts: ReadonlyMap<string, Int32Array>,
  numGains: number,
): Uint8Array {
  const allowed = new Uint8Array((numGains + features.length) * MODELS).fill(1);
  for (const [f, name] of features.entries()) {
    const byFold = counts.get(name) as Int32Array;
    for (let m = 0; m < FOLDS; m++) {
      const seen = sum(byFold) - (byFold[m] as number);
      if (seen < MIN_CHOICES) allowed[(numGains + f) * MODELS + m] = 0;
    }
  }
  return allowed;
}

/** Signals whose function says different things of different candidates. */
function activeSignals(lists: readonly LearningList[], width: number): number[] {
  const isActive = (j: number): boolean =>
    lists.some(({ parts }) => {
      for (let k = j + width; k < parts.length; k += width) if (parts[k] !== parts[j]) return true;
      return false;
    });
  return Array.from({ length: width }, (_, j) => j).filter(isActive);
}

/** What a tuning adds to a list's scores. */
function addedBy(
  { gains, weights }: Tuning,
  list: LearningList,
  names: readonly string[],
): number[] {
  return list.items.map((item, c) => {
    const bent = names.reduce(
      (total, name, j) =>
        total + (gains.get(name) ?? 0) * (list.parts[c * names.length + j] as number),
      0,
    );
    return bent + learnedScore(weights, item, list.features).value;
  });
}

function writeFeatures(
  row: Float32Array,
  features: readonly ItemFeature[],
  columnOf: ReadonlyMap<string, number>,
): void {
  for (const { name, value } of features) {
    const column = columnOf.get(name);
    if (column !== undefined) row[column] = unitOf(name) * value;
  }
}

/**
 * Makes the problem of lists.
 *
 * @param lists - The visitor's, oldest first, then those of replay.
 * @param signals - Names of the J functions.
 * @param inUse - What is in use now.
 * @returns The problem. Cost: R × (J + features).
 */
export function designOf(
  lists: readonly LearningList[],
  signals: readonly string[],
  inUse: Tuning,
): TuningProblem {
  const own = lists.filter(({ target }) => target >= 0).length;
  const folds = new Int32Array(lists.length).fill(-1);
  folds.set(foldsOf(own));
  const counts = countAnswers(lists, folds);
  const chosen = chooseFeatures(counts);
  const active = activeSignals(lists, signals.length);
  const columnOf = new Map(chosen.map((name, f) => [name, active.length + f]));
  const params = active.length + chosen.length;
  const offsets = new Int32Array(lists.length + 1);
  for (const [l, { items }] of lists.entries()) {
    offsets[l + 1] = (offsets[l] as number) + items.length;
  }
  const rows = offsets.at(-1) as number;
  const data = new Float32Array(rows * params);
  for (const [l, { items, parts, features }] of lists.entries()) {
    for (const [c, item] of items.entries()) {
      const from = ((offsets[l] as number) + c) * params;
      const row = data.subarray(from, from + params);
      row.set(active.map((j) => GAIN_UNIT * (parts[c * signals.length + j] as number)));
      writeFeatures(row, features.of(item), columnOf);
    }
  }
  const isGain = (p: number): boolean => p < active.length;
  const units = Float32Array.from({ length: params }, (_, p) =>
    isGain(p) ? GAIN_UNIT : unitOf(chosen[p - active.length] as string),
  );
  return {
    matrix: { data, rows, params },
    base: Float32Array.from(lists.flatMap(({ base }) => [...base])),
    inUse: Float32Array.from(lists.flatMap((list) => addedBy(inUse, list, signals))),
    offsets,
    targets: Int32Array.from(lists, ({ target }) => target),
    weights: Float32Array.from(lists, ({ weight }) => weight),
    folds,
    allowed: allowedOf(chosen, counts, active.length),
    units,
    least: units.map((unit, p) => (isGain(p) ? GAIN_BOUNDS.least : -MAX_WEIGHT) / unit),
    most: units.map((unit, p) => (isGain(p) ? GAIN_BOUNDS.most : MAX_WEIGHT) / unit),
    names: [...active.map((j) => signals[j] as string), ...chosen],
    numGains: active.length,
  };
}

/**
 * Parameters of one model → what they mean.
 *
 * @param problem - Of the parameters.
 * @param theta - [P, M]
 * @param model - 0 … M − 1.
 * @returns Gains and weights that are not 0.
 */
export function tuningOf(problem: TuningProblem, theta: Float32Array, model: number): Tuning {
  const entries = problem.names.map((name, p) => {
    const value = (theta[p * MODELS + model] as number) * (problem.units[p] as number);
    // Single precision may round a bound outwards.
    const [least, most] =
      p < problem.numGains ? [GAIN_BOUNDS.least, GAIN_BOUNDS.most] : [-MAX_WEIGHT, MAX_WEIGHT];
    return [name, Math.min(most, Math.max(least, value))] as const;
  });
  const told = (part: typeof entries): Map<string, number> =>
    new Map(part.filter(([, value]) => value !== 0));
  return {
    gains: told(entries.slice(0, problem.numGains)),
    weights: told(entries.slice(problem.numGains)),
  };
}
