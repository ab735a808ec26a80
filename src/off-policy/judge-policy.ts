/**
 * IPS, SNIPS and doubly robust estimates of a policy from another one's log.
 *
 * @packageDocumentation
 */
import { VitrineError } from '../core/errors.ts';
import { estimateOf, type Terms, weightEstimate } from './intervals.ts';
import { runningMeans } from './running-means.ts';
import type { Judgement, LoggedChoice, RewardModel, TargetPolicy } from './types.ts';

/** Options of {@link judgePolicy}; all may be left out. */
export interface JudgeOptions<C> {
  /** Foretells rewards; default {@link runningMeans} over all contexts. */
  readonly model?: RewardModel<C>;
  /**
   * Larger weights are cut to this. Default Infinity: nothing is cut and nothing is biased. Cutting
   * trades variance for bias: IPS then leaves out what it cuts, the doubly robust estimate puts the
   * model's word in its place. The intervals do not know of that bias.
   */
  readonly maxWeight?: number;
}

/** Probabilities are sums of floats. */
const TOLERANCE = 1e-6;

function refuse(choice: number, problem: string): never {
  throw new VitrineError('DATA_INVALID', `off-policy: choice ${choice + 1}: ${problem}.`);
}

function checkChoice<C>({ propensity, reward }: LoggedChoice<C>, index: number): void {
  if (!(propensity > 0 && propensity <= 1)) {
    refuse(index, `got a propensity of ${propensity}, expected one above 0 and at most 1`);
  }
  if (!(reward >= 0 && reward <= 1)) {
    refuse(index, `got a reward of ${reward}, expected 0 to 1`);
  }
}

function checkTarget(target: ReadonlyMap<string, number>, index: number): void {
  let sum = 0;
  for (const probability of target.values()) {
    sum += probability >= 0 ? probability : Number.NaN;
  }
  if (!(Math.abs(sum - 1) <= TOLERANCE)) {
    refuse(index, `the policy's probabilities sum to ${sum}, expected 1`);
  }
}

interface Weighed {
  /** [n] Target's probability by the propensity, clipped. */
  readonly weight: Float64Array;
  /** [n] Expected reward of the target's choice, and of the one that was made. */
  readonly expected: Float64Array;
  readonly foretold: Float64Array;
  readonly clipped: number;
}

function weigh<C>(
  log: readonly LoggedChoice<C>[],
  policy: TargetPolicy<C>,
  { maxWeight = Infinity, model = runningMeans<C>() }: JudgeOptions<C>,
): Weighed {
  const weight = new Float64Array(log.length);
  const expected = new Float64Array(log.length);
  const foretold = new Float64Array(log.length);
  let clipped = 0;
  for (const [i, choice] of log.entries()) {
    checkChoice(choice, i);
    const { action, context, propensity } = choice;
    const target = policy(context);
    checkTarget(target, i);
    const full = (target.get(action) ?? 0) / propensity;
    if (full > maxWeight) clipped++;
    weight[i] = Math.min(full, maxWeight);
    foretold[i] = model.expect(context, action);
    for (const [other, probability] of target) {
      const reward = probability > 0 ? model.expect(context, other) : 0;
      expected[i] = (expected[i] as number) + probability * reward;
    }
    model.learn?.(choice);
  }
  return { weight, expected, foretold, clipped };
}

/** Groups as they are, and as intervals are to take them. */
interface Grouping {
  readonly count: number;
  readonly terms: Pick<Terms, 'groups' | 'numGroups'>;
}

function groupsOf<C>(log: readonly LoggedChoice<C>[]): Grouping {
  const named = new Map<string, number>();
  let next = 0;
  const groups = Int32Array.from(log, ({ group }) => {
    if (group === undefined) return next++;
    const known = named.get(group) ?? next++;
    named.set(group, known);
    return known;
  });
  // One group says nothing of how groups differ: its choices must do.
  const alone = { groups: Int32Array.from(log, (_, i) => i), numGroups: log.length };
  return { count: next, terms: next > 1 ? { groups, numGroups: next } : alone };
}

/**
 * Estimates what a policy would have earned per choice in the contexts of a log.
 *
 * IPS and doubly robust as Dudík, Langford and Li (2011), SNIPS as Swaminathan and Joachims, "The
 * self-normalized estimator for counterfactual learning" (2015). Intervals as {@link estimateOf};
 * for SNIPS those of its linearisation. The choices' contexts are taken as they came: of a policy
 * that learns, this is what it would do in these contexts, not where it would have led.
 *
 * Cost: O(choices × actions).
 *
 * @param log - Choices in the order in which they were made, at least one.
 * @param policy - See {@link TargetPolicy}.
 * @param options - See {@link JudgeOptions}.
 * @returns Estimates, with how far the log supports them.
 * @throws `DATA_INVALID` without choices, for a propensity outside (0, 1], a reward outside 0 to 1,
 *   or probabilities that do not sum to 1.
 */
export function judgePolicy<C>(
  log: readonly LoggedChoice<C>[],
  policy: TargetPolicy<C>,
  options: JudgeOptions<C> = {},
): Judgement {
  if (log.length === 0) {
    throw new VitrineError('DATA_INVALID', 'off-policy: the log holds no explored place.');
  }
  const { clipped, expected, foretold, weight } = weigh(log, policy, options);
  const n = log.length;
  const reward = Float64Array.from(log, (choice) => choice.reward);
  const zeros = new Float64Array(n);
  const grouping = groupsOf(log);
  const ips: Terms = { base: zeros, weight, reward, ...grouping.terms };
  const total = weight.reduce((sum, own) => sum + own, 0);
  const squares = weight.reduce((sum, own) => sum + own * own, 0);
  const earned = reward.reduce((sum, own, i) => sum + own * (weight[i] as number), 0);
  const ratio = total > 0 ? earned / total : 0;
  const share = total > 0 ? weight.map((own) => (own * n) / total) : zeros;
  const snips = { ...ips, weight: share, base: share.map((own) => ratio * (1 - own)) };
  const corrected = expected.map((own, i) => own - (weight[i] as number) * (foretold[i] as number));
  return {
    choices: n,
    groups: grouping.count,
    logged: estimateOf({ ...ips, weight: zeros.map(() => 1) }),
    ips: estimateOf(ips),
    snips: estimateOf(snips, ratio),
    doublyRobust: estimateOf({ ...ips, base: corrected }),
    support: {
      effectiveSize: squares > 0 ? (total * total) / squares : 0,
      meanWeight: weightEstimate(weight, ips),
      maxWeight: weight.reduce((most, own) => Math.max(most, own), 0),
      clipped: clipped / n,
    },
  };
}
