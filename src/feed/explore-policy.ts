/**
 * How a place for something new is given: one interface, three policies.
 *
 * Each place on the page is a pull. The rows of what the visitor is known to like are what is
 * exploited, and the share of places that goes to segments not met is what is explored:
 *
 * - `thompson`: each explored place goes to the segment whose posterior draws the largest number
 *   (Thompson 1933), so places go where they were engaged with, and away from what was passed over.
 * - `epsilon`: ε-greedy with ε the share: each explored place goes to any segment, all alike.
 * - `greedy`: a place goes to the segment with the largest posterior mean, and only where that is
 *   above the prior's; so nothing is tried that nothing speaks for (ε = 0).
 *
 * Sutton & Barto 2018, Reinforcement Learning, section 2.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR, meanOf, TRIAL_PRIOR } from '../core/beta.ts';
import type { Random } from '../core/rng.ts';
import type { ExplorationPolicy } from '../core/types.ts';
import { armProbabilities, type CellDistribution, sampleArm, toCells } from './thompson.ts';

/** A choice among segments, with its exact probabilities. */
export interface ArmChoice {
  /** Probability of each arm; they sum to 1. */
  readonly probabilities: readonly number[];
  /** @returns Index of an arm, drawn with these probabilities. */
  readonly draw: (random: Random) => number;
}

/** Most segments have the prior: it is cut into cells once. */
let priorCells: CellDistribution | undefined;

function cellsOf(posterior: BetaPosterior): CellDistribution {
  if (posterior !== TRIAL_PRIOR) return toCells(posterior);
  return (priorCells ??= toCells(posterior));
}

function thompson(posteriors: readonly BetaPosterior[]): ArmChoice {
  const cells = posteriors.map(cellsOf);
  return {
    probabilities: armProbabilities(cells),
    draw: (random) => sampleArm(cells, random),
  };
}

function drawEvenly(count: number, random: Random): number {
  return Math.min(count - 1, Math.floor(random() * count));
}

function epsilon(posteriors: readonly BetaPosterior[]): ArmChoice {
  const count = posteriors.length;
  return {
    probabilities: posteriors.map(() => 1 / count),
    draw: (random) => drawEvenly(count, random),
  };
}

/** Equal means share the places. */
function greedy(posteriors: readonly BetaPosterior[]): ArmChoice {
  const means = posteriors.map(meanOf);
  const most = Math.max(...means);
  const best = [...means.keys()].filter((arm) => means[arm] === most);
  return {
    probabilities: means.map((mean) => (mean === most ? 1 / best.length : 0)),
    draw: (random) => best[drawEvenly(best.length, random)] as number,
  };
}

const POLICIES = { thompson, epsilon, greedy } as const;

/**
 * Prepares the choice of a segment for a place.
 *
 * @param policy - See above.
 * @param posteriors - Of the segments that could have the place, at least one.
 * @returns Probabilities in their order, error below 1e-6, and a function that draws by them.
 * @example chooseArm('epsilon', [TRIAL_PRIOR, TRIAL_PRIOR]).probabilities // [0.5, 0.5]
 */
export function chooseArm(
  policy: ExplorationPolicy,
  posteriors: readonly BetaPosterior[],
): ArmChoice {
  return POLICIES[policy](posteriors);
}

/**
 * Whether a policy may give a place to a segment.
 *
 * @param policy - See above.
 * @param posterior - Of the segment.
 * @returns False under `greedy` for a segment that does no better than the prior.
 */
export function isWorthTrying(policy: ExplorationPolicy, posterior: BetaPosterior): boolean {
  return policy !== 'greedy' || meanOf(posterior) > meanOf(TRIAL_PRIOR);
}

/**
 * What places taught of a segment, from the prior of one that is tried.
 *
 * @param posterior - From the log, on {@link ENGAGEMENT_PRIOR}; undefined: never shown.
 * @returns The same evidence on {@link TRIAL_PRIOR}.
 */
export function trialPosterior(posterior: BetaPosterior | undefined): BetaPosterior {
  if (posterior === undefined) return TRIAL_PRIOR;
  return {
    alpha: posterior.alpha - ENGAGEMENT_PRIOR.alpha + TRIAL_PRIOR.alpha,
    beta: posterior.beta - ENGAGEMENT_PRIOR.beta + TRIAL_PRIOR.beta,
  };
}
