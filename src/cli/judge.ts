/**
 * `vitrine judge`: what another policy of exploring would have earned, from exported profiles.
 *
 * @packageDocumentation
 */
import { type BetaPosterior, ENGAGEMENT_PRIOR } from '../core/beta.ts';
import { VitrineError } from '../core/errors.ts';
import type { ExplorationPolicy } from '../core/types.ts';
import { engagementPosteriors } from '../events/posteriors.ts';
import { chooseArm } from '../feed/explore-policy.ts';
import { judgePolicy } from '../off-policy/judge-policy.ts';
import { type ExploredPlace, loggedChoices } from '../off-policy/logged-choices.ts';
import type { Estimate, Judgement, TargetPolicy } from '../off-policy/types.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { readProfiles } from './read-profiles.ts';

/** Options of the command. */
export interface JudgeCommand {
  /** An exported profile, or a folder of such. */
  readonly log: string;
  /** Name of a policy. */
  readonly policy: string;
  /** File for the figures. */
  readonly json?: string | undefined;
}

/** What {@link judge} writes as JSON. */
export interface JudgeFigures extends Judgement {
  /** The policy that was judged. */
  readonly policy: ExplorationPolicy;
  /** Exported profiles. */
  readonly visitors: number;
  /** Segments that the policy chooses from: all that were explored in any log. */
  readonly segments: readonly string[];
}

/** Posteriors of engagement by segment. */
type Posteriors = ReadonlyMap<string, BetaPosterior>;

const POLICIES: readonly ExplorationPolicy[] = ['thompson', 'epsilon', 'greedy'];

/** Contexts of one row are one object, and so are its probabilities. */
function targetOf(
  policy: ExplorationPolicy,
  segments: readonly string[],
): TargetPolicy<Posteriors> {
  const known = new WeakMap<Posteriors, ReadonlyMap<string, number>>();
  return (posteriors) => {
    const before = known.get(posteriors);
    if (before) return before;
    const arms = segments.map((id) => posteriors.get(id) ?? ENGAGEMENT_PRIOR);
    const { probabilities } = chooseArm(policy, arms);
    const target = new Map(segments.map((id, arm) => [id, probabilities[arm] as number]));
    known.set(posteriors, target);
    return target;
  };
}

function lineOf(name: string, { high, low, value }: Estimate): string {
  const [at, from, to] = [value, low, high].map((share) => `${(100 * share).toFixed(2)} %`);
  return `${name.padEnd(16)}${String(at).padStart(9)}   95 %: ${from} to ${to}`;
}

function linesOf(figures: JudgeFigures): string[] {
  const { choices, doublyRobust, groups, ips, logged, policy, segments, snips, support } = figures;
  const { effectiveSize, meanWeight } = support;
  const isSupported = meanWeight.low <= 1 && meanWeight.high >= 1;
  return [
    `${choices} explored places in ${groups} visits of ${figures.visitors} profiles, ${segments.length} segments`,
    `engaged with, per explored place, under ${policy}:`,
    lineOf('doubly robust', doublyRobust),
    lineOf('SNIPS', snips),
    lineOf('IPS', ips),
    lineOf('as logged', logged),
    `worth ${effectiveSize.toFixed(0)} places of its own; mean weight ${meanWeight.value.toFixed(3)}`,
    ...(isSupported
      ? []
      : ['Note: the mean weight should be 1; the log cannot speak for all that the policy wants.']),
  ];
}

/**
 * Judges a policy by exported profiles.
 *
 * @param options - See {@link JudgeCommand}.
 * @returns Lines for the terminal.
 * @throws `OPTION_INVALID` for an unknown policy, `DATA_INVALID` for a file that is no profile and
 *   when no explored place was seen.
 */
export async function judge(options: JudgeCommand): Promise<string> {
  const policy = POLICIES.find((name) => name === options.policy);
  if (policy === undefined) {
    const expected = POLICIES.join(', ');
    throw new VitrineError(
      'OPTION_INVALID',
      `--policy: got ${options.policy}, expected one of ${expected}.`,
    );
  }
  const profiles = readProfiles(options.log);
  const places = profiles.flatMap(({ log, visitor }): ExploredPlace<Posteriors>[] =>
    loggedChoices(log, { visitor, contextOf: engagementPosteriors }),
  );
  if (places.length === 0) {
    throw dataError(options.log, 0, 'expected places with a propensity that were seen, got none');
  }
  const segments = [...new Set(places.map(({ action }) => action))].toSorted();
  const judgement = judgePolicy(places, targetOf(policy, segments));
  const figures = { policy, visitors: profiles.length, segments, ...judgement };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  return linesOf(figures).join('\n');
}
