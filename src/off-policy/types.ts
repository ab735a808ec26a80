/**
 * Off-policy evaluation: what another way of exploring would have earned, from the log of this one.
 *
 * Pure arithmetic over logged choices; imports core and other rooms' types only. Terms and
 * estimators as in Dudík, Langford and Li, "Doubly robust policy evaluation and learning" (2011),
 * https://arxiv.org/abs/1103.4601.
 *
 * @packageDocumentation
 */

/** One choice of the logging policy with what came of it. */
export interface LoggedChoice<C> {
  /** What was known when the choice was made. */
  readonly context: C;
  /** What was chosen, such as a segment's id. */
  readonly action: string;
  /** Probability that the logging policy chose it, in (0, 1]. */
  readonly propensity: number;
  /** What came of it, 0 to 1. */
  readonly reward: number;
  /** Choices of one group (a visit) may depend on each other. Default: a group of its own. */
  readonly group?: string;
}

/**
 * The policy that is judged.
 *
 * @returns Probability of each action in a context, summing to 1; an absent action has 0.
 */
export type TargetPolicy<C> = (context: C) => ReadonlyMap<string, number>;

/** Foretells rewards; see {@link runningMeans} for the one that is used by default. */
export interface RewardModel<C> {
  /** @returns Expected reward of an action, 0 to 1. */
  expect(context: C, action: string): number;
  /** Takes note of a choice after it was foretold; a fixed model has none. */
  learn?(choice: LoggedChoice<C>): void;
}

/** An estimate with its 95 % interval. */
export interface Estimate {
  /** Mean reward of a choice; without bias it can lie a little outside 0 to 1. */
  readonly value: number;
  /** Lower end, 0 or more. */
  readonly low: number;
  /** Upper end, 1 or less. */
  readonly high: number;
}

/** How far the log can speak for the policy. */
interface Support {
  /** Kish's effective sample size (Σw)² / Σw²: so many choices of the policy's own say as much. */
  readonly effectiveSize: number;
  /**
   * Mean weight with its interval, which may exceed 1. One that does not hold 1 says that the
   * propensities are wrong, or that the policy wants what the log could not choose.
   */
  readonly meanWeight: Estimate;
  /** Largest weight, after clipping. */
  readonly maxWeight: number;
  /** Share of choices whose weight was clipped, 0 to 1. */
  readonly clipped: number;
}

/** What {@link judgePolicy} finds. */
export interface Judgement {
  /** Choices in the log. */
  readonly choices: number;
  /** Groups that they fall in. */
  readonly groups: number;
  /** What the logging policy itself earned. */
  readonly logged: Estimate;
  /** Inverse propensity score: unbiased where propensities are right, and the least certain. */
  readonly ips: Estimate;
  /** The same over the weights' sum: a bias that fades with the log, and less variance. */
  readonly snips: Estimate;
  /** Doubly robust: right where either the propensities or the reward model are. */
  readonly doublyRobust: Estimate;
  /** How far to trust these. */
  readonly support: Support;
}
