/**
 * Whether what was learned is used: each choice is ranked by the model that has not seen it, beside
 * the pack and beside what is in use.
 *
 * @packageDocumentation
 */
import { FOLDS, MODELS, type TuningProblem } from './design.ts';
import { meanOf, surenessOf } from './sureness.ts';

/** Shares of what was learned that are tried. */
const TRUSTS = [0.25, 0.5, 0.75, 1] as const;

/** What an unsure gain in NDCG@10 takes from the chosen share; see {@link cautious}. */
const STEIN = 1.5;

/** Standard errors that the gain in log-likelihood must be above 0. Figures: docs/learning.md. */
const SURE_LIKELY = 3;

/** Standard errors that the newest fold, twelve choices of sixty, may be below 0. */
const LATE = -1;

/** Scales of the pack's scores that are tried. */
const SCALES = [0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1, 1.25, 1.6] as const;

const TOP = 10;

/** What the gate says. */
export interface GateDecision {
  /** Whether what was learned is used. */
  readonly isKept: boolean;
  /** Whether what is in use had better go: the pack ranks what came after it better. */
  readonly isOutdated: boolean;
  /** Share of what was learned that is used: at most the one that held-out choices trust most. */
  readonly trust: number;
  /** NDCG@10 of the pack. */
  readonly before: number;
  /** NDCG@10 with that share. */
  readonly after: number;
}

/** Gains of choices beside something else. */
interface Gains {
  readonly ndcg: number[];
  readonly likelihood: number[];
}

/** Scores of one list → NDCG@10 and log-likelihood of its answer. Ties count against it. */
function judge(
  scoreOf: (row: number) => number,
  from: number,
  end: number,
  answer: number,
): { readonly ndcg: number; readonly likelihood: number } {
  const own = scoreOf(answer);
  let rank = 0;
  let total = 0;
  for (let row = from; row < end; row++) {
    const score = scoreOf(row);
    if (!(score < own)) rank++;
    total += Math.exp(score - own);
  }
  return { ndcg: rank <= TOP ? 1 / Math.log2(rank + 1) : 0, likelihood: -Math.log(total) };
}

/** How one way to score beats another on some of the choices. */
function gainsOf(
  problem: TuningProblem,
  lists: readonly number[],
  scores: readonly [
    after: (row: number, list: number) => number,
    before: (row: number, list: number) => number,
  ],
): Gains & { readonly before: number; readonly after: number } {
  const { offsets, targets } = problem;
  const [after, before] = scores.map((scoreOf) =>
    lists.map((list) => {
      const from = offsets[list] as number;
      const answer = from + (targets[list] as number);
      return judge((row) => scoreOf(row, list), from, offsets[list + 1] as number, answer);
    }),
  ) as [ReturnType<typeof judge>[], ReturnType<typeof judge>[]];
  const gain = (pick: 'ndcg' | 'likelihood'): number[] =>
    after.map((one, k) => one[pick] - (before[k]?.[pick] ?? 0));
  return {
    ndcg: gain('ndcg'),
    likelihood: gain('likelihood'),
    before: meanOf(before.map(({ ndcg }) => ndcg)),
    after: meanOf(after.map(({ ndcg }) => ndcg)),
  };
}

/**
 * By fold, the scale of the pack's scores at which the choices of the other folds are likeliest. Of
 * somebody who chooses at random the pack is too sure: to be less sure is nothing learned.
 */
function scalesOf({ base, folds, offsets, targets }: TuningProblem): readonly number[] {
  const own = [...targets.keys()].filter((list) => (targets[list] as number) >= 0);
  const likelihoods = SCALES.map((scale) =>
    own.map((list) => {
      const from = offsets[list] as number;
      const answer = from + (targets[list] as number);
      const scoreOf = (row: number): number => scale * (base[row] as number);
      return judge(scoreOf, from, offsets[list + 1] as number, answer).likelihood;
    }),
  );
  return Array.from({ length: FOLDS }, (_, fold) => {
    const sums = likelihoods.map((values) =>
      values.reduce((sum, value, k) => (folds[own[k] as number] === fold ? sum : sum + value), 0),
    );
    return SCALES[sums.indexOf(Math.max(...sums))] as number;
  });
}

/**
 * How much of the chosen share is used: less of a gain that may be luck, and less of one that fades.
 *
 * A gain z standard errors above 0 counts 1 − 1.5/z² of itself (the estimator of James & Stein 1961,
 * positive part), none below z = 1.22; what the newest fold still gains beside the mean of all folds
 * counts as its square root.
 */
function cautious(gains: Gains, newest: Gains): number {
  const z = surenessOf(gains.ndcg);
  const stein = z > 0 ? Math.max(0, 1 - STEIN / z ** 2) : 0;
  const left = meanOf(newest.likelihood) / meanOf(gains.likelihood);
  return left > 0 ? stein * Math.sqrt(Math.min(1, left)) : 0;
}

/**
 * Decides.
 *
 * Kept, when over all folds the gains in NDCG@10 and in likelihood are both surely above 0, when
 * the newest fold, which nothing of the past could know, shows no sure loss, and when what came
 * after the checkpoint in use does not surely speak for that one. Likelihoods are set beside the
 * pack at its best scale, found without the held-out choices.
 *
 * @param problem - The visitor's lists.
 * @param logits - [R, M] design × θ.
 * @param fresh - Choices at the end that what is in use has not seen; 0 when nothing is in use.
 * @returns The decision.
 */
export function decide(problem: TuningProblem, logits: Float32Array, fresh: number): GateDecision {
  const { base, inUse, folds, targets } = problem;
  const own = [...targets.keys()].filter((list) => (targets[list] as number) >= 0);
  const byPack = (row: number): number => base[row] as number;
  const scales = scalesOf(problem);
  const byScaledPack = (row: number, list: number): number =>
    (scales[folds[list] as number] as number) * (base[row] as number);
  const byInUse = (row: number): number => (base[row] as number) + (inUse[row] as number);
  const learned =
    (trust: number) =>
    (row: number, list: number): number =>
      (base[row] as number) + trust * (logits[row * MODELS + (folds[list] as number)] as number);
  const tried = TRUSTS.map((trust) => {
    const { likelihood } = gainsOf(problem, own, [learned(trust), byScaledPack]);
    return { trust, likelihood, mean: meanOf(likelihood) };
  });
  const { trust, likelihood } = tried.reduce((a, b) => (b.mean > a.mean ? b : a));
  const gains = gainsOf(problem, own, [learned(trust), byPack]);
  const newest = own.filter((list) => folds[list] === FOLDS - 1);
  const late = gainsOf(problem, newest, [learned(trust), byPack]);
  const used = trust * cautious(gains, late);
  const { before, after } = gainsOf(problem, own, [learned(used), byPack]);
  const unseen = fresh > 0 ? own.slice(-fresh) : [];
  const beside = gainsOf(problem, unseen, [learned(trust), byInUse]);
  const old = gainsOf(problem, unseen, [byInUse, byPack]);
  const isBetter =
    used > 0 &&
    surenessOf(likelihood) > SURE_LIKELY &&
    surenessOf(late.ndcg) >= LATE &&
    surenessOf(late.likelihood) >= LATE;
  return {
    isKept: isBetter && surenessOf(beside.likelihood) > -1,
    isOutdated: surenessOf(old.ndcg) < -1 && surenessOf(old.likelihood) < -1,
    trust: used,
    before,
    after,
  };
}
