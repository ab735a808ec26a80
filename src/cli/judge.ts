/**
 * `vitrine judge`: what another policy of exploring would have earned, from exported profiles.
 *
 * @packageDocumentation
 */
import type { BetaPosterior } from '../core/beta.ts';
import { VitrineError } from '../core/errors.ts';
import type { ExplorationPolicy, LogRecord } from '../core/types.ts';
import { armPosteriors } from '../events/posteriors.ts';
import { chooseArm, trialPosterior } from '../feed/explore-policy.ts';
import { judgePolicy } from '../off-policy/judge-policy.ts';
import { type ExploredPlace, loggedChoices } from '../off-policy/logged-choices.ts';
import type { Estimate, Judgement, TargetPolicy } from '../off-policy/types.ts';
import { writeWhole } from './drafts.ts';
import { dataError } from './fail.ts';
import { readProfiles, type VisitorLog } from './read-profiles.ts';

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
  /**
   * Segments that the policy chooses from: all that were explored in any log, but for those that
   * the visitor blocked or had rows of their own on the same visit.
   */
  readonly segments: readonly string[];
}

/** What was known when a place was given. */
interface Known {
  /** Of engagement, by segment. */
  readonly posteriors: ReadonlyMap<string, BetaPosterior>;
  /** Segments that could not have the place. */
  readonly out: ReadonlySet<string>;
}

/** Rows that were seen so close in time stood on one page, or on pages of one mind. */
const PAGE_MS = 30 * 60_000;

/** Segments with rows of their own are met: what is explored goes to others. */
function metAt(log: readonly LogRecord[], at: number): string[] {
  const near = log.filter(
    ({ segmentId, time, type }) =>
      segmentId !== undefined && type === 'view_item_list' && Math.abs(time - at) <= PAGE_MS,
  );
  const explored = new Set(
    near.filter(({ propensity }) => propensity !== undefined).map(({ segmentId }) => segmentId),
  );
  return near.flatMap(({ segmentId = '' }) => (explored.has(segmentId) ? [] : [segmentId]));
}

function placesOf({ blocked, log, visitor }: VisitorLog): ExploredPlace<Known>[] {
  return loggedChoices(log, {
    visitor,
    contextOf: (before, time) => ({
      // As the page does it, or Thompson sampling would seem to have been another.
      posteriors: armPosteriors(before, time),
      out: new Set([...blocked, ...metAt(log, time)]),
    }),
  });
}

const POLICIES: readonly ExplorationPolicy[] = ['thompson', 'epsilon', 'greedy'];

/** Contexts of one row are one object, and so are its probabilities. */
function targetOf(policy: ExplorationPolicy, segments: readonly string[]): TargetPolicy<Known> {
  const known = new WeakMap<Known, ReadonlyMap<string, number>>();
  return (context) => {
    const before = known.get(context);
    if (before) return before;
    const free = segments.filter((id) => !context.out.has(id));
    const arms = free.map((id) => trialPosterior(context.posteriors.get(id)));
    const { probabilities } = chooseArm(policy, arms);
    const target = new Map(free.map((id, arm) => [id, probabilities[arm] as number]));
    known.set(context, target);
    return target;
  };
}

function lineOf(name: string, { high, low, value }: Estimate): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const range = `${percent(low)} to ${percent(high)}`;
  return `${name.padEnd(16)}${percent(value).padStart(9)}   95 %: ${range}`;
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
  const seen = profiles.flatMap(placesOf);
  const segments = [...new Set(seen.map(({ action }) => action))].toSorted();
  // Who has blocked all of them leaves a policy nothing to choose from.
  const places = seen.filter(({ context }) => segments.some((id) => !context.out.has(id)));
  if (places.length === 0) {
    const got = seen.length > 0 ? 'only such of blocked segments' : 'none';
    const expected = 'expected places with a propensity that were seen';
    throw dataError(options.log, 0, `${expected}, got ${got}`);
  }
  const judgement = judgePolicy(places, targetOf(policy, segments));
  const figures = { policy, visitors: profiles.length, segments, ...judgement };
  if (options.json !== undefined) writeWhole(options.json, `${JSON.stringify(figures)}\n`);
  return linesOf(figures).join('\n');
}
