/**
 * The plain reward model: mean rewards so far, each drawn toward the more general one.
 *
 * @packageDocumentation
 */
import type { LoggedChoice, RewardModel } from './types.ts';

/** A general mean counts as so many choices: as many as the prior of engagement is worth. */
const PRIOR_CHOICES = 12;

/** Before anything is known: one reward in twelve places. */
const PRIOR_MEAN = 1 / 12;

interface Sum {
  count: number;
  reward: number;
}

/**
 * Makes a model that knows nothing yet.
 *
 * It foretells each choice from those before it only. So the doubly robust estimate stays unbiased
 * even in a log whose policy learned on the way, where folds drawn from the whole log would let
 * later choices speak for earlier ones.
 *
 * @param cellOf - Names the kind of context whose rewards are counted apart; default: one kind.
 * @returns Expected rewards in (0, 1).
 */
export function runningMeans<C>(cellOf: (context: C) => string = () => ''): RewardModel<C> {
  const sums = new Map<string, Sum>();
  const near = (key: string, general: number): number => {
    const sum = sums.get(key);
    return sum === undefined
      ? general
      : (sum.reward + PRIOR_CHOICES * general) / (sum.count + PRIOR_CHOICES);
  };
  const keysOf = (context: C, action: string): readonly string[] => {
    const own = `a\u0001${action}`;
    return ['all', own, `${own}\u0001${cellOf(context)}`];
  };
  return {
    expect: (context, action) =>
      keysOf(context, action).reduce((general, key) => near(key, general), PRIOR_MEAN),
    learn({ context, action, reward }: LoggedChoice<C>) {
      for (const key of keysOf(context, action)) {
        const sum = sums.get(key) ?? { count: 0, reward: 0 };
        sum.count++;
        sum.reward += reward;
        sums.set(key, sum);
      }
    },
  };
}
